"""Who changed this, when, why; and the whole trail of one's bodies."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from frankpledge.web.audit import reads
from frankpledge.web.audit.checking import check_the_trail
from frankpledge.web.audit.forms import TrailForm
from frankpledge.web.audit.models import Event, Verification

A_PAGE = 50


@login_required
def history(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    found = reads.history_of(request.user, label, pk)
    page = Paginator(found.events.select_related("by"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "audit/history.html",
        {"thing": found.thing, "page": page, "told": reads.told(page.object_list, request.user)},
    )


@login_required
def trail(request: HttpRequest) -> HttpResponse:
    """For those who keep the record at their body, and its auditors."""
    if not reads.reads_the_trail(request.reader):
        raise PermissionDenied
    events = Event.objects.visible_to(request.reader)
    form = TrailForm(request.GET or None, events=events)
    wanted = form.narrow(events).select_related("by", "body").order_by("-number")
    page = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "audit/trail.html",
        {
            "form": form,
            "page": page,
            "told": reads.told(page.object_list, request.user),
            "verification": Verification.objects.visible_to(request.reader).first(),
            "may_check": request.reader.holds("auditor", "administrator"),
        },
    )


@login_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have the trail walked now."""
    if not request.reader.holds("auditor", "administrator"):
        raise PermissionDenied
    check_the_trail.enqueue()
    messages.success(request, "The trail is being checked. Look again in a few minutes.")
    return redirect("trail")
