"""Laying the demonstration out: everything that happened, on its day, in one piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from frankpledge.web.demonstration.actions import actions
from frankpledge.web.demonstration.bodies import bodies
from frankpledge.web.demonstration.commentary import commentary
from frankpledge.web.demonstration.diary import Entry, Step, live_through
from frankpledge.web.demonstration.figures import figures
from frankpledge.web.demonstration.known import body
from frankpledge.web.demonstration.measures import FORCE, measures
from frankpledge.web.demonstration.people import forums, give_password, people
from frankpledge.web.demonstration.plan import plan
from frankpledge.web.demonstration.report import report
from frankpledge.web.measures.findings.refreshing import bring_up_to_date, make_findings


def diary() -> Iterator[Entry]:
    """All that happened. What happens on one day happens in the order in which it stands here."""
    yield from bodies()
    yield from people()
    yield from forums()
    yield from plan()
    yield from actions()
    yield from measures()
    yield from figures()
    yield from commentary()
    yield from report()


def lay_out(password: str, tell: Step) -> int:
    """Fill an empty site. Whoever stops it half-way leaves nothing behind: it is one transaction.

    The findings of June are made at once, so that there is something to see; the worker makes the report
    first, then the findings of the months before.
    """
    with transaction.atomic():
        done = live_through(diary(), tell)
        give_password(password)
    tell(done, done, "Working out the findings of June")
    months = ask_once_for_findings()
    bring_up_to_date(body(FORCE), months[-1:])
    return done


def ask_once_for_findings() -> list[date]:
    """Every act on the way asked for findings: one making does for all of them, after the report."""
    asked = DBTaskResult.objects.filter(task_path=make_findings.module_path, status="READY")
    months = {month for told in asked for month in told.args_kwargs["args"][1]}
    asked.delete()
    make_findings.enqueue(body(FORCE).pk, sorted(months))
    return [date.fromisoformat(month) for month in sorted(months)]
