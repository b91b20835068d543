"""Bodies that work together: their shares and votes, whose turn it is in the chair, their forums."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from frankpledge.web.audit.visibility import Kind, Visible
from frankpledge.web.organisations.dates import Dated
from frankpledge.web.organisations.models.bodies import Body, BodyQuerySet


class AllianceMember(Dated):
    """A body in an alliance, with its share of the costs (per cent) and its votes."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "alliance", "member", "share_of_costs", "votes", "starts", "ends")

    alliance = models.ForeignKey(
        Body, models.PROTECT, related_name="members", limit_choices_to={"kind": Kind.ALLIANCE}
    )
    member = models.ForeignKey(Body, models.PROTECT, related_name="alliances")
    share_of_costs = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    votes = models.PositiveSmallIntegerField(default=1)

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(share_of_costs__isnull=True)
                | Q(share_of_costs__gte=0, share_of_costs__lte=100),
                name="share_of_costs_is_per_cent",
            ),
            models.UniqueConstraint(
                fields=["alliance", "member"],
                condition=Q(ends__isnull=True),
                name="one_current_membership",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} in {self.alliance}"


class AllianceChair(Dated):
    """Whose turn it is to chair an alliance."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "alliance", "member", "starts", "ends")

    alliance = models.ForeignKey(Body, models.PROTECT, related_name="chairs")
    member = models.ForeignKey(Body, models.PROTECT, related_name="+")

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ("alliance", "starts")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["alliance"],
                condition=Q(ends__isnull=True),
                name="one_chair_without_an_end",
            ),
            models.UniqueConstraint(fields=["alliance", "starts"], name="one_chair_from_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.member} chairs {self.alliance}"


class Forum(Visible):
    """A meeting that comes again: where something is overseen. `meetings` will hold its dates."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "name", "slug", "purpose", "how_often", "objective_words", "notes_published",
                    "meets_in_public", *Visible.VISIBILITY_FIELDS)  # fmt: skip

    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    purpose = models.TextField(blank=True)
    how_often = models.CharField(max_length=60, blank=True)
    objective_words = models.CharField(max_length=160, blank=True)
    notes_published = models.BooleanField(default=False)
    meets_in_public = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["body", "slug"], name="one_forum_of_a_slug_at_a_body"),
        )

    def __str__(self) -> str:
        return self.name


class ForumBody(models.Model):
    """A body that sits on a joint forum, and the votes it has there."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "forum", "body", "votes")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, models.PROTECT, related_name="forums")
    votes = models.PositiveSmallIntegerField(default=1)

    objects = BodyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["forum", "body"], name="each_body_once_on_a_forum"),
        )

    def __str__(self) -> str:
        return f"{self.body} on {self.forum}"
