"""What every page carries around its own content: whose it is, where one can go, what state it is in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from frankpledge.web.audit.visibility import THE_PUBLIC, Reader


@dataclass(frozen=True)
class Place:
    """An entry of the service navigation: its words, the name of its URL, who is shown it."""

    text: str
    url_name: str
    signed_in: bool = False
    roles: tuple[str, ...] = ()


PLACES = (
    Place("Home", "home"),
    Place("Plan", "plans:current"),
    Place("Scorecard", "measures:scorecard"),
    Place("Exceptions", "measures:exceptions", signed_in=True),
    Place("Actions", "actions:ledger"),
    Place("My actions", "actions:mine", signed_in=True),
    Place("Reports", "publication:reports"),
    Place("Administration", "organisations:administration", roles=("administrator",)),
)
"""The service navigation, in order. A place whose URL does not exist is left out."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor. A view adds `body`, the body whose page it is."""
    reader = getattr(request, "reader", THE_PUBLIC)
    return {
        "reader": reader,
        "demonstration": settings.DEMONSTRATION,
        "navigation": navigation(request.path, reader),
    }


def navigation(path: str, reader: Reader) -> list[dict[str, Any]]:
    """The places this reader is shown, the one they are at marked current or, below it, active."""
    shown = [(place, _address(place.url_name)) for place in PLACES if _is_shown(place, reader)]
    return [
        {
            "text": place.text,
            "href": href,
            "current": path == href,
            "active": path != href and href != "/" and path.startswith(href.rstrip("/") + "/"),
        }
        for place, href in shown
        if href
    ]


def _is_shown(place: Place, reader: Reader) -> bool:
    if place.roles:
        return reader.holds(*place.roles)
    return not place.signed_in or not reader.is_public


@cache
def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
