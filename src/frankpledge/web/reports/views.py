"""The pages of reports: the list, the builder, a report, its files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from frankpledge.analysis.periods import parse_month
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.today import today
from frankpledge.web.measures.models import Figure
from frankpledge.web.organisations.reads import Place, place_or_404
from frankpledge.web.reports import reads
from frankpledge.web.reports.acts import (
    NotReadyToPublishError,
    ask_again,
    ask_for_report,
    publish_report,
    withdraw_report,
)
from frankpledge.web.reports.forms import AskForm, WithdrawForm
from frankpledge.web.reports.models import Report
from frankpledge.web.reports.presenters import listed, shown
from frankpledge.web.reports.serving import own_policy


@require_safe
def reports_list(request: HttpRequest, place: str) -> HttpResponse:
    found = place_or_404(place)
    return render(
        request, "reports/list.html",
        {"place": found, "rows": listed(reads.reports_of(found, request.reader)),
         "may_ask": _may(request, "reports.ask", found.office)},
    )  # fmt: skip


def new_report(request: HttpRequest, place: str) -> HttpResponse:
    """The builder's first page: which month, as known when, for whom."""
    found = place_or_404(place)
    if not _may(request, "reports.ask", found.office):
        raise Http404
    form = AskForm(request.POST or None, initial=_first_guess(found))
    if request.method == "POST" and form.is_valid():
        run = ask_for_report(
            by=request.user, body=found.office, force=found.force, **form.cleaned_data
        )
        messages.success(request, "The report is being made. This page says how far it is.")
        return redirect(_address(found, run.report))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "reports/new.html", {"place": found, "form": form}, status=status)


def _first_guess(place: Place) -> dict[str, Any]:
    """The newest month that has ended and has a figure standing, as known today."""
    this_month = today().replace(day=1)
    figures = Figure.objects.filter(measure__body=place.force, month__lt=this_month).with_a_value()
    newest = figures.order_by("-month").first()
    return {"month": newest.month, "as_at": today()} if newest else {}


@require_safe
def report(request: HttpRequest, place: str, month: str, edition: int) -> HttpResponse:
    """One report: how far it is, or what it is and its files."""
    found, one = _report(request, place, month, edition)
    return render(
        request, "reports/report.html",
        {"place": found, "report": one, "shown": shown(one, request.reader),
         "may_publish": _may(request, "reports.publish", one),
         "may_ask": _may(request, "reports.ask", one)},
    )  # fmt: skip


@require_safe
def progress(request: HttpRequest, place: str, month: str, edition: int) -> JsonResponse:
    """How far the newest run is, for the script that keeps the bar moving."""
    _, one = _report(request, place, month, edition)
    run = next(iter(one.runs.all()), None)
    if run is None or request.reader.is_public:
        raise Http404
    return JsonResponse(
        {"stage": run.stage, "done": run.done, "total": run.total, "over": run.is_over}
    )


@require_safe
def report_file(
    request: HttpRequest, place: str, month: str, edition: int, name: str
) -> HttpResponse:
    """One form of the report. The page form brings the policy that allows its own styles and no others."""
    _, one = _report(request, place, month, edition)
    file = reads.file_or_404(one, name)
    path = one.folder / "files" / file.name
    if name.endswith(".html"):
        response = HttpResponse(path.read_bytes(), content_type="text/html; charset=utf-8")
        response["Content-Security-Policy"] = own_policy(path, file.sha256)
        return response
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=_download_name(one, file.name)
    )


@require_POST
def publish(request: HttpRequest, place: str, month: str, edition: int) -> HttpResponse:
    found, one = _report(request, place, month, edition)
    try:
        publish_report(by=request.user, report=one)
        messages.success(request, "The report is published: everybody can read it.")
    except (NotReadyToPublishError, ChangedMeanwhileError) as not_yet:
        messages.error(request, str(not_yet))
    return redirect(_address(found, one))


@require_POST
def again(request: HttpRequest, place: str, month: str, edition: int) -> HttpResponse:
    found, one = _report(request, place, month, edition)
    try:
        ask_again(by=request.user, report=one)
        messages.success(request, "It is being made again. This page says how far it is.")
    except ChangedMeanwhileError as busy:
        messages.error(request, str(busy))
    return redirect(_address(found, one))


def withdraw(request: HttpRequest, place: str, month: str, edition: int) -> HttpResponse:
    found, one = _report(request, place, month, edition)
    if not (one.is_published and _may(request, "reports.withdraw", one)):
        raise Http404
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_report(by=request.user, report=one, why=form.cleaned_data["why"])
        messages.success(request, "The report is withdrawn.")
        return redirect(_address(found, one))
    return render(request, "reports/withdraw.html", {"place": found, "report": one, "form": form})


def _report(request: HttpRequest, place: str, month: str, edition: int) -> tuple[Place, Report]:
    found = place_or_404(place)
    try:
        first: date = parse_month(month)
    except ValueError:
        raise Http404("There is no such month.") from None
    return found, reads.report_or_404(found, request.reader, first, edition)


def _may(request: HttpRequest, permission: str, about: Any) -> bool:
    return request.user.is_authenticated and request.user.has_perm(permission, about)


def _address(place: Place, one: Report) -> str:
    return reverse("reports:report", args=[place.slug, f"{one.month:%Y-%m}", one.edition])


def _download_name(one: Report, name: str) -> str:
    stem, _, ending = name.partition(".")
    return f"{one.force.slug}-{stem}-{one.month:%Y-%m}-edition-{one.edition}.{ending}"
