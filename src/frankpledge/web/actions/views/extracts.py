"""The extract for the panel: what it has not been shown, and what it was."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from frankpledge.analysis.periods import day_name
from frankpledge.intake import write_list
from frankpledge.web.actions import presenters
from frankpledge.web.actions.acts import make_extract
from frankpledge.web.actions.exporting.extracts import extract_written
from frankpledge.web.actions.exporting.views import file_called
from frankpledge.web.actions.forms import ExtractForm
from frankpledge.web.actions.reads import showing
from frankpledge.web.actions.views.asking import crumbs, done, must
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.reads import place_or_404

FIRST_EXTRACT_GOES_BACK = timedelta(days=92)


@login_required
def preview(request: HttpRequest, place: str) -> HttpResponse:
    """What the panel would be shown. Sending the form makes the extract of just that."""
    at = place_or_404(place)
    must(request, "actions.make_extract", at.panel)
    made = showing.extracts_for(at.panel, request.reader)
    asked = request.POST if request.method == "POST" else request.GET
    sent = any(name.startswith("since") for name in asked)
    usual = timezone.localdate(made[0].made_at) if made else today() - FIRST_EXTRACT_GOES_BACK
    form = ExtractForm(asked if sent else None, initial={"since": usual})
    since = usual if not sent else form.cleaned_data["since"] if form.is_valid() else None
    if request.method == "POST" and since:
        extract = done(form, lambda: _made(request, at.panel, since))
        if extract:
            said = presenters.counted_words(extract.extracted.count(), "update")
            messages.success(request, f"Extract {extract.number} made, with {said}.")
            return redirect("actions:extract_made", place=place, number=extract.number)
    updates = (
        list(showing.with_their_actions(showing.not_yet_shown(at.panel, since))) if since else []
    )
    context = {
        "place": at,
        "body": at.panel,
        "title": "Extract for the panel",
        "breadcrumbs": crumbs(at),
        "form": form,
        "since": since,
        "groups": presenters.extract_groups(updates),
        "count": len(updates),
        "up_to": max((each.pk for each in updates), default=0),
        "older": showing.not_shown_and_older(at.panel, since).count() if since else 0,
        "made": made,
    }
    return render(request, "actions/extract.html", context)


def _made(request: HttpRequest, panel: object, since: date) -> object:
    up_to = request.POST.get("up_to", "")
    last = int(up_to) if up_to.isascii() and up_to.isdigit() and len(up_to) < 18 else None
    return make_extract(by=request.user, panel=panel, since=since, up_to=last)


@login_required
def extracts(request: HttpRequest, place: str) -> HttpResponse:
    """The extracts there have been."""
    at = place_or_404(place)
    context = {
        "place": at,
        "body": at.panel,
        "title": "Extracts for the panel",
        "breadcrumbs": crumbs(at),
        "made": showing.extracts_for(at.panel, request.reader),
        "may_make": request.user.has_perm("actions.make_extract", at.panel),
    }
    return render(request, "actions/extracts.html", context)


@login_required
def extract(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """An extract as it was made. Who may no longer see an action of it is not shown that."""
    at = place_or_404(place)
    made = showing.extract_or_404(at.panel, request.reader, number)
    updates = list(showing.updates_of(made, request.reader))
    context = {
        "place": at,
        "body": at.panel,
        "title": f"Extract {made.number} for the panel",
        "breadcrumbs": crumbs(at, ("Extracts", f"/{at.slug}/actions/extracts/")),
        "extract": made,
        "groups": presenters.extract_groups(updates),
        "count": len(updates),
    }
    return render(request, "actions/extract_made.html", context)


@require_safe
def download(request: HttpRequest, place: str, number: int, form: str) -> HttpResponse:
    """An extract as a file, to whoever may see it: what its page shows and no more."""
    at = place_or_404(place)
    made = showing.extract_or_404(at.panel, request.reader, number)
    table = extract_written(showing.updates_of(made, request.reader))
    since, on = day_name(made.since), day_name(timezone.localdate(made.made_at))
    said = presenters.counted_words(len(table.rows), "update")
    data = write_list(
        table.header,
        table.rows,
        form,
        title=f"Extract {made.number} for {at.panel.name}",
        notes=(f"{said} since {since}. The extract was made on {on}.",),
    )
    return file_called(f"{at.slug}-extract-{made.number}.{form}", data, form)
