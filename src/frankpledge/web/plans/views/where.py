"""Where a page of a plan is: the place, the plan, and what the reader may see and do there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import rules
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from frankpledge.web.organisations.reads import Place, place_or_404
from frankpledge.web.plans import reads
from frankpledge.web.plans.models import Plan, PlanVersion

ASKED = {
    "plan": "plan",
    "objective": "objective",
    "new": "new",
    "version_of": "version",
    "first": "from",
    "second": "to",
}
"""Words of an address that stand behind its question mark, and what they are called there."""


@dataclass
class Where:
    """A place and a plan of its office, as one reader sees them.

    An address names the plan (`?plan=`) only where the reader chose one.
    """

    request: HttpRequest
    place: Place
    plan: Plan | None

    @property
    def reader(self) -> Any:
        return self.request.reader

    @cached_property
    def versions(self) -> list[PlanVersion]:
        """The versions of the plan that this reader may see, the newest first."""
        return reads.versions_of(self.plan, self.reader) if self.plan else []

    def version(self, number: int) -> PlanVersion:
        found = next((v for v in self.versions if v.number == number), None)
        if found is None:
            raise Http404(f"There is no version {number} that you can see.")
        return found

    def draft(self, number: int, permission: str = "plans.draft") -> PlanVersion:
        """A draft that may be edited. Raises Http404 for what is none, PermissionDenied if it is another's."""
        version = self.version(number)
        if not version.is_draft:
            raise Http404("What was sent to the panel is not edited.")
        self.ask(permission, version)
        return version

    def may(self, permission: str, about: Any = None) -> bool:
        return rules.has_perm(
            permission, self.request.user, about or self.plan or self.place.office
        )

    def ask(self, permission: str, about: Any = None) -> None:
        """Raises Http404 for the public, to whom the page is not hinted at, and PermissionDenied else."""
        if self.may(permission, about):
            return
        if self.reader.is_public:
            raise Http404("There is no such page.")
        raise PermissionDenied(f"{permission} is not yours to do.")

    def to(self, name: str, **words: Any) -> str:
        """The address of a page here: `to("commitment", key="1-1")`."""
        asked = {"plan": self.request.GET.get("plan")}
        asked |= {ASKED[word]: words.pop(word) for word in tuple(words) if word in ASKED}
        address = reverse(f"plans:{name}", kwargs={"place": self.place.slug, **words})
        given = {key: value for key, value in asked.items() if value}
        return f"{address}?{urlencode(given)}" if given else address

    def crumbs(self, *further: tuple[str, str]) -> list[dict[str, str]]:
        """The way to this page: the place, its plan, and what is given as (text, address)."""
        way = [
            (self.place.police_area.name, f"/{self.place.slug}/"),
            ("Plan", self.to("current")),
            *further,
        ]
        return [{"text": text, "href": address} for text, address in way]

    def context(self, title: str, *further: tuple[str, str], **more: Any) -> dict[str, Any]:
        """What every page here hands to its template."""
        return {
            "where": self,
            "place": self.place,
            "body": self.place.office,
            "plan": self.plan,
            "title": title,
            "breadcrumbs": self.crumbs(*further),
            **more,
        }


def where_is(request: HttpRequest, place: str) -> Where:
    """The place of the address and the plan in force there, or the one that `?plan=` names; there may be none."""
    found = place_or_404(place)
    key = request.GET.get("plan", "")
    plan = reads.plan_or_none(found.office, request.reader, key)
    if key and plan is None:
        raise Http404("There is no such plan that you can see.")
    return Where(request, found, plan)


def plan_here(request: HttpRequest, place: str) -> Where:
    """`where_is`, for pages that are about a plan. Raises Http404 where there is none."""
    where = where_is(request, place)
    if where.plan is None:
        raise Http404("There is no plan here that you can see.")
    return where
