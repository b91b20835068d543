"""How a force's figures are judged: the rule-set, breaks, exceptional periods, baselines, populations.

Each note is taken back rather than deleted, so that a report of an earlier day can be made again.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from frankpledge.web.audit.today import now
from frankpledge.web.measures.models.pairs import who_and_when
from frankpledge.web.organisations.models import Body
from frankpledge.web.organisations.models.people import AtBodyQuerySet


class JudgingSettings(models.Model):
    """How a force's figures are judged as a whole. `called` is the force as the figures name it."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "body", "called", "limits", "false_discovery_level", "screen", "force_table",
                    "area_table")  # fmt: skip

    body = models.OneToOneField(Body, models.PROTECT, related_name="judging")
    called = models.CharField(max_length=120)
    limits = models.CharField(max_length=40, default="fixed-year-1")
    false_discovery_level = models.FloatField(default=0.10)
    screen = models.BooleanField(default=True)
    force_table = models.CharField(max_length=20, default="force-volumes")
    area_table = models.CharField(max_length=20, default="area-volumes")

    objects = AtBodyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "judging settings"
        constraints = (
            models.CheckConstraint(
                condition=Q(false_discovery_level__gt=0, false_discovery_level__lt=1),
                name="false_discovery_level_between_0_and_1",
            ),
        )

    def __str__(self) -> str:
        return f"how the figures of {self.body} are judged"

    @property
    def said(self) -> str:
        """In short: by it somebody who changes this learns that another did meanwhile."""
        return f"{self.limits} {self.false_discovery_level:g} {self.screen}"


class Note(models.Model):
    """Something about the figures that a person noted, and may take back."""

    NOTE_FIELDS = ("id", "body", "noted_by", "noted_at", "taken_back_by", "taken_back_at")

    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    noted_at = models.DateTimeField(default=now)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = AtBodyQuerySet.as_manager()

    class Meta:
        abstract = True


class Break(Note):
    """From this month on a measure was recorded in another way."""

    PERSONAL = ()
    NOT_PERSONAL = (
        "measure",
        "area_name",
        "month",
        "reason",
        "restarts_baseline",
        *Note.NOTE_FIELDS,
    )

    measure = models.CharField(max_length=100)
    area_name = models.CharField(max_length=120, blank=True)
    month = models.DateField()
    reason = models.TextField()
    restarts_baseline = models.BooleanField(default=True)

    class Meta:
        ordering = ("pk",)
        constraints = (who_and_when("taken_back", "break"),)

    def __str__(self) -> str:
        return f"break of {self.measure} in {self.month:%B %Y}"


class ExceptionalPeriod(Note):
    """Months unlike others for a reason outside policing."""

    PERSONAL = ()
    NOT_PERSONAL = ("from_month", "to_month", "reason", "left_out", *Note.NOTE_FIELDS)

    from_month = models.DateField()
    to_month = models.DateField()
    reason = models.TextField()
    left_out = models.BooleanField(default=False)

    class Meta:
        ordering = ("pk",)
        constraints = (
            who_and_when("taken_back", "exceptional_period"),
            models.CheckConstraint(
                condition=Q(to_month__gte=F("from_month")),
                name="exceptional_period_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"exceptional period from {self.from_month:%B %Y} to {self.to_month:%B %Y}"


class Rebaseline(Note):
    """From this month on a measure is judged against other months than the rule would take."""

    PERSONAL = ()
    NOT_PERSONAL = ("measure", "area_name", "from_month", "baseline_from", "baseline_to",
                    *Note.NOTE_FIELDS)  # fmt: skip

    measure = models.CharField(max_length=100)
    area_name = models.CharField(max_length=120, blank=True)
    from_month = models.DateField()
    baseline_from = models.DateField()
    baseline_to = models.DateField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            who_and_when("taken_back", "rebaseline"),
            models.CheckConstraint(
                condition=Q(baseline_to__gte=F("baseline_from")),
                name="rebaseline_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"new baseline of {self.measure} from {self.from_month:%B %Y}"


class Population(Note):
    """How many people live in an area, in the middle of a year."""

    PERSONAL = ()
    NOT_PERSONAL = ("area_name", "year", "population", *Note.NOTE_FIELDS)

    area_name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    population = models.FloatField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            who_and_when("taken_back", "population"),
            models.CheckConstraint(condition=Q(population__gt=0), name="population_above_nought"),
            models.UniqueConstraint(
                fields=["body", "area_name", "year"],
                condition=Q(taken_back_at__isnull=True),
                name="one_population_of_an_area_and_year",
            ),
        )

    def __str__(self) -> str:
        return f"population of {self.area_name} in {self.year}"
