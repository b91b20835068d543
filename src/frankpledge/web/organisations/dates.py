"""What holds from one day to another."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from frankpledge.web.audit.today import today


class Dated(models.Model):
    """What starts on a day and may end on one; both days count."""

    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="%(class)s_ends_after_it_starts",
            ),
        )

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


def holding(day: date | None = None, through: str = "") -> Q:
    """The condition that something dated holds on a day, today if none is given."""
    day = day or today()
    said = f"{through}__" if through else ""
    open_ended = Q(**{f"{said}ends__isnull": True}) | Q(**{f"{said}ends__gte": day})
    return Q(**{f"{said}starts__lte": day}) & open_ended
