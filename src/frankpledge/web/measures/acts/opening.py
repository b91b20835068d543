"""Letting the public see a force's measures, as far as a published report does."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.refreshing import findings_are_behind
from frankpledge.web.organisations.models import Body, Person


@act("measures.opened_to_public", needs="measures.open_to_public", on="force")
def open_to_public(*, by: Person, force: Body, month: date, as_at: date) -> int:
    """Everybody sees the measures that are for everybody, up to this month and as known on this day.

    A report of an earlier month, published after a later one, takes nothing back.
    """
    locked(force)
    chosen = Measure.objects.filter(body=force, visibility=Visibility.PUBLIC).filter(
        Q(public_month__isnull=True) | Q(public_month__lte=month)
    )
    opened = chosen.update(public_month=month, public_as_at=as_at)
    findings_are_behind(force, [month])
    record(force, became={"public_month": month, "public_as_at": as_at, "measures": opened})
    return opened


@act("measures.closed_to_public", needs="measures.close_to_public", on="force")
def close_to_public(
    *, by: Person, force: Body, why: str, month: date | None = None, as_at: date | None = None
) -> int:
    """Take the public's view back: to an earlier report's month and day, or (neither given) wholly."""
    locked(force)
    chosen = Measure.objects.filter(body=force, public_month__isnull=False)
    was = sorted({m.isoformat() for m in chosen.values_list("public_month", flat=True)})
    closed = chosen.update(public_month=month, public_as_at=as_at)
    findings_are_behind(force, [month] if month else [])
    record(force, was={"public_months": was}, became={"public_month": month}, why=why)
    return closed
