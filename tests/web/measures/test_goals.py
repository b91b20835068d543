"""What good looks like: set year by year, in revisions, and looked at again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import open_to_public, review_goal, set_goal, share_measures
from frankpledge.web.measures.models import WhatGoodLooksLike
from frankpledge.web.measures.observations import library_for, traits_for
from tests.web.measures.making import with_measures

pytestmark = pytest.mark.django_db

JUNE_2022, MARCH_2022 = date(2022, 6, 1), date(2022, 3, 1)


@pytest.fixture
def measure(bodies):
    return with_measures(bodies["force"])["shoplifting"]


def set_600(people, measure, **more):
    return set_goal(
        by=people["office_officer"], measure=measure, financial_year=2022, text="Fewer than 600 a month.",
        value=Decimal("600"), direction="at most", by_when=date(2023, 3, 31), **more,
    )  # fmt: skip


def test_a_goal_counts_in_its_own_year(bodies, people, measure):
    set_600(people, measure)
    traits = traits_for(bodies["force"], JUNE_2022).filter(measure="shoplifting").row(0, named=True)
    assert (traits["target"], traits["target_direction"], traits["target_date"], traits["target_over"]) == (
        600.0, "at most", date(2023, 3, 31), "month",
    )  # fmt: skip
    assert library_for(bodies["force"], month=MARCH_2022).get("shoplifting").good_looks_like is None


def test_a_goal_set_again_is_a_revision(people, measure):
    first = set_600(people, measure)
    second = set_goal(
        by=people["office_officer"],
        measure=measure,
        financial_year=2022,
        text="Fewer.",
        seen=first.number,
    )
    assert (second.number, second.value, WhatGoodLooksLike.objects.count()) == (2, None, 2)
    assert Event.objects.filter(verb="goal.set").last().was["text"] == "Fewer than 600 a month."


def test_the_second_of_two_who_set_it_at_once_is_told(people, measure):
    set_600(people, measure)
    with pytest.raises(ChangedMeanwhileError):
        set_600(people, measure)
    assert WhatGoodLooksLike.objects.count() == 1


def test_a_review_says_who_and_when_and_the_goal_carries_the_month(bodies, people, measure):
    goal = review_goal(by=people["commissioner"], goal=set_600(people, measure))
    assert (goal.reviewed_by, goal.reviewed_at is not None) == (people["commissioner"], True)
    good = library_for(bodies["force"], month=JUNE_2022).get("shoplifting").good_looks_like
    assert good.reviewed == goal.reviewed_at.date().replace(day=1)


def test_a_goal_that_was_changed_since_cannot_be_reviewed(people, measure):
    first = set_600(people, measure)
    set_600(people, measure, seen=1)
    with pytest.raises(ChangedMeanwhileError):
        review_goal(by=people["commissioner"], goal=first)


@pytest.mark.parametrize(
    "role", ["force_analyst", "measure_owner", "panel_chair", "other_commissioner"]
)
def test_others_neither_set_nor_review(people, measure, role):
    with pytest.raises(PermissionDenied):
        set_goal(by=people[role], measure=measure, financial_year=2022, text="More.")
    goal = set_600(people, measure)
    with pytest.raises(PermissionDenied):
        review_goal(by=people[role], goal=goal)


def test_the_database_refuses_a_number_without_a_direction(people, measure):
    goal = set_600(people, measure)
    with pytest.raises(IntegrityError, match="goal_value_has_a_direction"), transaction.atomic():
        WhatGoodLooksLike.objects.filter(pk=goal.pk).update(direction="")


def test_the_database_refuses_a_reviewer_without_a_time(people, measure):
    goal = set_600(people, measure)
    with pytest.raises(IntegrityError, match="goal_reviewed_by_and_at"), transaction.atomic():
        WhatGoodLooksLike.objects.filter(pk=goal.pk).update(reviewed_by=people["commissioner"])


@pytest.mark.parametrize(
    ("month", "years"),
    [("2022-06-01", {2021, 2022}), ("2022-03-01", {2021}), ("2023-03-01", {2021, 2022})],
)
def test_the_public_sees_no_goal_of_a_year_that_no_report_has_reached(
    bodies, people, measure, month, years
):
    force, office = bodies["force"], people["office_officer"]
    for year in (2021, 2022, 2023):
        set_goal(by=office, measure=measure, financial_year=year, text="Fewer.")
    share_measures(by=office, force=force, keys=["shoplifting"], visibility="public")
    assert not WhatGoodLooksLike.objects.visible_to(None).exists()
    open_to_public(by=office, force=force, month=date.fromisoformat(month), as_at=date(2023, 4, 30))
    assert (
        set(WhatGoodLooksLike.objects.visible_to(None).values_list("financial_year", flat=True))
        == years
    )
    assert WhatGoodLooksLike.objects.visible_to(people["measure_owner"]).count() == 3


@pytest.mark.parametrize("direction", ["", "at_most", "up"])
def test_the_database_refuses_a_value_without_a_direction_there_is(measure, direction):
    with pytest.raises(IntegrityError), transaction.atomic():
        WhatGoodLooksLike.objects.create(
            measure=measure,
            financial_year=2022,
            number=1,
            text="Fewer",
            value=600,
            direction=direction,
        )
