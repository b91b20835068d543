"""Who changed this, when and why: for whoever may see the thing and is of its body."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from frankpledge.web.audit.checking import check_the_trail
from frankpledge.web.audit.models import PersonalValue, Verification
from frankpledge.web.audit.presenters import (
    DELETED,
    Difference,
    Field,
    choice_words,
    differences,
    plain_words,
    verb_in_words,
)
from frankpledge.web.organisations.acts import (
    change_forum,
    give_role,
    reset_second_factor,
    set_up_forum,
)
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum(people, bodies):
    made = set_up_forum(by=people["office_officer"], body=bodies["office"], name="Board",
                        visibility="panel", how_often="each week")  # fmt: skip
    return change_forum(by=people["chief_executive"], forum=made, how_often="every month",
                        meets_in_public=True, why="The panel asked for it")  # fmt: skip


def address(thing) -> str:
    return reverse("history", args=[thing._meta.label_lower, thing.pk])


def test_history_tells_who_when_why_and_what_was_and_is(as_role, forum, people):
    page = as_role("office_officer").get(address(forum)).content.decode()
    for said in ("Forum changed", f"by {people['chief_executive']}", "The panel asked for it", "each week",
                 "every month", "Meets in public"):  # fmt: skip
        assert said in page
    newest, first = page.index("Forum changed"), page.index("Forum set up")
    assert newest < first


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("office_officer", 200),
        ("treasurer", 200),
        ("auditor", 200),
        ("panel_member_lay", 404),  # sees the forum, is of another body
        ("force_analyst", 404),  # does not see it
        ("other_office_officer", 404),
    ],
)
def test_history_is_for_people_of_its_body_who_see_it(as_role, forum, role, status):
    assert as_role(role).get(address(forum)).status_code == status


def test_the_public_is_asked_to_sign_in(client, forum):
    assert client.get(address(forum)).status_code == 302


def test_a_restricted_thing_has_a_history_for_the_people_it_names(as_role, forum, people):
    forum.visibility = "named"
    forum.save()
    forum.named_people.add(people["treasurer"])
    assert as_role("treasurer").get(address(forum)).status_code == 200
    assert as_role("office_officer").get(address(forum)).status_code == 404


@pytest.mark.parametrize(
    "label",
    [
        "nothing",
        "a.b",
        "organisations.none",
        "sessions.session",
        "mfa.authenticator",
        "audit.personalvalue",
    ],
)
def test_what_is_no_thing_of_ours_has_no_history(as_role, label):
    assert as_role("administrator").get(f"/history/{label}/1/").status_code == 404


def test_an_address_that_is_no_key_is_not_found(as_role, forum):
    assert as_role("office_officer").get("/history/organisations.forum/x/").status_code == 404


def test_an_alliances_history_is_for_its_members(as_role, people, bodies):
    forum = set_up_forum(
        by=people["office_officer"], body=bodies["alliance"], name="Joint", visibility="office"
    )
    assert as_role("office_officer").get(address(forum)).status_code == 200
    assert as_role("other_treasurer").get(address(forum)).status_code == 200
    assert as_role("force_analyst").get(address(forum)).status_code == 404


def test_a_persons_history_is_for_whoever_administers_them(as_role, people):
    reset_second_factor(by=people["administrator"], person=people["treasurer"], why="Lost")
    assert as_role("commissioner").get(address(people["treasurer"])).status_code == 404
    page = as_role("administrator").get(address(people["treasurer"])).content.decode()
    assert "Person second factor reset" in page


def test_a_key_is_told_by_name_to_whoever_sees_what_it_points_to(as_role, people, bodies):
    held = give_role(by=people["administrator"], body=bodies["office"], person=people["treasurer"],
                     role="office_officer")  # fmt: skip
    page = as_role("administrator").get(address(held)).content.decode()
    for said in (
        "Treasurer, Northshire",
        "Office officer",
        "Northshire Police and Crime Commissioner",
    ):
        assert said in page
    PersonalValue.objects.all().delete()
    assert DELETED in as_role("administrator").get(address(held)).content.decode()


def test_the_number_of_queries_does_not_grow_with_events(
    as_role, forum, people, django_assert_max_num_queries
):
    client = as_role("office_officer")
    with django_assert_max_num_queries(12):
        client.get(address(forum))
    for number in range(12):
        change_forum(by=people["office_officer"], forum=forum, how_often=f"every {number} days")
    with django_assert_max_num_queries(12):
        assert "every 11 days" in client.get(address(forum)).content.decode()


def test_a_long_history_is_on_several_pages(as_role, forum, people):
    for number in range(50):
        change_forum(by=people["office_officer"], forum=forum, how_often=f"every {number} days")
    client = as_role("office_officer")
    assert "Forum set up" not in client.get(address(forum)).content.decode()
    assert "Forum set up" in client.get(address(forum) + "?page=2").content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("auditor", 200), ("administrator", 200), ("commissioner", 403), ("panel_member_lay", 403)],
)
def test_the_trail_is_for_those_who_keep_the_record(as_role, role, status):
    assert as_role(role).get("/trail/").status_code == status


def test_the_trail_shows_ones_own_body_and_narrows(as_role, forum, people, bodies):
    set_up_forum(by=people["other_office_officer"], body=bodies["other_office"], name="Elsewhere")
    client = as_role("auditor")
    page = client.get("/trail/").content.decode()
    assert "2 events." in page
    assert "Elsewhere" not in page
    assert "Southshire" not in page
    assert "1 event." in client.get("/trail/", {"verb": "forum.changed"}).content.decode()
    by = people["office_officer"].pk
    assert "1 event." in client.get("/trail/", {"by": by}).content.decode()
    assert "0 events." in client.get("/trail/", {"by": "system"}).content.decode()
    far = {"since-day": "1", "since-month": "1", "since-year": "2150"}
    assert "0 events." in client.get("/trail/", far).content.decode()
    wrong = client.get("/trail/", {"since-day": "41", "since-month": "1", "since-year": "2022"})
    assert 'href="#id_since-day"' in wrong.content.decode()


def test_the_trail_is_checked_on_request_and_says_what_was_found(as_role, forum, monkeypatch):
    at_once = SimpleNamespace(enqueue=check_the_trail.call)
    monkeypatch.setattr("frankpledge.web.audit.views.check_the_trail", at_once)
    client = as_role("auditor")
    assert "Not checked yet" in client.get("/trail/").content.decode()
    client.post("/trail/check/")
    page = client.get("/trail/").content.decode()
    assert "As it was written" in page
    assert Verification.objects.get().last_hash in page
    with connection.cursor() as cursor:
        drop = {"sqlite": "DROP TRIGGER audit_event_no_update",
                "postgresql": "DROP TRIGGER audit_event_append_only ON audit_event"}  # fmt: skip
        cursor.execute(drop[connection.vendor])
        cursor.execute("UPDATE audit_event SET why = 'another' WHERE number = 2")
    with pytest.raises(CommandError):
        call_command("verify_chain")
    page = client.get("/trail/").content.decode()
    assert "Not as it was written" in page
    assert "Event 2 (forum.changed) was changed after it was written." in page


def test_only_auditors_and_administrators_have_it_checked(as_role):
    assert as_role("office_officer").post("/trail/check/").status_code == 403
    assert not Verification.objects.exists()


def test_held_back_nobody_reads_the_trail(client, people):
    sign_in(client, people["administrator"], second_factor=False)
    assert client.get("/trail/")["Location"].startswith("/account/second-factor/")


FIELDS = {
    "often": Field("How often", plain_words),
    "seen": Field("Who sees it", choice_words([("public", "Everybody"), ("office", "The office")])),
}


@pytest.mark.parametrize(
    ("was", "became", "personal", "told"),
    [
        ({"often": "a"}, {"often": "a"}, {}, []),
        ({"often": "a"}, {"often": None}, {}, [Difference("How often", "a", "nothing")]),
        ({}, {"seen": "public"}, {}, [Difference("Who sees it", "nothing", "Everybody")]),
        ({}, {"often": ""}, {}, []),
        ({"on": False}, {"on": True}, {}, [Difference("On", "no", "yes")]),
        ({}, {"on": "2022-06-14"}, {}, [Difference("On", "nothing", "14 June 2022")]),
        ({}, {"name": {"digest": "x"}}, {}, [Difference("Name", "nothing", DELETED)]),
        ({}, {"name": {"digest": "x"}}, {("became", "name"): "A"}, [Difference("Name", "nothing", "A")]),
        ({"s": {"a": {"share": "69.00", "votes": 1}}}, {"s": {}}, {},
         [Difference("S", "A: Share: 69.00; Votes: 1", "nothing")]),
        ({}, {"l": [["Office", "2022-04-01", None]]}, {},
         [Difference("L", "nothing", "Office, 1 April 2022, nothing")]),
    ],
)  # fmt: skip
def test_differences_in_words(was, became, personal, told):
    assert differences(was, became, FIELDS, personal) == told


def test_a_verb_in_words():
    assert verb_in_words("person.second_factor_reset") == "Person second factor reset"
