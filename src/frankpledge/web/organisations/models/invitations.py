"""Invitations: the only way in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from frankpledge.web.audit.visibility import reader_for
from frankpledge.web.organisations.models.bodies import Body
from frankpledge.web.organisations.models.people import Person
from frankpledge.web.organisations.roles import Role


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> InvitationQuerySet:
        """The invitations of the bodies that the reader administers."""
        reader = reader_for(person)
        kept = [body for role, body in reader.roles if role == Role.ADMINISTRATOR]
        return self.filter(body_id__in=kept)


class Invitation(models.Model):
    """An address invited to a role at a body. Only a digest of the link's secret is kept."""

    PERSONAL = ("email", "name")
    NOT_PERSONAL = ("id", "body", "role", "role_ends", "secret_digest", "invited_by", "invited_at",
                    "expires_at", "accepted_by", "accepted_at", "withdrawn_by", "withdrawn_at")  # fmt: skip

    email = models.EmailField()
    name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=Role.choices)
    role_ends = models.DateField(null=True, blank=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ("-invited_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                name="invitation_accepted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="invitation_withdrawn_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_not_both_accepted_and_withdrawn",
            ),
        )

    def __str__(self) -> str:
        return f"invitation to be {self.get_role_display()} at {self.body}"
