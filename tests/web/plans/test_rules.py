"""The order of the law, row by row."""

from __future__ import annotations

from datetime import date

import pytest

from frankpledge.web.plans.rules import (
    Readiness,
    Steps,
    plan_due,
    problems_of_adopting,
    problems_of_sending,
)
from frankpledge.web.plans.states import State

ELECTED = date(2021, 5, 6)


@pytest.mark.parametrize(
    ("adopted", "today", "met"),
    [
        (date(2022, 1, 24), date(2022, 7, 22), True),
        (date(2022, 3, 31), date(2022, 7, 22), True),
        (date(2022, 4, 1), date(2022, 7, 22), False),
        (None, date(2022, 3, 31), None),
        (None, date(2022, 4, 1), False),
    ],
)
def test_a_plan_is_due_within_the_financial_year_of_the_election(adopted, today, met):
    due = plan_due(ELECTED, adopted)
    assert (due.due, due.met(today)) == (date(2022, 3, 31), met)
    assert due.working == (
        "The election was on 6 May 2021, in the financial year 2021/22, which ended on 31 March 2022."
    )


@pytest.mark.parametrize(
    ("more", "wanting"),
    [
        ({}, []),
        ({"why_varied": " "}, ["varies a plan in force"]),
        ({"varies": False, "why_varied": ""}, []),
        ({"objectives": {}}, ["has no objective"]),
        ({"objectives": {"1": 0, "2": 3}}, ["Objective 1 has no commitment"]),
        ({"objectives": {"1": 0}, "why_varied": ""}, ["Objective 1", "varies a plan"]),
    ],
)
def test_what_a_draft_wants_before_it_is_sent(more, wanting):
    ready = {"number": 2, "varies": True, "why_varied": "Two gaps.", "objectives": {"1": 2}}
    problems = problems_of_sending(Readiness(**{**ready, **more}))
    assert len(problems) == len(wanting)
    assert all(words in problem for words, problem in zip(wanting, problems, strict=True))


DAY = date(2022, 6, 1)


@pytest.mark.parametrize(
    ("steps", "by_commissioner", "on_record", "wanting"),
    [
        (Steps(State.DRAFT, DAY), True, "", ["this one is: Draft"]),
        (Steps(State.WITH_PANEL, DAY, DAY), True, "", ["panel has not reported"]),
        (Steps(State.WITH_PANEL, DAY, DAY, DAY), True, "", ["has not been answered"]),
        (Steps(State.WITH_PANEL, DAY, DAY, DAY, DAY), True, "", []),
        (Steps(State.WITH_PANEL, DAY, DAY, DAY, DAY), False, "", ["Only the commissioner"]),
        (Steps(State.WITH_PANEL, DAY, DAY, DAY, DAY), False, "Notice 14", []),
        (Steps(State.ADOPTED, DAY, DAY, DAY, DAY), True, "", ["this one is: In force"]),
    ],
)
def test_what_a_version_wants_before_it_is_adopted(steps, by_commissioner, on_record, wanting):
    problems = problems_of_adopting(steps, by_commissioner=by_commissioner, on_record=on_record)
    assert len(problems) == len(wanting)
    assert all(words in problem for words, problem in zip(wanting, problems, strict=True))
