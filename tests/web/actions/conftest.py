"""A delivery plan of the office, rated and public, with one action that a superintendent answers for."""

from __future__ import annotations

import pytest

from frankpledge.web.actions.rules import Due
from frankpledge.web.plans.models import (
    Commitment,
    Objective,
    Plan,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)
from tests.web.actions.making import a_list, a_scheme, an_action, days


@pytest.fixture
def scheme(people, bodies):
    return a_scheme(people, bodies["office"])


@pytest.fixture
def delivery_plan(people, bodies, scheme):
    return a_list(people, bodies["office"], scheme=scheme)


@pytest.fixture
def owner(people):
    """Who answers for the action: an owner of measures at the force."""
    return people["measure_owner"]


@pytest.fixture
def action(people, delivery_plan, scheme, owner):
    """In progress, amber, due in 30 days."""
    return an_action(
        people, delivery_plan, "1", owner=owner, post="Superintendent, local policing",
        due=Due.by(days(30)), status="in_progress", rag=scheme.meanings.get(key="amber"),
    )  # fmt: skip


@pytest.fixture
def commitment(people, bodies):
    """A commitment as the office's adopted plan words it: A1, of objective A."""
    officer = people["office_officer"]
    plan = Plan.objects.create(
        body=bodies["office"], key="plan", title="A plan", starts=days(-90), ends=days(900),
        visibility="public",
    )  # fmt: skip
    steps = {f"{step}_{end}": value for step in ("sent", "panel_report", "response", "adopted")
             for end, value in (("by", officer), ("on", days(-60)))}  # fmt: skip
    version = PlanVersion.objects.create(
        plan=plan, number=1, state="adopted", drafted_by=officer, drafted_on=days(-80),
        starts=days(-60), **steps,
    )  # fmt: skip
    objective = Objective.objects.create(plan=plan, key="a")
    stated = StatedObjective.objects.create(
        version=version, objective=objective, ref="A", title="Safe places"
    )
    return StatedCommitment.objects.create(
        version=version, commitment=Commitment.objects.create(plan=plan, key="a-1"),
        stated_objective=stated, ref="A1", text="A safe park", party="commissioner",
    )  # fmt: skip
