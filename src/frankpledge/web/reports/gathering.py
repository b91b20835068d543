"""Gathering a report's inputs from what the force and the office have kept."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.analysis.periods import month_name
from frankpledge.reporting.commentary import Comment, Commentary
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.measures.commentary import final_comments
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.observations import library_for, observations, settings_for
from frankpledge.web.reports.inputs import Inputs
from frankpledge.web.reports.models import Audience, Report


class NothingToReportError(Exception):
    """There is nothing to make a report of. The words are for a person."""


def gather(report: Report) -> Inputs:
    """The report's inputs as they are known on its day. Raises NothingToReportError."""
    keys = measures_of(report)
    known = observations(report.force, as_at=report.as_at, keys=keys)
    if known.filter(known["month"] == report.month).is_empty():
        raise NothingToReportError(
            f"No figure of {month_name(report.month)} is known on {report.as_at:%-d %B %Y} for the measures"
            " of this report. Upload the month's figures, or choose another month."
        )
    library = library_for(report.force, keys=keys, month=report.month)
    return Inputs(
        month=report.month,
        observations=known,
        library=library,
        settings=settings_for(report.force, report.month, report.as_at).model_copy(
            update={"title": report.title, "version": "final", "date": report.as_at}
        ),
        commentary=Commentary(
            month=report.month,
            comments=tuple(_of(keys, final_comments(report.force, report.month))),
        ),
    )


def measures_of(report: Report) -> list[str]:
    """The measures that stand in the report: for everybody, those that may be public."""
    chosen = Measure.objects.filter(body=report.force)
    if report.audience == Audience.EVERYBODY:
        chosen = chosen.filter(visibility=Visibility.PUBLIC)
    return list(chosen.order_by("key").values_list("key", flat=True))


def _of(keys: Iterable[str], comments: Iterable[Comment]) -> Iterable[Comment]:
    wanted = set(keys)
    return (comment for comment in comments if comment.measure in wanted)
