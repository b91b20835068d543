"""An act is done by somebody, in one transaction, with one event that the chain holds."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from frankpledge.web.audit.acts import ACTS, THE_SYSTEM, NotRecordedError, act, locked, record
from frankpledge.web.audit.models import ChainHead, Event, PersonalValue
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.organisations.models import Body, Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _acts_of_tests_are_not_the_projects():
    yield
    for name in [name for name in ACTS if name.startswith("tests.")]:
        del ACTS[name]


def rename(person, name):
    @act("person.renamed")
    def rename_person(*, by, person, name):
        was = snapshot(person)
        person = locked(person)
        person.name = name
        person.save()
        record(person, was=was, why="a new name")
        return person

    return rename_person(by=THE_SYSTEM, person=person, name=name)


def test_an_act_writes_one_event_with_what_was_and_what_is(bodies):
    @act("body.renamed")
    def rename_body(*, by, body, name):
        was = snapshot(body)
        body.name = name
        body.save()
        record(body, was=was)

    rename_body(by=THE_SYSTEM, body=bodies["force"], name="Northshire Constabulary")
    event = Event.objects.get()
    assert (event.verb, event.was["name"], event.became["name"]) == (
        "body.renamed", "Northshire Police", "Northshire Constabulary",
    )  # fmt: skip


def test_an_act_that_records_nothing_keeps_nothing(bodies):
    @act("body.renamed")
    def forgets(*, by, body):
        body.name = "Forgotten"
        body.save()

    with pytest.raises(NotRecordedError):
        forgets(by=THE_SYSTEM, body=bodies["force"])
    assert not Body.objects.filter(name="Forgotten").exists()


def test_an_act_asks_whether_it_is_theirs_to_do(people, bodies):
    @act("body.closed", needs="organisations.change_body", on="body")
    def close(*, by, body):
        record(body)

    with pytest.raises(PermissionDenied):
        close(by=people["force_analyst"], body=bodies["office"])
    close(by=people["administrator"], body=bodies["office"])
    assert Event.objects.count() == 1


def test_the_chain_verifies_and_tells_of_a_change(people):
    for name in ("A", "B", "C"):
        rename(people["commissioner"], name)
    assert verify_chain().faults == []
    with connection.cursor() as cursor:
        drop = {"sqlite": "DROP TRIGGER audit_event_no_update",
                "postgresql": "DROP TRIGGER audit_event_append_only ON audit_event"}  # fmt: skip
        cursor.execute(drop[connection.vendor])
        cursor.execute("UPDATE audit_event SET why = 'another' WHERE number = 2")
    assert verify_chain().faults == ["Event 2 (person.renamed) was changed after it was written."]


def test_the_chain_tells_of_an_event_cut_from_its_end(people):
    rename(people["commissioner"], "A")
    rename(people["commissioner"], "B")
    first = Event.objects.get(number=1)
    ChainHead.objects.update(number=3)
    assert verify_chain().faults == ["The chain should end with event 3 and ends with 2."]
    assert first.hash == Event.objects.get(number=2).previous_hash


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET why = ''", "DELETE FROM audit_event"]
)
def test_the_database_refuses_to_change_the_trail(people, statement):
    rename(people["commissioner"], "A")
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_personal_value_can_go_and_the_chain_still_verifies(people):
    rename(people["commissioner"], "Somebody's name")
    event = Event.objects.get()
    assert "Somebody's name" not in str(event.content())
    assert "Somebody's name" in [v.value for v in event.personal_values.all()]
    PersonalValue.objects.all().delete()
    found = verify_chain()
    assert (found.faults, found.values) == ([], 0)
    assert found.deleted > 0


def test_a_personal_value_that_was_changed_is_told_of(people):
    rename(people["commissioner"], "Somebody's name")
    PersonalValue.objects.filter(moment="became", field="name").update(value="Another")
    assert verify_chain().faults == ["The name of event 1 is not what it was."]


def test_a_person_is_seen_in_the_trail_as_a_number_alone(people):
    person: Person = people["commissioner"]
    rename(person, "New")
    assert person.email not in str(Event.objects.values_list()[0])
