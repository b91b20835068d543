"""What the figures say about a plan, on the plan's own pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from frankpledge.web.measures.acts import set_goal
from frankpledge.web.measures.models import Measure
from frankpledge.web.plans.models import Commitment
from tests.web.measures.showing import (
    JUNE,
    RAPE,
    SHOPLIFTING,
    made,
    published,
    text_of,
    with_figures,
)
from tests.web.plans.plans import make_plan

pytestmark = pytest.mark.django_db

PLAN = "/northshire/plan/"
SAID = "Shoplifting was above its expected range in June 2022: 636 offences"


@pytest.fixture
def plan(bodies, people):
    plan = make_plan(bodies, people)
    measures = with_figures(bodies["force"], people, (SHOPLIFTING, RAPE, "drug-offences"))
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    kept = Commitment.objects.get(plan=plan, key="2-2")
    for measure in measures.values():
        measure.commitments.add(kept)
    return plan


def test_a_commitment_has_the_finding_of_each_of_its_measures(plan, as_role):
    page = text_of(as_role("public").get(f"{PLAN}commitments/2-2/"))
    assert ">Measures</h2>" in page
    assert SAID in page
    assert "Drug offences were within their expected range" in page
    assert 'href="/northshire/measures/shoplifting/?month=2022-06"' in page
    assert "Rape" not in page
    assert "Rape" in text_of(as_role("office_officer").get(f"{PLAN}commitments/2-2/"))


@pytest.mark.parametrize(
    ("value", "over", "said"),
    [("600", "month", "Not met"), ("636", "month", "Met"), ("636", "rolling 12", "")],
)
def test_what_good_looks_like_is_held_against_the_month(value, over, said, bodies, people, as_role):
    plan = make_plan(bodies, people)
    measure = with_figures(bodies["force"], people, (SHOPLIFTING,))[SHOPLIFTING]
    set_goal(
        by=people["office_officer"], measure=measure, financial_year=2022, text="Fewer.",
        value=Decimal(value), direction="at most", by_when=date(2023, 3, 31), over=over,
    )  # fmt: skip
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    measure.commitments.add(Commitment.objects.get(plan=plan, key="2-2"))
    client = as_role("public")
    page = text_of(client.get(f"{PLAN}commitments/2-2/"))
    of_measure = text_of(client.get("/northshire/measures/shoplifting/"))
    if said:
        assert f"Target: at most {value}. {said} in June 2022." in page
        assert "In June 2022</dt>" in of_measure
    else:
        assert "Target:" not in page
        assert "In June 2022</dt>" not in of_measure


def test_a_commitment_without_measures_says_nothing_of_them(plan, as_role):
    assert ">Measures</h2>" not in text_of(as_role("public").get(f"{PLAN}commitments/1-1/"))


def test_an_objective_says_how_its_measures_stand(plan, as_role):
    page = text_of(as_role("public").get(PLAN))
    assert "Of 2 measures with figures for June 2022, 2 could be judged" in page
    assert SAID in page
    assert "Rape" not in page


def test_a_plan_shows_nothing_of_a_force_that_published_nothing(plan, as_role):
    Measure.objects.update(public_month=None, public_as_at=None)
    page = text_of(as_role("public").get(PLAN))
    assert "636" not in page


def test_the_number_of_queries_does_not_grow_with_commitments(
    plan, as_role, django_assert_num_queries, django_assert_max_num_queries
):
    client = as_role("public")
    client.get(PLAN)
    with django_assert_max_num_queries(40) as counted:
        client.get(PLAN)
    for commitment in Commitment.objects.filter(plan=plan):
        for measure in Measure.objects.all():
            measure.commitments.add(commitment)
    with django_assert_num_queries(len(counted)):
        assert SAID in text_of(client.get(PLAN))
