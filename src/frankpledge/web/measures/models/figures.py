"""Figures as they came, with every revision, and the uploads that brought them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from frankpledge.analysis.conditions import Condition, Origin
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visibility, Visible
from frankpledge.web.measures.models.measures import Measure, OfMeasureQuerySet
from frankpledge.web.measures.models.pairs import who_and_when


def _place(upload: Upload, name: str) -> str:
    """Where a file lies: by the force and the file's own digest, never by a name somebody chose."""
    return f"figures/{upload.body_id}/{upload.sha256}-{name}"


class Upload(Visible):
    """A file of figures that somebody handed in for a force, and what became of it.

    The file is kept as it came, and beside it the rows that were read from it.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "file_name", "sha256", "size", "kept_file", "read_rows", "state", "new", "revised",
                    "unchanged", "first_month", "last_month", "remarks", "uploaded_by", "uploaded_at",
                    "committed_by", "committed_at", "discarded_by", "discarded_at", "undone_by",
                    "undone_at", "why_undone", *Visible.VISIBILITY_FIELDS)  # fmt: skip

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Awaiting a decision"
        COMMITTED = "committed", "Committed"
        DISCARDED = "discarded", "Discarded"
        UNDONE = "undone", "Undone"

    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.OFFICE, db_index=True
    )
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kept_file = models.FileField(upload_to=_place, max_length=300)
    read_rows = models.FileField(upload_to=_place, max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    new = models.PositiveIntegerField(default=0)
    revised = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    first_month = models.DateField(null=True)
    last_month = models.DateField(null=True)
    remarks = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    committed_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    why_undone = models.TextField(blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("committed", "undone"), committed_at__isnull=False)
                | Q(state__in=("previewed", "discarded"), committed_at__isnull=True),
                name="upload_committed_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="discarded", discarded_at__isnull=False)
                | ~Q(state="discarded") & Q(discarded_at__isnull=True),
                name="upload_discarded_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | ~Q(state="undone") & Q(undone_at__isnull=True),
                name="upload_undone_has_a_time",
            ),
            who_and_when("committed", "upload"),
            who_and_when("discarded", "upload"),
            who_and_when("undone", "upload"),
        )

    def __str__(self) -> str:
        return f"upload of {self.file_name}"


class FigureQuerySet(OfMeasureQuerySet):
    def published(self) -> Q:
        """Figures of the months that a published report shows, as they were known to it."""
        known = Q(known_at__isnull=True) | Q(known_at__lte=F("measure__public_as_at"))
        return Q(month__lte=F("measure__public_month")) & known

    def with_a_value(self) -> FigureQuerySet:
        """Figures whose newest revision has a value: neither missing nor withdrawn."""
        one = {name: OuterRef(name) for name in ("measure", "area_name", "month")}
        later = Figure.objects.filter(**one, number__gt=OuterRef("number"))
        return self.filter(~Exists(later), value__isnull=False)


class Figure(models.Model):
    """One revision of one figure: a measure, an area and a month, as it became known.

    `number` counts the revisions of the same figure. `known_at` null means known from the start.
    `area` is the area of ours that `area_name` is the name of; null for the force and for forces
    beside it. A revision comes from an upload, or from the undoing of one.
    """

    VISIBLE_THROUGH = "measure"
    PERSONAL = ()
    NOT_PERSONAL = ("id", "measure", "area", "area_name", "month", "number", "value", "numerator",
                    "denominator", "condition", "origin", "reason", "known_at", "recorded_at", "upload",
                    "undoes")  # fmt: skip

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="figures")
    area = models.ForeignKey("organisations.Area", models.PROTECT, null=True, related_name="+")
    area_name = models.CharField(max_length=120)
    month = models.DateField()
    number = models.PositiveIntegerField()
    value = models.FloatField(null=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    condition = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Condition])
    origin = models.CharField(max_length=16, choices=[(o.value, o.value) for o in Origin])
    reason = models.TextField(blank=True)
    known_at = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=now)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="figures")
    undoes = models.ForeignKey(Upload, models.PROTECT, null=True, related_name="restored")

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ("measure", "area_name", "month", "number")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "area_name", "month", "number"],
                name="one_figure_of_a_number",
            ),
            models.CheckConstraint(
                condition=Q(
                    condition__in=[c.value for c in Condition if c.has_number], value__isnull=False
                )
                | Q(
                    condition__in=[c.value for c in Condition if not c.has_number],
                    value__isnull=True,
                ),
                name="figure_has_a_value_when_its_condition_says_so",
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="figure_month_is_a_first_day"),
            models.CheckConstraint(
                condition=Q(upload__isnull=True, undoes__isnull=False)
                | Q(upload__isnull=False, undoes__isnull=True),
                name="figure_comes_from_an_upload_or_an_undoing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} in {self.area_name}, {self.month:%B %Y}, revision {self.number}"
