"""Which commitments of the plan a measure shows the keeping of."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import link_commitments
from frankpledge.web.plans.models import Commitment, Plan
from tests.web.measures.making import with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(bodies):
    return with_measures(bodies["force"], ("shoplifting",))["shoplifting"]


@pytest.fixture
def commitments(bodies):
    plan = Plan.objects.create(
        body=bodies["office"],
        key="plan",
        title="A plan",
        starts=date(2021, 4, 1),
        ends=date(2025, 3, 31),
    )
    return [Commitment.objects.create(plan=plan, key=key) for key in ("1-1", "1-2")]


def test_the_commitments_chosen_take_the_place_of_those_before(people, measure, commitments):
    first, second = commitments
    link_commitments(by=people["office_officer"], measure=measure, commitments=[first])
    link_commitments(by=people["commissioner"], measure=measure, commitments=[second])
    assert list(measure.commitments.all()) == [second]
    event = Event.objects.filter(verb="measure.commitments_linked").last()
    assert (event.was, event.became) == ({"commitments": [first.pk]}, {"commitments": [second.pk]})


@pytest.mark.parametrize(
    "role", ["force_analyst", "measure_owner", "panel_officer", "other_office_officer"]
)
def test_it_is_the_office_that_says_so(people, measure, commitments, role):
    with pytest.raises(PermissionDenied):
        link_commitments(by=people[role], measure=measure, commitments=commitments)
    assert not measure.commitments.exists()
