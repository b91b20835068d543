"""Who gives and ends which role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.acts import (
    appoint_substitute,
    change_own_account,
    deactivate_person,
    end_role,
    give_role,
    reactivate_person,
)
from frankpledge.web.organisations.models import Person, Role, RoleHeld
from frankpledge.web.organisations.roles import ROLES_AT
from frankpledge.web.organisations.rules import problems_of_role
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db


def again(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", Role)
def test_a_role_is_given_only_where_there_is_such_a_role(kind, role):
    there = role in ROLES_AT[kind]
    assert (problems_of_role(role, kind, to_oneself=False) == []) is there


def test_an_administrator_gives_a_role_from_a_day(people, bodies):
    held = give_role(
        by=people["administrator"], body=bodies["office"], person=people["force_analyst"],
        role="measure_owner", starts=today() + timedelta(days=1), why="Moves to the office",
    )  # fmt: skip
    assert not again(people["force_analyst"]).holds("measure_owner", at=bodies["office"].pk)
    held.starts = today()
    held.save()
    assert again(people["force_analyst"]).holds("measure_owner", at=bodies["office"].pk)
    assert Event.objects.get().body == bodies["office"]


@pytest.mark.parametrize("by", ["office_officer", "commissioner", "other_administrator"])
def test_others_give_none(people, bodies, by):
    with pytest.raises(PermissionDenied):
        give_role(
            by=people[by], body=bodies["office"], person=people["force_analyst"], role="treasurer"
        )


def test_nobody_gives_themselves_a_role(people, bodies):
    admin = people["administrator"]
    with pytest.raises(ValidationError, match="Nobody gives themselves"):
        give_role(by=admin, body=bodies["office"], person=admin, role="commissioner")
    assert [r.role for r in admin.roles.all()] == ["administrator"]


@pytest.mark.parametrize("role", ["commissioner", "force_analyst", "panel_substitute", "nonsense"])
def test_a_role_of_another_kind_of_body_is_refused(people, bodies, role):
    if role == "commissioner":
        give = {"body": bodies["alliance"], "by": THE_SYSTEM}
    else:
        give = {"body": bodies["office"], "by": people["administrator"]}
    with pytest.raises(ValidationError):
        give_role(person=people["treasurer"], role=role, **give)


def test_the_same_role_is_not_held_twice_at_once(people, bodies):
    with pytest.raises(ValidationError, match="already"):
        give_role(
            by=people["administrator"],
            body=bodies["office"],
            person=people["treasurer"],
            role="treasurer",
        )


def test_an_ended_role_gives_nothing_from_the_next_day(people):
    held = people["treasurer"].roles.get()
    end_role(by=people["administrator"], held=held, on=today() - timedelta(days=1), why="Left")
    assert again(people["treasurer"]).roles_now == frozenset()


def test_a_role_cannot_end_twice_or_before_it_began(people):
    held = people["treasurer"].roles.get()
    with pytest.raises(ValidationError, match="cannot end before"):
        end_role(by=people["administrator"], held=held, on=date(2019, 1, 1))
    end_role(by=people["administrator"], held=held, on=today())
    with pytest.raises(ValidationError, match="has an end already"):
        end_role(by=people["administrator"], held=held, on=today())


def test_the_last_administrator_stays(people, bodies):
    held = people["administrator"].roles.get()
    with pytest.raises(ValidationError, match="last administrator"):
        end_role(by=people["administrator"], held=held)
    give_role(
        by=people["administrator"],
        body=bodies["office"],
        person=people["treasurer"],
        role="administrator",
    )
    end_role(by=people["administrator"], held=held)
    assert RoleHeld.objects.get(pk=held.pk).ends == today()


def test_an_administrator_with_an_end_in_sight_is_no_successor(people, bodies):
    give_role(by=people["administrator"], body=bodies["office"], person=people["treasurer"],
              role="administrator", ends=today() + timedelta(days=9))  # fmt: skip
    with pytest.raises(ValidationError, match="last administrator"):
        end_role(by=people["administrator"], held=people["administrator"].roles.get())


def test_a_substitute_stands_in_for_a_member(people, bodies):
    member = people["panel_member_substantive"].roles.get()
    held = appoint_substitute(
        by=people["panel_officer"], member=member, person=people["force_analyst"]
    )
    assert (held.role, held.body, held.standing_in_for) == (
        "panel_substitute",
        bodies["panel"],
        member,
    )
    with pytest.raises(ValidationError, match="Only a member"):
        appoint_substitute(by=people["panel_officer"], member=people["panel_officer"].roles.get(),
                           person=people["treasurer"])  # fmt: skip
    with pytest.raises(ValidationError, match="themselves"):
        appoint_substitute(
            by=people["panel_officer"], member=member, person=people["panel_member_substantive"]
        )
    with pytest.raises(PermissionDenied):
        appoint_substitute(
            by=people["other_panel_officer"], member=member, person=people["treasurer"]
        )


def test_closing_an_account_ends_its_roles_and_sessions(client, people):
    person = people["treasurer"]
    sign_in(client, person)
    assert client.get("/my/account/").status_code == 200
    deactivate_person(by=people["administrator"], person=person, why="Left")
    assert client.get("/my/account/").status_code == 302
    assert person.roles.get().ends == today()
    assert list(Event.objects.values_list("verb", flat=True)) == [
        "person.deactivated",
        "role.ended",
    ]
    reactivate_person(by=people["administrator"], person=again(person))
    assert again(person).is_active


def test_who_may_close_an_account(people, bodies):
    with pytest.raises(PermissionDenied):
        deactivate_person(by=people["administrator"], person=people["administrator"], why="-")
    with pytest.raises(PermissionDenied):
        deactivate_person(by=people["administrator"], person=people["force_analyst"], why="-")
    RoleHeld.objects.create(person=people["treasurer"], body=bodies["force"], role="measure_owner",
                            starts=date(2020, 1, 1))  # fmt: skip
    with pytest.raises(PermissionDenied):
        deactivate_person(by=people["administrator"], person=again(people["treasurer"]), why="-")


def test_the_last_administrators_account_stays_open(people, bodies):
    with pytest.raises(ValidationError, match="last administrator"):
        deactivate_person(by=THE_SYSTEM, person=people["administrator"], why="-")


def test_people_change_their_own_account_and_no_other(client, people):
    sign_in(client, people["treasurer"])
    client.post("/my/account/", {"name": "Treasurer of the office"})
    person = again(people["treasurer"])
    assert (person.name, person.wants_digest) == ("Treasurer of the office", False)
    assert Event.objects.get().verb == "person.changed_account"
    with pytest.raises(PermissionDenied):
        change_own_account(by=people["administrator"], person=person, name="X", wants_digest=True)


def test_two_people_of_one_address_are_refused_whatever_its_letters(people):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email=people["treasurer"].email.upper(), name="Another")
