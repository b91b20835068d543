"""How a force's figures are judged: taken over whole, taken back and never deleted."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import polars as pl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from polars.testing import assert_frame_equal

from frankpledge.reporting.settings import ReportSettings
from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.measures.acts import take_judging
from frankpledge.web.measures.models import Break, Population
from frankpledge.web.measures.observations import brief_for, settings_for, stamp_of
from frankpledge.web.organisations.models import SimilarForce, SimilarForcesGroup
from tests.web.measures.making import JUNE

pytestmark = pytest.mark.django_db

DAY = date(2022, 7, 31)
BREAK = {
    "measure": "public-order",
    "month": "2022-02",
    "reason": "A new opening code.",
    "restarts_baseline": False,
}


def settings(**more) -> ReportSettings:
    return ReportSettings(
        title="Report", purpose="Figures.", author_role="Analyst", owner_role="Head", date=DAY,
        force="Northshire", force_name="Northshire Police", areas=("East", "West"),
        similar_forces=("Southshire", "Westshire"), **more,
    )  # fmt: skip


WHOLE = {
    "limits": "xmr-1",
    "false_discovery_level": 0.2,
    "screen": False,
    "breaks": (BREAK,),
    "exceptional_periods": ({"from_month": "2020-03", "to_month": "2021-06", "reason": "Restrictions."},),
    "rebaselines": (
        {"measure": "shoplifting", "area": "East", "from_month": "2022-04", "baseline_from": "2021-07",
         "baseline_to": "2022-03"},
    ),
    "populations": ({"area": "East", "year": 2020, "population": 310794},),
}  # fmt: skip


@pytest.fixture
def force(bodies):
    group = SimilarForcesGroup.objects.create(force=bodies["force"], source="A publication")
    for name in ("Southshire", "Westshire"):
        SimilarForce.objects.create(group=group, name=name)
    return bodies["force"]


def test_what_was_taken_over_is_asked_of_the_analysis(force, people):
    from frankpledge.analysis.limits.rule_sets import RULE_SETS

    given = settings(**WHOLE | {"limits": sorted(RULE_SETS)[-1]})
    take_judging(by=people["force_analyst"], force=force, settings=given)
    ours, theirs = brief_for(force, JUNE, DAY), given.brief(JUNE)
    for field in fields(theirs):
        mine, its = getattr(ours, field.name), getattr(theirs, field.name)
        if isinstance(its, pl.DataFrame):
            assert its.height == 1, field.name
            assert_frame_equal(mine, its)
        else:
            assert mine == its, field.name


def test_a_force_of_which_nothing_was_said_is_judged_plainly(force):
    found = settings_for(force, JUNE, DAY)
    assert (found.force, found.areas, found.limits, found.breaks) == (
        "Northshire",
        ("East", "West"),
        "fixed-year-1",
        (),
    )
    assert brief_for(force, JUNE).as_at is None


def test_what_is_no_longer_noted_is_taken_back_and_stays_in_the_record(force, people):
    analyst = people["force_analyst"]
    take_judging(by=analyst, force=force, settings=settings(breaks=(BREAK,)))
    before = stamp_of(force)
    take_judging(by=analyst, force=force, settings=settings(), why="It was no break.")
    assert settings_for(force, JUNE, DAY).breaks == ()
    note = Break.objects.get()
    assert (note.taken_back_by, note.taken_back_at is None) == (analyst, False)
    assert stamp_of(force) != before


def test_what_is_noted_still_stays_as_it_was_noted(force, people):
    take_judging(by=THE_SYSTEM, force=force, settings=settings(breaks=(BREAK,)))
    first = Break.objects.get()
    other = BREAK | {"measure": "anti-social-behaviour"}
    take_judging(by=people["force_analyst"], force=force, settings=settings(breaks=(BREAK, other)))
    assert Break.objects.filter(taken_back_at__isnull=True).count() == 2
    assert Break.objects.get(pk=first.pk).taken_back_at is None


@pytest.mark.parametrize(
    "role", ["measure_owner", "chief_officer", "commissioner", "panel_chair", "other_force_analyst"]
)
def test_others_do_not_say_how_figures_are_judged(force, people, role):
    with pytest.raises(PermissionDenied):
        take_judging(by=people[role], force=force, settings=settings())


def test_the_database_refuses_two_populations_of_an_area_and_year(force):
    Population.objects.create(body=force, area_name="East", year=2020, population=1000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Population.objects.create(body=force, area_name="East", year=2020, population=1001)
