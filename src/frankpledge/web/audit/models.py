"""The trail: one event for each act, tied to the one before, never changed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from frankpledge.web.audit.chain import START
from frankpledge.web.audit.visibility import Reader, reader_for

WHO_READ_THE_TRAIL = ("auditor", "administrator", "office_officer", "chief_executive",
                      "force_analyst", "panel_officer", "panel_monitoring_officer")  # fmt: skip


class EventQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> EventQuerySet:
        """Events about things of the reader's own bodies, for those who keep the record there."""
        reader: Reader = reader_for(person)
        kept = [body for role, body in reader.roles if role in WHO_READ_THE_TRAIL]
        return self.filter(body_id__in=kept, restricted=False)


class Event(models.Model):
    """One act: who did what to which thing, when, why; what was and what is.

    A personal value stands here only as a salted digest; the value itself is a `PersonalValue`,
    which may be deleted when its time is over. The database refuses to change or delete an event.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("number", "verb", "at", "by", "body", "about_type", "about_id", "about_words",
                    "was", "became", "why", "restricted", "previous_hash", "hash")  # fmt: skip

    number = models.BigIntegerField(primary_key=True)
    verb = models.CharField(max_length=80, db_index=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("organisations.Body", models.PROTECT, null=True, related_name="+")
    about_type = models.CharField(max_length=80)
    about_id = models.CharField(max_length=40)
    about_words = models.CharField(max_length=200, blank=True)
    was = models.JSONField(default=dict)
    became = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=["about_type", "about_id"]),)

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    def content(self) -> dict[str, Any]:
        """What the hash is taken over."""
        return {
            "number": self.number,
            "verb": self.verb,
            "at": self.at.isoformat(),
            "by": self.by_id,
            "body": self.body_id,
            "about": [self.about_type, self.about_id],
            "was": self.was,
            "became": self.became,
            "why": self.why,
            "restricted": self.restricted,
        }


class PersonalValue(models.Model):
    """A personal value of an event, apart from the chain so that it can go when its time is over."""

    PERSONAL = ("value",)
    NOT_PERSONAL = ("id", "event", "moment", "field", "salt")

    class Moment(models.TextChoices):
        WAS = "was"
        BECAME = "became"

    event = models.ForeignKey(Event, models.PROTECT, related_name="personal_values")
    moment = models.CharField(max_length=6, choices=Moment.choices)
    field = models.CharField(max_length=80)
    salt = models.CharField(max_length=32)
    value = models.JSONField(null=True)

    objects = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["event", "moment", "field"], name="one_value_a_field"),
        )

    def __str__(self) -> str:
        return f"{self.field} of event {self.event_id}"


class ChainHead(models.Model):
    """The end of the chain. Its one row is the lock under which an event is written."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "number", "hash")

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    objects = models.Manager()

    def __str__(self) -> str:
        return f"the chain as far as event {self.number}"


class VerificationQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> VerificationQuerySet:
        """Whoever reads the trail may know whether it verifies."""
        return self if reader_for(person).holds(*WHO_READ_THE_TRAIL) else self.none()


class Verification(models.Model):
    """What a walk along the trail found."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "at", "events", "values", "deleted", "faults", "last_hash")

    at = models.DateTimeField(default=timezone.now)
    events = models.BigIntegerField()
    values = models.BigIntegerField()
    deleted = models.BigIntegerField()
    faults = models.JSONField(default=list)
    last_hash = models.CharField(max_length=64)

    objects = VerificationQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"the trail as far as event {self.events}, {len(self.faults)} faults"
