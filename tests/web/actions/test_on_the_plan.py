"""What the ledger shows on a plan's pages."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from frankpledge.web.actions.contributions import actions_of_commitment, progress_of_plan
from frankpledge.web.audit.visibility import THE_PUBLIC
from frankpledge.web.plans import contributions as plans
from tests.web.actions.making import an_action, days, overdue

pytestmark = pytest.mark.django_db


@pytest.fixture
def serving(people, delivery_plan, commitment):
    """Of a commitment: one overdue, one done late, one done in time, one that the office keeps to itself."""
    said = {"commitment": commitment.commitment}
    an_action(people, delivery_plan, "1", due=overdue(3), **said)
    an_action(people, delivery_plan, "2", due=overdue(9), status="done", done_on=days(-1), **said)
    an_action(people, delivery_plan, "3", due=overdue(9), status="done", done_on=days(-9), **said)
    an_action(people, delivery_plan, "4", due=overdue(9), visibility="office", **said)


def test_a_commitment_shows_its_actions_overdue_first(serving, commitment, people):
    section = actions_of_commitment(commitment.commitment, THE_PUBLIC)
    assert [each["row"].reference for each in section.context["rows"]] == ["1", "2", "3"]
    html = render_to_string(section.template, dict(section.context))
    assert "/northshire/actions/" in html
    assert "Overdue" in html
    officers = actions_of_commitment(commitment.commitment, people["office_officer"].as_reader())
    assert len(officers.context["rows"]) == 4


def test_a_plan_says_how_many_actions_are_finished_late_and_overdue(serving, commitment):
    progress = progress_of_plan(commitment.version.plan, THE_PUBLIC)
    lines = progress.commitments[commitment.commitment_id]
    assert [line.text for line in lines] == ["3 actions: 2 finished, 1 of them late", "1 overdue"]
    assert progress.objectives[commitment.stated_objective.objective_id] == lines


def test_a_commitment_without_actions_has_no_section(commitment):
    assert actions_of_commitment(commitment.commitment, THE_PUBLIC) is None
    assert progress_of_plan(commitment.version.plan, THE_PUBLIC) is None


def test_the_plans_pages_ask_for_both(serving, commitment, django_assert_num_queries):
    assert plans.sections(commitment.commitment, THE_PUBLIC)[0].heading == "Actions"
    with django_assert_num_queries(2):
        progress_of_plan(commitment.version.plan, THE_PUBLIC)
