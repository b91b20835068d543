"""What the database itself refuses about plans, and who sees a version in each state."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from frankpledge.web.plans.models import (
    Commitment,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)
from frankpledge.web.plans.states import State, visibility_in
from tests.web.plans.plans import make_plan

pytestmark = pytest.mark.django_db

DAY = date(2022, 6, 1)


@pytest.fixture
def plan(bodies, people):
    return make_plan(bodies, people)


def draft(plan, people, **more):
    words = {"number": 2, "drafted_by": people["office_officer"], "drafted_on": DAY, **more}
    return PlanVersion.objects.create(plan=plan, **words)


@pytest.mark.parametrize(
    ("state", "was_sent", "seen_by"),
    [
        (State.DRAFT, False, "office"),
        (State.WITH_PANEL, True, "panel"),
        (State.ADOPTED, True, "public"),
        (State.SUPERSEDED, True, "public"),
        (State.WITHDRAWN, False, "office"),
        (State.WITHDRAWN, True, "panel"),
    ],
)
def test_visibility_follows_the_state(state, was_sent, seen_by):
    assert visibility_in(state, was_sent=was_sent) == seen_by


def test_the_database_refuses_a_draft_that_is_public(plan, people):
    version = draft(plan, people)
    with pytest.raises(IntegrityError, match="visibility_follows_state"), transaction.atomic():
        PlanVersion.objects.filter(pk=version.pk).update(visibility="public")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"sent_on": DAY, "state": "with_panel"}, "sent_who_and_when"),
        ({"panel_report": "Words without a day."}, "words_have_who_and_when"),
        ({"state": "superseded", "number": 3}, "adopted_after_the_panel_reported"),
        ({"state": "with_panel"}, "adopted_after_the_panel_reported"),
    ],
)
def test_the_database_refuses_a_version_out_of_order(plan, people, more, refusal):
    with pytest.raises(IntegrityError, match=refusal), transaction.atomic():
        draft(plan, people, **more)


def test_one_version_of_a_plan_is_in_force(plan, people):
    first = plan.versions.get()
    first.pk, first.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_a_ref_stands_once_in_a_version(plan):
    stated = StatedCommitment.objects.get(ref="2.2")
    stated.ref = "2.1"
    with pytest.raises(IntegrityError), transaction.atomic():
        stated.save()


def test_a_commitment_that_only_a_draft_states_is_the_offices_alone(plan, people):
    version = draft(plan, people)
    only_there = Commitment.objects.create(plan=plan, key="secret")
    objective = StatedObjective.objects.create(
        version=version, objective=plan.objectives.first(), ref="1", title="x"
    )
    StatedCommitment.objects.create(
        version=version, commitment=only_there, stated_objective=objective, ref="9.9", text="x",
        party="together",
    )  # fmt: skip
    sees = {
        role: Commitment.objects.visible_to(person).filter(key="secret").exists()
        for role, person in [(None, None), *people.items()]
    }
    assert {role for role, sees_it in sees.items() if sees_it} == {
        "office_officer", "chief_executive", "treasurer", "deputy_commissioner", "commissioner",
        "auditor", "administrator",
    }  # fmt: skip
    assert Commitment.objects.visible_to(None).count() == 5
