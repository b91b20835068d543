"""Somebody who has left is forgotten; what they did stays, and the chain still verifies."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event, PersonalValue
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.organisations.acts import (
    accept_invitation,
    change_forum,
    change_own_account,
    deactivate_person,
    forget_person,
    invite_person,
    set_up_forum,
)
from frankpledge.web.organisations.models import Invitation, Person

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Somebody Real", "somebody@office.example"


@pytest.fixture
def somebody(people, bodies):
    """Joined by invitation, did something, changed their name, left."""
    invitation = invite_person(by=people["administrator"], body=bodies["office"], email=EMAIL, name=NAME,
                               role="office_officer", address=str)  # fmt: skip
    person = accept_invitation(
        by=THE_SYSTEM, invitation=invitation, password="three unlikely words"
    ).person
    set_up_forum(by=person, body=bodies["office"], name="Board")
    change_own_account(by=person, person=person, name=f"{NAME} Again", wants_digest=True)
    Authenticator.objects.create(user=person, type="totp", data={})
    SocialAccount.objects.create(
        user=person, provider="staff", uid="1", extra_data={"email": EMAIL}
    )
    return deactivate_person(by=people["administrator"], person=person, why="Left")


def everything_kept() -> str:
    """All that the database holds, as text."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            told.append(str(cursor.fetchall()))
    return "\n".join(told)


def test_no_table_holds_the_name_or_the_address_any_more(people, somebody):
    assert NAME in everything_kept()
    forget_person(by=people["administrator"], person=somebody, why="Seven years over")
    kept = everything_kept()
    assert NAME not in kept
    assert EMAIL not in kept
    assert not Authenticator.objects.exists()
    assert not SocialAccount.objects.exists()


def test_the_chain_still_verifies_and_counts_what_is_gone(people, somebody):
    before = verify_chain()
    forget_person(by=people["administrator"], person=somebody, why="Seven years over")
    after = verify_chain()
    assert (before.faults, after.faults) == ([], [])
    assert before.deleted == 0
    assert after.deleted == before.values - after.values > 0
    assert after.events == before.events + 1


def test_what_they_did_stays_under_the_role_they_held(as_role, people, somebody):
    forget_person(by=people["administrator"], person=somebody, why="Seven years over")
    person = Person.objects.get(pk=somebody.pk)
    assert (person.name, person.is_active) == ("a former office officer", False)
    assert Event.objects.get(verb="forum.set_up").by == person
    assert "by a former office officer" in as_role("auditor").get("/trail/").content.decode()
    assert Invitation.objects.get().name == "a former office officer"


def test_the_values_of_others_stay(people, somebody):
    change_own_account(
        by=people["treasurer"], person=people["treasurer"], name="Another", wants_digest=True
    )
    forget_person(by=people["administrator"], person=somebody, why="Seven years over")
    assert "Another" in [value.value for value in PersonalValue.objects.all()]


def test_whoever_can_still_sign_in_is_not_forgotten(people):
    with pytest.raises(ValidationError, match="Close the account first"):
        forget_person(by=people["administrator"], person=people["treasurer"], why="-")


def test_nobody_is_forgotten_twice_nor_by_a_stranger(people, somebody):
    with pytest.raises(PermissionDenied):
        forget_person(by=people["other_administrator"], person=somebody, why="-")
    forget_person(by=people["administrator"], person=somebody, why="Seven years over")
    with pytest.raises(ValidationError, match="forgotten already"):
        forget_person(by=people["administrator"], person=somebody, why="-")


def test_the_database_keeps_the_forgotten_from_signing_in(people, somebody):
    person = forget_person(by=people["administrator"], person=somebody, why="-")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=True)


def test_a_forum_of_theirs_can_still_be_changed(people, somebody, bodies):
    forget_person(by=people["administrator"], person=somebody, why="-")
    forum = bodies["office"].__class__.objects.get(pk=bodies["office"].pk)
    from frankpledge.web.organisations.models import Forum

    change_forum(
        by=people["office_officer"], forum=Forum.objects.get(body=forum), how_often="never"
    )
    assert verify_chain().faults == []
