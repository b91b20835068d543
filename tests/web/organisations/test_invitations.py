"""Invitations: the only way in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event
from frankpledge.web.organisations.acts import (
    accept_invitation,
    invite_person,
    join,
    withdraw_invitation,
)
from frankpledge.web.organisations.models import Invitation, Person, RoleHeld
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db
SECRETS: list[str] = []


def address(secret: str) -> str:
    SECRETS.append(secret)
    return f"http://testserver/invitations/{secret}/"


@pytest.fixture
def invite(people, bodies):
    def invited(
        by="administrator", body="office", email="new@office.example", role="office_officer", **more
    ):
        who = people[by] if isinstance(by, str) else by
        return invite_person(
            by=who, body=bodies[body], email=email, name="A new officer", role=role, address=address, **more
        )  # fmt: skip

    return invited


def test_the_link_goes_by_mail_and_only_its_digest_is_kept(
    invite, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invitation = invite()
    (message,) = mail.outbox
    assert message.to == ["new@office.example"]
    assert f"http://testserver/invitations/{SECRETS[-1]}/" in message.body
    row = str(Invitation.objects.filter(pk=invitation.pk).values().get())
    assert SECRETS[-1] not in row
    assert SECRETS[-1] not in str(list(Event.objects.values()))
    assert "new@office.example" not in str(list(Event.objects.values()))


@pytest.mark.parametrize("by", ["office_officer", "commissioner", "other_administrator", "auditor"])
def test_only_the_bodys_administrator_invites(invite, by):
    with pytest.raises(PermissionDenied):
        invite(by=by)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"role": "force_analyst"}, "no such role at this body"),
        ({"role": "panel_substitute", "body": "office"}, "no such role at this body"),
        ({"role_ends": date(2020, 1, 1)}, "ended already"),
        ({"email": "commissioner@northshire-police-and-crime-commissioner.example", "role": "commissioner"},
         "holds the role already"),
    ],
)  # fmt: skip
def test_what_cannot_be_invited_is_said(invite, more, said):
    with pytest.raises(ValidationError) as refused:
        invite(**more)
    assert said in " ".join(refused.value.messages)


def test_administrators_do_not_invite_themselves_to_more(invite, people):
    with pytest.raises(ValidationError) as refused:
        invite(email=people["administrator"].email, role="commissioner")
    assert "Nobody gives themselves a role" in str(refused.value)


def test_the_same_invitation_is_not_sent_twice(invite):
    invite()
    with pytest.raises(ValidationError) as refused:
        invite(email="NEW@office.example")
    assert "invited to the role already" in str(refused.value)


def test_a_newcomer_accepts_with_a_name_and_a_password(client, invite):
    invite()
    page = f"/invitations/{SECRETS[-1]}/"
    assert "office officer" in client.get(page).content.decode()
    answer = client.post(
        page, {"name": "My own name", "password": "three unlikely words", "password_again": "three unlikely words"}
    )  # fmt: skip
    assert answer["Location"] == "/account/second-factor/"
    person = Person.objects.get(email="new@office.example")
    assert (person.name, person.check_password("three unlikely words")) == ("My own name", True)
    assert client.session["_auth_user_id"] == str(person.pk)
    held = person.roles.get()
    assert (held.role, held.given_by.email) == (
        "office_officer",
        Invitation.objects.get().invited_by.email,
    )
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["person.invited", "person.joined", "role.given", "invitation.accepted"]
    assert "pbkdf2" not in str(list(Event.objects.values()))
    assert client.get(page).status_code == 410


@pytest.mark.parametrize(
    ("sent", "said", "leads_to"),
    [
        ({"password": "short", "password_again": "short"}, "too short", "id_password"),
        ({"password": "three unlikely words", "password_again": "others"}, "not the same", "id_password_again"),
        ({"password": "", "password_again": ""}, "Enter password", "id_password"),
        ({"password": "new@office.example", "password_again": "new@office.example"}, "too similar", "id_password"),
    ],
)  # fmt: skip
def test_a_password_that_will_not_do_is_said_and_led_to(client, invite, sent, said, leads_to):
    invite()
    page = client.post(f"/invitations/{SECRETS[-1]}/", {"name": "A name", **sent}).content.decode()
    assert said in page
    assert f'href="#{leads_to}"' in page
    assert not Person.objects.filter(email="new@office.example").exists()


def test_an_acquaintance_signs_in_to_accept(client, invite, people):
    invite(email=people["treasurer"].email)
    page = f"/invitations/{SECRETS[-1]}/"
    assert "Sign in to accept" in client.get(page).content.decode()
    client.post(page)
    assert people["treasurer"].roles.count() == 1
    sign_in(client, people["treasurer"])
    client.post(page)
    assert {r.role for r in people["treasurer"].roles.all()} == {"treasurer", "office_officer"}


def test_somebody_else_cannot_accept(client, invite, people):
    invitation = invite(email=people["treasurer"].email)
    sign_in(client, people["panel_officer"])
    assert (
        "signed in as somebody else" in client.post(f"/invitations/{SECRETS[-1]}/").content.decode()
    )
    for by in (people["panel_officer"], THE_SYSTEM):
        with pytest.raises(PermissionDenied):
            accept_invitation(by=by, invitation=invitation)
    assert RoleHeld.objects.filter(role="office_officer").count() == 2


def test_an_invitation_ends_after_fourteen_days(client, invite):
    invitation = invite()
    assert timedelta(days=13) < invitation.expires_at - timezone.now() <= timedelta(days=14)
    Invitation.objects.update(expires_at=timezone.now())
    answer = client.get(f"/invitations/{SECRETS[-1]}/")
    assert (answer.status_code, "14 days" in answer.content.decode()) == (410, True)
    with pytest.raises(ValidationError):
        accept_invitation(by=THE_SYSTEM, invitation=invitation, password="three unlikely words")


def test_a_withdrawn_invitation_opens_nothing(client, invite, people):
    invitation = invite()
    with pytest.raises(PermissionDenied):
        withdraw_invitation(by=people["other_administrator"], invitation=invitation)
    withdraw_invitation(by=people["administrator"], invitation=invitation, why="A mistake")
    assert client.get(f"/invitations/{SECRETS[-1]}/").status_code == 410
    with pytest.raises(ValidationError):
        withdraw_invitation(by=people["administrator"], invitation=invitation)


def test_a_made_up_link_is_told_nothing(client, db):
    answer = client.get("/invitations/made-up/")
    assert (answer.status_code, "no such invitation" in answer.content.decode()) == (410, True)


def test_nobody_makes_a_person_but_by_invitation(people):
    with pytest.raises(PermissionDenied):
        join(by=people["administrator"], email="x@y.example", name="X")


def test_a_substitute_is_invited_for_a_member(invite, people, bodies):
    admin = people["panel_officer"]
    RoleHeld.objects.create(
        person=admin, body=bodies["panel"], role="administrator", starts=date(2020, 1, 1)
    )
    admin.__dict__.pop("roles_now", None)
    member = RoleHeld.objects.get(role="panel_member_lay", body=bodies["panel"])
    with pytest.raises(ValidationError):
        invite(by=admin, body="panel", role="panel_substitute")
    invitation = invite(by=admin, body="panel", role="panel_substitute", standing_in_for=member)
    held = accept_invitation(by=THE_SYSTEM, invitation=invitation, password="three unlikely words")
    assert (held.role, held.standing_in_for) == ("panel_substitute", member)
