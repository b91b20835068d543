"""One person for each post, with the roles they hold, and the register of forums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body, person
from frankpledge.web.demonstration.words import words
from frankpledge.web.organisations.acts import (
    appoint_substitute,
    end_role,
    give_role,
    join,
    set_up_forum,
)
from frankpledge.web.organisations.models import Person, RoleHeld
from frankpledge.web.organisations.roles import PANEL_MEMBERS, Role

CHAPTER = "Giving people their posts"
REGISTERED = date(2021, 9, 6)
"""The register of forums is made before the plan is drafted."""


def people() -> Iterator[Entry]:
    """Everybody joins on the day of their first role; substitutes after whom they stand in for."""
    everybody = words("people")["people"]
    for told in everybody:
        joined = min(role["starts"] for role in told["roles"])
        name = partial(join, by=THE_SYSTEM, email=told["email"], name=told["name"])
        yield Entry(joined, CHAPTER, name)
    roles = [(told["email"], role) for told in everybody for role in told["roles"]]
    for email, role in sorted(roles, key=lambda held: "standing_in_for" in held[1]):
        yield Entry(role["starts"], CHAPTER, partial(_give, email, role))
        if "ends" in role:
            yield Entry(role["ends"], CHAPTER, partial(_end, email, role))


def forums() -> Iterator[Entry]:
    """The register of meetings at which promises and actions are looked at."""
    for told in words("forums")["forums"]:
        yield Entry(REGISTERED, "Registering the forums", partial(_register, told))


def give_password(password: str) -> None:
    """Everybody's password, made once: by the slow way it is made, one for each would take half a minute.

    A password never stands in the trail, so that no act is passed over.
    """
    Person.objects.update(password=make_password(password))


def _give(email: str, told: Mapping[str, Any]) -> RoleHeld:
    who, starts = person(email), told["starts"]
    if told["role"] != Role.PANEL_SUBSTITUTE:
        at = body(told["body"])
        return give_role(by=THE_SYSTEM, body=at, person=who, role=told["role"], starts=starts)
    member = RoleHeld.objects.filter(
        person__email=told["standing_in_for"], role__in=PANEL_MEMBERS, body=body(told["body"])
    ).latest("starts")
    return appoint_substitute(by=THE_SYSTEM, member=member, person=who, starts=starts)


def _end(email: str, told: Mapping[str, Any]) -> None:
    held = RoleHeld.objects.get(
        person__email=email, body=body(told["body"]), role=told["role"], starts=told["starts"]
    )
    end_role(by=THE_SYSTEM, held=held, on=told["ends"])


def _register(told: Mapping[str, Any]) -> None:
    titles = {each["key"]: each["title"] for each in words("plan")["objectives"]}
    set_up_forum(
        by=THE_SYSTEM,
        body=body(told["body"]),
        name=told["name"],
        purpose=told["purpose"],
        how_often=told["how_often"],
        objective_words=titles.get(told["objective"], "All objectives"),
        notes_published=told["notes_published"],
        meets_in_public=told["public"],
        visibility=Visibility.PUBLIC,
    )
