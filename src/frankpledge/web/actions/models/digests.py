"""The weekly e-mails: that one was made for somebody in a week, and that it was sent."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from frankpledge.web.audit.visibility import reader_for


class DigestQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> DigestQuerySet:
        """A person's own."""
        return self.filter(person_id=reader_for(person).person_id, person_id__isnull=False)


class DigestSent(models.Model):
    """A week's digest to a person: made once, and tried again until it has been sent."""

    PERSONAL = ("person",)
    NOT_PERSONAL = ("id", "week", "overdue", "due_soon", "stale", "made_at", "sent_at")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="digests")
    week = models.DateField()
    overdue = models.PositiveIntegerField()
    due_soon = models.PositiveIntegerField()
    stale = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ("-week",)
        constraints = (
            models.UniqueConstraint(fields=["person", "week"], name="one_digest_a_week"),
        )

    def __str__(self) -> str:
        return f"digest of the week of {self.week}"
