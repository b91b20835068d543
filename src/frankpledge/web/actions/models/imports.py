"""Files of actions that somebody handed in, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from frankpledge.web.actions.models.lists import ActionList
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visible


def _place(imported: Import, name: str) -> str:
    """Where a file lies: by the body and the file's own digest, never by a name somebody chose."""
    return f"imports/{imported.body_id}/{imported.sha256}-{name}"


class Import(Visible):
    """A file that was handed in for a list: how it is to be read, and whether it was taken.

    It is for those of the list's own body alone. `columns` is from the position of a column to a
    field, `words` from what the file says of ratings and statuses to what these are here, `left` what
    of the file became no action.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "action_list", "file_name", "sha256", "size", "kept_file", "as_at", "format", "tables",
                    "columns", "words", "state", "counts", "left", "remarks", "handed_in_by", "handed_in_at",
                    "committed_by", "committed_at", "discarded_by", "discarded_at",
                    *Visible.VISIBILITY_FIELDS)  # fmt: skip

    class State(models.TextChoices):
        PREVIEWED = "previewed", "Awaiting a decision"
        COMMITTED = "committed", "Taken"
        DISCARDED = "discarded", "Discarded"

    action_list = models.ForeignKey(ActionList, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kept_file = models.FileField(upload_to=_place, max_length=300, blank=True)
    as_at = models.DateField()
    format = models.CharField(max_length=20)
    tables = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    counts = models.JSONField(default=dict, blank=True)
    left = models.JSONField(default=list, blank=True)
    remarks = models.JSONField(default=list, blank=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(default=now)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    committed_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-handed_in_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="committed", committed_by__isnull=False, committed_at__isnull=False)
                | ~Q(state="committed") & Q(committed_by__isnull=True, committed_at__isnull=True),
                name="import_committed_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state="discarded", discarded_by__isnull=False, discarded_at__isnull=False)
                | ~Q(state="discarded") & Q(discarded_by__isnull=True, discarded_at__isnull=True),
                name="import_discarded_by_and_at",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"import of {self.file_name} into {self.action_list}"
