"""What is measured: definitions, owners, what good looks like, and which promise each figure answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any

from frankpledge.definitions import load
from frankpledge.definitions.library import Library
from frankpledge.reporting.settings import read_settings
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body, person
from frankpledge.web.demonstration.plan import OFFICER, the_commitment
from frankpledge.web.demonstration.words import REPORT, words
from frankpledge.web.measures import acts
from frankpledge.web.measures.models import Measure, WhatGoodLooksLike

CHAPTER = "Defining the measures"
FORCE = "west-mercia-police"
ANALYST = "analyst.strategy@force.example"
DEFINED = date(2021, 4, 1)
OWNED = date(2022, 4, 1)
YEAR = 2022
FOR_THE_PANEL = ("active-organised-crime-groups", "serious-organised-crime-disruptions",
                 "serious-organised-crime-disruptions-major-or-moderate")  # fmt: skip
"""Shared with the panel and not with everybody, so that the two can be told apart."""


def measures() -> Iterator[Entry]:
    """The measures as shipped, how they are judged, who answers for each, and for which promise."""
    yield Entry(DEFINED, CHAPTER, _load)
    yield Entry(DEFINED, CHAPTER, _judge)
    yield Entry(OWNED, CHAPTER, _own)
    for told in words("measures")["measures"]:
        for goal in told.get("good_looks_like", ()):
            yield Entry(goal["reviewed_on"], CHAPTER, partial(_set_goal, told["id"], goal))
    adopted = words("plan")["versions"][-1]["adopted"]
    yield Entry(adopted, "Linking measures to promises", _link)


@cache
def shipped() -> Library:
    return load()


def the_measure(key: str) -> Measure:
    return Measure.objects.get(body=body(FORCE), key=key)


def _load() -> None:
    keys = [measure.id for measure in shipped() if measure.family == "report"]
    acts.load_definitions(
        by=person(ANALYST), force=body(FORCE), keys=keys, visibility=Visibility.PUBLIC
    )
    acts.share_measures(
        by=person(ANALYST), force=body(FORCE), keys=FOR_THE_PANEL, visibility=Visibility.PANEL
    )


def _judge() -> None:
    acts.take_judging(by=person(ANALYST), force=body(FORCE), settings=read_settings(REPORT))


def _own() -> None:
    """The parts of a measure have its owner; who is not named otherwise has the one owner of the rest."""
    told = words("measures")
    owners = {each["id"]: each["owner"] for each in told["measures"]}
    library = shipped()
    for measure in Measure.objects.filter(body=body(FORCE)):
        whole = library.get(measure.key).part_of
        of_the_whole = owners.get(library.by_reference(whole).id) if whole else None
        email = owners.get(measure.key) or of_the_whole or told["otherwise"]["owner"]
        acts.give_owner(by=person(OFFICER), measure=measure, owner=person(email))


def _set_goal(key: str, told: Mapping[str, Any]) -> None:
    """What was said for a year; where the file says no words, those of the definition."""
    year = int(told["financial_year"][:4])
    defined = shipped().get(key).good_looks_like
    said = told if "text" in told else defined.model_dump() if defined else None
    if said is None:
        return
    goal = acts.set_goal(
        by=person(OFFICER),
        measure=the_measure(key),
        financial_year=year,
        text=said["text"],
        value=None if said.get("value") is None else Decimal(str(said["value"])),
        direction=said.get("direction") or "",
        by_when=said.get("by"),
        over=said.get("over") or WhatGoodLooksLike.Over.MONTH,
    )
    acts.review_goal(by=person(OFFICER), goal=goal)
    if "next_review" in told:
        _review_by(key, told["next_review"])


def _review_by(key: str, day: date) -> None:
    """The definition says when it is looked at again; here, a day that has passed since."""
    measure = the_measure(key)
    newest = measure.definitions.first()
    text = re.sub(r"(?m)^next_review = .*$", f"next_review = {day}", newest.toml)
    acts.revise_definition(
        by=person(ANALYST), measure=measure, text=text, seen=newest.number,
        why="Looked at together with what good looks like.",
    )  # fmt: skip


def _link() -> None:
    """Each measure to the promises that name it, as the plan now stands."""
    told = words("plan")
    promised = {each["ref"]: each.get("measures", ()) for each in told["commitments"]}
    changes = told["variation"]
    for each in (*changes["changed"], *changes["added"]):
        promised[each["ref"]] = each.get("measures", promised.get(each["ref"], ()))
    for each in changes["removed"]:
        del promised[each["ref"]]
    by_measure: dict[str, list[str]] = {}
    for ref, keys in promised.items():
        for key in keys:
            by_measure.setdefault(key, []).append(ref)
    for key, refs in by_measure.items():
        commitments = [the_commitment(ref) for ref in refs]
        acts.link_commitments(by=person(OFFICER), measure=the_measure(key), commitments=commitments)
