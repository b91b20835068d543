"""Who was asked about a plan, and what changed because of the answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from frankpledge.web.audit.today import now
from frankpledge.web.plans.models.statements import OfVersion
from frankpledge.web.plans.models.versions import PlanVersion


class Consultation(OfVersion):
    """An occasion on which people were asked about a version of a plan before it was settled."""

    NOT_PERSONAL = ("id", "version", "name", "how", "starts", "ends", "responses", "heard", "changed",
                    "recorded_by", "recorded_at")  # fmt: skip

    class How(models.TextChoices):
        CONSULT = "consult", "Asked for views on a draft"
        INVOLVE = "involve", "Worked on it together"
        CHIEF_OFFICER = "chief_officer", "The chief officer was consulted"

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="consultations")
    name = models.CharField(max_length=160)
    how = models.CharField(max_length=20, choices=How.choices, default=How.CONSULT)
    starts = models.DateField()
    ends = models.DateField()
    responses = models.PositiveIntegerField(null=True, blank=True)
    heard = models.TextField(blank=True)
    changed = models.TextField(blank=True)
    recorded_by = models.ForeignKey("organisations.Person", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ("starts", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="a_consultation_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.name
