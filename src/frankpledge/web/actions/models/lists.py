"""Lists of actions, and the schemes by which their ratings are said."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from frankpledge.web.audit.visibility import Visible
from frankpledge.web.organisations.models import Body


class SchemeQuerySet(models.QuerySet):
    def visible_to(self, _: object) -> SchemeQuerySet:
        """What a rating means is for everybody to read."""
        return self


class RagScheme(models.Model):
    """A way of rating actions, with its own meanings: red in one list is not red in another."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "body", "name")

    body = models.ForeignKey(Body, models.PROTECT, related_name="rag_schemes")
    name = models.CharField(max_length=120)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["body", "name"], name="one_rag_scheme_of_a_name"),
        )

    def __str__(self) -> str:
        return self.name


class Shape(models.TextChoices):
    """The shape that goes with a rating's word, so that it is never colour alone."""

    DISC = "good", "Disc"
    TICK = "done", "Tick"
    TRIANGLE = "caution", "Triangle"
    DIAMOND = "bad", "Diamond"
    BAR = "quiet", "Bar"


class RagMeaning(models.Model):
    """One rating of a scheme: Amber, a triangle, "behind, with a plan to recover"."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "scheme", "key", "word", "shape", "meaning", "order")

    scheme = models.ForeignKey(RagScheme, models.CASCADE, related_name="meanings")
    key = models.SlugField(max_length=20)
    word = models.CharField(max_length=40)
    shape = models.CharField(max_length=10, choices=Shape.choices, default=Shape.BAR)
    meaning = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ("scheme", "order")
        constraints = (
            models.UniqueConstraint(fields=["scheme", "key"], name="one_meaning_of_a_key"),
            models.UniqueConstraint(fields=["scheme", "word"], name="one_meaning_of_a_word"),
        )

    def __str__(self) -> str:
        return self.word


class ActionList(Visible):
    """What actions are kept in together: a delivery plan, a charter, a panel's recommendations."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "name", "slug", "kind", "scheme", "plan", "stale_after_days",
                    *Visible.VISIBILITY_FIELDS)  # fmt: skip

    class Kind(models.TextChoices):
        DELIVERY_PLAN = "delivery_plan", "Delivery plan"
        CHARTER = "charter", "Charter"
        ENGAGEMENT = "engagement", "Engagement plan"
        MEETING = "meeting", "Actions from meetings"
        RECOMMENDATIONS = "recommendations", "Recommendations"
        OTHER = "other", "Other"

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.OTHER)
    scheme = models.ForeignKey(
        RagScheme, models.PROTECT, null=True, blank=True, related_name="lists"
    )
    plan = models.ForeignKey(
        "plans.Plan", models.PROTECT, null=True, blank=True, related_name="action_lists"
    )
    stale_after_days = models.PositiveSmallIntegerField(default=90)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["body", "slug"], name="one_action_list_of_a_slug"),
            models.CheckConstraint(
                condition=Q(stale_after_days__gte=1), name="stale_after_at_least_a_day"
            ),
        )

    def __str__(self) -> str:
        return self.name
