"""Bodies, their areas and alliances, and how each is changed."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations import acts, reads
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.forms import bodies as forms
from frankpledge.web.organisations.models import AllianceMember, Area, Body, Oversight
from frankpledge.web.organisations.views.acting import act_page, must


@login_required
def bodies(request: HttpRequest) -> HttpResponse:
    """All bodies: what they are, who oversees whom, which work together and how they share."""
    own = request.reader.bodies
    areas = Body.objects.exclude(kind=Kind.ALLIANCE).select_related("police_area")
    return render(
        request,
        "organisations/bodies.html",
        {
            "bodies": areas.order_by("police_area__name", "kind"),
            "oversight": Oversight.objects.filter(holding()).select_related("overseer", "overseen"),
            "alliances": reads.alliances_now(),
            "own": own,
        },
    )


@login_required
def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body, its areas or members, and what the reader may change about it."""
    which = get_object_or_404(Body.objects.select_related("police_area"), slug=slug)
    stands = [s for s in reads.alliances_now() if s.body == which]
    return render(
        request,
        "organisations/body.html",
        {
            "which": which,
            "areas": which.areas.all(),
            "stand": stands[0] if stands else None,
            "overseen_by": which.overseen_by.filter(holding()).select_related("overseer"),
            "oversees": which.oversees.filter(holding()).select_related("overseen"),
            "may_change": request.user.has_perm("organisations.change_body", which),
            "may_share": which.kind == Kind.ALLIANCE
            and request.user.has_perm("organisations.change_alliance", which),
        },
    )


@login_required
def change_body(request: HttpRequest, slug: str) -> HttpResponse:
    which = get_object_or_404(Body, slug=slug)
    must(request, "organisations.change_body", which)
    now = {"name": which.name, "called": which.called, "accent": which.accent}
    return act_page(
        request,
        forms.BodyForm(request.POST or None, initial=now),
        lambda told: acts.change_body(by=request.user, body=which, **told),
        title=f"Change {which}",
        button="Save",
        done="The body is changed.",
        back=reverse("body", args=[slug]),
    )


@login_required
def change_area(request: HttpRequest, slug: str, area: str = "") -> HttpResponse:
    which = get_object_or_404(Body, slug=slug)
    must(request, "organisations.change_body", which)
    there = get_object_or_404(Area, force=which, slug=area) if area else None
    now = {"name": there.name, "order": there.order} if there else {"order": 0}
    return act_page(
        request,
        forms.AreaForm(request.POST or None, initial=now),
        lambda told: acts.change_area(by=request.user, body=which, area=there, **told),
        title=f"Change {there}" if there else f"Add an area to {which}",
        button="Save",
        done="The area is saved.",
        back=reverse("body", args=[slug]),
    )


@login_required
def share_costs(request: HttpRequest, slug: str) -> HttpResponse:
    which = get_object_or_404(Body, slug=slug, kind=Kind.ALLIANCE)
    must(request, "organisations.change_alliance", which)
    members = list(
        AllianceMember.objects.filter(holding(), alliance=which).select_related("member")
    )
    form = forms.SharesForm(request.POST or None, members=members)

    def perform(told: dict[str, Any]) -> None:
        acts.share_alliance_costs(
            by=request.user,
            alliance=which,
            shares=form.shares(),
            votes=form.votes(),
            starts=told["starts"],
            why=told["why"],
        )

    return act_page(
        request,
        form,
        perform,
        title=f"How {which} shares costs and votes",
        button="Save",
        done="The shares are saved.",
        back=reverse("body", args=[slug]),
        intro="The shares add up to 100 per cent. What held before stays on record.",
    )


@login_required
def take_the_chair(request: HttpRequest, slug: str) -> HttpResponse:
    which = get_object_or_404(Body, slug=slug, kind=Kind.ALLIANCE)
    must(request, "organisations.change_alliance", which)
    members = list(AllianceMember.objects.filter(holding(), alliance=which))
    return act_page(
        request,
        forms.ChairForm(request.POST or None, members=members),
        lambda told: acts.take_the_chair(by=request.user, alliance=which, **told),
        title=f"Whose turn it is to chair {which}",
        button="Save",
        done="The turn is saved.",
        back=reverse("body", args=[slug]),
    )
