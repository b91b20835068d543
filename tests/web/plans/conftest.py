"""A plan in force, and drafts on the way."""

from __future__ import annotations

from datetime import date

import pytest

from frankpledge.web.plans import acts
from tests.web.plans.plans import make_plan

SENT, REPORTED, ANSWERED, ADOPTED = (
    date(2022, 6, day) for day in (10, 24, 27, 30)
)  # the days of the variation


@pytest.fixture
def plan(bodies, people):
    return make_plan(bodies, people)


@pytest.fixture
def draft(plan, people):
    """Version 2 of the plan: a draft that varies it."""
    return acts.draft_version(
        by=people["office_officer"], plan=plan, why="Two gaps.", on=date(2022, 6, 1)
    )


@pytest.fixture
def sent(draft, people):
    """Version 2, with the panel."""
    return acts.send_to_panel(by=people["office_officer"], version=draft, on=SENT)


@pytest.fixture
def answered(sent, people):
    """Version 2, reported on and answered: ready to be adopted."""
    reported = acts.record_panel_report(
        by=people["panel_officer"], version=sent, report="The panel agrees.", on=REPORTED
    )
    return acts.answer_panel(
        by=people["office_officer"], version=reported, response="Thank you.", on=ANSWERED
    )
