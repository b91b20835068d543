"""A report in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat

from frankpledge.analysis.periods import day_name, month_name
from frankpledge.reporting.forms import FORMS
from frankpledge.web.reports.models import Report, ReportRun

CALLED = {
    FORMS["html"]: "Read it here",
    FORMS["pdf"]: "PDF, tagged, to print or keep",
    FORMS["word"]: "Word",
    FORMS["excel"]: "Excel: every table",
    "findings.json": "Every number with its name, as JSON",
    "findings.schema.json": "What the JSON holds (its schema)",
}
"""What each file is called on a page, in the order it stands there."""


@dataclass(frozen=True)
class Row:
    report: Report
    month: str
    state: str
    tone: str


@dataclass(frozen=True)
class Download:
    name: str
    called: str
    size: str
    sha256: str


@dataclass(frozen=True)
class Shown:
    """What the page of a report says."""

    first_sentence: str
    state: str
    tone: str
    downloads: tuple[Download, ...]
    run: ReportRun | None
    comparison: ReportRun | None


def listed(reports: Iterable[Report]) -> list[Row]:
    return [Row(report, month_name(report.month), *_state(report)) for report in reports]


def shown(report: Report, reader: Any) -> Shown:
    state, tone = _state(report)
    runs = [] if reader.is_public else list(report.runs.all())
    compared = [run for run in report.runs.all() if run.same is not None]
    return Shown(
        first_sentence=_first_sentence(report),
        state=state,
        tone=tone,
        downloads=tuple(_downloads(report)),
        run=runs[0] if runs else None,
        comparison=compared[0] if compared else None,
    )


def _state(report: Report) -> tuple[str, str]:
    if report.withdrawn_at:
        return "Withdrawn", "bad"
    if report.published_at:
        return "Published", "good"
    if report.built_at:
        return "Made, not published", "caution"
    return "Being made", "quiet"


def _first_sentence(report: Report) -> str:
    about = (
        f"{report.force.name} in {month_name(report.month)}, as known on {day_name(report.as_at)}"
    )
    if report.withdrawn_at:
        return f"This report on {about} was withdrawn."
    if report.published_at:
        return f"This report on {about} was published on {day_name(report.published_at.date())}."
    if report.built_at:
        return f"This report on {about} is made. Nobody outside the office and the force can read it yet."
    return f"This report on {about} is being made."


def _downloads(report: Report) -> Iterable[Download]:
    files = {file.name: file for file in report.files.all()}
    for name, called in CALLED.items():
        if name in files:
            yield Download(name, called, filesizeformat(files[name].size), files[name].sha256)
