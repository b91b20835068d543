"""What is kept until something is done: an act ends it, the next day ends it, and nobody gets another's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from frankpledge.web.audit import keeping
from frankpledge.web.audit.keeping import kept_until_an_act, only_reading
from frankpledge.web.audit.today import on_day, today
from frankpledge.web.organisations.acts import change_forum, end_role, give_role
from frankpledge.web.organisations.models import Forum
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


class Counted:
    """Something to make, that says how often it was made."""

    def __init__(self, gives=True) -> None:
        self.times, self.gives = 0, gives

    def __call__(self):
        self.times += 1
        return self.times if self.gives else None


@pytest.fixture
def forum(bodies):
    return Forum.objects.create(name="Board", slug="board", body=bodies["office"])


def asked(make, about=("a thing",), **more):
    """What one request is given."""
    with only_reading():
        return kept_until_an_act(about, make, **more)


def test_it_is_made_once_until_an_act(people, forum):
    make = Counted()
    assert [asked(make), asked(make)] == [1, 1]
    change_forum(by=people["office_officer"], forum=forum, how_often="monthly")
    assert [asked(make), asked(make)] == [2, 2]


def test_it_is_made_again_on_another_day():
    make = Counted()
    asked(make)
    with on_day(today() + timedelta(days=1)):
        assert asked(make) == 2


def test_it_is_kept_by_all_that_it_is_about():
    make = Counted()
    assert asked(make, ("a thing", "public", 0)) == 1
    assert asked(make, ("a thing", "public", 7)) == 2
    assert asked(make, ("a thing", "public", 0)) == 1


def test_nothing_and_what_does_not_last_are_not_kept():
    nothing, under_way = Counted(gives=False), Counted()
    assert [asked(nothing), asked(nothing)] == [None, None]
    assert nothing.times == 2
    assert [asked(under_way, lasts=lambda _: False) for _ in range(2)] == [1, 2]


def test_outside_a_request_nothing_is_kept():
    make = Counted()
    assert [kept_until_an_act(("a thing",), make) for _ in range(2)] == [1, 2]


def test_what_was_asked_for_longest_ago_goes_first(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    make = Counted()
    for name in ("first", "second", "first", "third"):
        asked(make, (name,))
    assert asked(make, ("first",)) == 1
    assert asked(make, ("second",)) == 4


def test_the_trail_is_asked_once_a_request(django_assert_num_queries):
    with django_assert_num_queries(1), only_reading():
        for name in ("one", "another", "one"):
            kept_until_an_act((name,), lambda: "made")


def test_a_request_that_may_act_keeps_nothing(client, people, bodies, django_assert_num_queries):
    """Whoever posts is read with the roles of that moment, not with those kept from a page."""
    person = people["office_officer"]
    sign_in(client, person)
    client.get("/northshire/forums/")
    person.roles.all().delete()  # behind the site's back, which no kept page would know of
    answer = client.post("/northshire/forums/office/new/", {"name": "Another"})
    assert answer.status_code in (403, 404)


def test_a_role_given_or_ended_is_seen_on_the_next_page(client, people, bodies):
    """The reader is kept; the trail that an act carried on says that they are not the same any more."""
    person, giver = people["panel_officer"], people["administrator"]
    sign_in(client, person)
    assert client.get("/organisations/people/").status_code == 403
    panel_administrator = give_role(
        by=giver, body=bodies["office"], person=person, role="administrator", starts=today()
    )
    assert client.get("/organisations/people/").status_code == 200
    with on_day(today() + timedelta(days=2)):
        end_role(by=giver, held=panel_administrator, on=today() - timedelta(days=1))
        assert client.get("/organisations/people/").status_code == 403


def test_an_account_that_is_closed_is_signed_out_at_once(client, people):
    """Session and account are asked about in every request; neither is ever kept."""
    person = people["office_officer"]
    sign_in(client, person)
    assert client.get("/my/account/").status_code == 200
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/my/account/").status_code == 302
