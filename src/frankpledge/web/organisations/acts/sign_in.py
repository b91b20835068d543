"""What a person did about how they sign in. allauth has done it; these put it on the trail."""

from __future__ import annotations

from typing import Any

from frankpledge.web.audit.acts import act, record
from frankpledge.web.organisations.models import Person


@act("person.second_factor_set_up", needs="organisations.keep_own_account", on="person")
def set_up_second_factor(*, by: Person, person: Person) -> None:
    record(person, was={"second_factor": []}, became={"second_factor": ["totp"]})


@act("person.second_factor_given_up", needs="organisations.keep_own_account", on="person")
def give_up_second_factor(*, by: Person, person: Person) -> None:
    record(person, was={"second_factor": ["totp"]}, became={"second_factor": []})


@act("person.recovery_codes_made", needs="organisations.keep_own_account", on="person")
def make_recovery_codes(*, by: Person, person: Person) -> None:
    record(person, became={})


@act("person.password_changed", needs="organisations.keep_own_account", on="person")
def change_password(*, by: Person, person: Person) -> None:
    record(person, became={})


@act("person.linked_to_provider", needs="organisations.keep_own_account", on="person")
def link_provider(*, by: Person, person: Person, provider: str) -> None:
    """The provider's account is from now on the person's. Its identifier stays out of the trail."""
    record(person, became={"provider": provider})


__all__: list[Any] = [
    "change_password", "give_up_second_factor", "link_provider", "make_recovery_codes",
    "set_up_second_factor",
]  # fmt: skip
