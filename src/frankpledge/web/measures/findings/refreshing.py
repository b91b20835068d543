"""Keeping stored findings up to date: asked for when figures change, done in the background."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django_tasks import task

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.today import now
from frankpledge.web.measures.acts.findings import keep_findings
from frankpledge.web.measures.charts import draw_ahead
from frankpledge.web.measures.findings.making import Larder, audiences_apart
from frankpledge.web.measures.findings.packing import packed, unpacked
from frankpledge.web.measures.models.findings import Audience, StoredFindings
from frankpledge.web.organisations.models import Body

MOST_MONTHS = 12
"""How many of the months that changed are made anew at once: a file may hold years of them."""


def ask_for_findings(force: Body, months: Collection[date] = ()) -> None:
    """Say that what a force's findings are made of has changed. Call it within the act that changes it.

    Pages say from then on that they are behind; once the act is done a task makes the findings of
    these months, and of every month already kept, anew.
    """
    StoredFindings.objects.filter(force=force, behind_since__isnull=True).update(behind_since=now())
    newest = [month.isoformat() for month in sorted(months, reverse=True)[:MOST_MONTHS]]
    transaction.on_commit(lambda: make_findings.enqueue(force.pk, newest))


@task()
def make_findings(force_id: int, months: list[str]) -> None:
    """The task: a force's findings of these months and of those already kept, and the newest charts."""
    force = Body.objects.get(pk=force_id)
    bring_up_to_date(force, [date.fromisoformat(month) for month in months])
    draw_newest(force)


def draw_newest(force: Body) -> int:
    """Draw the charts of the newest month for each audience. Gives how many stand drawn."""
    newest: dict[str, StoredFindings] = {}
    for row in StoredFindings.objects.filter(force=force).defer("payload").order_by("month"):
        newest[row.audience] = row
    return sum(draw_ahead(unpacked(bytes(row.payload)).material()) for row in newest.values())


def bring_up_to_date(force: Body, months: Iterable[date] = (), *, anew: bool = False) -> list[date]:
    """Make the findings of these months, of the newest and of those kept, where they are behind.

    `anew` makes them even where nothing they are made of has changed. Gives the months made.
    """
    larder = Larder(force)
    kept = StoredFindings.objects.filter(force=force).values_list("month", flat=True).distinct()
    newest = [m for a in (Audience.OWN, Audience.PUBLIC) for m in larder.months(a)[:1]]
    wanted = sorted({*months, *kept, *newest}, reverse=True)
    return [month for month in wanted if make_month(force, month, larder, anew=anew)]


def make_month(
    force: Body, month: date, larder: Larder | None = None, *, anew: bool = False
) -> bool:
    """Make a month's findings for every audience. False where nothing had changed."""
    began = now()
    larder = larder or Larder(force)
    found = {audience: larder.ingredients(audience, month) for audience in Audience}
    taken = audiences_apart({a: each for a, each in found.items() if each is not None})
    stamps = {audience: ingredients.stamp() for audience, ingredients in taken.items()}
    rows = StoredFindings.objects.filter(force=force, month=month)
    if not anew and dict(rows.values_list("audience", "stamp")) == stamps:
        rows.filter(behind_since__lte=began).update(behind_since=None)
        return False
    made = [
        StoredFindings(
            force=force,
            month=month,
            audience=audience,
            stamp=stamps[audience],
            known_at=ingredients.settings.as_at,
            made_at=began,
            payload=packed(ingredients.findings()),
        )
        for audience, ingredients in taken.items()
    ]
    keep_findings(by=THE_SYSTEM, force=force, month=month, made=made)
    return True
