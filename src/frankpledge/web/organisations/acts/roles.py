"""Roles are given, ended and stood in for."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from frankpledge.web.audit.acts import THE_SYSTEM, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import Body, Person, RoleHeld
from frankpledge.web.organisations.roles import PANEL_MEMBERS, Role
from frankpledge.web.organisations.rules import problems_of_role


@act("role.given", needs="organisations.give_role", on="body")
def give_role(
    *,
    by: Any,
    body: Body,
    person: Person,
    role: str,
    starts: date | None = None,
    ends: date | None = None,
    given_by: Person | None = None,
    why: str = "",
) -> RoleHeld:
    """A person holds a role at a body from a day, today if none is given. Raises ValidationError."""
    if problems := problems_of_role(role, body.kind, to_oneself=by == person):
        raise ValidationError({"role": problems})
    if role == Role.PANEL_SUBSTITUTE:
        raise ValidationError(
            {"role": "A substitute stands in for somebody: appoint one for that member."}
        )
    return _hold(by, body, person, role, starts, ends, given_by, why)


@act("role.ended", needs="organisations.end_role", on="held")
def end_role(*, by: Any, held: RoleHeld, on: date | None = None, why: str = "") -> RoleHeld:
    """The role is held for the last time on a day, today if none is given.

    A body is never left without an administrator. Raises ValidationError.
    """
    locked(held.body)
    held = locked(held)
    was = snapshot(held)
    on = on or today()
    if held.ends is not None and held.ends <= on:
        raise ValidationError({"on": "This role has an end already, which is no later."})
    if on < held.starts:
        raise ValidationError(
            {"on": f"The role began on {held.starts:%-d %B %Y}; it cannot end before."}
        )
    if held.role == Role.ADMINISTRATOR and is_last_administrator(held):
        raise ValidationError(
            "This is the body's last administrator. Invite or name another first."
        )
    held.ends = on
    held.save()
    record(held, was=was, why=why)
    return held


@act("substitute.appointed", needs="organisations.appoint_substitute", on="member")
def appoint_substitute(
    *,
    by: Any,
    member: RoleHeld,
    person: Person,
    starts: date | None = None,
    ends: date | None = None,
    why: str = "",
) -> RoleHeld:
    """Somebody stands in for a member of the panel. Raises ValidationError."""
    problems = problems_of_role(Role.PANEL_SUBSTITUTE, member.body.kind, to_oneself=by == person)
    if member.role not in PANEL_MEMBERS or not member.holds_on(starts or today()):
        problems.append("Only a member of the panel can have a substitute, while they are one.")
    if member.person_id == person.pk:
        problems.append("A member cannot stand in for themselves.")
    if problems:
        raise ValidationError(problems)
    return _hold(by, member.body, person, Role.PANEL_SUBSTITUTE, starts, ends, None, why, member)


def is_last_administrator(held: RoleHeld) -> bool:
    """Whether nobody else who can sign in administers the body without an end to it."""
    others = RoleHeld.objects.filter(
        holding(),
        body=held.body,
        role=Role.ADMINISTRATOR,
        ends__isnull=True,
        person__is_active=True,
    )
    return not others.exclude(pk=held.pk).exclude(person=held.person_id).exists()


def _hold(
    by: Any,
    body: Body,
    person: Person,
    role: str,
    starts: date | None,
    ends: date | None,
    given_by: Person | None,
    why: str,
    standing_in_for: RoleHeld | None = None,
) -> RoleHeld:
    locked(body)
    starts = starts or today()
    if not person.is_active:
        raise ValidationError({"person": "This person's account is closed. Open it again first."})
    if ends is not None and ends < starts:
        raise ValidationError({"ends": "The role would end before it starts."})
    if _overlapping(body, person, role, starts, ends).exists():
        raise ValidationError({"role": "This person holds the role on some of these days already."})
    held = RoleHeld.objects.create(
        person=person,
        body=body,
        role=role,
        starts=starts,
        ends=ends,
        standing_in_for=standing_in_for,
        given_by=given_by if by is THE_SYSTEM else by,
    )
    record(held, why=why)
    return held


def _overlapping(body: Body, person: Person, role: str, starts: date, ends: date | None) -> Any:
    same = RoleHeld.objects.filter(body=body, person=person, role=role).exclude(ends__lt=starts)
    return same.filter(starts__lte=ends) if ends else same
