"""A version of a plan: drafted, sent to the panel, reported on, answered, adopted, superseded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from frankpledge.web.audit.visibility import Visibility, Visible
from frankpledge.web.plans.models.plans import Plan
from frankpledge.web.plans.states import PUBLISHED, State, visibility_in

STEPS = (("sent", State.WITH_PANEL), ("panel_report", None), ("response", None),
         ("adopted", State.ADOPTED), ("withdrawn", State.WITHDRAWN))  # fmt: skip
"""Steps that are recorded with who and when: `<step>_by` and `<step>_on`."""


def _who() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )


def _when() -> models.DateField:
    return models.DateField(null=True, blank=True)


class PlanVersion(Visible):
    """A plan as worded at one time. What was once sent to the panel is never edited again.

    Its visibility follows its state: it is set on saving, and the database refuses any other.
    `on_record` says where the commissioner's decision stands, when somebody else recorded it.
    """

    PERSONAL = ()
    NOT_PERSONAL = (
        "id", "plan", "number", "label", "state", "vision", "foreword", "party_words", "why_varied",
        "revision", "drafted_by", "drafted_on", "sent_by", "sent_on", "panel_report_by",
        "panel_report_on", "panel_report", "response_by", "response_on", "response_to_panel",
        "adopted_by", "adopted_on", "on_record", "starts", "superseded_on", "withdrawn_by",
        "withdrawn_on", "why_withdrawn", *Visible.VISIBILITY_FIELDS,
    )  # fmt: skip

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    vision = models.TextField(blank=True)
    foreword = models.TextField(blank=True)
    party_words = models.JSONField(default=dict, blank=True)
    why_varied = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)

    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    drafted_on = models.DateField()
    sent_by, sent_on = _who(), _when()
    panel_report_by, panel_report_on = _who(), _when()
    panel_report = models.TextField(blank=True)
    response_by, response_on = _who(), _when()
    response_to_panel = models.TextField(blank=True)
    adopted_by, adopted_on = _who(), _when()
    on_record = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    withdrawn_by, withdrawn_on = _who(), _when()
    why_withdrawn = models.TextField(blank=True)

    class Meta:
        ordering = ("plan", "number")
        constraints = (
            models.UniqueConstraint(fields=["plan", "number"], name="plan_versions_are_numbered"),
            *(
                models.UniqueConstraint(
                    fields=["plan"],
                    condition=Q(state=state),
                    name=f"one_{state.value}_version_a_plan",
                )
                for state in (State.DRAFT, State.WITH_PANEL, State.ADOPTED)
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{step}_by__isnull": True, f"{step}_on__isnull": True})
                    | Q(**{f"{step}_by__isnull": False, f"{step}_on__isnull": False}),
                    name=f"plan_version_{step}_who_and_when",
                )
                for step, _ in STEPS
            ),
            models.CheckConstraint(
                condition=(Q(panel_report="") | Q(panel_report_on__isnull=False))
                & (Q(response_to_panel="") | Q(response_on__isnull=False)),
                name="plan_version_words_have_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT, sent_on__isnull=True, adopted_on__isnull=True)
                | Q(state=State.WITH_PANEL, sent_on__isnull=False, adopted_on__isnull=True)
                | Q(state=State.WITHDRAWN, withdrawn_on__isnull=False, adopted_on__isnull=True)
                | Q(
                    state__in=PUBLISHED,
                    sent_on__isnull=False,
                    panel_report_on__isnull=False,
                    response_on__isnull=False,
                    adopted_on__isnull=False,
                    starts__isnull=False,
                ),
                name="plan_version_adopted_after_the_panel_reported",
            ),
            models.CheckConstraint(
                condition=Q(state=State.SUPERSEDED, superseded_on__isnull=False)
                | (~Q(state=State.SUPERSEDED) & Q(superseded_on__isnull=True)),
                name="plan_version_superseded_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLISHED, visibility=Visibility.PUBLIC)
                | Q(state=State.DRAFT, visibility=Visibility.OFFICE)
                | Q(state=State.WITH_PANEL, visibility=Visibility.PANEL)
                | Q(state=State.WITHDRAWN, sent_on__isnull=True, visibility=Visibility.OFFICE)
                | Q(state=State.WITHDRAWN, sent_on__isnull=False, visibility=Visibility.PANEL),
                name="plan_version_visibility_follows_state",
            ),
        )

    def __str__(self) -> str:
        return f"{self.plan.title}, version {self.number}"

    def save(self, *args: Any, **options: Any) -> None:
        """Nobody chooses who reads a version, nor whose it is: its state and its plan say."""
        self.visibility = visibility_in(self.state, was_sent=self.sent_on is not None)
        self.body_id = self.plan.body_id
        super().save(*args, **options)

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED
