"""The performance report of June 2022: asked for while the demonstration is laid out, made by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from frankpledge.web.audit.today import on_day
from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body, person
from frankpledge.web.demonstration.measures import FORCE
from frankpledge.web.demonstration.plan import OFFICER
from frankpledge.web.measures.findings.refreshing import bring_up_to_date
from frankpledge.web.reports.acts import ask_for_report, publish_report
from frankpledge.web.reports.models import Audience, Report

MONTH = date(2022, 6, 1)
ASKED = date(2022, 7, 20)
PUBLISHED = date(2022, 7, 21)


def report() -> Iterator[Entry]:
    yield Entry(ASKED, "Asking for the report of June", _ask)


def _ask() -> None:
    ask_for_report(
        by=person(OFFICER),
        body=body("west-mercia-office"),
        force=body(FORCE),
        month=MONTH,
        as_at=ASKED,
        title="Performance report",
        audience=Audience.EVERYBODY,
    )


def publish_if_built() -> str:
    """Publish the report once the worker has made it. What came of it, in words; empty while it is made."""
    made = Report.objects.get(month=MONTH, edition=1)
    if made.published_at is not None:
        return "The report of June 2022 is published."
    if made.runs.filter(state="failed").exists():
        return "The report of June 2022 could not be made: its page says why."
    if made.built_at is None:
        return ""
    with on_day(PUBLISHED):
        publish_report(by=person(OFFICER), report=made)
    bring_up_to_date(body(FORCE), [MONTH])
    return "The report of June 2022 is made and published: everybody sees its figures now."
