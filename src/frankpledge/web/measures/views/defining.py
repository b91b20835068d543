"""Definitions and who stands behind them: all measures, one definition, its revision, its owner."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.today import today
from frankpledge.web.measures.acts import give_owner, link_commitments, revise_definition
from frankpledge.web.measures.defining import DefinitionRefusedError
from frankpledge.web.measures.forms import (
    CommitmentsForm,
    DefinitionForm,
    OwnerForm,
    owner_choices,
)
from frankpledge.web.measures.models import Definition
from frankpledge.web.measures.presenters.definition import changed_lines, told
from frankpledge.web.measures.presenters.keeping import measures_lead
from frankpledge.web.measures.reads.keeping import measures_kept
from frankpledge.web.measures.views.here import (
    REFUSED,
    Here,
    asked_or_sent,
    here_is,
    measure_here,
)
from frankpledge.web.plans.models import Commitment
from frankpledge.web.plans.reads import commitments_of


@require_safe
def all_measures(request: HttpRequest, place: str) -> HttpResponse:
    """What is measured here, who stands behind it, and which reviews are overdue."""
    here = here_is(request, place)
    kept = measures_kept(here.force, here.reader, today())
    overdue = sum(each.overdue for each in kept)
    context = here.context("Measures", kept=kept, lead=measures_lead(overdue, len(kept)),
                           may_upload=here.may("measures.upload_figures"),
                           may_load=here.may("measures.load_definitions"),
                           may_share=here.may("measures.share"))  # fmt: skip
    context["breadcrumbs"] = [*context["breadcrumbs"][:1], {"text": "Measures"}]
    return render(request, "measures/all.html", context)


@require_safe
def definition(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """What is counted, how, from where; who wrote that down, and every earlier definition."""
    here = measure_here(request, place, key)
    history = list(here.measure.definitions.visible_to(here.reader).select_related("made_by"))
    chosen = _chosen(history, request.GET.get("number"))
    earlier = next((d for d in history if d.number == chosen.number - 1), None)
    context = here.context(
        "Definition",
        current=history[0], chosen=chosen, history=history,
        parts=told(chosen.defined), overdue=chosen.defined.next_review < today(),
        changes=changed_lines(earlier.toml, chosen.toml) if earlier else [],
        has_figures=here.measure.figures.visible_to(here.reader).exists(),
        may_revise=here.may("measures.revise_definition"),
        may_give=here.may("measures.give_owner"),
        may_link=here.may("measures.link_commitments"),
    )  # fmt: skip
    return render(request, "measures/definition.html", context)


def _chosen(history: list[Definition], number: str | None) -> Definition:
    found = next((d for d in history if str(d.number) == number), None)
    return found or history[0]


@asked_or_sent
def revise(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """Define a measure anew: everything wrong with it is said at its lines."""
    here = measure_here(request, place, key)
    here.ask("measures.revise_definition")
    current = here.measure.definitions.first()
    form = DefinitionForm(
        request.POST or None, initial={"text": current.toml, "seen": current.number}
    )
    slips: tuple = ()
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            revise_definition(by=request.user, measure=here.measure, **form.cleaned_data)
        except DefinitionRefusedError as refused:
            slips = refused.slips
            for slip in slips:
                form.add_error(
                    "text", f"{slip.where}: found {slip.found}; expected {slip.expected}"
                )
        except ChangedMeanwhileError as error:
            theirs = _shown_theirs(form, str(error), current)
        else:
            messages.success(request, "The definition was revised. The earlier one is kept.")
            return redirect(here.to("definition"))
    context = here.context("Revise the definition",
                           form=form, slips=slips, theirs=theirs)  # fmt: skip
    return render(request, "measures/revise.html", context, status=REFUSED if form.errors else 200)


def _shown_theirs(form: DefinitionForm, words: str, current: Definition) -> Definition:
    """The form keeps what was written, and from now on takes the other's definition as seen."""
    form.add_error(None, words)
    form.data = form.data.copy()
    form.data["seen"] = str(current.number)
    return current


@asked_or_sent
def owner(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """Say who owns a measure."""
    here = measure_here(request, place, key)
    here.ask("measures.give_owner")
    people = owner_choices(here.measure)
    form = OwnerForm(request.POST or None, people=people, initial={"owner": here.measure.owner})
    if request.method == "POST" and form.is_valid():
        give_owner(by=request.user, measure=here.measure, owner=form.cleaned_data["owner"])
        return _back(request, here, "The owner was changed.")
    return _form_page(here, form, "Who owns this measure?", "Save the owner")


@asked_or_sent
def commitments(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """Say which commitments of the plan a measure shows the keeping of."""
    here = measure_here(request, place, key)
    here.ask("measures.link_commitments")
    stated = commitments_of(here.place.office, here.reader)
    choices = [(str(s.commitment_id), f"{s.ref}. {s.text}") for s in stated]
    linked = [str(pk) for pk in here.measure.commitments.values_list("pk", flat=True)]
    form = CommitmentsForm(request.POST or None, choices=choices, initial={"commitments": linked})
    if request.method == "POST" and form.is_valid():
        chosen = Commitment.objects.filter(pk__in=form.cleaned_data["commitments"])
        link_commitments(by=request.user, measure=here.measure, commitments=list(chosen))
        return _back(request, here, "The commitments were saved.")
    return _form_page(here, form, "Which commitments does it answer?", "Save the commitments")


def _form_page(here: Here, form: Any, title: str, button: str) -> HttpResponse:
    context = here.context(title, form=form, button=button, back=here.to("definition"))
    return render(
        here.request, "measures/form.html", context, status=REFUSED if form.errors else 200
    )


def _back(request: HttpRequest, here: Here, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect(here.to("definition"))
