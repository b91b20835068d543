"""Invitations: the only way in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import reader_for
from frankpledge.web.organisations.models.bodies import Body
from frankpledge.web.organisations.models.people import Person, RoleHeld
from frankpledge.web.organisations.roles import Role


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> InvitationQuerySet:
        """The invitations of the bodies that the reader administers."""
        reader = reader_for(person)
        kept = [body for role, body in reader.roles if role == Role.ADMINISTRATOR]
        return self.filter(body_id__in=kept)

    def open(self, at: datetime | None = None) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at or now()
        )


class Invitation(models.Model):
    """An address invited to a role at a body. Only a digest of the link's secret is kept."""

    PERSONAL = ("email", "name")
    NOT_PERSONAL = ("id", "body", "role", "role_ends", "standing_in_for", "secret_digest", "invited_by",
                    "invited_at", "expires_at", "accepted_by", "accepted_at", "withdrawn_by",
                    "withdrawn_at")  # fmt: skip

    email = models.EmailField()
    name = models.CharField(max_length=120)
    body = models.ForeignKey(Body, models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=30, choices=Role.choices)
    role_ends = models.DateField(null=True, blank=True)
    standing_in_for = models.ForeignKey(
        RoleHeld, models.PROTECT, null=True, blank=True, related_name="+"
    )
    secret_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=now)
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
            models.CheckConstraint(
                condition=Q(standing_in_for__isnull=True) | Q(role=Role.PANEL_SUBSTITUTE),
                name="only_substitutes_are_invited_to_stand_in",
            ),
        )

    def __str__(self) -> str:
        return f"invitation to be {self.get_role_display()} at {self.body}"

    def state(self, at: datetime | None = None) -> str:
        """accepted, withdrawn, expired or open."""
        if self.accepted_at:
            return "accepted"
        if self.withdrawn_at:
            return "withdrawn"
        return "open" if self.expires_at > (at or now()) else "expired"
