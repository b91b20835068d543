"""Who may do what, as predicates on a person and a thing.

Each app adds its own permissions from these: `rules.add_perm("plans.adopt", held_at_its_body(...))`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import rules

from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.roles import ROLES_AT, Role


def held_at_its_body(*roles: str) -> rules.Predicate:
    """One of these roles, at the body the thing belongs to; for an alliance, at one of its members.

    Asked about nothing, it says whether the role is held anywhere: whether to show the way in.
    """

    @rules.predicate(name=f"holds {', '.join(roles)} at its body")
    def holds(person: Any, thing: Any) -> bool:
        if not hasattr(person, "roles_now"):
            return False
        if thing is None:
            return person.holds(*roles)
        return any(person.holds(*roles, at=body) for body in _bodies(thing))

    return holds


def held_on_its_line(*roles: str) -> rules.Predicate:
    """One of these roles at a body that sees what the thing's body shares with it."""

    @rules.predicate(name=f"holds {', '.join(roles)} on its line")
    def holds(person: Any, thing: Any) -> bool:
        if not hasattr(person, "roles_now"):
            return False
        if thing is None:
            return person.holds(*roles)
        body = getattr(thing, "body_id", None)
        seen = person.as_reader().sees
        return person.holds(*roles) and any(body in bodies for bodies in seen.values())

    return holds


def _bodies(thing: Any) -> list[int]:
    from frankpledge.web.organisations.dates import holding
    from frankpledge.web.organisations.models.alliances import AllianceMember
    from frankpledge.web.organisations.models.bodies import Body

    body = thing if isinstance(thing, Body) else thing.body
    if body.kind != Kind.ALLIANCE:
        return [body.pk]
    return list(
        AllianceMember.objects.filter(holding(), alliance=body).values_list("member_id", flat=True)
    )


@rules.predicate(name="administers the person")
def administers(person: Any, other: Any) -> bool:
    """Administrator at every body where the other holds a role; at one where they held one, if at none now.

    Nobody administers themselves: for one's own second factor there are one's own pages.
    """
    if not hasattr(person, "roles_now"):
        return False
    if other is None:
        return person.holds(Role.ADMINISTRATOR)
    if other.pk == person.pk:
        return False
    now = {body for _, body in other.roles_now}
    own = {body for role, body in person.roles_now if role == Role.ADMINISTRATOR}
    if now:
        return now <= own
    return bool(own & set(other.roles.values_list("body_id", flat=True)))


@rules.predicate(name="is the person themselves")
def is_themselves(person: Any, other: Any) -> bool:
    return other is not None and getattr(person, "pk", None) == other.pk


is_administrator = held_at_its_body(Role.ADMINISTRATOR)
is_office = held_at_its_body(Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE)
keeps_alliance = held_at_its_body(Role.ADMINISTRATOR, Role.CHIEF_EXECUTIVE, Role.TREASURER)

rules.add_perm("organisations.invite", is_administrator)
rules.add_perm("organisations.give_role", is_administrator)
rules.add_perm("organisations.end_role", is_administrator)
rules.add_perm(
    "organisations.appoint_substitute",
    is_administrator | held_at_its_body(Role.PANEL_OFFICER, Role.PANEL_MONITORING_OFFICER),
)
rules.add_perm("organisations.change_body", is_administrator)
rules.add_perm("organisations.change_alliance", keeps_alliance)
rules.add_perm("organisations.change_forum", is_office | held_at_its_body(Role.PANEL_OFFICER))
rules.add_perm("organisations.administer_person", administers)
rules.add_perm("organisations.keep_own_account", is_themselves)


def problems_of_role(role: str, kind: str, *, to_oneself: bool) -> list[str]:
    """Why a role cannot be given at a body of this kind; nothing if it can. Pure."""
    problems = []
    if role not in ROLES_AT[Kind(kind)]:
        there = ", ".join(each.label.lower() for each in ROLES_AT[Kind(kind)])
        problems.append(f"There is no such role at this body. Those there are: {there}.")
    if to_oneself:
        problems.append("Nobody gives themselves a role. Ask another administrator of the body.")
    return problems


def problems_of_shares(shares: Iterable[Decimal | None]) -> list[str]:
    """Shares of an alliance's costs add up to 100 per cent, if any are stated. Pure."""
    stated = [share for share in shares if share is not None]
    problems = []
    if any(not 0 <= share <= 100 for share in stated):
        problems.append("Each share must be from 0 to 100 per cent.")
    if stated and sum(stated) != 100:
        problems.append(f"The shares add up to {sum(stated):g} per cent. They must add up to 100.")
    return problems


def problems_of_turn(
    starts: date, ends: date | None, others: Iterable[tuple[date, date | None]]
) -> list[str]:
    """A turn in the chair ends after it starts, and no two turns share a day. Pure."""
    if ends is not None and ends < starts:
        return ["The turn ends before it starts."]
    last = ends or date.max
    if any(
        starts <= (other_ends or date.max) and other_starts <= last
        for other_starts, other_ends in others
    ):
        return ["Another member is in the chair for some of these days."]
    return []
