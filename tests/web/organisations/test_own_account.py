"""What people do about their own account: on the trail in their own name, and nobody else's to do."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.web.audit.models import Event, PersonalValue
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.organisations.acts import (
    change_password,
    deactivate_person,
    forget_person,
    give_up_second_factor,
    link_provider,
    make_recovery_codes,
    set_up_second_factor,
    sign_out_everywhere,
)

pytestmark = pytest.mark.django_db
OWN = {
    "person.second_factor_set_up": lambda by, person: set_up_second_factor(by=by, person=person),
    "person.second_factor_given_up": lambda by, person: give_up_second_factor(by=by, person=person),
    "person.recovery_codes_made": lambda by, person: make_recovery_codes(by=by, person=person),
    "person.password_changed": lambda by, person: change_password(by=by, person=person),
    "person.signed_out_everywhere": lambda by, person: sign_out_everywhere(by=by, person=person),
    "person.linked_to_provider": lambda by, person: link_provider(
        by=by, person=person, provider="staff"
    ),
}


@pytest.mark.parametrize("verb", OWN)
def test_it_is_on_the_trail_in_their_own_name_without_their_address(people, verb):
    person = people["treasurer"]
    OWN[verb](person, person)
    event = Event.objects.get()
    assert (event.verb, event.by, event.about_id) == (verb, person, str(person.pk))
    assert person.email not in str(event.content())


@pytest.mark.parametrize("verb", OWN)
def test_an_administrator_does_not_do_it_for_them(people, verb):
    with pytest.raises(PermissionDenied):
        OWN[verb](people["administrator"], people["treasurer"])
    assert not Event.objects.exists()


def test_whoever_is_forgotten_is_on_the_trail_as_somebody_former(people):
    person = deactivate_person(by=people["administrator"], person=people["treasurer"], why="Left")
    forget_person(by=people["administrator"], person=person, why="Seven years over")
    person.refresh_from_db()
    assert (person.name, person.has_usable_password()) == ("a former treasurer", False)
    assert not PersonalValue.objects.filter(event__about_id=str(person.pk)).exists()
    assert verify_chain().faults == []
