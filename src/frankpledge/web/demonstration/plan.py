"""The police and crime plan: as first adopted, and varied half a year later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body, person
from frankpledge.web.demonstration.words import words
from frankpledge.web.organisations.models import Person
from frankpledge.web.plans import acts
from frankpledge.web.plans.models import Commitment, Objective, Plan, PlanVersion

CHAPTER = "Drafting, adopting and varying the plan"
COMMISSIONER = "commissioner@office.example"
OFFICER = "officer@office.example"
PANEL_OFFICER = "panel.officer@panel.example"


def plan() -> Iterator[Entry]:
    """Both versions, each from its draft by way of the panel to its adoption."""
    told = words("plan")
    first, second = told["versions"]
    yield Entry(first["drafted"], CHAPTER, partial(_draft, told, first))
    yield Entry(first["drafted"], CHAPTER, partial(_state, told))
    yield from _onward(told, first)
    yield Entry(second["drafted"], CHAPTER, partial(_vary, told, second))
    yield from _onward(told, second)


def the_plan() -> Plan:
    return Plan.objects.get(key=words("plan")["plan"]["key"])


def the_commitment(ref: str) -> Commitment:
    """What lasts of a commitment, by its ref in either version."""
    return Commitment.objects.get(plan=the_plan(), key=acts.stating.key_of_ref(ref))


def _version(number: int) -> PlanVersion:
    return PlanVersion.objects.get(plan=the_plan(), number=number)


def _officer() -> Person:
    return person(OFFICER)


def _objective(key: str) -> Objective:
    return Objective.objects.get(plan=the_plan(), key=key)


def _draft(told: Mapping[str, Any], version: Mapping[str, Any]) -> None:
    said = told["plan"]
    acts.draft_plan(
        by=_officer(),
        office=body(said["body"]),
        key=said["key"],
        title=said["title"],
        subtitle=said["subtitle"],
        starts=said["starts"],
        ends=said["ends"],
        elected_on=said["elected"],
        on=version["drafted"],
    )
    acts.word_version(
        by=_officer(),
        version=_version(1),
        vision=said["vision"],
        foreword=said["foreword"],
        label=version["title"],
        party_words=told["parties"],
    )


def _state(told: Mapping[str, Any]) -> None:
    for each in told["objectives"]:
        acts.state_objective(
            by=_officer(),
            version=_version(1),
            ref=str(each["number"]),
            title=each["title"],
            why_it_matters=each["why_it_matters"],
            focus_areas=each["focus_areas"],
            outcomes=each["outcomes"],
            key=each["key"],
            short_title=each["short_title"],
            also_called=each["also_called"],
        )
    for each in told["commitments"]:
        _add(1, each)


def _add(number: int, told: Mapping[str, Any]) -> None:
    acts.state_commitment(
        by=_officer(),
        version=_version(number),
        objective=_objective(told["objective"]),
        ref=told["ref"],
        text=told["text"],
        party=told["party"],
        why=told.get("reason", ""),
    )


def _vary(told: Mapping[str, Any], version: Mapping[str, Any]) -> None:
    acts.draft_version(
        by=_officer(),
        plan=the_plan(),
        why=version["reason"],
        label=version["title"],
        on=version["drafted"],
    )
    changes = told["variation"]
    for each in changes["changed"]:
        _reword(each)
    for each in changes["added"]:
        _add(2, each)
    for each in changes["removed"]:
        commitment = the_commitment(each["ref"])
        acts.drop_commitment(
            by=_officer(), version=_version(2), commitment=commitment, why=each["reason"]
        )


def _reword(told: Mapping[str, Any]) -> None:
    commitment = the_commitment(told["ref"])
    stated = _version(2).stated_commitments.get(commitment=commitment)
    acts.state_commitment(
        by=_officer(),
        version=_version(2),
        objective=stated.stated_objective.objective,
        commitment=commitment,
        ref=told["ref"],
        text=told["text"],
        party=stated.party,
        why=told["reason"],
        seen=stated.revision,
    )


def _onward(told: Mapping[str, Any], version: Mapping[str, Any]) -> Iterator[Entry]:
    """Consulted on, sent, reported on, answered, adopted."""
    number = version["number"]
    for held in told["consultation"]:
        if held["version"] == number:
            yield Entry(held["ends"], CHAPTER, partial(_consult, held))
    for day, step in (
        (version["to_panel"], _send),
        (version["panel_reported"], _report),
        (version["adopted"], _answer),
        (version["adopted"], _adopt),
    ):
        yield Entry(day, CHAPTER, partial(step, version))


def _consult(told: Mapping[str, Any]) -> None:
    acts.record_consultation(
        by=_officer(),
        version=_version(told["version"]),
        name=told["name"],
        how=told["kind"],
        starts=told["starts"],
        ends=told["ends"],
        responses=told["responses"],
        heard=told["heard"],
        changed=told["changed"],
    )


def _send(told: Mapping[str, Any]) -> None:
    acts.send_to_panel(by=_officer(), version=_version(told["number"]), on=told["to_panel"])


def _report(told: Mapping[str, Any]) -> None:
    acts.record_panel_report(
        by=person(PANEL_OFFICER),
        version=_version(told["number"]),
        report=told["panel_report"],
        on=told["panel_reported"],
    )


def _answer(told: Mapping[str, Any]) -> None:
    acts.answer_panel(
        by=person(COMMISSIONER),
        version=_version(told["number"]),
        response=told["response_to_panel"],
        on=told["adopted"],
    )


def _adopt(told: Mapping[str, Any]) -> None:
    acts.adopt_version(
        by=person(COMMISSIONER), version=_version(told["number"]), on=told["adopted"]
    )
