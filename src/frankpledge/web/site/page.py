"""What every page carries around its own content: whose it is, where one can go, what state it is in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Place:
    """An entry of the service navigation: its words, the name of its URL, who is shown it."""

    text: str
    url_name: str
    signed_in: bool = False
    administrators: bool = False


PLACES = (
    Place("Home", "home"),
    Place("Plan", "plans:current"),
    Place("Scorecard", "measures:scorecard"),
    Place("Exceptions", "measures:exceptions", signed_in=True),
    Place("Actions", "actions:ledger"),
    Place("My actions", "actions:mine", signed_in=True),
    Place("Reports", "publication:reports"),
    Place("Administration", "organisations:administration", signed_in=True, administrators=True),
)
"""The service navigation, in order. A place whose URL does not exist is left out."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Asks the database nothing of its own."""
    reader = getattr(request, "reader", None)
    body = getattr(reader, "body", None)
    return {
        "reader": reader,
        "body": body,
        "site_name": getattr(body, "name", None) or "Frankpledge",
        "demonstration": settings.DEMONSTRATION,
        "navigation": navigation(request.path, reader),
    }


def navigation(path: str, reader: Any) -> list[dict[str, Any]]:
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


def _is_shown(place: Place, reader: Any) -> bool:
    if place.administrators:
        return bool(getattr(reader, "administers", False))
    return not place.signed_in or bool(getattr(reader, "is_signed_in", False))


@cache
def _address(url_name: str) -> str | None:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
