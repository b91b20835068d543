"""Findings kept ready, so that a page need not work them out."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone

from frankpledge.web.audit.visibility import reader_for
from frankpledge.web.organisations.models import Body


class StoredFindingsQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> StoredFindingsQuerySet:
        """Whole findings are for the force and its office; a page shows others what they may see."""
        return self.filter(force_id__in=reader_for(person).sees.get("office", frozenset()))


class StoredFindings(models.Model):
    """A force's findings of one month. `stamp` says of which figures and definitions they were made."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "force", "month", "stamp", "known_at", "made_at", "payload")

    force = models.ForeignKey(Body, models.PROTECT, related_name="+")
    month = models.DateField()
    stamp = models.CharField(max_length=100)
    known_at = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    payload = models.BinaryField()

    objects = StoredFindingsQuerySet.as_manager()

    class Meta:
        ordering = ("force", "-month")
        constraints = (
            models.UniqueConstraint(
                fields=["force", "month", "stamp"], name="one_findings_of_a_month_and_stamp"
            ),
        )

    def __str__(self) -> str:
        return f"findings of {self.force} for {self.month:%B %Y}"

    @property
    def body_id(self) -> int:
        return self.force_id
