"""The front pages: of the site, of a place, and a person's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frankpledge.web.organisations.reads import place_or_404
from frankpledge.web.publication import reads
from frankpledge.web.publication.owing import owed_by
from frankpledge.web.publication.presenters import cards, first_sentence


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The places of the site; for somebody signed in, what they owe and what has changed."""
    places = reads.places()
    if not request.reader.is_public:
        return render(
            request, "publication/own.html",
            {"owed": owed_by(request.user, request.reader), "places": places},
        )  # fmt: skip
    if len(places) == 1:
        return redirect("publication:front", places[0].slug)
    return render(request, "publication/places.html", {"places": places})


@require_safe
def place_front(request: HttpRequest, place: str) -> HttpResponse:
    """Is the plan being kept?"""
    found = place_or_404(place)
    front = reads.front(found, request.reader)
    return render(
        request, "publication/front.html",
        {"place": found, "front": front, "cards": cards(front),
         "first_sentence": first_sentence(front, found.office.name)},
    )  # fmt: skip
