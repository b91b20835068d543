"""The pages of people, bodies and forums: who reaches them, what they do, how often they ask."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from frankpledge.web.organisations.models import (
    AllianceMember,
    Area,
    Body,
    Forum,
    Person,
    Role,
    RoleHeld,
)
from tests.web.bodies import make_person
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db
PEOPLE = "/organisations/people/"


@pytest.mark.parametrize("address", [PEOPLE, "/organisations/bodies/", "/my/account/", "/trail/"])
def test_the_public_is_asked_to_sign_in(client, bodies, address):
    assert client.get(address)["Location"] == f"/account/sign-in/?next={address}"


def test_people_are_for_administrators(as_role):
    assert as_role("office_officer").get(PEOPLE).status_code == 403
    page = as_role("administrator").get(PEOPLE).content.decode()
    assert "Roles held at Northshire Police and Crime Commissioner" in page
    assert "Southshire" not in page


def test_the_number_of_queries_does_not_grow_with_people(
    as_role, bodies, django_assert_max_num_queries
):
    client = as_role("administrator")
    client.get(PEOPLE)
    with django_assert_max_num_queries(8):
        client.get(PEOPLE)
    for number in range(20):
        person = Person.objects.create(email=f"{number}@example.org", name=f"Officer {number}")
        RoleHeld.objects.create(
            person=person, body=bodies["office"], role="office_officer", starts=date(2020, 1, 1)
        )
    with django_assert_max_num_queries(8):
        assert "Officer 19" in client.get(PEOPLE).content.decode()


def test_an_administrator_invites_on_the_page(as_role, bodies, django_capture_on_commit_callbacks):
    client = as_role("administrator")
    address = reverse("invite", args=[bodies["office"].slug])
    wrong = client.post(address, {"name": "", "email": "no address", "role": "force_analyst"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    for said, control in (("Enter name", "id_name"), ("must be an e-mail address", "id_email"),
                          ("select one of the choices", "id_role")):  # fmt: skip
        assert said in page
        assert f'href="#{control}"' in page
    with django_capture_on_commit_callbacks(execute=True):
        sent = client.post(
            address, {"name": "New", "email": "new@example.org", "role": "treasurer"}
        )
    assert sent["Location"] == PEOPLE
    assert "http://testserver/invitations/" in mail.outbox[0].body
    page = client.get(PEOPLE).content.decode()
    assert "new@example.org" in page


def test_what_an_act_refuses_stands_beside_the_form(as_role, people, bodies):
    client = as_role("administrator")
    address = reverse("give-role", args=[people["treasurer"].pk, bodies["office"].slug])
    answer = client.post(address, {"role": "treasurer"})
    assert answer.status_code == 422
    assert "holds the role on some of these days already" in answer.content.decode()
    last = people["administrator"].roles.get()
    answer = client.post(reverse("end-role", args=[last.pk]), {"why": "-"})
    assert "last administrator" in answer.content.decode()


def test_a_role_is_given_and_ended_on_pages(as_role, people, bodies):
    client = as_role("administrator")
    person = people["treasurer"]
    client.post(
        reverse("give-role", args=[person.pk, bodies["office"].slug]), {"role": "office_officer"}
    )
    held = person.roles.get(role="office_officer")
    page = client.get(reverse("person", args=[person.pk])).content.decode()
    assert reverse("end-role", args=[held.pk]) in page
    client.post(
        reverse("end-role", args=[held.pk]), {"on-day": "1", "on-month": "2", "on-year": "2030"}
    )
    held.refresh_from_db()
    assert held.ends == date(2030, 2, 1)


@pytest.mark.parametrize("what", ["close", "reset-second-factor"])
def test_an_act_about_a_person_needs_a_reason_and_an_administrator(as_role, people, what):
    address = reverse("about-person", args=[people["treasurer"].pk, what])
    assert as_role("office_officer").get(address).status_code == 403
    assert as_role("other_administrator").get(address).status_code == 404
    client = as_role("administrator")
    assert client.post(address, {"why": ""}).status_code == 422
    assert client.post(address, {"why": "A reason"}).status_code == 302


def test_a_colleague_sees_roles_and_no_address(as_role, people):
    page = (
        as_role("commissioner")
        .get(reverse("person", args=[people["treasurer"].pk]))
        .content.decode()
    )
    assert "Treasurer" in page
    assert people["treasurer"].email not in page
    assert "What you can do" not in page


def test_bodies_tell_shares_and_who_is_in_the_chair(as_role, bodies):
    page = as_role("force_analyst").get("/organisations/bodies/").content.decode()
    assert "69%" in page
    assert "pays nothing" in page
    assert "Nobody is in the chair today" in page


def test_costs_are_shared_on_a_page(as_role, bodies):
    client = as_role("treasurer")
    address = reverse("share-costs", args=[bodies["alliance"].slug])
    sent = {
        f"votes_{bodies[name].pk}": 1 for name in ("force", "other_force", "office", "other_office")
    }
    wrong = client.post(
        address,
        {**sent, f"share_{bodies['force'].pk}": "70", f"share_{bodies['other_force'].pk}": "31"},
    )
    assert "add up to 101 per cent" in wrong.content.decode()
    client.post(
        address,
        {**sent, f"share_{bodies['force'].pk}": "70", f"share_{bodies['other_force'].pk}": "30"},
    )
    now = AllianceMember.objects.get(member=bodies["force"], ends__isnull=True)
    assert now.share_of_costs == 70


def test_a_turn_in_the_chair_is_said_on_a_page(as_role, bodies):
    client = as_role("chief_executive")
    client.post(
        reverse("take-the-chair", args=["alliance"]),
        {
            "member": bodies["office"].pk,
            "starts-day": "1",
            "starts-month": "4",
            "starts-year": "2022",
        },
    )
    assert (
        "In the chair: Northshire Police and Crime Commissioner"
        in client.get("/organisations/bodies/alliance/").content.decode()
    )


def test_body_and_areas_are_changed_on_pages(client, bodies):
    admin = make_person(Role.ADMINISTRATOR, bodies["force"])
    sign_in(client, admin)
    slug = bodies["force"].slug
    assert "Add an area" in client.get(reverse("body", args=[slug])).content.decode()
    client.post(
        reverse("change-body", args=[slug]),
        {"name": "Northshire Constabulary", "called": "Police", "accent": "grey"},
    )
    assert Body.objects.get(slug=slug).accent == "grey"
    client.post(reverse("add-area", args=[slug]), {"name": "North", "order": 3})
    client.post(reverse("change-area", args=[slug, "north"]), {"name": "Far North", "order": 4})
    assert Area.objects.get(slug="north").name == "Far North"


def test_the_register_of_forums_shows_the_public_what_is_public(client, as_role, bodies):
    Forum.objects.create(
        name="Public board", slug="public-board", body=bodies["office"], visibility="public"
    )
    Forum.objects.create(
        name="Inner board", slug="inner-board", body=bodies["office"], visibility="office"
    )
    page = client.get("/northshire/forums/").content.decode()
    assert "Public board" in page
    assert "Inner board" not in page
    assert "Change" not in page
    assert client.get("/nowhere/forums/").status_code == 404
    page = as_role("office_officer").get("/northshire/forums/").content.decode()
    assert "Inner board" in page
    assert (
        reverse("change-forum", args=["northshire", bodies["office"].slug, "inner-board"]) in page
    )


def test_forums_are_kept_on_pages(as_role, bodies):
    client = as_role("office_officer")
    slug = bodies["office"].slug
    sent = {"name": "Board", "purpose": "To look", "how_often": "every month", "visibility": "public",
            "notes_published": "on"}  # fmt: skip
    client.post(reverse("set-up-forum", args=["northshire", slug]), sent)
    client.post(
        reverse("change-forum", args=["northshire", slug, "board"]),
        {**sent, "how_often": "each week"},
    )
    forum = Forum.objects.get()
    assert (forum.how_often, forum.notes_published, forum.meets_in_public) == (
        "each week",
        True,
        False,
    )
    assert (
        as_role("force_analyst").get(reverse("set-up-forum", args=["northshire", slug])).status_code
        == 403
    )


def test_a_signed_in_page_asks_who_reads_and_whether_anything_was_done(
    as_role, django_assert_num_queries
):
    client = as_role("office_officer")
    # Session, person, how far the trail has come. The page's own: one for the alliance's members,
    # whose permission is asked about, and one for the forums (none has seats).
    always = 3 + 2
    # Kept until an act: roles, how bodies stand, three for the place.
    with django_assert_num_queries(always + 5):
        client.get("/northshire/forums/")
    with django_assert_num_queries(always):
        client.get("/northshire/forums/")


def test_seats_on_a_forum_are_said_on_a_page(as_role, bodies):
    client = as_role("office_officer")
    Forum.objects.create(name="Joint", slug="joint", body=bodies["alliance"], visibility="public")
    address = reverse("seat-bodies", args=["northshire", "alliance", "joint"])
    assert (
        address
        in client.get(
            reverse("change-forum", args=["northshire", "alliance", "joint"])
        ).content.decode()
    )
    wrong = client.post(address, {f"votes_{bodies['office'].pk}": "many"})
    assert f'href="#id_votes_{bodies["office"].pk}"' in wrong.content.decode()
    client.post(
        address, {f"votes_{bodies['office'].pk}": 1, f"votes_{bodies['other_office'].pk}": 1}
    )
    assert (
        "Southshire Police and Crime Commissioner: 1 vote<"
        in client.get("/northshire/forums/").content.decode()
    )
