"""One row of a file done, by the acts of the ledger: what a row means is settled before."""

from __future__ import annotations

from collections.abc import Mapping

from frankpledge.analysis.periods import day_name
from frankpledge.web.actions.acts import (
    AS_IT_WAS,
    Owner,
    add_action,
    assign_owner,
    change_action,
    link_commitment,
    update_action,
)
from frankpledge.web.actions.importing.outcomes import Judged, Outcome
from frankpledge.web.actions.importing.understanding import Said
from frankpledge.web.actions.models import Action, Import, Part
from frankpledge.web.organisations.models import Person


def bring(by: Person, imported: Import, judged: Judged, people: Mapping[str, Person]) -> Action:
    """Do what a row asks for. `people` are the accounts of those whom an owner's words mean."""
    if judged.outcome is Outcome.NEW:
        return _add(by, imported, judged, people)
    action = judged.action
    deeds = judged.deeds
    if deeds.stated:
        why = _why(imported)
        action = change_action(by=by, action=action, seen=None, changes=deeds.stated, why=why)
    if deeds.links:
        action = link_commitment(by=by, action=action, commitment=deeds.commitment)
    for owner in _owners(judged, people):
        assign_owner(by=by, action=action, owner=owner)
    _hear(by, imported, judged, action)
    return action


def _add(by: Person, imported: Import, judged: Judged, people: Mapping[str, Person]) -> Action:
    deeds = judged.deeds
    action = add_action(
        by=by,
        action_list=imported.action_list,
        reference=judged.row.reference,
        commitment=deeds.commitment,
        owners=_owners(judged, people),
        why=_why(imported),
        **deeds.stated,
        **deeds.standing,
    )
    # How it stands was said when it was added: the updates repeat it, each of its day.
    judged.deeds.standing = {}
    _hear(by, imported, judged, action)
    return action


def _owners(judged: Judged, people: Mapping[str, Person]) -> list[Owner]:
    """Each owner; somebody whom two words mean owns it once."""
    owners, known = [], set()
    for words, answers in judged.deeds.owners:
        person = people.get(words)
        if person is not None and person.pk in known:
            continue
        known.add(person and person.pk)
        owners.append(Owner(person, words, Part.ANSWERS if answers else Part.HELPS))
    return owners


def _hear(by: Person, imported: Import, judged: Judged, action: Action) -> None:
    """The updates in order. The rating and the status go with the last, or have one of their own."""
    said, standing = list(judged.deeds.updates), judged.deeds.standing
    if standing and (not said or said[-1].dated < imported.as_at):
        said.append(Said(imported.as_at, ""))
    for each in said:
        moved = standing if each is said[-1] else {}
        update_action(
            by=by,
            action=action,
            seen=None,
            text=each.text,
            dated=each.dated,
            rag=moved.get("rag", AS_IT_WAS),
            status=moved.get("status", AS_IT_WAS),
            by_words=said_by(imported),
        )


def said_by(imported: Import) -> str:
    """Who speaks in an update that a document holds: the document."""
    as_at = f", as at {day_name(imported.as_at)}"
    return f"{imported.action_list.name[: 160 - len(as_at)]}{as_at}"


def _why(imported: Import) -> str:
    return f"Imported from {imported.file_name}, as at {day_name(imported.as_at)}"
