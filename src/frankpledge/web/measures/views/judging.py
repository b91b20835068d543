"""How figures are judged: read by the force and its office, changed a step at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.measures import acts
from frankpledge.web.measures.forms import (
    BreakForm,
    JudgingForm,
    PeriodForm,
    PopulationForm,
    RebaselineForm,
    WhyForm,
)
from frankpledge.web.measures.presenters import judging as words
from frankpledge.web.measures.reads import judging as reads
from frankpledge.web.measures.views.here import REFUSED, Here, asked_or_sent, here_is

FORMS = {
    "breaks": BreakForm,
    "exceptional_periods": PeriodForm,
    "rebaselines": RebaselineForm,
    "populations": PopulationForm,
}


@require_safe
def judging(request: HttpRequest, place: str) -> HttpResponse:
    """By which rules figures are judged here, and what people noted about them."""
    here = here_is(request, place).for_the_line()
    titles = reads.titles_seen(here.force, here.reader)
    notes = reads.notes_seen(here.force, here.reader, titles)
    settled = reads.judged_by(here.force)
    context = here.context(
        "How figures are judged",
        rows=words.settled_rows(settled),
        lead=words.lead(settled),
        parts=[words.part(kind, notes[kind], titles) for kind in FORMS],
        may_change=here.may("measures.change_judging"),
    )
    return render(request, "measures/judging.html", context)


@asked_or_sent
def settle(request: HttpRequest, place: str) -> HttpResponse:
    """Judge the figures by another rule-set, or more or less strictly."""
    here = here_is(request, place)
    here.ask("measures.change_judging")
    settled = reads.judged_by(here.force)
    form = JudgingForm(request.POST or None, initial=JudgingForm.as_it_is(settled))
    if request.method == "POST" and form.is_valid():
        try:
            acts.settle_judging(by=request.user, force=here.force, **form.cleaned_data)
        except ChangedMeanwhileError as told:
            form.add_error(None, f"{told} What holds now: {words.in_short(settled)}")
            form.data = form.data.copy()
            form.data["seen"] = settled.said
        else:
            return _back(here, "How figures are judged was changed.")
    return _page(here, form, "Change how figures are judged", "Save")


@asked_or_sent
def note(request: HttpRequest, place: str, kind: str) -> HttpResponse:
    """Note something about the figures."""
    here = here_is(request, place)
    here.ask("measures.change_judging")
    if kind not in FORMS:
        raise Http404("Nothing of this kind is noted.")
    form = FORMS[kind](
        request.POST or None,
        measures=reads.titles_seen(here.force, here.reader),
        areas=reads.areas_named(here.force),
    )
    if request.method == "POST" and form.is_valid():
        try:
            acts.note(by=request.user, force=here.force, kind=kind, setting=form.setting())
        except acts.NotedAlreadyError as told:
            form.add_error(None, str(told))
        else:
            return _back(here, "It was noted.")
    return _page(here, form, words.KINDS[kind].adding, "Note it")


@asked_or_sent
def take_back(request: HttpRequest, place: str, kind: str, number: int) -> HttpResponse:
    """Take a note back, and say why."""
    here = here_is(request, place)
    here.ask("measures.change_judging")
    noted = reads.note_or_404(kind, here.force, number, here.reader)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            acts.take_back(by=request.user, noted=noted, **form.cleaned_data)
        except ChangedMeanwhileError as told:
            form.add_error(None, str(told))
        else:
            return _back(here, "It was taken back. It stays in the record.")
    titles = reads.titles_seen(here.force, here.reader)
    about = words.noted_words(kind, noted, titles)
    return _page(here, form, "Take a note back", "Take it back", about)


def _page(here: Here, form: object, title: str, button: str, about: str = "") -> HttpResponse:
    way = ("How figures are judged", here.to("judging"))
    context = here.context(
        title, way, form=form, button=button, about=about, back=here.to("judging")
    )
    return render(
        here.request, "measures/judging_form.html", context,
        status=REFUSED if form.errors else 200,
    )  # fmt: skip


def _back(here: Here, done: str) -> HttpResponse:
    messages.success(here.request, f"{done} Findings are worked out anew.")
    return redirect(here.to("judging"))
