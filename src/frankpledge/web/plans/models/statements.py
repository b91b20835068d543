"""How a version words its objectives and commitments."""

from __future__ import annotations

from django.db import models

from frankpledge.web.audit.visibility import VisibleQuerySet
from frankpledge.web.organisations.models import Body
from frankpledge.web.plans.models.plans import Commitment, Objective
from frankpledge.web.plans.models.versions import PlanVersion
from frankpledge.web.plans.states import Party


class OfVersion(models.Model):
    """What is part of a version, and is seen by whoever sees that version."""

    PERSONAL = ()
    VISIBLE_THROUGH = "version"

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def body(self) -> Body:
        return self.version.body

    @property
    def body_id(self) -> int:
        return self.version.body_id


class StatedObjective(OfVersion):
    """An objective as a version words it. `revision` counts its rewordings within the draft."""

    NOT_PERSONAL = (
        "id",
        "version",
        "objective",
        "ref",
        "title",
        "why_it_matters",
        "order",
        "revision",
    )

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="stated_objectives")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="stated")
    ref = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    why_it_matters = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "ref"], name="objective_refs_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["version", "objective"], name="each_objective_once_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class StatedCommitment(OfVersion):
    """A commitment as a version words it, under its objective, with the party that answers for it.

    `why` says why this version added it or words it differently.
    """

    NOT_PERSONAL = ("id", "version", "commitment", "stated_objective", "ref", "text", "party", "why",
                    "order", "revision")  # fmt: skip

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="stated_commitments")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="stated")
    stated_objective = models.ForeignKey(
        StatedObjective, models.PROTECT, related_name="stated_commitments"
    )
    ref = models.CharField(max_length=12)
    text = models.TextField()
    party = models.CharField(max_length=20, choices=Party.choices)
    why = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "ref"], name="commitment_refs_once_a_version"
            ),
            models.UniqueConstraint(
                fields=["version", "commitment"], name="each_commitment_once_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.ref} {self.text}"


class DroppedCommitment(OfVersion):
    """A commitment that a version leaves out, and why."""

    NOT_PERSONAL = ("id", "version", "commitment", "why")

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="dropped_commitments")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="dropped")
    why = models.TextField()

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["version", "commitment"], name="each_commitment_dropped_once_a_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment} dropped"


class OfObjective(models.Model):
    """A line below an objective, in one version."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "stated_objective", "text", "order")
    VISIBLE_THROUGH = "stated_objective__version"

    text = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.text


class FocusArea(OfObjective):
    """What an objective gives its attention to."""

    stated_objective = models.ForeignKey(
        StatedObjective, models.CASCADE, related_name="focus_areas"
    )


class Outcome(OfObjective):
    """What will be different if an objective is met."""

    stated_objective = models.ForeignKey(StatedObjective, models.CASCADE, related_name="outcomes")
