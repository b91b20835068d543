"""Words on a month: the page of one measure, and my measures, where an owner writes all of theirs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frankpledge.analysis.periods import month_name
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.frame.forms import error_summary, has_errors
from frankpledge.web.measures.acts import (
    return_commentary,
    review_commentary,
    sign_off_commentary,
    write_commentary,
)
from frankpledge.web.measures.commentary import paragraphs
from frankpledge.web.measures.forms import WhyForm, WordsForm, words_as_given
from frankpledge.web.measures.models import Commentary
from frankpledge.web.measures.presenters import keeping as told
from frankpledge.web.measures.reads.keeping import (
    Awaiting,
    newest_month,
    own_measures,
    to_look_at,
    words_on,
)
from frankpledge.web.measures.views.here import (
    REFUSED,
    Here,
    asked_or_sent,
    done_at_once,
    measure_here,
    month_asked,
)
from frankpledge.web.organisations.models import Area

FEW = 2
"""So many forms stand open on "my measures"; of more the page would be lost in them."""

STEPS = {
    "review": ("measures.review_commentary", review_commentary, "The words were reviewed."),
    "sign-off": ("measures.sign_off_commentary", sign_off_commentary, "The words were signed off."),
}


@asked_or_sent
def commentary(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """What people say about a month: written, reviewed, signed off; for an area where one is named."""
    here = measure_here(request, place, key).for_the_line()
    month = month_asked(request) or newest_month(here.measure)
    if month is None:
        return render(request, "measures/no_words.html", here.context("Commentary"))
    area = _area(here)
    revisions = words_on(here.measure, month, area, here.reader)
    newest = revisions[0] if revisions else None
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in STEPS and newest is not None:
        return _step(here, newest, step)
    writing, returning = step == "write", step == "return"
    form = WordsForm(
        request.POST if writing else None, initial=words_as_given(newest), auto_id="id_%s"
    )
    why = WhyForm(request.POST if returning else None, prefix="return")
    if (writing and _written(here, form, month, area)) or (
        returning and _returned(here, newest, why)
    ):
        return redirect(request.get_full_path())
    refused = bool(form.errors or why.errors)
    if refused and not form.is_bound:
        form = WordsForm(initial=words_as_given(newest))
    page = _page(here, month, area, revisions, form=form, why=why, error_in_page=refused)
    return render(request, "measures/commentary.html", page, status=REFUSED if refused else 200)


def _area(here: Here) -> str:
    slug = here.request.GET.get("area", "")
    if not slug:
        return ""
    found = Area.objects.filter(force=here.force, slug=slug).first()
    if found is None:
        raise Http404(f"There is no area called {slug!r}.")
    return found.name


def _page(
    here: Here, month: date, area: str, revisions: list[Commentary], **more: Any
) -> dict[str, Any]:
    newest = revisions[0] if revisions else None
    draft, reviewed = Commentary.State.DRAFT, Commentary.State.REVIEWED
    return here.context(
        f"Commentary for {month_name(month)}",
        month=month,
        area=area,
        words=newest,
        lead=told.words_lead(newest, month),
        tone=told.TONES[newest.state] if newest else "quiet",
        said=_said(newest),
        earlier=[{"words": w, **_said(w), "tone": told.TONES[w.state]} for w in revisions[1:]],
        may_write=here.may("measures.write_commentary"),
        may_review=newest is not None
        and newest.state == draft
        and here.may("measures.review_commentary", newest),
        may_sign_off=newest is not None
        and newest.state == reviewed
        and here.may("measures.sign_off_commentary", newest),
        may_return=newest is not None
        and newest.state in (draft, reviewed)
        and here.may("measures.return_commentary", newest),
        **more,
    )


def _said(words: Commentary | None) -> dict[str, Any]:
    if words is None:
        return {}
    return {"means": paragraphs(words.what_does_this_mean), "next": paragraphs(words.next_steps)}


def _step(here: Here, words: Commentary, step: str) -> HttpResponse:
    """Review or sign off the words that were on the page, and no newer ones."""
    permission, perform, done = STEPS[step]
    seen = here.request.POST.get("number")
    here.ask(permission, words)
    if seen != str(words.number):
        messages.warning(
            here.request, "Somebody has written newer words since you looked. Read those first."
        )
        return redirect(here.request.get_full_path())
    back = here.request.get_full_path()
    return done_at_once(
        here.request, lambda: perform(by=here.request.user, words=words), done=done, back=back
    )


def _written(here: Here, form: WordsForm, month: date, area: str) -> bool:
    here.ask("measures.write_commentary")
    if not form.is_valid():
        return False
    try:
        write_commentary(
            by=here.request.user, measure=here.measure, month=month, area_name=area, **form.wanted()
        )
    except ChangedMeanwhileError as error:
        _see_again(form, str(error), here, month, area)
        return False
    messages.success(
        here.request, "Your words are saved as a draft. Somebody else reviews them next."
    )
    return True


def _see_again(form: WordsForm, error: str, here: Here, month: date, area: str) -> None:
    """The form keeps what was written, and from now on takes the other's words as seen."""
    form.add_error(None, error)
    newest = words_on(here.measure, month, area, here.reader)[0]
    form.data = form.data.copy()
    form.data[form.add_prefix("seen")] = str(newest.number)


