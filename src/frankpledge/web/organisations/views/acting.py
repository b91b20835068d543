"""One page for one act: its form, what the act refuses, and where to go when it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def act_page(
    request: HttpRequest,
    form: forms.BaseForm,
    perform: Callable[[dict[str, Any]], object],
    *,
    title: str,
    button: str,
    done: str,
    back: str,
    template: str = "organisations/act.html",
    **more: Any,
) -> HttpResponse:
    """Show the form; when it is sent and right, do the act, say so and go back."""
    if request.method == "POST" and form.is_valid():
        try:
            perform(form.cleaned_data)
        except ValidationError as error:
            refuse(form, error)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"title": title, "form": form, "button": button, "back": back, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an act said beside the fields it is about; the rest above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)


def must(request: HttpRequest, permission: str, about: Any = None) -> None:
    """Raises PermissionDenied where the page of an act is asked for by somebody who may not do it."""
    if not request.user.has_perm(permission, about):
        raise PermissionDenied
