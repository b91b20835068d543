"""Bodies and people for tests: invented places, roles for names."""

from __future__ import annotations

from datetime import date

from frankpledge.web.organisations.models import (
    AllianceMember,
    Area,
    Body,
    Oversight,
    Person,
    PoliceArea,
    Role,
    RoleHeld,
)
from frankpledge.web.organisations.roles import FORCE_ROLES, OFFICE_ROLES, PANEL_ROLES

LONG_AGO = date(2020, 4, 1)


def make_bodies() -> dict[str, Body]:
    """force, office, panel; other_force, other_office, other_panel; alliance (of forces and offices)."""
    made: dict[str, Body] = {}
    for prefix, place in (("", "Northshire"), ("other_", "Southshire")):
        area = PoliceArea.objects.create(name=place, slug=place.lower())
        for kind, called in (("force", "Police"), ("office", "Police and Crime Commissioner"),
                             ("panel", "Police and Crime Panel")):  # fmt: skip
            name = f"{place} {called}"
            made[prefix + kind] = Body.objects.create(
                kind=kind,
                name=name,
                slug=name.lower().replace(" ", "-"),
                called=called,
                police_area=area,
            )
        force, office, panel = (made[prefix + kind] for kind in ("force", "office", "panel"))
        Oversight.objects.create(overseer=office, overseen=force, starts=LONG_AGO)
        Oversight.objects.create(overseer=panel, overseen=office, starts=LONG_AGO)
    made["alliance"] = Body.objects.create(
        kind="alliance", name="Alliance of the Shires", slug="alliance", called="Alliance"
    )
    for member, share in (
        ("force", 69),
        ("other_force", 31),
        ("office", None),
        ("other_office", None),
    ):
        AllianceMember.objects.create(
            alliance=made["alliance"], member=made[member], share_of_costs=share, starts=LONG_AGO
        )
    for order, name in enumerate(("East", "West")):
        Area.objects.create(force=made["force"], name=name, slug=name.lower(), order=order)
    return made


def make_people(bodies: dict[str, Body]) -> dict[str, Person]:
    """One person a role, by the role's key; `other_` + key for the second force's bodies;
    `auditor` and `administrator` are at the office."""
    people = {}
    for prefix in ("", "other_"):
        for kind, roles in (("force", FORCE_ROLES), ("office", OFFICE_ROLES), ("panel", PANEL_ROLES),
                            ("office", (Role.AUDITOR, Role.ADMINISTRATOR))):  # fmt: skip
            for role in roles:
                people[prefix + role.value] = make_person(role, bodies[prefix + kind])
    return people


def make_person(role: Role, body: Body) -> Person:
    person = Person.objects.create(
        email=f"{role.value}@{body.slug}.example", name=f"{role.label}, {body.name}"
    )
    RoleHeld.objects.create(person=person, body=body, role=role, starts=LONG_AGO)
    return person
