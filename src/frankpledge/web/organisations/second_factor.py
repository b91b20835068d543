"""A second factor for everybody who can write.

Whoever holds a writing role and has not used a second factor in this session is, for the time
being, one of the public: they read what everybody reads, every form and every page of work leads
to where a second factor is set up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import authentication_step_completed
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.conf import settings
from django.contrib.auth import user_logged_in as signed_in_by_django
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from frankpledge.web.organisations.roles import WRITING

SESSION_KEY = "second_factor"
"""Where the session says which second factor was used."""

ALWAYS_OPEN = ("/account/", "/static/", "/health")
WORK = ("/my/", "/organisations/", "/trail/", "/history/")
"""Pages that are never the public's."""


class SecondFactorMiddleware:
    """Holds back whoever can write, until they have used a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not wants_second_factor(request):
            return self.get_response(request)
        request.user.hold_back()
        if request.path.startswith(ALWAYS_OPEN):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD") or request.path.startswith(WORK):
            return self._to_set_up(request)
        response = self.get_response(request)
        return self._to_set_up(request) if _is_turned_away(response) else response

    def _to_set_up(self, request: HttpRequest) -> HttpResponse:
        onward = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse('second_factor')}?{urlencode({'next': onward})}")


def wants_second_factor(request: HttpRequest) -> bool:
    """Whether this session may write but for the second factor."""
    if settings.DEMONSTRATION or SESSION_KEY in request.session:
        return False
    if not request.user.is_authenticated:
        return False
    return any(role in WRITING for role, _ in request.user.roles_now)


def _is_turned_away(response: HttpResponse) -> bool:
    to_sign_in = response.status_code == 302 and response["Location"].startswith(
        reverse("account_login")
    )
    return to_sign_in or response.status_code in (403, 404)


def said_by_provider(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """How the provider says the person signed in: the `amr` and `acr` of its ID token."""
    token = claims.get("id_token") or {}
    methods = token.get("amr") or ()
    methods = (methods,) if isinstance(methods, str) else tuple(str(method) for method in methods)
    context = token.get("acr")
    return (*methods, str(context)) if context else methods


def accepted_of(said: Iterable[str], accepted: Iterable[str]) -> str:
    """The first of what was said that counts as a second factor; nothing if none does. Pure."""
    allowed = set(accepted)
    return next((value for value in said if value in allowed), "")


@receiver(signed_in_by_django)
def session_is_anothers(request: HttpRequest | None, user: Any, **_: Any) -> None:
    """What an earlier sign-in of this browser has shown says nothing about this person."""
    if request is None or not hasattr(request, "session"):
        return
    request.session.pop(SESSION_KEY, None)
    for record in get_authentication_records(request, user):
        if record["method"] == "mfa":
            request.session[SESSION_KEY] = record.get("type", "mfa")


def provider_vouches(request: HttpRequest, sociallogin: Any) -> None:
    """The provider may have asked for a second factor itself: for whoever it has just signed in."""
    if settings.PROVIDER is None:
        return
    said = said_by_provider(sociallogin.account.extra_data)
    if factor := accepted_of(said, settings.PROVIDER.second_factor):
        request.session[SESSION_KEY] = f"provider:{factor}"


@receiver(authentication_step_completed)
def second_factor_used_again(request: HttpRequest, user: Any, method: str, **said: Any) -> None:
    """Somebody signed in has given a code: of the authenticator app, or a recovery code."""
    if method == "mfa" and request.user.is_authenticated and request.user.pk == user.pk:
        request.session[SESSION_KEY] = said.get("type", "mfa")


@receiver(authenticator_added)
def second_factor_added(
    request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any
) -> None:
    from frankpledge.web.organisations.acts.sign_in import set_up_second_factor

    if authenticator.type != Authenticator.Type.TOTP:
        return
    request.session[SESSION_KEY] = authenticator.type
    set_up_second_factor(by=user, person=user)


@receiver(authenticator_removed)
def second_factor_removed(
    request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any
) -> None:
    from frankpledge.web.organisations.acts.sign_in import give_up_second_factor

    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(SESSION_KEY, None)
        give_up_second_factor(by=user, person=user)


@receiver(authenticator_reset)
def recovery_codes_made(user: Any, **_: Any) -> None:
    from frankpledge.web.organisations.acts.sign_in import make_recovery_codes

    make_recovery_codes(by=user, person=user)
