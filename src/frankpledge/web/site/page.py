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


@dataclass(frozen=True)
class Entry:
    """An entry of the service navigation: its words, its address, who is shown it."""

    text: str
    address: str
    signed_in: bool = False
    roles: tuple[str, ...] = ()


ENTRIES = (
    Entry("Home", "/", signed_in=True),
    Entry("Overview", "/{place}/"),
    Entry("Plan", "/{place}/plan/"),
    Entry("Scorecard", "/{place}/scorecard/"),
    Entry("Exceptions", "/{place}/exceptions/", signed_in=True),
    Entry("Actions", "/{place}/actions/"),
    Entry("My actions", "/my/actions/", signed_in=True),
    Entry("My measures", "/my/measures/", signed_in=True),
    Entry("Reports", "/{place}/reports/"),
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
    shown = (entry for entry in ENTRIES if _is_shown(entry, reader, place))
    items = [{"text": e.text, "href": e.address.format(place=place)} for e in shown]
    here = max((i["href"] for i in items if path.startswith(i["href"])), key=len, default="")
    for item in items:
        item["current"] = path == item["href"]
        item["active"] = here == item["href"] and len(here) > 1 and path != here
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
