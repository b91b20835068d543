"""People join, change what is their own, and leave."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError

from frankpledge.web.audit.acts import THE_SYSTEM, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.acts.roles import is_last_administrator
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import Person
from frankpledge.web.organisations.roles import Role


@act("person.joined")
def join(*, by: Any, email: str, name: str, password: str = "") -> Person:
    """A person is made: by the system alone, when an invitation is accepted.

    Without a password they sign in with the provider.
    """
    if by is not THE_SYSTEM:
        raise PermissionDenied("People join by accepting an invitation.")
    if Person.objects.filter(email__iexact=email).exists():
        raise ValidationError(
            {"email": "Somebody with this e-mail address has an account already."}
        )
    person = Person.objects.create_user(email=email, name=name, password=password or None)
    record(person)
    return person


@act("person.changed_account", needs="organisations.keep_own_account", on="person")
def change_own_account(*, by: Person, person: Person, name: str, wants_digest: bool) -> Person:
    """One's own name, and whether the weekly digest comes."""
    person = locked(person)
    was = snapshot(person)
    person.name, person.wants_digest = name, wants_digest
    person.save(update_fields=["name", "wants_digest"])
    record(person, was=was)
    return person


@act("person.signed_out_everywhere", needs="organisations.keep_own_account", on="person")
def sign_out_everywhere(*, by: Person, person: Person) -> Person:
    """All sessions of the person end, wherever they are."""
    return _end_sessions(person, record_it=True)


@act("person.second_factor_reset", needs="organisations.administer_person", on="person")
def reset_second_factor(*, by: Any, person: Person, why: str) -> Person:
    """The telephone is lost: the person sets a second factor up anew at the next sign-in.

    Their sessions end, since somebody else may have the telephone.
    """
    had = Authenticator.objects.filter(user=person)
    was = {"second_factor": sorted(had.values_list("type", flat=True))}
    had.delete()
    person = _end_sessions(person)
    record(person, was=was, became={"second_factor": []}, why=why)
    return person


@act("person.deactivated", needs="organisations.administer_person", on="person")
def deactivate_person(*, by: Any, person: Person, why: str) -> Person:
    """The person cannot sign in any more; roles held today end today. Raises ValidationError."""
    held = list(person.roles.filter(holding()).select_related("body"))
    last = [h.body.name for h in held if h.role == Role.ADMINISTRATOR and is_last_administrator(h)]
    if last:
        raise ValidationError(
            f"This is the last administrator of {', '.join(last)}. Name another first."
        )
    was = snapshot(person)
    person = _end_sessions(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(person, was=was, why=why)
    _end_roles(by, held, why)
    return person


@act("person.reactivated", needs="organisations.administer_person", on="person")
def reactivate_person(*, by: Any, person: Person, why: str = "") -> Person:
    """The person can sign in again. Roles are given anew. Raises ValidationError."""
    person = locked(person)
    was = snapshot(person)
    if person.forgotten_at:
        raise ValidationError("This person was forgotten. Invite them anew.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(person, was=was, why=why)
    return person


def _end_roles(by: Any, held: list[Any], why: str) -> None:
    from frankpledge.web.organisations.acts.roles import end_role

    for each in held:
        if each.ends is None or each.ends > today():
            end_role(by=by, held=each, on=today(), why=why)


def _end_sessions(person: Person, *, record_it: bool = False) -> Person:
    person = locked(person)
    was = snapshot(person)
    person.signed_out_everywhere += 1
    person.save(update_fields=["signed_out_everywhere"])
    if record_it:
        record(person, was=was)
    return person
