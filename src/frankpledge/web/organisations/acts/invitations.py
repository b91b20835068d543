"""Invitations are sent, accepted and withdrawn."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from frankpledge.web.audit.acts import THE_SYSTEM, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now, today
from frankpledge.web.organisations.acts.people import join
from frankpledge.web.organisations.acts.roles import appoint_substitute, give_role
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import Body, Invitation, Person, RoleHeld
from frankpledge.web.organisations.roles import Role
from frankpledge.web.organisations.rules import problems_of_role

OPEN_FOR = timedelta(days=14)


def digest_of(secret: str) -> str:
    """What is kept of a link's secret. The secret is long and random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@act("person.invited", needs="organisations.invite", on="body")
def invite_person(
    *,
    by: Any,
    body: Body,
    email: str,
    name: str,
    role: str,
    address: Callable[[str], str],
    role_ends: date | None = None,
    standing_in_for: RoleHeld | None = None,
) -> Invitation:
    """An e-mail with a link goes to somebody who is to hold a role. `address` makes the link of a secret.

    Raises ValidationError.
    """
    locked(body)
    if problems := _problems(by, body, email, role, role_ends, standing_in_for):
        raise ValidationError(problems)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=Person.objects.normalize_email(email),
        name=name,
        body=body,
        role=role,
        role_ends=role_ends,
        standing_in_for=standing_in_for,
        secret_digest=digest_of(secret),
        invited_by=None if by is THE_SYSTEM else by,
        expires_at=now() + OPEN_FOR,
    )
    record(invitation)
    link = address(secret)
    transaction.on_commit(lambda: _send(invitation, link))
    return invitation


@act("invitation.accepted")
def accept_invitation(
    *, by: Any, invitation: Invitation, name: str = "", password: str = ""
) -> RoleHeld:
    """Whoever was invited takes the role: a newcomer becomes a person (`by` the system, which has seen
    the link's secret or the provider's word for the address), an acquaintance does it as themselves.

    Raises ValidationError, PermissionDenied.
    """
    invitation = locked(invitation)
    was = snapshot(invitation)
    if invitation.state() != "open":
        raise ValidationError(f"This invitation is {invitation.state()}. Ask for another.")
    known = Person.objects.filter(email__iexact=invitation.email).first()
    if known and by is not THE_SYSTEM and by != known:
        raise PermissionDenied("The invitation is for another address than yours.")
    if known and by is THE_SYSTEM:
        raise PermissionDenied("Whoever has an account accepts signed in.")
    if not known and by is not THE_SYSTEM:
        raise PermissionDenied("The invitation is for another address than yours.")
    person = known or join(
        by=THE_SYSTEM, email=invitation.email, name=name or invitation.name, password=password
    )
    held = _role_of(invitation, person)
    invitation.accepted_by, invitation.accepted_at = person, now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    record(invitation, was=was)
    return held


@act("invitation.withdrawn", needs="organisations.invite", on="invitation")
def withdraw_invitation(*, by: Any, invitation: Invitation, why: str = "") -> Invitation:
    """The link opens nothing any more. Raises ValidationError."""
    invitation = locked(invitation)
    was = snapshot(invitation)
    if invitation.state() in ("accepted", "withdrawn"):
        raise ValidationError(f"This invitation is {invitation.state()} already.")
    invitation.withdrawn_by = by
    invitation.withdrawn_at = now()
    invitation.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record(invitation, was=was, why=why)
    return invitation


def _problems(
    by: Any,
    body: Body,
    email: str,
    role: str,
    role_ends: date | None,
    standing_in_for: RoleHeld | None,
) -> dict[str, list[str]]:
    known = Person.objects.filter(email__iexact=email).first()
    problems = {
        "role": problems_of_role(role, body.kind, to_oneself=known is not None and known == by)
    }
    problems["standing_in_for"] = _problems_of_substitute(body, role, standing_in_for)
    if role_ends and role_ends < today():
        problems["role_ends"] = ["The role would have ended already."]
    if known and known.roles.filter(holding(), body=body, role=role).exists():
        problems["email"] = ["This person holds the role already."]
    elif Invitation.objects.open().filter(email__iexact=email, body=body, role=role).exists():
        problems["email"] = [
            "This person is invited to the role already. Withdraw that invitation first."
        ]
    return {field: said for field, said in problems.items() if said}


def _problems_of_substitute(body: Body, role: str, standing_in_for: RoleHeld | None) -> list[str]:
    if role == Role.PANEL_SUBSTITUTE and standing_in_for is None:
        return ["Say for whom the substitute stands in."]
    if role != Role.PANEL_SUBSTITUTE and standing_in_for is not None:
        return ["Only a substitute stands in for a member."]
    if standing_in_for is not None and standing_in_for.body_id != body.pk:
        return ["The member is of another panel."]
    return []


def _role_of(invitation: Invitation, person: Person) -> RoleHeld:
    if invitation.standing_in_for:
        return appoint_substitute(
            by=THE_SYSTEM,
            member=invitation.standing_in_for,
            person=person,
            ends=invitation.role_ends,
        )
    return give_role(
        by=THE_SYSTEM,
        body=invitation.body,
        person=person,
        role=invitation.role,
        ends=invitation.role_ends,
        given_by=invitation.invited_by,
    )


def _send(invitation: Invitation, link: str) -> None:
    words = {"invitation": invitation, "link": link}
    send_mail(
        f"You are invited to be {invitation.get_role_display().lower()} at {invitation.body}",
        render_to_string("organisations/mail/invitation.txt", words),
        None,
        [invitation.email],
    )
