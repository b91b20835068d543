"""Which measures there are: those that are shipped, loaded; and who may see which."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frankpledge.web.measures.acts import load_definitions, share_measures
from frankpledge.web.measures.forms import LoadForm, SharingForm
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.presenters.keeping import counted
from frankpledge.web.measures.reads.shipping import shipped_for
from frankpledge.web.measures.views.here import REFUSED, asked_or_sent, here_is


@asked_or_sent
def load(request: HttpRequest, place: str) -> HttpResponse:
    """The shipped definitions that are not here yet, and those that have changed since."""
    here = here_is(request, place)
    here.ask("measures.load_definitions")
    shipped = shipped_for(here.force, here.reader)
    form = LoadForm(request.POST or None, shipped=shipped)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        audience = {"visibility": given["visibility"]} if "visibility" in given else {}
        taken = load_definitions(
            by=request.user, force=here.force, keys=form.chosen, why=given["why"], **audience
        )
        messages.success(request, f"{counted(len(taken), 'definition')} loaded.")
        return redirect(here.to("all"))
    context = here.context(
        "Load definitions",
        form=form,
        shipped=shipped,
        waiting=sum(len(found) for found in shipped.wanting.values()),
    )
    return render(request, "measures/load.html", context, status=REFUSED if form.errors else 200)


@asked_or_sent
def share(request: HttpRequest, place: str) -> HttpResponse:
    """Say who may see measures, as many as are chosen."""
    here = here_is(request, place)
    here.ask("measures.share")
    measures = Measure.objects.filter(body=here.force).visible_to(here.reader)
    form = SharingForm(request.POST or None, measures=measures)
    if request.method == "POST" and form.is_valid():
        count = share_measures(by=request.user, force=here.force, **form.cleaned_data)
        messages.success(request, f"Who may see {counted(count, 'measure')} was saved.")
        return redirect(here.to("all"))
    context = here.context("Who may see each measure", form=form)
    return render(request, "measures/share.html", context, status=REFUSED if form.errors else 200)
