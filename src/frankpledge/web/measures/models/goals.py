"""What good looks like, year by year, and who last looked at it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from frankpledge.web.audit.today import now
from frankpledge.web.measures.models.measures import Measure, OfMeasureQuerySet
from frankpledge.web.measures.models.pairs import who_and_when


class GoalQuerySet(OfMeasureQuerySet):
    def published(self) -> Q:
        """What was set for the financial years that a published report has reached; none to come."""
        month, year = "measure__public_month__month", models.F("measure__public_month__year")
        return Q(**{f"{month}__gte": 4}, financial_year__lte=year) | Q(
            **{f"{month}__lt": 4}, financial_year__lt=year
        )


class WhatGoodLooksLike(models.Model):
    """What good looks like for a measure in one financial year, in revisions.

    `financial_year` is the year it begins in: 2022 for 2022/23. In words always; with a number, a
    direction and a day where it has them. `over` is what the number is held against.
    """

    VISIBLE_THROUGH = "measure"
    PERSONAL = ()
    NOT_PERSONAL = ("id", "measure", "financial_year", "number", "text", "value", "direction", "by_when",
                    "over", "set_by", "set_at", "reviewed_by", "reviewed_at")  # fmt: skip

    class Direction(models.TextChoices):
        AT_LEAST = "at least", "At least"
        AT_MOST = "at most", "At most"

    class Over(models.TextChoices):
        MONTH = "month", "The month alone"
        YEAR_TO_DATE = "financial year to date", "The financial year to date"
        ROLLING = "rolling 12", "Twelve months"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="goals")
    financial_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    direction = models.CharField(max_length=10, choices=Direction.choices, blank=True)
    by_when = models.DateField(null=True, blank=True)
    over = models.CharField(max_length=24, choices=Over.choices, default=Over.MONTH)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(default=now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ("measure", "-financial_year", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "financial_year", "number"],
                name="one_goal_of_a_number_in_a_year",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, direction="")
                | Q(value__isnull=False, direction__in=("at least", "at most")),
                name="goal_value_has_a_direction",
            ),
            who_and_when("reviewed", "goal"),
        )

    def __str__(self) -> str:
        return f"what good looks like for {self.measure} in {self.year_words}"

    @property
    def year_words(self) -> str:
        """2022/23."""
        return f"{self.financial_year}/{(self.financial_year + 1) % 100:02d}"
