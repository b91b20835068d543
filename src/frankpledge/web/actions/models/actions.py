"""An action: what somebody has undertaken to do, by when, how it stands, and how it once read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from frankpledge.web.actions.models.lists import ActionList, RagMeaning
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visible, VisibleQuerySet
from frankpledge.web.organisations.dates import Dated
from frankpledge.web.organisations.models import Forum


class DueKind(models.TextChoices):
    """How exactly it was said by when an action is due."""

    DATE = "date", "A date"
    MONTH = "month", "A month"
    QUARTER = "quarter", "A quarter"
    ONGOING = "ongoing", "Ongoing, with no end"
    ABSENT = "absent", "Not said"


class Status(models.TextChoices):
    """How an action stands. Its owner says that it is done; who keeps the list closes it."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    DONE = "done", "Done"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ABSENT = "absent", "Not said"


FINISHED = (Status.DONE, Status.CLOSED, Status.WITHDRAWN)
"""Statuses of an action that nobody is asked about any more."""


class Action(Visible):
    """One action of a list.

    `due_on` is the last day it may be done on: of a month or a quarter, its last. `due_words` is how
    the document says it. `stale_from` is the first day on which it is stale if nothing is heard; it
    and `latest` are kept by the acts, so that the database can find what the rules would. `done_on` may
    be absent where an old document says that it is done and not when.
    """

    PERSONAL = ()
    NOT_PERSONAL = (
        "id", "list", "reference", "order", "what", "aim", "heading", "particulars", "starts",
        "due_kind", "due_on", "due_words", "next_update_due", "status", "rag", "done_on",
        "commitment", "forums", "latest", "stale_from", "version", "added_by", "added_at",
        "closed_by", "closed_at", *Visible.VISIBILITY_FIELDS,
    )  # fmt: skip
    STATED = ("reference", "what", "aim", "heading", "particulars", "starts", "due_kind", "due_on",
              "due_words", "next_update_due", "status", "rag_id", "commitment_id", "visibility",
              "classification")  # fmt: skip
    """What a revision keeps."""

    list = models.ForeignKey(ActionList, models.PROTECT, related_name="actions")
    reference = models.CharField(max_length=30)
    order = models.PositiveIntegerField(default=0)
    what = models.TextField()
    aim = models.TextField(blank=True)
    heading = models.CharField(max_length=200, blank=True)
    particulars = models.JSONField(default=dict, blank=True)
    starts = models.DateField(null=True, blank=True)
    due_kind = models.CharField(max_length=10, choices=DueKind.choices, default=DueKind.ABSENT)
    due_on = models.DateField(null=True, blank=True)
    due_words = models.CharField(max_length=200, blank=True)
    next_update_due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.ABSENT)
    rag = models.ForeignKey(RagMeaning, models.PROTECT, null=True, blank=True, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    commitment = models.ForeignKey(
        "plans.Commitment", models.PROTECT, null=True, blank=True, related_name="actions"
    )
    forums = models.ManyToManyField(Forum, blank=True, related_name="actions")
    latest = models.OneToOneField(
        "actions.ActionUpdate", models.PROTECT, null=True, blank=True, related_name="+"
    )
    stale_from = models.DateField()
    version = models.PositiveIntegerField(default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("list", "order", "pk")
        indexes = (
            models.Index(fields=["body", "status", "due_on"], name="action_body_status_due"),
            models.Index(fields=["body", "status", "stale_from"], name="action_body_status_stale"),
            models.Index(fields=["list", "order"], name="action_list_order"),
        )
        constraints = (
            models.UniqueConstraint(fields=["list", "reference"], name="one_action_of_a_reference"),
            models.CheckConstraint(
                condition=Q(due_kind__in=("date", "month", "quarter"), due_on__isnull=False)
                | Q(due_kind__in=("ongoing", "absent"), due_on__isnull=True),
                name="a_due_day_where_one_is_said",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="action_closed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("done", "closed")) | Q(done_on__isnull=True),
                name="done_on_where_done",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} of {self.list.name}"

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED


class OfAnAction(models.Model):
    """What hangs on an action and is seen by whoever sees it."""

    VISIBLE_THROUGH = "action"

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def visibility(self) -> str:
        """The trail asks for it: what is for named people is not shown to who reads the trail."""
        return self.action.visibility


class ActionRevision(OfAnAction):
    """An action as it stood from one act to the next: what was said of it, not how it goes."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "action", "version", "stated", "changed_by", "changed_at", "why")

    action = models.ForeignKey(Action, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    stated = models.JSONField(default=dict)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(default=now)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=["action", "version"], name="one_revision_of_a_version"),
        )

    def __str__(self) -> str:
        return f"version {self.version} of {self.action}"


class Part(models.TextChoices):
    """What an owner does: one answers for the action, others help."""

    ANSWERS = "answers", "Answers for it"
    HELPS = "helps", "Helps"


class ActionOwner(OfAnAction, Dated):
    """Who answers for an action, or helps, from one day to another.

    `named_as` is the post as the document says it, and all that the public is shown; `person` is
    the account, where there is one, which may then update the action.
    """

    PERSONAL = ("person", "named_as")
    NOT_PERSONAL = ("id", "action", "part", "starts", "ends")

    action = models.ForeignKey(Action, models.CASCADE, related_name="owners")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="actions_owned",
    )
    named_as = models.CharField(max_length=160, blank=True)
    part = models.CharField(max_length=10, choices=Part.choices, default=Part.ANSWERS)

    class Meta(Dated.Meta):
        ordering = ("part", "pk")
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(named_as=""), name="an_owner_is_somebody"
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(part="answers", ends__isnull=True),
                name="one_answers_for_an_action",
            ),
            models.UniqueConstraint(
                fields=["action", "person"],
                condition=Q(ends__isnull=True),
                name="each_owner_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_part_display()}: {self.action}"


class CrossReference(OfAnAction):
    """A reference within an action's words, "Cross reference to 3.4", and what it leads to."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "action", "words", "reference", "to_action", "to_commitment")

    action = models.ForeignKey(Action, models.CASCADE, related_name="cross_references")
    words = models.CharField(max_length=200)
    reference = models.CharField(max_length=30)
    to_action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="referred_to_by"
    )
    to_commitment = models.ForeignKey(
        "plans.Commitment", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["action", "reference"], name="each_cross_reference_once"
            ),
            models.CheckConstraint(
                condition=Q(to_action__isnull=True) | Q(to_commitment__isnull=True),
                name="a_cross_reference_leads_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(to_action__isnull=True) | ~Q(to_action=F("action")),
                name="no_action_refers_to_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.words} ({self.reference})"
