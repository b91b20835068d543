"""A performance report, its files, and the runs that make it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from frankpledge.analysis.periods import month_name
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visible, VisibleQuerySet
from frankpledge.web.organisations.models import Body, Person


class Audience(models.TextChoices):
    """Whom a report is made for. Only one made for everybody can be published."""

    EVERYBODY = "everybody", "Everybody: measures that may be public"
    OWN = "own", "The office and the force: every measure"


class Report(Visible):
    """One edition of the performance report of a month.

    Its inputs (figures as they were known, definitions, settings, words) are kept beside its files, so
    that it can be made again exactly as it was.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "force", "month", "edition", "title", "audience", "as_at", "inputs_digest",
                    "asked_by", "asked_at", "built_at", "published_by", "published_at",
                    "withdrawn_by", "withdrawn_at", "why_withdrawn", *Visible.VISIBILITY_FIELDS)  # fmt: skip

    force = models.ForeignKey(Body, models.PROTECT, related_name="reports")
    month = models.DateField()
    edition = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYBODY)
    as_at = models.DateField()
    inputs_digest = models.CharField(max_length=64, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    built_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    why_withdrawn = models.TextField(blank=True)

    class Meta:
        ordering = ("-month", "-edition")
        constraints = (
            models.UniqueConstraint(
                fields=["force", "month", "edition"], name="one_report_an_edition"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="report_month_is_its_first_day"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True, published_at__isnull=True)
                | Q(published_by__isnull=False, published_at__isnull=False),
                name="report_published_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="report_withdrawn_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(built_at__isnull=False, audience=Audience.EVERYBODY),
                name="only_what_is_built_for_everybody_is_published",
            ),
            models.CheckConstraint(
                condition=~Q(visibility="public")
                | Q(published_at__isnull=False, withdrawn_at__isnull=True),
                name="only_a_published_report_is_public",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, {month_name(self.month)}, edition {self.edition}"

    @property
    def folder(self) -> Path:
        """Where its files and its inputs are kept."""
        return (
            Path(settings.MEDIA_ROOT)
            / "reports"
            / str(self.force_id)
            / f"{self.month:%Y-%m}-{self.edition}"
        )

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.withdrawn_at is None


class ReportFile(models.Model):
    """One form of a report, with the digest that shows it has not changed since."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "report", "name", "size", "sha256")
    VISIBLE_THROUGH = "report"

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    name = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["report", "name"], name="each_form_once"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.report}"


class RunQuerySet(VisibleQuerySet):
    def stale(self, now: datetime) -> RunQuerySet:
        """Runs that began and have not been heard of since: their worker is gone."""
        return self.filter(state=ReportRun.State.RUNNING, heartbeat__lt=now - ReportRun.SILENCE)


class ReportRun(models.Model):
    """One making of a report, as far as it has come. `heartbeat` is when its worker was last heard of."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "report", "purpose", "state", "attempt", "stage", "done", "total", "heartbeat",
                    "asked_by", "asked_at", "ended_at", "told", "same")  # fmt: skip
    VISIBLE_THROUGH = "report"

    SILENCE = timedelta(seconds=90)
    MOST_ATTEMPTS = 3

    class Purpose(models.TextChoices):
        BUILD = "build", "Building"
        REBUILD = "rebuild", "Making it again to compare"

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    report = models.ForeignKey(Report, models.PROTECT, related_name="runs")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.BUILD)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=120, blank=True)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    heartbeat = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    told = models.TextField(blank=True)
    same = models.BooleanField(null=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False)
                | Q(state__in=["queued", "running"], ended_at__isnull=True),
                name="a_run_ended_when_it_is_over",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state__in=["queued", "running"]),
                name="one_run_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} of {self.report}"

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DONE, self.State.FAILED)
