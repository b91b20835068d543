"""What the views share: asking an act, and putting its refusal into the form with the words kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest

from frankpledge.web.actions.acts.refusing import NotAsAskedError
from frankpledge.web.actions.models import Action
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.organisations.reads import Place


def must(request: HttpRequest, permission: str, about: Any) -> None:
    """Refuse the page to whoever may not do what it is for."""
    if not request.user.has_perm(permission, about):
        raise PermissionDenied(f"{permission} is not yours to do.")


def done(
    form: BaseForm,
    deed: Callable[[], Any],
    action: Action | None = None,
    shown: Callable[[Action], Mapping[str, Any]] | None = None,
) -> Any:
    """What the act gives; None if it refused, with the reasons in the form, which keeps its words.

    `shown` says what a form about the action shows at first: it is asked again if somebody else
    changed the action meanwhile.
    """
    try:
        return deed()
    except NotAsAskedError as refused:
        for field, words in refused.problems.items():
            form.add_error(field if field in form.fields else None, words)
    except ChangedMeanwhileError as moved_on:
        form.add_error(None, str(moved_on))
        if action is not None:
            action.refresh_from_db()
            form.see_again(action.version, shown(action) if shown else {})
    return None


def crumbs(place: Place, *others: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page: the place, the ledger, and on from there."""
    way = [
        (place.police_area.name, f"/{place.slug}/"),
        ("Actions", f"/{place.slug}/actions/"),
        *others,
    ]
    return [{"text": text, "href": href} for text, href in way]
