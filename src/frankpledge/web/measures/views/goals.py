"""What good looks like, year by year: read, set, reviewed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.today import today
from frankpledge.web.measures.acts import review_goal, set_goal
from frankpledge.web.measures.forms import GoalForm, years_to_choose
from frankpledge.web.measures.models import WhatGoodLooksLike
from frankpledge.web.measures.presenters.goals import year_shown, year_words
from frankpledge.web.measures.reads.keeping import goals_kept
from frankpledge.web.measures.views.here import (
    REFUSED,
    Here,
    asked_or_sent,
    done_at_once,
    measure_here,
)


@require_safe
def goals(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """What good looks like in each financial year, and who looked at it when."""
    here = measure_here(request, place, key)
    kept = goals_kept(here.measure, here.reader)
    may_set = here.may("measures.set_goal")
    years = sorted({*kept, *(years_to_choose(today()) if may_set else ())}, reverse=True)
    defined = here.measure.definitions.first().defined
    context = here.context(
        "What good looks like",
        years=[year_shown(year, kept.get(year, []), defined) for year in years],
        by_definition=defined.good_looks_like,
        may_set=may_set,
    )
    return render(request, "measures/goals.html", context)


@asked_or_sent
def set_year(request: HttpRequest, place: str, key: str, year: int) -> HttpResponse:
    """Say what good looks like in a year."""
    here = measure_here(request, place, key)
    here.ask("measures.set_goal")
    if not 2000 <= year <= 2199:
        raise Http404("There is no such financial year.")
    standing = here.measure.goals.filter(financial_year=year).first()
    unit = here.measure.definitions.first().defined.unit
    form = GoalForm(request.POST or None, unit=unit, initial=_as_given(standing))
    if request.method == "POST" and form.is_valid() and _set(here, form, year):
        messages.success(request, f"What good looks like in {year_words(year)} was saved.")
        return redirect(here.to("goals"))
    title = f"What good looks like in {year_words(year)}"
    context = here.context(title, ("What good looks like", here.to("goals")), form=form,
                           button="Save", back=here.to("goals"))  # fmt: skip
    return render(request, "measures/form.html", context, status=REFUSED if form.errors else 200)


def _as_given(goal: WhatGoodLooksLike | None) -> dict:
    if goal is None:
        return {"seen": 0, "over": WhatGoodLooksLike.Over.MONTH}
    value = goal.value.normalize() if goal.value is not None else None
    told = {n: getattr(goal, n) for n in ("text", "direction", "by_when", "over")}
    return told | {"value": f"{value:f}" if value is not None else None, "seen": goal.number}


def _set(here: Here, form: GoalForm, year: int) -> bool:
    try:
        set_goal(
            by=here.request.user, measure=here.measure, financial_year=year, **form.cleaned_data
        )
    except ChangedMeanwhileError as told:
        form.add_error(None, str(told))
        return False
    return True


@require_POST
def review(request: HttpRequest, place: str, key: str, year: int) -> HttpResponse:
    """Look at what good looks like again and let it stand."""
    here = measure_here(request, place, key)
    number = request.POST.get("number", "")
    revisions = here.measure.goals.visible_to(here.reader).filter(financial_year=year)
    goal = revisions.filter(number=number).first() if number.isdigit() else None
    if goal is None:
        raise Http404("There is nothing set for this year.")
    here.ask("measures.review_goal", goal)
    return done_at_once(
        request,
        lambda: review_goal(by=request.user, goal=goal),
        done=f"What good looks like in {goal.year_words} was reviewed.",
        back=here.to("goals"),
    )
