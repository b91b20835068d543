"""Reports, as pages show them."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404

from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.visibility import THE_PUBLIC, reader_for
from frankpledge.web.organisations.models import Body
from frankpledge.web.organisations.reads import Place
from frankpledge.web.reports.models import Report, ReportFile, ReportRun


def reports_of(place: Place, reader: Any) -> QuerySet[Report]:
    """The reports of a place that this reader may see, newest first."""
    return (
        Report.objects.visible_to(reader)
        .filter(force=place.force)
        .select_related("force", "body", "published_by")
        .prefetch_related("files", Prefetch("runs", ReportRun.objects.order_by("-asked_at")))
    )


def report_or_404(place: Place, reader: Any, month: Any, edition: int) -> Report:
    """One report, where this reader may see it. Raises Http404 otherwise: the same as for none."""
    report = kept_until_an_act(
        ("report", place.force.pk, month, edition, *reader_for(reader).who),
        lambda: reports_of(place, reader).filter(month=month, edition=edition).first(),
        _is_settled,
    )
    if report is None:
        raise Http404("There is no such report.")
    return report


def _is_settled(report: Report | None) -> bool:
    """Whether only an act can change it: a worker says how far a run is without one."""
    return report is not None and all(run.is_over for run in report.runs.all())


def newest_published(force: Body) -> Report | None:
    """The newest report on a force that everybody may read."""
    published = Report.objects.visible_to(THE_PUBLIC).filter(force=force)
    return published.order_by("-month", "-edition").first()


def file_or_404(report: Report, name: str) -> ReportFile:
    """One form of a report. Raises Http404 where it has none of that name."""
    file = next((file for file in report.files.all() if file.name == name), None)
    if file is None:
        raise Http404("There is no such file.")
    return file