def _returned(here: Here, words: Commentary | None, why: WhyForm) -> bool:
    if words is None:
        raise Http404("There are no words to send back.")
    here.ask("measures.return_commentary", words)
    if not why.is_valid():
        return False
    try:
        return_commentary(by=here.request.user, words=words, why=why.cleaned_data["why"])
    except ChangedMeanwhileError as error:
        why.add_error(None, str(error))
        return False
    messages.success(here.request, "The words were sent back.")
    return True


@login_required
@asked_or_sent
def my_measures(request: HttpRequest) -> HttpResponse:
    """The measures I own, and the words of others that await me: all on one page, saved at once."""
    own = own_measures(request.user)
    data = request.POST if request.method == "POST" else None
    forms = [
        WordsForm(data, prefix=f"m{a.measure.pk}", initial=words_as_given(a.words)) for a in own
    ]
    for form, awaiting in zip(forms, own, strict=True):
        form.about = awaiting.measure.title
    if data is not None and _all_saved(request, list(zip(own, forms, strict=True))):
        return redirect(reverse("measures:mine"))
    wanting = sum(a.wants_words for a in own)
    rows = [_own_row(a, f, few=wanting <= FEW) for a, f in zip(own, forms, strict=True)]
    shown = [row["form"] for row in rows]
    looked_at = [{"awaiting": a, "address": _address(a)} for a in to_look_at(request.user)]
    context = {
        "title": "My measures",
        "rows": rows,
        "lead": told.own_lead(wanting, len(rows)),
        "looked_at": looked_at,
        "errors": error_summary(*shown),
        "error_in_page": has_errors(*shown),
    }
    return render(
        request, "measures/mine.html", context, status=REFUSED if has_errors(*shown) else 200
    )


def _own_row(awaiting: Awaiting, form: WordsForm, *, few: bool) -> dict[str, Any]:
    untouched = form.is_bound and not form.has_words()
    shown = form
    if untouched:
        shown = WordsForm(prefix=form.prefix, initial=words_as_given(awaiting.words))
    words = awaiting.words
    return {
        "awaiting": awaiting,
        "form": shown,
        "address": _address(awaiting),
        "measure_address": f"/{awaiting.place}/measures/{awaiting.measure.key}/?month={awaiting.month:%Y-%m}",
        "lead": told.words_lead(words, awaiting.month),
        "state": words.get_state_display() if words else "Awaiting words",
        "tone": told.TONES[words.state] if words else "bad",
        "open": (few and awaiting.wants_words) or has_errors(shown),
    }


def _address(awaiting: Awaiting) -> str:
    address = reverse(
        "measures:commentary", kwargs={"place": awaiting.place, "key": awaiting.measure.key}
    )
    return f"{address}?month={awaiting.month:%Y-%m}"


def _all_saved(request: HttpRequest, pairs: list[tuple[Awaiting, WordsForm]]) -> bool:
    """Whether all that was written is stored. If not, nothing is, and the forms say why."""
    written = [(a, f) for a, f in pairs if f.has_words()]
    if not written:
        messages.info(request, "Nothing was written, so nothing was saved.")
        return True
    # All of them are asked, so that all that is wrong is told at once.
    if sum(not form.is_valid() for _, form in written):
        return False
    form = written[0][1]
    try:
        with transaction.atomic():
            for awaiting, form in written:
                write_commentary(
                    by=request.user, measure=awaiting.measure, month=awaiting.month, **form.wanted()
                )
    except ChangedMeanwhileError as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request, f"Saved: words on {told.counted(len(written), 'measure')}, as drafts."
    )
    return True
