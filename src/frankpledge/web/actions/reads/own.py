"""A person's own actions."""

from __future__ import annotations

from frankpledge.web.actions.models import Action, ActionOwner
from frankpledge.web.actions.reads.finding import UNDER_WAY
from frankpledge.web.actions.reads.ledger import in_order
from frankpledge.web.organisations.models import AllianceMember, Person


def own_actions(person: Person) -> list[Action]:
    """The actions under way that a person answers for or helps with, overdue first."""
    owned = ActionOwner.objects.filter(person=person, ends__isnull=True)
    mine = Action.objects.visible_to(person).filter(UNDER_WAY, pk__in=owned.values("action"))
    return list(
        in_order(mine)
        .select_related("list", "rag", "latest", "body__police_area")
        .prefetch_related("list__scheme__meanings")
    )


def places_of(actions: list[Action]) -> dict[int, str]:
    """For each action's body the place at which its page stands: an alliance's, that of its first member."""
    slugs = {a.body_id: a.body.police_area.slug for a in actions if a.body.police_area}
    joined = {a.body_id for a in actions if not a.body.police_area}
    if joined:
        members = AllianceMember.objects.filter(alliance__in=joined).order_by("-pk")
        slugs |= dict(members.values_list("alliance_id", "member__police_area__slug"))
    return slugs
