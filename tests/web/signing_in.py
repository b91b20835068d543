"""Signing in, for tests: as the site would leave the session after a second factor."""

from __future__ import annotations

from django.test import Client

from frankpledge.web.organisations.models import Person


def sign_in(client: Client, person: Person, *, second_factor: bool = True) -> None:
    """Sign a person in. Without `second_factor` they are where a password alone brings them."""
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        from frankpledge.web.organisations.second_factor import SESSION_KEY

        session = client.session
        session[SESSION_KEY] = "test"
        session.save()
