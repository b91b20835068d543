"""Who may do what, as predicates on a person and a thing.

Each app adds its own permissions from these: `rules.add_perm("plans.adopt", held_at_its_body(...))`.
"""

from __future__ import annotations

from typing import Any

import rules

from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.roles import Role


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


is_administrator = held_at_its_body(Role.ADMINISTRATOR)
is_office = held_at_its_body(Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE)

rules.add_perm("organisations.invite", is_administrator)
rules.add_perm("organisations.give_role", is_administrator)
rules.add_perm("organisations.end_role", is_administrator)
rules.add_perm("organisations.change_body", is_administrator)
rules.add_perm("organisations.change_forum", is_office | held_at_its_body(Role.PANEL_OFFICER))
