"""A plan and what lasts in it: objectives and commitments outlive their wording."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from frankpledge.web.audit.visibility import Visible
from frankpledge.web.organisations.models import Body


class Plan(Visible):
    """A police and crime plan of a local policing body, for a term of office.

    Its words stand in its versions. It becomes visible to the panel when a version is first sent
    there, and to everybody when a version is first adopted.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "key", "title", "subtitle", "starts", "ends", "elected_on",
                    *Visible.VISIBILITY_FIELDS)  # fmt: skip

    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=160)
    subtitle = models.CharField(max_length=200, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    elected_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-starts", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["body", "key"], name="one_plan_of_a_key_at_a_body"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")), name="a_plan_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return self.title


class StatedQuerySet(models.QuerySet):
    """What is seen by whoever sees a version that states it."""

    def visible_to(self, person: Any) -> StatedQuerySet:
        stated = self.model._meta.get_field("stated").related_model
        return self.filter(pk__in=stated.objects.visible_to(person).values(self.model.STATED_AS))


class Lasting(models.Model):
    """What keeps its identity while versions word it anew."""

    NOT_PERSONAL = ("id", "plan", "key")
    PERSONAL = ()

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="%(class)ss")
    key = models.SlugField(max_length=80)

    objects = StatedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("plan", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["plan", "key"], name="one_%(class)s_of_a_key_in_a_plan"
            ),
        )

    def __str__(self) -> str:
        return self.key

    @property
    def body(self) -> Body:
        return self.plan.body

    @property
    def body_id(self) -> int:
        return self.plan.body_id


class Objective(Lasting):
    """What a plan is for. `also_called` is what definitions of measures call it."""

    NOT_PERSONAL = (*Lasting.NOT_PERSONAL, "short_title", "also_called")
    STATED_AS = "objective"

    short_title = models.CharField(max_length=40, blank=True)
    also_called = models.CharField(max_length=160, blank=True)


class Commitment(Lasting):
    """A promise of a plan: what actions and measures point to, however a version words it."""

    STATED_AS = "commitment"
