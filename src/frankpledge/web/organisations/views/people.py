"""People at the bodies one administers: who holds what, and what may be done about it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from frankpledge.web.organisations import acts, reads
from frankpledge.web.organisations.forms import people as forms
from frankpledge.web.organisations.models import Body, Person, Role, RoleHeld
from frankpledge.web.organisations.views.acting import act_page, must


@login_required
def people(request: HttpRequest) -> HttpResponse:
    must(request, "organisations.invite")
    return render(request, "organisations/people.html", {"staffs": reads.staff_of(request.user)})


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's roles, as far as the reader sees the bodies they are at."""
    who = _person(request, pk)
    roles = who.roles.visible_to(request.reader).select_related("body", "standing_in_for__person")
    may_end = {
        held.pk
        for held in roles
        if (held.ends is None) and request.user.has_perm("organisations.end_role", held)
    }
    return render(
        request,
        "organisations/person.html",
        {
            "who": who,
            "roles": roles.order_by("ends", "body", "role"),
            "may_end": may_end,
            "administers": request.user.has_perm("organisations.administer_person", who),
            "bodies": _administered(request),
            "panels": [
                body
                for body in Body.objects.filter(pk__in=request.reader.bodies, kind="panel")
                if request.user.has_perm("organisations.appoint_substitute", body)
            ],
        },
    )


@login_required
def give_role(request: HttpRequest, pk: int, body: str) -> HttpResponse:
    who, where = _person(request, pk), get_object_or_404(Body, slug=body)
    must(request, "organisations.give_role", where)
    return act_page(
        request,
        forms.GiveRoleForm(request.POST or None, body=where),
        lambda told: acts.give_role(by=request.user, body=where, person=who, **told),
        title=f"Give {who.name} a role at {where}",
        button="Give the role",
        done=f"{who.name} holds the role.",
        back=reverse("person", args=[pk]),
    )


@login_required
def appoint_substitute(request: HttpRequest, pk: int, body: str) -> HttpResponse:
    who, where = _person(request, pk), get_object_or_404(Body, slug=body)
    must(request, "organisations.appoint_substitute", where)

    def perform(told: dict[str, Any]) -> None:
        member = told["standing_in_for"]
        acts.appoint_substitute(by=request.user, member=member, person=who, ends=told["ends"])

    return act_page(
        request,
        forms.AppointSubstituteForm(request.POST or None, body=where),
        perform,
        title=f"Let {who.name} stand in for a member of {where}",
        button="Appoint",
        done=f"{who.name} is a substitute.",
        back=reverse("person", args=[pk]),
    )


@login_required
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(
        RoleHeld.objects.visible_to(request.reader).select_related("person", "body"), pk=pk
    )
    must(request, "organisations.end_role", held)
    return act_page(
        request,
        forms.EndRoleForm(request.POST or None),
        lambda told: acts.end_role(by=request.user, held=held, **told),
        title=f"End {held.person.name}’s role as {held.get_role_display().lower()} at {held.body}",
        button="End the role",
        done="The role has an end.",
        back=reverse("person", args=[held.person_id]),
        warning=True,
    )


ABOUT = {
    "close": (
        acts.deactivate_person,
        "Close {}’s account",
        "They cannot sign in any more, and the roles they hold end today.",
        "The account is closed.",
    ),
    "open-again": (
        acts.reactivate_person,
        "Open {}’s account again",
        "They can sign in again. Give them their roles anew.",
        "The account is open.",
    ),
    "reset-second-factor": (
        acts.reset_second_factor,
        "Reset {}’s second factor",
        "Do this when you are sure that it is they who ask: telephone them on a number you know. They are"
        " signed out everywhere and set a second factor up anew when they next sign in.",
        "The second factor is reset.",
    ),
    "forget": (
        acts.forget_person,
        "Forget {}",
        "Their name and address go for good. What they did stays on record as done by somebody who"
        " formerly held the role.",
        "The person is forgotten.",
    ),
}
"""What an administrator does about a person: the act, its title, what it means, what is said after."""


@login_required
def about_person(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    who = _person(request, pk)
    must(request, "organisations.administer_person", who)
    act, title, meaning, done = ABOUT[what]
    title = title.format(who.name)
    return act_page(
        request,
        forms.WhyForm(request.POST or None),
        lambda told: act(by=request.user, person=who, **told),
        title=title,
        button=title,
        done=done,
        back=reverse("person", args=[pk]),
        intro=meaning,
        warning=what != "open-again",
    )


def _person(request: HttpRequest, pk: int) -> Person:
    """Somebody the reader works with; another is not there for them."""
    return get_object_or_404(Person.objects.visible_to(request.reader), pk=pk)


def _administered(request: HttpRequest) -> list[Body]:
    own = [body for role, body in request.reader.roles if role == Role.ADMINISTRATOR]
    return list(Body.objects.filter(pk__in=own))
