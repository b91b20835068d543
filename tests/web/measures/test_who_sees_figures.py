"""The public sees what a published report shows, and not a figure more."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.web.measures.acts import close_to_public, open_to_public, share_measures
from frankpledge.web.measures.models import Definition, Figure, Measure
from frankpledge.web.measures.observations import (
    observations,
    observations_seen_by,
    public_observations,
    stamp_of,
)
from tests.web.measures.making import JUNE, KNOWN, committed, with_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def force(bodies, people):
    force = bodies["force"]
    with_measures(force)
    analyst = people["force_analyst"]
    share_measures(by=analyst, force=force, keys=["shoplifting", "calls-999"], visibility="public")
    share_measures(by=analyst, force=force, keys=["public-confidence"], visibility="panel")
    committed(
        analyst, force, ("shoplifting", "East", "2022-06", 71), ("shoplifting", "East", "2022-07", 80),
        ("rape", "East", "2022-06", 6), ("public-confidence", "Northshire", "2022-06", 84.1),
    )  # fmt: skip
    committed(analyst, force, ("shoplifting", "East", "2022-06", 75), known_at=date(2022, 9, 1))
    return force


def publish(force, people, month=JUNE, as_at=date(2022, 7, 31)):
    return open_to_public(by=people["office_officer"], force=force, month=month, as_at=as_at)


def values(frame):
    return sorted(frame.select("measure", "month", "value").rows())


def test_before_anything_is_published_the_public_sees_nothing(force):
    assert public_observations(force).is_empty()
    assert not Measure.objects.visible_to(None).exists()
    assert not Definition.objects.visible_to(None).exists()


def test_the_public_sees_the_month_as_the_report_knew_it(force, people):
    assert publish(force, people) == 2
    assert values(public_observations(force)) == [("shoplifting", JUNE, 71.0)]
    assert set(Measure.objects.visible_to(None).values_list("key", flat=True)) == {
        "shoplifting",
        "calls-999",
    }


def test_an_earlier_report_published_later_takes_nothing_back(force, people):
    publish(force, people, month=date(2022, 7, 1), as_at=date(2022, 9, 30))
    publish(force, people)
    assert len(public_observations(force)) == 3


@pytest.mark.parametrize(
    ("role", "keys"),
    [("force_analyst", {"shoplifting", "rape", "public-confidence"}),
     ("office_officer", {"shoplifting", "rape", "public-confidence"}),
     ("panel_officer", {"public-confidence"}), ("other_force_analyst", set()), ("other_panel_officer", set())],
)  # fmt: skip
def test_each_role_sees_its_own(force, people, role, keys):
    assert set(observations_seen_by(people[role], force)["measure"]) == keys


def test_others_see_of_a_public_measure_what_the_public_does(force, people):
    publish(force, people)
    for role in ("panel_officer", "other_force_analyst", "other_commissioner"):
        seen = observations_seen_by(people[role], force, keys=["shoplifting"])
        assert values(seen) == [("shoplifting", JUNE, 71.0)], role
    assert len(observations_seen_by(people["force_analyst"], force, keys=["shoplifting"])) == 3


def test_figures_one_by_one_are_no_other_way_in(force, people):
    publish(force, people)
    assert list(Figure.objects.visible_to(None).values_list("value", flat=True)) == [71.0]


def test_what_is_closed_again_is_seen_no_more(force, people):
    publish(force, people)
    close_to_public(by=people["office_officer"], force=force, why="The report was withdrawn.")
    assert public_observations(force).is_empty()


def test_only_the_office_opens(force, people):
    for role in ("force_analyst", "panel_officer", "other_office_officer"):
        with pytest.raises(PermissionDenied):
            open_to_public(by=people[role], force=force, month=JUNE, as_at=KNOWN)


def test_the_stamp_changes_with_what_findings_are_made_of(force, people):
    stamps = [stamp_of(force)]
    committed(people["force_analyst"], force, ("rape", "East", "2022-05", 6))
    stamps.append(stamp_of(force))
    publish(force, people)
    stamps.append(stamp_of(force))
    share_measures(by=people["force_analyst"], force=force, keys=["rape"], visibility="panel")
    stamps.append(stamp_of(force))
    assert len(set(stamps)) == 4
    assert stamp_of(force) == stamps[-1]


def test_all_of_a_forces_figures_are_one_query_more_than_none(force, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(observations(force)) == 5
