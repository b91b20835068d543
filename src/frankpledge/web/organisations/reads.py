"""Places and their bodies, as pages need them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import (
    AllianceChair,
    AllianceMember,
    Body,
    Forum,
    Invitation,
    Person,
    PoliceArea,
    Role,
    RoleHeld,
)


@dataclass(frozen=True)
class Place:
    """A police area with the bodies that share it, and the alliances they are in."""

    police_area: PoliceArea
    force: Body
    office: Body
    panel: Body
    alliances: tuple[Body, ...]

    @property
    def slug(self) -> str:
        return self.police_area.slug

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Its own bodies and its alliances: whose things its pages show."""
        return (self.force, self.office, self.panel, *self.alliances)


def place_or_404(slug: str) -> Place:
    """The place of an address. Raises Http404 where there is none, or where it is not set up."""
    place = kept_until_an_act(("place", slug), lambda: _place(slug))
    if place is None:
        raise Http404(f"There is no place called {slug!r}.")
    return place


def _place(slug: str) -> Place | None:
    area = PoliceArea.objects.filter(slug=slug).first()
    by_kind = {body.kind: body for body in Body.objects.filter(police_area=area)} if area else {}
    if not {Kind.FORCE, Kind.OFFICE, Kind.PANEL} <= set(by_kind):
        return None
    own = [body.pk for body in by_kind.values()]
    joined = AllianceMember.objects.filter(holding(), member_id__in=own).select_related("alliance")
    alliances = tuple({m.alliance_id: m.alliance for m in joined}.values())
    return Place(area, by_kind[Kind.FORCE], by_kind[Kind.OFFICE], by_kind[Kind.PANEL], alliances)


@dataclass(frozen=True)
class Staff:
    """A body with the people who hold or held a role there, and who is invited."""

    body: Body
    now: tuple[RoleHeld, ...]
    before: tuple[RoleHeld, ...]
    invitations: tuple[Invitation, ...]


def staff_of(person: Person, day: date | None = None) -> list[Staff]:
    """The bodies that a person administers, with their people; four queries, however many bodies."""
    own = [body for role, body in person.roles_now if role == Role.ADMINISTRATOR]
    day = day or today()
    held: dict[int, list[RoleHeld]] = defaultdict(list)
    roles = RoleHeld.objects.visible_to(person).filter(body__in=own)
    for role in roles.select_related("person", "standing_in_for__person").order_by("person__name"):
        held[role.body_id].append(role)
    invited: dict[int, list[Invitation]] = defaultdict(list)
    for invitation in Invitation.objects.visible_to(person).filter(accepted_at__isnull=True):
        invited[invitation.body_id].append(invitation)
    return [
        Staff(
            body,
            tuple(r for r in held[body.pk] if r.ends is None or r.ends >= day),
            tuple(r for r in held[body.pk] if r.ends is not None and r.ends < day),
            tuple(i for i in invited[body.pk] if i.state() in ("open", "expired")),
        )
        for body in Body.objects.filter(pk__in=own)
    ]


@dataclass(frozen=True)
class AllianceStand:
    """An alliance as it is on a day: who pays and votes how much, who has the chair, whose turn is next."""

    body: Body
    members: tuple[AllianceMember, ...]
    chair: AllianceChair | None
    following: AllianceChair | None


def alliances_now(day: date | None = None) -> list[AllianceStand]:
    """Every alliance as it is; three queries."""
    day = day or today()
    members: dict[int, list[AllianceMember]] = defaultdict(list)
    for member in AllianceMember.objects.filter(holding(day)).select_related("member"):
        members[member.alliance_id].append(member)
    turns: dict[int, list[AllianceChair]] = defaultdict(list)
    for turn in AllianceChair.objects.select_related("member").order_by("starts"):
        turns[turn.alliance_id].append(turn)
    return [
        AllianceStand(
            body,
            tuple(sorted(members[body.pk], key=lambda m: (m.member.kind, m.member.name))),
            next((t for t in turns[body.pk] if t.holds_on(day)), None),
            next((t for t in turns[body.pk] if t.starts > day), None),
        )
        for body in Body.objects.filter(kind=Kind.ALLIANCE)
    ]


def forums_of(place: Place, reader: Any) -> list[Forum]:
    """The register of a place: its bodies' forums that the reader may see."""
    forums = Forum.objects.visible_to(reader).filter(body__in=place.bodies)
    return list(
        forums.select_related("body")
        .prefetch_related("bodies__body")
        .order_by("body__kind", "name")
    )


def bodies_that_may_sit(forum: Forum) -> list[Body]:
    """An alliance's members; for another body itself and those on its line."""
    if forum.body.kind == Kind.ALLIANCE:
        members = AllianceMember.objects.filter(holding(), alliance=forum.body)
        return list(Body.objects.filter(pk__in=members.values("member")).order_by("kind", "name"))
    return list(Body.objects.filter(police_area=forum.body.police_area).order_by("kind"))
