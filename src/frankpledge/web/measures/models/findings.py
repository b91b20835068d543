"""What the figures say in a month, worked out once and kept for the pages to read."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from frankpledge.web.audit.visibility import Kind, Visibility, reader_for


class Audience(models.TextChoices):
    """For whom findings are made: each is worked out from what that audience may see, and nothing else."""

    OWN = "own", "The force and its office"
    PANEL = "panel", "The panel"
    PUBLIC = "public", "Everybody"


class StoredFindingsQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> StoredFindingsQuerySet:
        """The findings made for this reader: of forces on their own line, and any force's public ones."""
        sees = reader_for(person).sees
        own = sees.get(Visibility.OFFICE, frozenset())
        panel = sees.get(Visibility.PANEL, frozenset())
        return self.filter(
            Q(audience=Audience.PUBLIC)
            | Q(audience=Audience.PANEL, force_id__in=panel)
            | Q(audience=Audience.OWN, force_id__in=own)
        )


class StoredFindings(models.Model):
    """A force's findings of one month for one audience, as they were made last.

    They are made from figures, definitions and settings and can be made again at any time, so a
    later making takes the place of an earlier one. `stamp` is a digest of what went in; `payload`
    holds the frames (`findings/packing.py`).
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "force", "month", "audience", "stamp", "known_at", "made_at",
                    "behind_since", "payload")  # fmt: skip
    UNTOLD = ("payload",)
    """The trail tells that findings were made, and of what; not every number of them."""

    force = models.ForeignKey(
        "organisations.Body",
        models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": Kind.FORCE},
    )
    month = models.DateField()
    audience = models.CharField(max_length=6, choices=Audience.choices)
    stamp = models.CharField(max_length=64)
    known_at = models.DateField(null=True)
    """The day whose knowledge went in; null for all that was known when they were made."""
    made_at = models.DateTimeField()
    behind_since = models.DateTimeField(null=True)
    """When something changed that they are made of and they were not made again; pages say so."""
    payload = models.BinaryField()

    objects = StoredFindingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stored findings"
        ordering = ("-month",)
        constraints = (
            models.UniqueConstraint(
                fields=["force", "audience", "month"], name="one_findings_of_a_month_and_audience"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="findings_month_is_a_first_day"),
        )

    def __str__(self) -> str:
        return f"findings of {self.force} for {self.month:%B %Y}, made for {self.get_audience_display().lower()}"

    @property
    def body_id(self) -> int:
        """Findings are the force's own."""
        return self.force_id
