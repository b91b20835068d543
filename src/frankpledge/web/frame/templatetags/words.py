"""Template filters that say dates and states in words. Built in: templates need not load them."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def long_date(day: date | datetime | None, otherwise: str = "no date") -> str:
    """14 June 2022."""
    if not day:
        return otherwise
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return f"{day.day} {day:%B %Y}"


@register.filter
def long_time(moment: datetime | None, otherwise: str = "no date") -> str:
    """14 June 2022 at 3:05pm."""
    if not moment:
        return otherwise
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment)
    return f"{long_date(moment)} at {moment.hour % 12 or 12}:{moment:%M}{'am' if moment.hour < 12 else 'pm'}"


@register.filter
def month_words(month: date | None, otherwise: str = "no month") -> str:
    """June 2022."""
    return f"{month:%B %Y}" if month else otherwise
