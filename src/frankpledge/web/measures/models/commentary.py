"""What people say about a month's figures: written, reviewed and signed off by three people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from frankpledge.web.audit.today import now
from frankpledge.web.measures.models.measures import Measure, OfMeasureQuerySet
from frankpledge.web.measures.models.pairs import who_and_when


class CommentaryQuerySet(OfMeasureQuerySet):
    def published(self) -> Q:
        """What was signed off about the months that a published report shows."""
        return Q(state="final", month__lte=F("measure__public_month"))


class Commentary(models.Model):
    """One revision of the words on a measure in a month, in an area or (no area named) the force.

    The one with the highest number is the newest; of the final ones that is what a report prints. A
    line of a text is a paragraph of its own.
    """

    VISIBLE_THROUGH = "measure"
    PERSONAL = ()
    NOT_PERSONAL = ("id", "measure", "area_name", "month", "number", "what_does_this_mean", "next_steps",
                    "action_required", "action", "judged_likelihood", "state", "written_by", "written_at",
                    "reviewed_by", "reviewed_at", "final_by", "final_at", "returned_by", "returned_at",
                    "why_returned")  # fmt: skip

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        REVIEWED = "reviewed", "Reviewed"
        FINAL = "final", "Final"
        RETURNED = "returned", "Sent back"

    class Likelihood(models.TextChoices):
        REMOTE = "remote chance", "Remote chance"
        HIGHLY_UNLIKELY = "highly unlikely", "Highly unlikely"
        UNLIKELY = "unlikely", "Unlikely"
        POSSIBLE = "realistic possibility", "Realistic possibility"
        LIKELY = "likely or probable", "Likely or probable"
        HIGHLY_LIKELY = "highly likely", "Highly likely"
        ALMOST_CERTAIN = "almost certain", "Almost certain"

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="commentaries")
    area_name = models.CharField(max_length=120, blank=True)
    month = models.DateField()
    number = models.PositiveIntegerField(default=1)
    what_does_this_mean = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    action_required = models.BooleanField(null=True)
    action = models.TextField(blank=True)
    judged_likelihood = models.CharField(max_length=30, choices=Likelihood.choices, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    final_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    final_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True)
    why_returned = models.TextField(blank=True)

    objects = CommentaryQuerySet.as_manager()

    class Meta:
        ordering = ("measure", "-month", "area_name", "-number")
        verbose_name_plural = "commentaries"
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "area_name", "month", "number"],
                name="one_commentary_of_a_number",
            ),
            who_and_when("reviewed", "commentary"),
            who_and_when("final", "commentary"),
            who_and_when("returned", "commentary"),
            models.CheckConstraint(
                condition=Q(state="draft", reviewed_by__isnull=True, final_by__isnull=True)
                | Q(state="reviewed", reviewed_by__isnull=False, final_by__isnull=True)
                | Q(state="final", reviewed_by__isnull=False, final_by__isnull=False)
                | Q(state="returned", returned_by__isnull=False, final_by__isnull=True),
                name="commentary_state_says_who_did_it",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("written_by")),
                name="commentary_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(final_by__isnull=True)
                | ~Q(final_by=F("written_by")) & ~Q(final_by=F("reviewed_by")),
                name="commentary_signed_off_by_a_third",
            ),
        )

    def __str__(self) -> str:
        return f"words on {self.measure} for {self.month:%B %Y}"
