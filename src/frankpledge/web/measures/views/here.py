"""Where a page of keeping is: the place, its force, and what the reader may do there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frankpledge.analysis.periods import parse_month
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.reads.keeping import measure_or_404, sees_the_working
from frankpledge.web.organisations.models import Body
from frankpledge.web.organisations.reads import Place, place_or_404

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])

REFUSED = 422
"""The status of a page whose form was refused."""


@dataclass
class Here:
    """A place as one reader sees it, and on pages about one, a measure of its force."""

    request: HttpRequest
    place: Place
    measure: Measure | None = None

    @property
    def force(self) -> Body:
        return self.place.force

    @property
    def reader(self) -> Any:
        return self.request.reader

    @property
    def sees_the_working(self) -> bool:
        """Whether what is not published is shown: to the force and its office."""
        if self.measure:
            return sees_the_working(self.reader, self.measure)
        return self.force.pk in self.reader.sees.get("office", frozenset())

    def may(self, permission: str, about: Any = None) -> bool:
        return rules.has_perm(permission, self.request.user, about or self.measure or self.force)

    def ask(self, permission: str, about: Any = None) -> None:
        """Raises Http404 for the public, to whom the page is not hinted at, and PermissionDenied else."""
        if self.may(permission, about):
            return
        self.for_the_line()
        raise PermissionDenied(f"{permission} is not yours to do.")

    def for_the_line(self) -> Here:
        """Raises Http404 for whoever does not see the force's working figures."""
        if not self.sees_the_working:
            raise Http404("There is no such page.")
        return self

    def to(self, name: str, **words: Any) -> str:
        """The address of a page here: `to("goals")`, of the same measure where there is one."""
        if self.measure is not None and name in OF_MEASURE:
            words.setdefault("key", self.measure.key)
        return reverse(f"measures:{name}", kwargs={"place": self.place.slug, **words})

    def context(self, title: str, *further: tuple[str, str], **more: Any) -> dict[str, Any]:
        """What every page here hands to its template."""
        way = [
            (self.place.police_area.name, f"/{self.place.slug}/"),
            ("Measures", self.to("all")),
            *further,
        ]
        if self.measure is not None:
            way.insert(2, (self.measure.title, self.to("definition")))
        crumbs = [{"text": text, "href": address} for text, address in way]
        return {
            "here": self,
            "place": self.place,
            "body": self.force,
            "measure": self.measure,
            "title": title,
            "breadcrumbs": [*crumbs, {"text": title}],
            **more,
        }


OF_MEASURE = frozenset(
    {
        "measure",
        "goal",
        "goal-review",
        "definition",
        "revise",
        "goals",
        "commentary",
        "owner",
        "commitments",
    }
)


def here_is(request: HttpRequest, place: str) -> Here:
    return Here(request, place_or_404(place))


def measure_here(request: HttpRequest, place: str, key: str) -> Here:
    """The same, about a measure. Raises Http404 for one that the reader may not see."""
    found = place_or_404(place)
    return Here(request, found, measure_or_404(found.force, key, request.reader))


def month_asked(request: HttpRequest) -> date | None:
    """The month of the address, `?month=2022-06`."""
    text = request.GET.get("month", "")
    try:
        return parse_month(text) if text else None
    except ValueError:
        raise Http404(f"{text!r} is no month. Write it as 2022-06.") from None


def done_at_once(
    request: HttpRequest, perform: Callable[[], object], *, done: str, back: str
) -> HttpResponse:
    """An act that asks nothing: do it, or say why not, and go back."""
    try:
        perform()
    except ChangedMeanwhileError as told:
        messages.warning(request, str(told))
    else:
        messages.success(request, done)
    return redirect(back)
