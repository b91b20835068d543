"""What every page carries around its own content: whose it is, where one can go, what state it is in.

A view adds `place` (an `organisations.reads.Place`) to its context, and `body` where the page is of one
body alone: the header names it and takes its accent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from frankpledge.web.audit.visibility import THE_PUBLIC, Reader
from frankpledge.web.organisations.models import PoliceArea
from frankpledge.web.organisations.roles import FORCE_ROLES, OFFICE_ROLES, WRITING, Role


@dataclass(frozen=True)
class Entry:
    """An entry of the service navigation: its words, its address, who is shown it.

    `covers` are the addresses of pages that stand below it without beginning as it does.
    """

    text: str
    address: str
    signed_in: bool = False
    roles: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()

    def leads_to(self, path: str, place: str | None) -> bool:
        """Whether a page stands at or below this entry. Overview and Home have none below them."""
        said = [each.format(place=place) for each in (self.address, *self.covers)]
        if self.address in ("/", "/{place}/"):
            return path == said[0]
        return any(path.startswith(each) for each in said)


ENTRIES = (
    Entry("Home", "/", signed_in=True),
    Entry("Overview", "/{place}/"),
    Entry("Plan", "/{place}/plan/"),
    Entry("Scorecard", "/{place}/scorecard/", covers=("/{place}/measures/", "/{place}/areas/")),
    Entry("Exceptions", "/{place}/exceptions/"),
    Entry("Actions", "/{place}/actions/"),
    Entry("Reports", "/{place}/reports/"),
    Entry("Figures", "/{place}/figures/", roles=(Role.FORCE_ANALYST, Role.MEASURE_OWNER)),
    Entry("My actions", "/my/actions/", roles=WRITING),
    Entry("My measures", "/my/measures/", roles=(*FORCE_ROLES, *OFFICE_ROLES)),
    Entry("People", "/organisations/people/", roles=("administrator",)),
    Entry("Trail", "/trail/", roles=("auditor", "administrator")),
)
"""The service navigation, in order. What belongs to a place is shown where one is known."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor. It asks the database nothing for the public."""
    reader = getattr(request, "reader", THE_PUBLIC)
    return {
        "reader": reader,
        "demonstration": settings.DEMONSTRATION,
        "navigation": navigation(request.path, reader, _place_of(request, reader)),
    }


def navigation(path: str, reader: Reader, place: str | None) -> list[dict[str, Any]]:
    """The entries this reader is shown, the one they are at marked current or, below it, active."""
    items = []
    for entry in ENTRIES:
        if not _is_shown(entry, reader, place):
            continue
        href = entry.address.format(place=place)
        active = entry.leads_to(path, place)
        items.append(
            {
                "text": entry.text,
                "href": href,
                "current": path == href,
                "active": active and path != href,
            }
        )
    return items


def _is_shown(entry: Entry, reader: Reader, place: str | None) -> bool:
    if "{place}" in entry.address and not place:
        return False
    if entry.roles and not reader.holds(*entry.roles):
        return False
    return not (entry.signed_in and reader.is_public) and _exists(entry.address)


def _place_of(request: HttpRequest, reader: Reader) -> str | None:
    """The place of the address; on a page without one, the place of the reader's own bodies."""
    match = request.resolver_match
    if match and match.kwargs.get("place"):
        return str(match.kwargs["place"])
    if reader.is_public or not reader.bodies:
        return None
    own = PoliceArea.objects.filter(bodies__in=reader.bodies)
    return own.values_list("slug", flat=True).first()


@cache
def _exists(address: str) -> bool:
    try:
        resolve(address.format(place="a-place"))
    except Resolver404:
        return False
    return True
