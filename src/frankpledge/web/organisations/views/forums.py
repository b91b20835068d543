"""The register of forums: where something is overseen, how often, and what of it is public."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from frankpledge.web.organisations import acts, reads
from frankpledge.web.organisations.forms.bodies import ForumForm, SeatsForm
from frankpledge.web.organisations.models import Body, Forum
from frankpledge.web.organisations.views.acting import act_page, must


def forums(request: HttpRequest, place: str) -> HttpResponse:
    where = reads.place_or_404(place)
    mine = [b for b in where.bodies if request.user.has_perm("organisations.change_forum", b)]
    return render(
        request,
        "organisations/forums.html",
        {"place": where, "forums": reads.forums_of(where, request.reader), "mine": mine},
    )


@login_required
def set_up_forum(request: HttpRequest, place: str, body: str) -> HttpResponse:
    which = _body_of(reads.place_or_404(place), body)
    must(request, "organisations.change_forum", which)
    return act_page(
        request,
        ForumForm(request.POST or None),
        lambda told: acts.set_up_forum(by=request.user, body=which, **told),
        title=f"Add a forum of {which}",
        button="Add it",
        done="The forum is in the register.",
        back=reverse("forums", args=[place]),
    )


@login_required
def change_forum(request: HttpRequest, place: str, body: str, forum: str) -> HttpResponse:
    which = _body_of(reads.place_or_404(place), body)
    there = get_object_or_404(Forum.objects.visible_to(request.reader), body=which, slug=forum)
    must(request, "organisations.change_forum", there)
    return act_page(
        request,
        ForumForm(request.POST or None, instance=there),
        lambda told: acts.change_forum(by=request.user, forum=there, **told),
        title=f"Change {there}",
        button="Save",
        done="The register is changed.",
        back=reverse("forums", args=[place]),
        about=("organisations.forum", there.pk),
        seats=reverse("seat-bodies", args=[place, body, forum]),
    )


def _body_of(place: reads.Place, slug: str) -> Body:
    for body in place.bodies:
        if body.slug == slug:
            return body
    raise Http404("There is no such body in this place.")


@login_required
def seat_bodies(request: HttpRequest, place: str, body: str, forum: str) -> HttpResponse:
    """Which bodies sit on a joint forum, and the votes each has there."""
    which = _body_of(reads.place_or_404(place), body)
    there = get_object_or_404(Forum.objects.visible_to(request.reader), body=which, slug=forum)
    must(request, "organisations.change_forum", there)
    form = SeatsForm(request.POST or None, forum=there, bodies=reads.bodies_that_may_sit(there))
    return act_page(
        request,
        form,
        lambda told: acts.seat_bodies(
            by=request.user, forum=there, votes=form.votes(), why=told["why"]
        ),
        title=f"Who sits on {there}",
        button="Save",
        done="The seats are saved.",
        back=reverse("forums", args=[place]),
        intro="Say how many votes each body has. A body that sits without a vote has 0.",
    )
