"""Two forces with their offices and panels, their areas, and the alliance between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import Any

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body
from frankpledge.web.demonstration.words import words
from frankpledge.web.organisations.acts import (
    change_area,
    change_body,
    join_alliance,
    set_up_alliance,
    set_up_place,
    share_alliance_costs,
    take_the_chair,
)

CHAPTER = "Setting up the forces, their offices and their panels"
system = {"by": THE_SYSTEM}


def bodies() -> Iterator[Entry]:
    """Places, what their bodies are called, the areas of the forces, the alliance."""
    told = words("bodies")
    first = min(tie["starts"] for tie in told["oversight"])
    for area in told["police_areas"]:
        yield Entry(
            first, CHAPTER, partial(set_up_place, **system, name=area["name"], starts=first)
        )
    for each in told["bodies"]:
        if each["kind"] != "alliance":
            yield Entry(first, CHAPTER, partial(_call, each))
        for order, name in enumerate(each.get("areas", ()), 1):
            yield Entry(first, CHAPTER, partial(_add_area, each["slug"], name, order))
    yield from _alliances(told)


def _alliances(told: Mapping[str, Any]) -> Iterator[Entry]:
    by_alliance = groupby(told["alliance_members"], key=lambda member: member["alliance"])
    for slug, members in ((slug, list(members)) for slug, members in by_alliance):
        starts = min(member["starts"] for member in members)
        named = next(each for each in told["bodies"] if each["slug"] == slug)
        yield Entry(starts, CHAPTER, partial(_set_up_alliance, named))
        for member in members:
            yield Entry(starts, CHAPTER, partial(_join, member))
        yield Entry(starts, CHAPTER, partial(_share, slug, members, starts))
    for turn in sorted(told["alliance_chairs"], key=lambda turn: turn["starts"]):
        day = min(turn["starts"], told["today"])
        yield Entry(day, CHAPTER, partial(_take_the_chair, turn))


def _call(told: Mapping[str, Any]) -> None:
    said = {name: told[name] for name in ("name", "called", "accent")}
    change_body(**system, body=body(told["slug"]), **said)


def _add_area(force: str, name: str, order: int) -> None:
    change_area(**system, body=body(force), name=name, order=order)


def _set_up_alliance(told: Mapping[str, Any]) -> None:
    set_up_alliance(**system, name=told["name"], called=told["called"], accent=told["accent"])


def _join(told: Mapping[str, Any]) -> None:
    join_alliance(
        **system,
        alliance=body(told["alliance"]),
        member=body(told["member"]),
        starts=told["starts"],
        votes=told["votes"],
    )


def _share(alliance: str, members: list[Mapping[str, Any]], starts: date) -> None:
    keys = {each["member"]: body(each["member"]).pk for each in members}
    share_alliance_costs(
        **system,
        alliance=body(alliance),
        shares={keys[each["member"]]: Decimal(each["share_of_costs"]) for each in members},
        votes={keys[each["member"]]: each["votes"] for each in members},
        starts=starts,
    )


def _take_the_chair(told: Mapping[str, Any]) -> None:
    take_the_chair(
        **system,
        alliance=body(told["alliance"]),
        member=body(told["member"]),
        starts=told["starts"],
        ends=told["ends"],
    )
