"""One action with all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from frankpledge.web.actions.models import (
    Action,
    ActionList,
    ActionOwner,
    ActionRevision,
    ActionUpdate,
    CrossReference,
)
from frankpledge.web.audit.visibility import Reader, Visibility
from frankpledge.web.organisations.models import Forum
from frankpledge.web.organisations.reads import Place
from frankpledge.web.plans.models import StatedCommitment
from frankpledge.web.plans.reads import words_of


@dataclass(frozen=True)
class WholeAction:
    """An action with its owners, updates, references and what it serves."""

    action: Action
    owners: list[ActionOwner]
    updates: list[ActionUpdate]
    references: list[tuple[CrossReference, Action | None, StatedCommitment | None]]
    referred_to_by: list[Action]
    forums: list[Forum]
    commitment: StatedCommitment | None


def action_or_404(place: Place, reader: Reader, pk: int) -> Action:
    """An action of this place that the reader may see; 404 for one they may not, as for none."""
    rows = Action.objects.visible_to(reader).filter(body__in=[body.pk for body in place.bodies])
    action = (
        rows.select_related("list__scheme", "rag", "latest", "body", "closed_by")
        .filter(pk=pk)
        .first()
    )
    if action is None:
        raise Http404("There is no action here that you can see.")
    return action


def list_or_404(place: Place, reader: Reader, pk: int) -> ActionList:
    rows = ActionList.objects.visible_to(reader).filter(body__in=[body.pk for body in place.bodies])
    found = rows.select_related("body", "scheme", "plan").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no list here that you can see.")
    return found


def whole(action: Action, reader: Reader) -> WholeAction:
    """Everything its page shows, in a fixed number of queries."""

    def of_it(model: Any) -> Any:
        return model.objects.visible_to(reader).filter(action=action)

    references = list(of_it(CrossReference).select_related("to_action__list"))
    wanted = {r.to_commitment_id for r in references} | {action.commitment_id}
    commitments = words_of({pk for pk in wanted if pk}, reader)
    seen = set(
        Action.objects.visible_to(reader)
        .filter(pk__in=[r.to_action_id for r in references if r.to_action_id])
        .values_list("pk", flat=True)
    )
    return WholeAction(
        action,
        list(of_it(ActionOwner).filter(ends__isnull=True).select_related("person")),
        list(of_it(ActionUpdate).select_related("rag", "by", "corrects")),
        [
            (
                r,
                r.to_action if r.to_action_id in seen else None,
                commitments.get(r.to_commitment_id),
            )
            for r in references
        ],
        list(
            Action.objects.visible_to(reader).filter(cross_references__to_action=action).distinct()
        ),
        list(Forum.objects.visible_to(reader).filter(actions=action)),
        commitments.get(action.commitment_id),
    )


def revisions_of(action: Action, reader: Reader) -> list[ActionRevision]:
    """Those made while the action was shared with the reader: what it said before is not shown later."""
    rows = ActionRevision.objects.visible_to(reader).filter(action=action)
    return [each for each in rows.select_related("changed_by") if _was_shared(each, action, reader)]


def _was_shared(revision: ActionRevision, action: Action, reader: Reader) -> bool:
    then = revision.stated["visibility"]
    shared = then == Visibility.PUBLIC or action.body_id in reader.sees.get(then, ())
    return shared or then == action.visibility


def owners_of(action: Action, reader: Reader) -> list[ActionOwner]:
    """All there ever were, the latest first."""
    rows = ActionOwner.objects.visible_to(reader).filter(action=action).select_related("person")
    return list(rows.order_by("-starts", "-pk"))
