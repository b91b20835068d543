"""What day it is. Every rule with a date asks here, and so can be asked about another day.

In the demonstration it is the day of its setting, since its figures are of 2022; while the
demonstration is laid out each thing happens on its own day. Heartbeats and sessions ask the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from django.conf import settings
from django.utils import timezone

_day: ContextVar[date | None] = ContextVar("day", default=None)


def today() -> date:
    """The day, where the site is."""
    return _day.get() or settings.DEMONSTRATION_DAY or timezone.localdate()


def now() -> datetime:
    """The moment: of the day it is said to be, the hour the clock says."""
    told = _day.get() or settings.DEMONSTRATION_DAY
    clock = timezone.localtime()
    if told is None:
        return timezone.now()
    # In UTC as Django's own: a moment of summer time would read differently when it comes back.
    return clock.replace(year=told.year, month=told.month, day=told.day).astimezone(UTC)


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Within, it is that day."""
    token = _day.set(day)
    try:
        yield
    finally:
        _day.reset(token)
