"""What a person keeps about themselves."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.account.models import EmailAddress  # noqa: F401 (its app's models must be ready)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from frankpledge.web.organisations.acts import change_own_account, sign_out_everywhere
from frankpledge.web.organisations.forms.people import OwnAccountForm
from frankpledge.web.organisations.roles import WRITING
from frankpledge.web.organisations.second_factor import SESSION_KEY
from frankpledge.web.organisations.sessions import BEGAN


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """What the person has as a second factor, and the way to set one up."""
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, {request.get_host()}, request.is_secure()):
        onward = ""
    if onward:
        request.session["after_second_factor"] = onward
    has = {a.type: a for a in Authenticator.objects.filter(user=request.user)}
    codes = has.get(Authenticator.Type.RECOVERY_CODES)
    return render(
        request,
        "organisations/second_factor.html",
        {
            "app": has.get(Authenticator.Type.TOTP),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
            "used": request.session.get(SESSION_KEY),
            "must": request.user.roles.filter(role__in=WRITING).exists(),
            "onward": request.session.get("after_second_factor", "/"),
        },
    )


@login_required
def my_account(request: HttpRequest) -> HttpResponse:
    """One's own name, roles, digest, second factor, and when this session ends."""
    form = OwnAccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        change_own_account(by=request.user, person=request.user, **form.cleaned_data)
        messages.success(request, "Your account is saved.")
        return redirect("my-account")
    began = request.session.get(BEGAN)
    ends = datetime.fromtimestamp(began + settings.SESSION_COOKIE_AGE, UTC) if began else None
    return render(
        request,
        "organisations/my_account.html",
        {
            "form": form,
            "roles": request.user.roles.select_related("body").order_by("ends", "body", "role"),
            "session_ends": ends,
            "idle_minutes": settings.SESSION_IDLE_MINUTES,
            "second_factor_used": request.session.get(SESSION_KEY),
        },
    )


@login_required
@require_POST
def sign_me_out_everywhere(request: HttpRequest) -> HttpResponse:
    sign_out_everywhere(by=request.user, person=request.user)
    messages.success(request, "You are signed out everywhere. Sign in again to go on.")
    return redirect(reverse("account_login"))
