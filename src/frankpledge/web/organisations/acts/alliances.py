"""Bodies join an alliance, share its costs and votes, and take turns in its chair."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import slugify

from frankpledge.web.audit.acts import THE_SYSTEM, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import AllianceChair, AllianceMember, Body
from frankpledge.web.organisations.rules import problems_of_shares, problems_of_turn


@act("alliance.set_up")
def set_up_alliance(*, by: Any, name: str, called: str = "Alliance", accent: str = "grey") -> Body:
    """Bodies begin to work together. Who belongs to it is said by `join_alliance`.

    By the system alone, as a place is set up. Raises ValidationError.
    """
    if by is not THE_SYSTEM:
        raise PermissionDenied("An alliance is set up by whoever runs the site.")
    if Body.objects.filter(name__iexact=name).exists():
        raise ValidationError({"name": "Another body has this name."})
    alliance = Body(
        kind=Kind.ALLIANCE, name=name, slug=slugify(name)[:60], called=called, accent=accent
    )
    alliance.full_clean()
    alliance.save()
    record(alliance)
    return alliance


@act("alliance.joined", needs="organisations.change_alliance", on="alliance")
def join_alliance(
    *,
    by: Any,
    alliance: Body,
    member: Body,
    starts: date | None = None,
    votes: int = 1,
    why: str = "",
) -> AllianceMember:
    """A body works with the others from a day. What it pays is said by `share_alliance_costs`."""
    locked(alliance)
    if alliance.kind != Kind.ALLIANCE or member.kind == Kind.ALLIANCE:
        raise ValidationError("Forces, offices and panels join an alliance.")
    if AllianceMember.objects.filter(holding(), alliance=alliance, member=member).exists():
        raise ValidationError({"member": "It is a member already."})
    joined = AllianceMember.objects.create(
        alliance=alliance, member=member, votes=votes, starts=starts or today()
    )
    record(alliance, was=_stand(alliance, without=joined), became=_stand(alliance), why=why)
    return joined


@act("alliance.costs_shared", needs="organisations.change_alliance", on="alliance")
def share_alliance_costs(
    *,
    by: Any,
    alliance: Body,
    shares: Mapping[int, Decimal | None],
    votes: Mapping[int, int],
    starts: date | None = None,
    why: str = "",
) -> list[AllianceMember]:
    """Each member's share of the costs (per cent) and votes from a day; what held before stays on record.

    `shares` and `votes` are by the member's key. The shares add up to 100. Raises ValidationError.
    """
    locked(alliance)
    starts = starts or today()
    members = list(AllianceMember.objects.filter(holding(starts), alliance=alliance))
    if {m.member_id for m in members} != set(shares):
        raise ValidationError("Say a share for each member, and for no other body.")
    if problems := problems_of_shares(shares.values()):
        raise ValidationError(problems)
    was = _stand(alliance)
    now = [_from(m, starts, shares[m.member_id], votes.get(m.member_id, m.votes)) for m in members]
    record(alliance, was=was, became=_stand(alliance, starts), why=why)
    return now


@act("alliance.chair_taken", needs="organisations.change_alliance", on="alliance")
def take_the_chair(
    *, by: Any, alliance: Body, member: Body, starts: date, ends: date | None = None, why: str = ""
) -> AllianceChair:
    """A member's turn in the chair, now or to come. A turn without an end ends where this begins.

    Raises ValidationError.
    """
    locked(alliance)
    if not AllianceMember.objects.filter(
        holding(starts), alliance=alliance, member=member
    ).exists():
        raise ValidationError({"member": "Only a member of the alliance takes its chair."})
    turns = list(AllianceChair.objects.filter(alliance=alliance))
    was = _turns(alliance)
    for turn in turns:
        if turn.ends is None and turn.starts < starts:
            turn.ends = starts - timedelta(days=1)
            turn.save()
    if problems := problems_of_turn(starts, ends, [(t.starts, t.ends) for t in turns]):
        raise ValidationError({"starts": problems})
    turn = AllianceChair.objects.create(alliance=alliance, member=member, starts=starts, ends=ends)
    record(alliance, was=was, became=_turns(alliance), why=why)
    return turn


def _from(
    member: AllianceMember, starts: date, share: Decimal | None, votes: int
) -> AllianceMember:
    """The membership as it is from a day; one that began earlier ends the day before."""
    if (member.share_of_costs, member.votes) == (share, votes):
        return member
    if member.starts < starts:
        ends = member.ends
        member.ends = starts - timedelta(days=1)
        member.save()
        return AllianceMember.objects.create(
            alliance=member.alliance,
            member=member.member,
            share_of_costs=share,
            votes=votes,
            starts=starts,
            ends=ends,
        )
    member.share_of_costs, member.votes = share, votes
    member.save()
    return member


def _stand(
    alliance: Body, day: date | None = None, without: AllianceMember | None = None
) -> dict[str, Any]:
    members = AllianceMember.objects.filter(holding(day), alliance=alliance).select_related(
        "member"
    )
    if without:
        members = members.exclude(pk=without.pk)
    return {m.member.name: {"share_of_costs": m.share_of_costs, "votes": m.votes} for m in members}


def _turns(alliance: Body) -> dict[str, Any]:
    turns = (
        AllianceChair.objects.filter(alliance=alliance).select_related("member").order_by("starts")
    )
    return {"chairs": [[t.member.name, snapshot(t)["starts"], snapshot(t)["ends"]] for t in turns]}
