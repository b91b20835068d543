"""Which reader a person is: the bodies whose things they see, worked out from roles and oversight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.db.models import CharField, IntegerField, Value
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from frankpledge.web.audit.keeping import only_reading
from frankpledge.web.audit.visibility import READABLE_KINDS, Kind, Reader, reader_for
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models.alliances import AllianceMember
from frankpledge.web.organisations.models.bodies import Body, Oversight

Pair = tuple[int, int]


def make_reader(person: Any) -> Reader:
    """The reader a person is today: two queries, for their roles and for how bodies stand to each other."""
    if not person.roles_now:
        return Reader(person_id=person.pk, name=person.name)
    own = frozenset(body for _, body in person.roles_now)
    return Reader(
        person_id=person.pk,
        name=person.name,
        roles=person.roles_now,
        sees=_seen_by(own, how_bodies_stand()),
    )


def how_bodies_stand() -> tuple[tuple[str, int, int | None, str], ...]:
    """Every body, and today's lines of oversight and memberships of alliances, asked for at once."""
    bodies = Body.objects.order_by().values_list(
        Value("body"), "pk", Value(None, IntegerField()), "kind"
    )
    oversight = Oversight.objects.order_by().filter(holding())
    members = AllianceMember.objects.order_by().filter(holding())
    nothing = Value("", CharField())
    return tuple(
        bodies.union(
            oversight.values_list(Value("oversight"), "overseer_id", "overseen_id", nothing),
            members.values_list(Value("member"), "alliance_id", "member_id", nothing),
            all=True,
        )
    )


@lru_cache(maxsize=512)
def _seen_by(
    own: frozenset[int], stand: tuple[tuple[str, int, int | None, str], ...]
) -> dict[str, frozenset[int]]:
    """`bodies_seen`, kept by all it depends on: what was asked today is the key, so it is never stale."""
    kinds = {pk: kind for told, pk, _, kind in stand if told == "body"}
    pairs: dict[str, list[Pair]] = {"oversight": [], "member": []}
    for told, one, other, _ in stand:
        if told in pairs:
            pairs[told].append((one, other))
    return bodies_seen(own, kinds, pairs["oversight"], pairs["member"])


def bodies_seen(
    own: Iterable[int], kinds: dict[int, str], oversight: Iterable[Pair], members: Iterable[Pair]
) -> dict[str, frozenset[int]]:
    """For each visibility, the bodies whose things somebody of `own` bodies sees. Pure.

    Somebody sees what belongs to their own body, and what belongs to a body theirs works with when
    it is shared with their kind of body. Two bodies work with each other along a line of oversight
    (force, office, panel); a body works with an alliance if a body on its line is a member.
    """
    lines = _lines(oversight)
    in_alliance: dict[int, set[int]] = defaultdict(set)
    for alliance, member in members:
        for body in {member, *lines[member]}:
            in_alliance[body].add(alliance)
    seen: dict[str, set[int]] = defaultdict(set)
    for mine in own:
        for (owner_kind, visibility), readers in READABLE_KINDS.items():
            if kinds[mine] == owner_kind:
                seen[visibility].add(mine)
            if kinds[mine] not in readers:
                continue
            with_mine = in_alliance[mine] if owner_kind == Kind.ALLIANCE else lines[mine]
            seen[visibility] |= {body for body in with_mine if kinds[body] == owner_kind}
    return {visibility: frozenset(bodies) for visibility, bodies in seen.items()}


def _lines(oversight: Iterable[Pair]) -> dict[int, set[int]]:
    """The bodies on the same line as each: those it oversees, those overseeing it, and on from there."""
    over: dict[int, set[int]] = defaultdict(set)
    under: dict[int, set[int]] = defaultdict(set)
    for overseer, overseen in oversight:
        over[overseen].add(overseer)
        under[overseer].add(overseen)
    lines: dict[int, set[int]] = defaultdict(set)
    for body in {*over, *under}:
        lines[body] = _reached(body, over) | _reached(body, under)
    return lines


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    found: set[int] = set()
    ahead = [start]
    while ahead:
        for body in steps.get(ahead.pop(), ()):
            if body not in found:
                found.add(body)
                ahead.append(body)
    return found


class ReaderMiddleware:
    """Gives every request its reader, worked out when it is first asked for; keeps what reading finds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.reader = SimpleLazyObject(lambda: reader_for(request.user))
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with only_reading():
            return self.get_response(request)
