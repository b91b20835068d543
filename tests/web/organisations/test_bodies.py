"""Bodies, alliances and forums: what is kept about them, by whom."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.acts import (
    change_area,
    change_body,
    change_forum,
    join_alliance,
    seat_bodies,
    set_up_forum,
    set_up_place,
    share_alliance_costs,
    take_the_chair,
)
from frankpledge.web.organisations.models import AllianceChair, AllianceMember, Area, Forum
from frankpledge.web.organisations.reads import alliances_now, place_or_404
from frankpledge.web.organisations.rules import problems_of_shares, problems_of_turn

pytestmark = pytest.mark.django_db
D = date


def test_a_place_is_set_up_with_its_three_bodies_and_who_oversees_whom(people):
    set_up_place(by=THE_SYSTEM, name="Westshire")
    place = place_or_404("westshire")
    assert str(place.force) == "Westshire Police"
    assert [str(o.overseer) for o in place.force.overseen_by.all()] == [str(place.office)]
    assert [str(o.overseer) for o in place.office.overseen_by.all()] == [str(place.panel)]
    with pytest.raises(ValidationError):
        set_up_place(by=THE_SYSTEM, name="westshire")
    with pytest.raises(PermissionDenied):
        set_up_place(by=people["administrator"], name="Eastshire")


def test_a_body_is_called_anew_by_its_administrator_and_its_address_stays(people, bodies):
    office = bodies["office"]
    with pytest.raises(PermissionDenied):
        change_body(by=people["commissioner"], body=office, name="X", called="X", accent="blue")
    changed = change_body(
        by=people["administrator"], body=office, name="Northshire Mayor's office", called="Mayor", accent="pink"
    )  # fmt: skip
    assert (changed.called, changed.slug) == ("Mayor", office.slug)
    with pytest.raises(ValidationError):
        change_body(
            by=people["administrator"],
            body=office,
            name="Southshire Police",
            called="X",
            accent="blue",
        )
    with pytest.raises(ValidationError):
        change_body(by=people["administrator"], body=office, name="Y", called="X", accent="red")


def test_an_area_is_added_and_called_anew(people, bodies):
    by = THE_SYSTEM
    change_area(by=by, body=bodies["force"], name="North", order=3)
    north = Area.objects.get(slug="north")
    change_area(by=by, body=bodies["force"], area=north, name="Far North", order=3)
    north.refresh_from_db()
    assert (north.name, north.slug) == ("Far North", "north")
    with pytest.raises(ValidationError, match="another force"):
        change_area(by=by, body=bodies["other_force"], area=north, name="Y", order=1)
    with pytest.raises(ValidationError, match="Only a force"):
        change_area(by=by, body=bodies["office"], name="Y", order=1)
    with pytest.raises(PermissionDenied):
        change_area(by=people["administrator"], body=bodies["force"], name="Y", order=1)


@pytest.mark.parametrize(
    ("shares", "ok"),
    [
        (["69", "31"], True),
        ([None, None], True),
        (["69", "31", None, None], True),
        (["69", "30"], False),
        (["33.33", "33.33", "33.34"], True),
        (["33.33", "33.33", "33.33"], False),
        (["150", "-50"], False),
    ],
)
def test_shares_add_up_to_a_hundred(shares, ok):
    assert (problems_of_shares([s and Decimal(s) for s in shares]) == []) is ok


def shares_of(bodies, force, other):
    return {
        bodies["force"].pk: Decimal(force),
        bodies["other_force"].pk: Decimal(other),
        bodies["office"].pk: None,
        bodies["other_office"].pk: None,
    }


def test_costs_are_shared_anew_from_a_day_and_what_held_before_stays(people, bodies):
    alliance = bodies["alliance"]
    share_alliance_costs(
        by=people["treasurer"], alliance=alliance, shares=shares_of(bodies, "70", "30"), votes={},
        starts=D(2023, 4, 1), why="A new agreement",
    )  # fmt: skip
    told = {
        day: {
            m.member.name: m.share_of_costs
            for m in alliances_now(day)[0].members
            if m.share_of_costs is not None
        }
        for day in (D(2023, 3, 31), D(2023, 4, 1))
    }
    assert told[D(2023, 3, 31)] == {"Northshire Police": 69, "Southshire Police": 31}
    assert told[D(2023, 4, 1)] == {"Northshire Police": 70, "Southshire Police": 30}
    # Who pays nothing as before has one membership, not two.
    assert AllianceMember.objects.filter(member=bodies["office"]).count() == 1


def test_shares_that_do_not_add_up_or_leave_a_member_out_change_nothing(people, bodies):
    before = list(AllianceMember.objects.values())
    for shares in (shares_of(bodies, "70", "31"), {bodies["force"].pk: Decimal(100)}):
        with pytest.raises(ValidationError):
            share_alliance_costs(
                by=people["treasurer"], alliance=bodies["alliance"], shares=shares, votes={}
            )
    with pytest.raises(PermissionDenied):
        share_alliance_costs(by=people["panel_officer"], alliance=bodies["alliance"],
                             shares=shares_of(bodies, "70", "30"), votes={})  # fmt: skip
    assert list(AllianceMember.objects.values()) == before


@pytest.mark.parametrize(
    ("starts", "ends", "others", "ok"),
    [
        (D(2024, 4, 1), D(2025, 3, 31), [(D(2023, 4, 1), D(2024, 3, 31))], True),
        (D(2024, 3, 31), D(2025, 3, 31), [(D(2023, 4, 1), D(2024, 3, 31))], False),
        (D(2024, 4, 1), None, [(D(2025, 4, 1), None)], False),
        (D(2024, 4, 1), D(2025, 3, 31), [(D(2025, 4, 1), None)], True),
        (D(2024, 4, 1), D(2024, 3, 31), [], False),
    ],
)
def test_turns_in_the_chair_share_no_day(starts, ends, others, ok):
    assert (problems_of_turn(starts, ends, others) == []) is ok


def test_the_chair_goes_round(people, bodies):
    alliance, day = bodies["alliance"], today()
    for member, starts in (
        ("office", day - timedelta(days=30)),
        ("other_office", day + timedelta(days=30)),
    ):
        take_the_chair(
            by=people["chief_executive"], alliance=alliance, member=bodies[member], starts=starts
        )
    stand = alliances_now()[0]
    assert (stand.chair.member, stand.chair.ends) == (bodies["office"], day + timedelta(days=29))
    assert stand.following.member == bodies["other_office"]
    with pytest.raises(ValidationError, match="Only a member"):
        take_the_chair(
            by=people["chief_executive"], alliance=alliance, member=bodies["panel"], starts=day
        )
    with pytest.raises(ValidationError, match="Another member"):
        take_the_chair(
            by=people["chief_executive"],
            alliance=alliance,
            member=bodies["force"],
            starts=day,
            ends=day,
        )
    assert AllianceChair.objects.count() == 2


def test_a_body_joins_an_alliance(people, bodies):
    join_alliance(by=people["administrator"], alliance=bodies["alliance"], member=bodies["panel"])
    assert bodies["panel"] in [m.member for m in alliances_now()[0].members]
    with pytest.raises(ValidationError):
        join_alliance(
            by=people["administrator"], alliance=bodies["alliance"], member=bodies["panel"]
        )


FORUM = {"name": "Performance board", "purpose": "Figures", "visibility": "office"}


def test_a_forum_is_set_up_and_changed_by_officers(people, bodies):
    forum = set_up_forum(by=people["office_officer"], body=bodies["office"], **FORUM)
    with pytest.raises(ValidationError, match="has a forum of this name"):
        set_up_forum(by=people["office_officer"], body=bodies["office"], **FORUM)
    change_forum(
        by=people["chief_executive"], forum=forum, how_often="every month", visibility="public"
    )
    assert Forum.objects.visible_to(None).get().how_often == "every month"
    with pytest.raises(PermissionDenied):
        change_forum(by=people["other_office_officer"], forum=forum, how_often="never")
    with pytest.raises(PermissionDenied):
        set_up_forum(by=people["force_analyst"], body=bodies["office"], name="Mine")
    with pytest.raises(TypeError):
        change_forum(by=people["chief_executive"], forum=forum, body=bodies["force"])
    assert list(Event.objects.values_list("verb", flat=True)) == ["forum.set_up", "forum.changed"]


def test_bodies_sit_on_a_joint_forum_with_stated_votes(people, bodies):
    forum = set_up_forum(by=people["office_officer"], body=bodies["alliance"], name="Joint board")
    equal = {bodies["office"].pk: 1, bodies["other_office"].pk: 1, bodies["force"].pk: 0}
    seat_bodies(by=people["office_officer"], forum=forum, votes=equal)
    del equal[bodies["force"].pk]
    seat_bodies(
        by=people["other_chief_executive"],
        forum=forum,
        votes=equal,
        why="Forces report, and do not sit",
    )
    assert dict(forum.bodies.values_list("body", "votes")) == equal
    with pytest.raises(ValidationError, match="no part in the forum"):
        seat_bodies(by=people["office_officer"], forum=forum, votes={bodies["panel"].pk: 1})
    with pytest.raises(PermissionDenied):
        seat_bodies(by=people["force_analyst"], forum=forum, votes=equal)
    event = Event.objects.order_by("-number").first()
    assert event.was == {**event.became, "Northshire Police": 0}
