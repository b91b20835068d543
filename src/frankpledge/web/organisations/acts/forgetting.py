"""Somebody who has left is forgotten when the time to keep their name is over."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError

from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.retention import forget_values
from frankpledge.web.audit.today import now
from frankpledge.web.organisations.models import Invitation, Person, RoleHeld


@act("person.forgotten", needs="organisations.administer_person", on="person")
def forget_person(*, by: Any, person: Person, why: str) -> Person:
    """Name, address, password and ways to sign in go, here and beside the trail; the chain still verifies.

    What was done stays, by "a former office officer". Raises ValidationError while they can sign in.
    """
    person = locked(person)
    if person.is_active:
        raise ValidationError("Close the account first: only somebody who has left is forgotten.")
    if person.forgotten_at:
        raise ValidationError("This person was forgotten already.")
    for model in (EmailAddress, Authenticator, SocialAccount):
        model.objects.filter(user=person).delete()
    invitations = Invitation.objects.filter(accepted_by=person) | Invitation.objects.filter(
        email__iexact=person.email
    )
    gone = forget_values(person, [person, *invitations, *person.roles.all()])
    former = former_words(person)
    for invitation in invitations:
        invitation.email, invitation.name = _no_address(person), former
        invitation.save(update_fields=["email", "name"])
    person.name, person.email = former, _no_address(person)
    person.set_unusable_password()
    person.last_login = None
    person.wants_digest = False
    person.forgotten_at = now()
    person.signed_out_everywhere += 1
    person.save()
    record(person, became={"forgotten_at": person.forgotten_at, "values": gone}, why=why)
    return person


def former_words(person: Person) -> str:
    """What stands for the name from now on: a former holder of the role held last."""
    last = RoleHeld.objects.filter(person=person).order_by("-starts", "-pk").first()
    return f"a former {_lower_first(last.get_role_display())}" if last else "somebody formerly here"


def _lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]


def _no_address(person: Person) -> str:
    return f"former-{person.pk}@forgotten.invalid"
