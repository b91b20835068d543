"""What people wrote about the figures: drafts, words reviewed by another, words signed off by a third."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from frankpledge.web.demonstration.diary import Entry, in_order
from frankpledge.web.demonstration.known import person
from frankpledge.web.demonstration.measures import the_measure
from frankpledge.web.demonstration.words import DEMO, words
from frankpledge.web.measures import acts
from frankpledge.web.measures.acts.words import newest_words
from frankpledge.web.organisations.models import Person

CHAPTER = "Writing about the figures"
CHECKERS = ("analyst.integrity@force.example", "inspection.liaison@force.example")
"""Who reviews words whose reviewer in the file may not: reviewing is an analyst's or a chief officer's."""
SIGNS_OFF = "deputy.chief.constable@force.example"


def commentary() -> Iterator[Entry]:
    """The words of the printed report, which are final, and those on their way."""
    for told in (*_of_the_report(), *words("measures")["commentary"]):
        steps = [Entry(told["written_on"], CHAPTER, partial(_write, told))]
        if "reviewed_on" in told:
            steps.append(Entry(told["reviewed_on"], CHAPTER, partial(_review, told)))
        if "made_final_on" in told:
            steps.append(Entry(told["made_final_on"], CHAPTER, partial(_sign_off, told)))
        yield from in_order(steps)


def _of_the_report() -> Iterator[dict[str, Any]]:
    """The words of the report's own file, as `measures.toml` would say them."""
    kept = tomllib.loads((DEMO / "commentary.toml").read_text(encoding="utf-8"))
    posts = {each["name"]: each["email"] for each in words("people")["people"]}
    for told in kept["comments"]:
        reviewed = told["reviewed"]
        yield told | {
            "month": kept["month"],
            "by": posts[told["by"]],
            "written_on": reviewed - timedelta(days=5),
            "reviewed_by": CHECKERS[0],
            "reviewed_on": reviewed,
            "made_final_by": SIGNS_OFF,
            "made_final_on": reviewed,
        }


def _write(told: Mapping[str, Any]) -> None:
    acts.write_commentary(
        by=person(told["by"]),
        measure=the_measure(told["measure"]),
        month=_month(told),
        area_name=told.get("area", ""),
        seen=0,
        what_does_this_mean="\n".join(told.get("what_does_this_mean", ())),
        next_steps="\n".join(told.get("next_steps", ())),
        action_required=told.get("action_required"),
        action=told.get("action", ""),
        judged_likelihood=told.get("judged_likelihood", ""),
    )


def _review(told: Mapping[str, Any]) -> None:
    newest = _newest(told)
    acts.review_commentary(by=_reviewer(told, newest), words=newest)


def _reviewer(told: Mapping[str, Any], newest: Any) -> Person:
    named = (person(email) for email in (told["reviewed_by"], *CHECKERS))
    return next(who for who in named if who.has_perm("measures.review_commentary", newest))


def _sign_off(told: Mapping[str, Any]) -> None:
    acts.sign_off_commentary(by=person(told["made_final_by"]), words=_newest(told))


def _newest(told: Mapping[str, Any]) -> Any:
    return newest_words(the_measure(told["measure"]), _month(told), told.get("area", ""))


def _month(told: Mapping[str, Any]) -> date:
    return date.fromisoformat(f"{told['month']}-01")
