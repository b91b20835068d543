"""Finding again what the diary made: bodies by their slug in `bodies.toml`, people by their address."""

from __future__ import annotations

from functools import cache
from typing import Any

from frankpledge.web.demonstration.words import words
from frankpledge.web.organisations.models import Body, Person, PoliceArea


@cache
def told_of(slug: str) -> dict[str, Any]:
    """What `bodies.toml` says of a body."""
    return next(body for body in words("bodies")["bodies"] if body["slug"] == slug)


def body(slug: str) -> Body:
    """A body, by what `bodies.toml` calls it."""
    told = told_of(slug)
    if "police_area" not in told:
        return Body.objects.get(kind=told["kind"], name=told["name"])
    return Body.objects.get(kind=told["kind"], police_area=police_area(told["police_area"]))


def police_area(slug: str) -> PoliceArea:
    return PoliceArea.objects.get(slug=slug)


def person(email: str) -> Person:
    """A person, fetched anew: what they may do depends on the day."""
    return Person.objects.get(email=email)
