"""What there already is for the rows of a file to meet: actions, commitments, forums, ratings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from frankpledge.web.actions.exporting.facts import Facts
from frankpledge.web.actions.exporting.reads import facts_of
from frankpledge.web.actions.models import Action, ActionList, ActionOwner, Part, RagMeaning
from frankpledge.web.actions.rules.references import plain_reference
from frankpledge.web.audit.visibility import reader_for
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import AllianceMember, Body, Forum, Person
from frankpledge.web.plans.models import StatedCommitment
from frankpledge.web.plans.states import State


@dataclass(frozen=True)
class There:
    """What the list and its place hold, by the plain form of what a file calls it.

    `hidden` are references of the list's actions that this person may not see; `answering` says by
    which words somebody answers for an action.
    """

    action_list: ActionList
    actions: Mapping[str, Action]
    facts: Mapping[int, Facts]
    hidden: frozenset[str]
    answering: Mapping[int, str]
    commitments: Mapping[str, StatedCommitment]
    forums: Mapping[str, Forum]
    meanings: Mapping[int, RagMeaning]


def what_there_is(person: Person, action_list: ActionList) -> There:
    reader = reader_for(person)
    every = Action.objects.filter(list=action_list)
    seen = every.visible_to(person)
    actions = {
        plain_reference(each.reference): each
        for each in seen.select_related("list", "rag", "latest", "commitment").prefetch_related(
            "forums"
        )
    }
    hidden = {plain_reference(ref) for ref in every.values_list("reference", flat=True)}
    return There(
        action_list,
        actions,
        facts_of(seen, reader),
        frozenset(hidden - actions.keys()),
        _answering(action_list),
        _commitments(person, action_list),
        {plain_name(each.name): each for each in _forums(person, action_list.body)},
        {m.pk: m for m in action_list.scheme.meanings.all()} if action_list.scheme else {},
    )


def plain_name(name: str) -> str:
    """A forum's name without what documents vary: capitals, kinds of apostrophe, spaces, a last stop."""
    bare = name.replace("’", "'").replace("‘", "'").replace("&", "and")
    return re.sub(r"\s+", " ", bare).strip(" .;,").lower()


def _answering(action_list: ActionList) -> dict[int, str]:
    rows = ActionOwner.objects.filter(
        action__list=action_list, part=Part.ANSWERS, ends__isnull=True
    )
    return {row.action_id: row.named_as or str(row.person) for row in rows.select_related("person")}


def _bodies_of_place(body: Body) -> list[int]:
    """The bodies that share the body's territory, and the alliances they are in."""
    if body.police_area_id is None:
        return [body.pk]
    together = list(
        Body.objects.filter(police_area=body.police_area_id).values_list("pk", flat=True)
    )
    joined = AllianceMember.objects.filter(holding(), member__in=together)
    return [*together, *joined.values_list("alliance", flat=True)]


def _commitments(person: Person, action_list: ActionList) -> dict[str, StatedCommitment]:
    """Those of the version in force: of the list's plan, else of the plan of its place."""
    rows = StatedCommitment.objects.visible_to(person).filter(version__state=State.ADOPTED)
    if action_list.plan_id:
        rows = rows.filter(version__plan=action_list.plan_id)
    else:
        rows = rows.filter(version__body__in=_bodies_of_place(action_list.body))
    return {plain_reference(row.ref): row for row in rows.select_related("commitment")}


def _forums(person: Person, body: Body) -> list[Forum]:
    return list(Forum.objects.visible_to(person).filter(body__in=_bodies_of_place(body)))
