"""Invitations: sent and withdrawn by an administrator, accepted by whoever has the link."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.organisations import acts
from frankpledge.web.organisations.acts.invitations import digest_of
from frankpledge.web.organisations.forms import people as forms
from frankpledge.web.organisations.models import Body, Invitation, Person, RoleHeld
from frankpledge.web.organisations.second_factor import wants_second_factor
from frankpledge.web.organisations.views.acting import act_page, must, refuse


@login_required
def invite(request: HttpRequest, body: str) -> HttpResponse:
    where = get_object_or_404(Body, slug=body)
    must(request, "organisations.invite", where)

    def address(secret: str) -> str:
        return request.build_absolute_uri(reverse("invitation", args=[secret]))

    return act_page(
        request,
        forms.InviteForm(request.POST or None, body=where),
        lambda told: acts.invite_person(by=request.user, body=where, address=address, **told),
        title=f"Invite somebody to {where}",
        button="Send the invitation",
        done="The invitation is on its way.",
        back=reverse("people"),
    )


@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation.objects.visible_to(request.reader), pk=pk)
    must(request, "organisations.invite", invitation)
    return act_page(
        request,
        forms.WhyForm(request.POST or None),
        lambda told: acts.withdraw_invitation(by=request.user, invitation=invitation, **told),
        title=f"Withdraw the invitation of {invitation.name}",
        button="Withdraw it",
        done="The invitation is withdrawn.",
        back=reverse("people"),
        warning=True,
    )


@sensitive_post_parameters("password", "password_again")
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """What whoever has the link sees: a newcomer chooses a password, an acquaintance signs in first."""
    invitation = (
        Invitation.objects.filter(secret_digest=digest_of(secret)).select_related("body").first()
    )
    if invitation is None or invitation.state() != "open":
        state = invitation.state() if invitation else "unknown"
        return render(request, "organisations/invitation_over.html", {"state": state}, status=410)
    known = Person.objects.filter(email__iexact=invitation.email).first()
    if known is None and not request.user.is_authenticated:
        return _newcomer(request, invitation)
    if known is None or (request.user.is_authenticated and request.user.pk != known.pk):
        return _page(request, invitation, "another")
    if not request.user.is_authenticated:
        return _page(request, invitation, "sign_in")
    return _acquaintance(request, invitation)


def _newcomer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = forms.AcceptForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        try:
            held = acts.accept_invitation(
                by=THE_SYSTEM, invitation=invitation, name=name, password=password
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            return _welcome(request, held)
    return _page(request, invitation, "newcomer", form=form, status=422 if form.errors else 200)


def _welcome(request: HttpRequest, held: RoleHeld) -> HttpResponse:
    """Signed in by the password just chosen; on to the second factor, if the role needs one."""
    record_authentication(request, held.person, method="password")
    login(request, held.person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    messages.success(request, f"Welcome. You are {held.get_role_display()} at {held.body}.")
    return redirect("second_factor" if wants_second_factor(request) else "/")


def _acquaintance(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method != "POST":
        return _page(request, invitation, "acquaintance")
    try:
        held = acts.accept_invitation(by=request.user, invitation=invitation)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return _page(request, invitation, "acquaintance", status=422)
    messages.success(request, f"You are {held.get_role_display()} at {held.body}.")
    return redirect("/")


def _page(
    request: HttpRequest, invitation: Invitation, who: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"invitation": invitation, "who": who, "provider": settings.PROVIDER, **more}
    return render(request, "organisations/invitation.html", context, status=status)
