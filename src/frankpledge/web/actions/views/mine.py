"""My actions: bring mine up to date, all on one page."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frankpledge.web.actions import presenters
from frankpledge.web.actions.acts import SeveralProblemsError, update_actions
from frankpledge.web.actions.forms import RowForm
from frankpledge.web.actions.forms.updating import shown
from frankpledge.web.actions.reads.own import own_actions, places_of
from frankpledge.web.audit.today import today
from frankpledge.web.frame.forms import error_summary, has_errors


@login_required
def my_actions(request: HttpRequest) -> HttpResponse:
    actions, day = own_actions(request.user), today()
    data = request.POST if request.method == "POST" else None
    forms = [RowForm(data, action=action) for action in actions]
    if data is not None and _saved(request, forms):
        return redirect("actions:mine")
    slugs = places_of(actions)
    rows = [
        {
            "action": form.action,
            "form": form if data is not None and form.was_sent else RowForm(action=form.action),
            "address": f"/{slugs.get(form.action.body_id)}/actions/{form.action.pk}/",
            "due": presenters.due_of(form.action),
            "tags": presenters.tags_of(form.action, day),
            "latest": form.action.latest,
        }
        for form in forms
    ]
    return render(
        request,
        "actions/mine.html",
        {
            "title": "My actions",
            "rows": rows,
            "errors": error_summary(*(row["form"] for row in rows)),
            "summary": presenters.own_summary(actions, day),
            "error_in_page": has_errors(*(row["form"] for row in rows)),
            "some_are_public": any(action.visibility == "public" for action in actions),
        },
    )


def _saved(request: HttpRequest, forms: list[RowForm]) -> bool:
    """Whether all that was changed is stored. If not, nothing is, and the forms say why."""
    changed = [form for form in forms if form.was_sent and form.is_changed]
    if not changed:
        messages.info(request, "Nothing was changed, so nothing was saved.")
        return True
    # All of them are asked, so that all that is wrong is told at once.
    if sum(not form.is_valid() for form in changed):
        return False
    try:
        done = update_actions(by=request.user, wanted=[form.wanted() for form in changed])
    except SeveralProblemsError as refused:
        for form in changed:
            for field, words in refused.problems.get(form.action.pk, {}).items():
                form.add_error(field if field in form.fields else None, words)
            if form.action.pk in refused.versions:
                form.action.refresh_from_db()
                form.see_again(refused.versions[form.action.pk], shown(form.action))
        return False
    messages.success(request, f"{presenters.counted_words(len(done), 'action')} updated.")
    return True
