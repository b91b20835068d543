"""What a force measures, and how each measure is defined, in revisions."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from frankpledge.definitions.schema import Measure as Defined
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import (
    Reader,
    Visibility,
    Visible,
    VisibleQuerySet,
    reader_for,
)


def working_figures(reader: Reader, through: str = "") -> Q:
    """The condition that a measure's figures are the reader's to see before they are published.

    What is public is public as far as a published report lets it be; force and office see all of it.
    """
    said = f"{through}__" if through else ""
    own = Q(**{f"{said}body_id__in": reader.sees.get(Visibility.OFFICE, frozenset())})
    return own | ~Q(**{f"{said}visibility": Visibility.PUBLIC})


class MeasureQuerySet(VisibleQuerySet):
    def visible_to(self, person: Any) -> MeasureQuerySet:
        """What is shared with the reader; of public measures those that a published report shows."""
        reader = reader_for(person)
        published = Q(public_month__isnull=False)
        return super().visible_to(reader).filter(working_figures(reader) | published)


class Measure(Visible):
    """One measure of one force. Its body is the force; `key` is the id of its definition.

    `public_month` and `public_as_at` say how far the newest published report lets the public see:
    figures up to that month, as they were known on that day. Null: nothing of it is published.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "key", "title", "owner", "commitments", "order", "on_scorecard",
                    "public_month", "public_as_at", *Visible.VISIBILITY_FIELDS)  # fmt: skip

    key = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="measures"
    )
    commitments = models.ManyToManyField("plans.Commitment", blank=True, related_name="measures")
    order = models.PositiveSmallIntegerField(default=0)
    on_scorecard = models.BooleanField(default=False)
    public_month = models.DateField(null=True, blank=True)
    public_as_at = models.DateField(null=True, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ("order", "key")
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="one_measure_of_a_key_at_a_force"),
            models.CheckConstraint(
                condition=Q(public_month__isnull=True, public_as_at__isnull=True)
                | Q(public_month__isnull=False, public_as_at__isnull=False),
                name="measure_public_month_and_as_at",
            ),
        )

    def __str__(self) -> str:
        return self.title


class OfMeasureQuerySet(VisibleQuerySet):
    """What hangs on a measure: seen by whoever sees the measure."""

    def visible_to(self, person: Any) -> OfMeasureQuerySet:
        reader = reader_for(person)
        shown = working_figures(reader, "measure") | self.published()
        seen = Measure.objects.visible_to(reader).values("pk")
        return self.filter(shown, measure__in=seen)

    def published(self) -> Q:
        """Which of them a published report shows to everybody."""
        return Q(measure__public_month__isnull=False)


class Definition(models.Model):
    """One revision of a measure's definition; the one with the highest number holds."""

    VISIBLE_THROUGH = "measure"
    PERSONAL = ()
    NOT_PERSONAL = ("id", "measure", "number", "toml", "content", "made_by", "made_at", "why")

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="definitions")
    number = models.PositiveIntegerField()
    toml = models.TextField()
    content = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=now)
    why = models.TextField(blank=True)

    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        ordering = ("measure", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "number"], name="one_definition_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"definition {self.number} of {self.measure}"

    @property
    def defined(self) -> Defined:
        """The definition as the ground floor has it."""
        return as_defined(self.content)


def as_defined(content: dict[str, Any]) -> Defined:
    """A definition from the plain JSON values it is kept as."""
    return Defined.model_validate_json(json.dumps(content))
