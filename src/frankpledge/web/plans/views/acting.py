"""One page for one act: the form, what the act refuses, and where to go when it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.plans.forms import ActForm
from frankpledge.web.plans.views.where import Where


def act_page(
    where: Where,
    form: ActForm,
    perform: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    back: str,
    intro: str = "",
    warning: bool = False,
    **more: Any,
) -> HttpResponse:
    """Show the form; when it is sent and right, do the act, say so and go back."""
    request: HttpRequest = where.request
    if request.method == "POST" and form.is_valid() and _performed(form, perform):
        messages.success(request, done)
        return redirect(back)
    context = where.context(
        title, form=form, button=button, intro=intro, warning=warning, back=back, **more
    )
    return render(request, "plans/act.html", context, status=422 if form.errors else 200)


def _performed(form: ActForm, perform: Callable[[dict[str, Any]], object]) -> bool:
    try:
        perform(form.cleaned_data)
    except ValidationError as error:
        form.refuse(error)
    except ChangedMeanwhileError as error:
        form.add_error(None, str(error))
    return not form.errors


def performed_at_once(
    where: Where, perform: Callable[[], object], *, done: str, back: str
) -> HttpResponse:
    """An act that asks nothing: do it, or say why not, and go back."""
    try:
        perform()
    except ValidationError as error:
        for problem in error.messages:
            messages.warning(where.request, problem)
    else:
        messages.success(where.request, done)
    return redirect(back)
