"""Turning the references in an action's words into links, where what they name exists."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from frankpledge.web.actions.models import Action, CrossReference
from frankpledge.web.actions.rules.references import plain_reference, references_in
from frankpledge.web.plans.models import StatedCommitment


def refer(action: Action, texts: Iterable[str]) -> None:
    """Keep what these texts of an action refer to, and find it where it is there."""
    known = {
        plain_reference(r) for r in action.cross_references.values_list("reference", flat=True)
    }
    for found in references_in("\n".join(texts)):
        key = plain_reference(found.reference)
        if key in known or key == plain_reference(action.reference):
            continue
        known.add(key)
        to_action = _action_named(action, key)
        CrossReference.objects.create(
            action=action,
            words=found.words,
            reference=found.reference,
            to_action_id=to_action,
            to_commitment_id=None if to_action else _commitment_named(action, key),
        )


def find_those_waiting(action: Action) -> None:
    """References of the same list that named this action before it was there now lead to it."""
    waiting = CrossReference.objects.filter(
        action__list=action.list_id, to_action=None, to_commitment=None
    ).exclude(action=action)
    key = plain_reference(action.reference)
    named = [ref.pk for ref in waiting if plain_reference(ref.reference) == key]
    CrossReference.objects.filter(pk__in=named).update(to_action=action)


def _action_named(action: Action, key: str) -> int | None:
    """Of the same list; else the only one of that reference at the body."""
    others = Action.objects.filter(body=action.body_id).exclude(pk=action.pk)
    same = [
        (pk, list_id == action.list_id)
        for pk, list_id, reference in others.values_list("pk", "list_id", "reference")
        if plain_reference(reference) == key
    ]
    in_list = [pk for pk, in_same_list in same if in_same_list]
    if in_list:
        return in_list[0]
    return same[0][0] if len(same) == 1 and not key.isdigit() else None


def _commitment_named(action: Action, key: str) -> int | None:
    """Of the list's plan, by the latest version that words it."""
    if action.list.plan_id is None:
        return None
    stated = StatedCommitment.objects.filter(Q(version__plan=action.list.plan_id))
    for ref, commitment in stated.order_by("-version__number").values_list("ref", "commitment_id"):
        if plain_reference(ref) == key:
            return commitment
    return None
