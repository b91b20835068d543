"""Changing what an action says, who owns it, and what it serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from frankpledge.web.actions.acts.adding import Owner, problem_of_owner, problems_of
from frankpledge.web.actions.acts.keeping import revise, settle, taken
from frankpledge.web.actions.acts.referring import find_those_waiting, refer
from frankpledge.web.actions.acts.refusing import NotAsAskedError, refuse_if
from frankpledge.web.actions.models import Action, ActionOwner, Part
from frankpledge.web.actions.rules.dues import Due
from frankpledge.web.audit.acts import act, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.plans.models import Commitment

CHANGEABLE = ("reference", "what", "aim", "heading", "particulars", "starts", "due",
              "next_update_due", "visibility", "classification", "order", "forums")  # fmt: skip


@act("action.changed", needs="actions.change_action", on="action")
def change_action(
    *, by: Any, action: Action, seen: int, changes: Mapping[str, Any], why: str
) -> Action:
    """Change what an action says: those of CHANGEABLE that are given; `due` is a `Due`. Says why."""
    was = snapshot(action)
    action = taken(action, seen)
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"Not to be changed in this way: {', '.join(sorted(unknown))}")
    if not why.strip():
        raise NotAsAskedError({"why": "Enter why it is changed"})
    for name, value in changes.items():
        _set(action, name, value)
    refuse_if(problems_of(action))
    settle(action)
    if "forums" in changes:
        action.forums.set(changes["forums"])
    refer(action, (action.what, action.aim, *action.particulars.values()))
    find_those_waiting(action)
    revise(action, by, why)
    forums = list(action.forums.values_list("pk", flat=True))
    record(action, was=was, became=snapshot(action) | {"forums": forums}, why=why)
    return action


@act("action.given_owner", needs="actions.assign_owner", on="action")
def assign_owner(*, by: Any, action: Action, owner: Owner, seen: int | None = None) -> ActionOwner:
    """Give an action an owner. Whoever answered for it until now, if the new one does, no longer does.

    Somebody who helped and now answers is the same owner with another part.
    """
    was = snapshot(action)
    action = taken(action, seen)
    problem = problem_of_owner(action, owner)
    if problem:
        raise NotAsAskedError({"owner": problem})
    before = _let_go(action, owner)
    given = ActionOwner.objects.create(
        action=action,
        person=owner.person,
        named_as=owner.named_as.strip(),
        part=owner.part,
        starts=today(),
    )
    settle(action)
    revise(action, by, f"Given an owner: {given.get_part_display().lower()}")
    became = snapshot(action) | {
        "owner": [given.pk, given.person_id, given.part],
        "no_longer": [each.pk for each in before],
    }
    record(action, was=was, became=became)
    return given


@act("action.linked", needs="actions.link_commitment", on="action")
def link_commitment(
    *, by: Any, action: Action, commitment: Commitment | None, seen: int | None = None
) -> Action:
    """Say which commitment of the plan an action serves; None says that it serves none."""
    was = snapshot(action)
    action = taken(action, seen)
    action.commitment = commitment
    settle(action)
    revise(
        action, by, "Linked to a commitment" if commitment else "No longer linked to a commitment"
    )
    record(action, was=was)
    return action


def _set(action: Action, name: str, value: Any) -> None:
    if name == "due":
        due: Due = value
        action.due_kind, action.due_on, action.due_words = due.kind, due.on, due.words
    elif name == "particulars":
        action.particulars = {k: v for k, v in value.items() if v}
    elif name != "forums":
        setattr(action, name, value.strip() if isinstance(value, str) else value)


def _let_go(action: Action, owner: Owner) -> list[ActionOwner]:
    """End the part of whoever answered until now, and any other part of the same person."""
    ended = []
    for each in action.owners.filter(ends__isnull=True):
        same_person = owner.person is not None and each.person_id == owner.person.pk
        both_answer = owner.part == Part.ANSWERS == each.part
        if same_person or both_answer:
            each.ends = today()
            each.save()
            ended.append(each)
    return ended
