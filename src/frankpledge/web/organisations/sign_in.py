"""How people sign in: by e-mail and password, or with the provider; nobody becomes a person by it.

An account comes of an accepted invitation. The provider's word for an address is taken only where it
says the address is verified, and only for somebody who is invited or has held a role.
"""

from __future__ import annotations

from time import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from frankpledge.web.organisations.models import Invitation, Person
from frankpledge.web.organisations.second_factor import provider_vouches, wants_second_factor

WRONG = "The e-mail address or the password is not right"
TOO_OFTEN = "There were too many attempts to sign in to this account. Wait five minutes, or choose a new password"
WRONG_CODE = "This code is not right, or its time is over. Enter the code that the app shows now"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_OFTEN,
        "account_inactive": WRONG,
        "enter_current_password": "The current password is not right",
        "incorrect_password": "The password is not right",
        "rate_limited": "There were too many attempts. Wait five minutes and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """By invitation alone."""
        return False

    def post_login(
        self,
        request: HttpRequest,
        user: Person,
        *,
        signal_kwargs: dict[str, Any] | None,
        **words: Any,
    ) -> HttpResponse:
        if sociallogin := (signal_kwargs or {}).get("sociallogin"):
            provider_vouches(request, sociallogin)
        return super().post_login(request, user, signal_kwargs=signal_kwargs, **words)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if wants_second_factor(request):
            return reverse("second_factor")
        return super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("my-account")

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Whoever signed in a moment ago is not asked for the password again to set a second factor up."""
        records = get_authentication_records(context.request, context.request.user)
        latest = max((record["at"] for record in records), default=0)
        return time() - latest > REAUTHENTICATION_TIMEOUT

    def send_password_reset_mail(self, user: Person, email: str, context: dict[str, Any]) -> None:
        """Whoever signs in with the provider has no password here, and does not get one by mail."""
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **words: Any) -> None:
        """allauth's notes at every step are left out: our pages say what has happened."""
        if words.get("message"):
            super().add_message(request, level, *args, **words)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}


class ProviderAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find whose the provider's account is. Somebody we do not expect is told so, and goes no further."""
        if sociallogin.is_existing:
            _accept_invitations(sociallogin.user)
            return
        person = _expected(sociallogin)
        if person is None:
            raise ImmediateHttpResponse(
                render(
                    request,
                    "socialaccount/not_expected.html",
                    {"told": _said_of(sociallogin)},
                    status=403,
                )
            )
        sociallogin.connect(request, person)
        from frankpledge.web.organisations.acts import link_provider

        link_provider(by=person, person=person, provider=sociallogin.account.provider)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:
        messages.warning(
            request,
            f"{provider.name} did not sign you in. Try again, or ask your own support desk.",
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


def _said_of(sociallogin: Any) -> dict[str, Any]:
    """The address the provider gave, and whether it vouches for it: for the page that says no."""
    addresses = sociallogin.email_addresses
    return {
        "email": addresses[0].email if addresses else "",
        "verified": any(address.verified is True for address in addresses),
    }


def _expected(sociallogin: Any) -> Person | None:
    """The person with a verified address of the login: one who has held a role, or is invited now."""
    for address in sociallogin.email_addresses:
        # Some providers send "false" as a word, which would be true.
        if address.verified is not True:
            continue
        known = Person.objects.filter(email__iexact=address.email, is_active=True).first()
        if known and (known.roles.exists() or _open_invitations(address.email)):
            _accept_invitations(known)
            return known
        if known is None and not Person.objects.filter(email__iexact=address.email).exists():
            return _newcomer(address.email)
    return None


def _open_invitations(email: str) -> list[Invitation]:
    return list(Invitation.objects.open().filter(email__iexact=email).order_by("invited_at"))


def _newcomer(email: str) -> Person | None:
    """Whoever is invited joins by the provider's word for their address, without a password here."""
    from frankpledge.web.audit.acts import THE_SYSTEM
    from frankpledge.web.organisations.acts import accept_invitation

    invitations = _open_invitations(email)
    if not invitations:
        return None
    held = accept_invitation(by=THE_SYSTEM, invitation=invitations[0])
    _accept_invitations(held.person)
    return held.person


def _accept_invitations(person: Person) -> None:
    """Further invitations of the address; one that cannot be taken any more is left as it is."""
    from frankpledge.web.organisations.acts import accept_invitation

    for invitation in _open_invitations(person.email):
        try:
            accept_invitation(by=person, invitation=invitation)
        except ValidationError:
            continue


@receiver([password_changed, password_set, password_reset])
def password_is_another(user: Person, **_: Any) -> None:
    from frankpledge.web.organisations.acts import change_password

    change_password(by=user, person=user)
