"""What was said about an action and when, and what of it a panel has been shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from frankpledge.web.actions.models.actions import Action, OfAnAction, Status
from frankpledge.web.actions.models.lists import RagMeaning
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visible, VisibleQuerySet
from frankpledge.web.organisations.models import Body


class ActionUpdate(OfAnAction):
    """What was said about an action on a day, with how it stood then.

    It is never edited: what was wrong is put right by a further update that `corrects` it. `by_words`
    is the post of who said it, and all that the public is shown.
    """

    PERSONAL = ("by_words", "text")
    NOT_PERSONAL = ("id", "action", "number", "dated", "by", "rag", "status", "next_update_due",
                    "evidence_words", "evidence_url", "evidence_file", "corrects", "recorded_at", "version")  # fmt: skip

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    number = models.PositiveIntegerField()
    dated = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_words = models.CharField(max_length=160, blank=True)
    text = models.TextField(blank=True)
    rag = models.ForeignKey(RagMeaning, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices)
    next_update_due = models.DateField(null=True)
    evidence_words = models.CharField(max_length=300, blank=True)
    evidence_url = models.URLField(max_length=500, blank=True)
    evidence_file = models.FileField(upload_to="evidence/%Y/%m", blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ("-dated", "-number")
        constraints = (
            models.UniqueConstraint(fields=["action", "number"], name="one_update_of_a_number"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="no_update_corrects_itself",
            ),
        )
        indexes = (models.Index(fields=["recorded_at"], name="update_recorded_at"),)

    def __str__(self) -> str:
        return f"update {self.number} of {self.action}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise TypeError("An update is never edited: write a further one that corrects it.")
        super().save(*args, **options)


class Extract(Visible):
    """What a panel was shown of the ledger at one time. Its `body` is the panel."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "number", "since", "made_by", "made_at", "updates",
                    *Visible.VISIBILITY_FIELDS)  # fmt: skip

    number = models.PositiveIntegerField()
    since = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)
    updates = models.ManyToManyField(
        ActionUpdate, through="actions.ExtractedUpdate", related_name="extracts"
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["body", "number"], name="one_extract_of_a_number"),
        )

    def __str__(self) -> str:
        return f"extract {self.number} for {self.body}"


class ExtractedUpdate(models.Model):
    """An update that a panel was shown: once, and by which extract."""

    VISIBLE_THROUGH = "extract"
    PERSONAL = ()
    NOT_PERSONAL = ("id", "extract", "update", "panel", "order")

    extract = models.ForeignKey(Extract, models.PROTECT, related_name="extracted")
    update = models.ForeignKey(ActionUpdate, models.PROTECT, related_name="extracted")
    panel = models.ForeignKey(Body, models.PROTECT, related_name="+")
    order = models.PositiveIntegerField()

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(fields=["panel", "update"], name="a_panel_is_shown_once"),
        )

    def __str__(self) -> str:
        return f"{self.update} in {self.extract}"
