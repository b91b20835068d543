"""The rules of `rules/standing.py`, asked of the database: tests hold that both give the same."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from frankpledge.web.actions.models import ActionOwner, Part
from frankpledge.web.actions.rules.standing import DUE_SOON_DAYS, FINISHED

UNDER_WAY = ~Q(status__in=sorted(FINISHED))


def overdue(today: date) -> Q:
    return UNDER_WAY & Q(due_on__lt=today)


def due_soon(today: date, within: int = DUE_SOON_DAYS) -> Q:
    return UNDER_WAY & Q(due_on__gte=today, due_on__lte=today + timedelta(days=within))


def stale(today: date) -> Q:
    return UNDER_WAY & Q(stale_from__lte=today)


def wanting_owner() -> Q:
    answers = ActionOwner.objects.filter(
        action=OuterRef("pk"), part=Part.ANSWERS, ends__isnull=True
    )
    return UNDER_WAY & ~Exists(answers)


def wanting_due() -> Q:
    return UNDER_WAY & Q(due_kind="absent")


def wanting_rag() -> Q:
    return UNDER_WAY & Q(rag__isnull=True, list__scheme__isnull=False)


def wanting() -> Q:
    return wanting_due() | wanting_rag() | wanting_owner()


def done_late() -> Q:
    return Q(done_on__gt=F("due_on"))


def done_in_time() -> Q:
    return Q(done_on__lte=F("due_on"))
