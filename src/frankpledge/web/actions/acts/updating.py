"""Updating an action, or many in one go: what happened, how it is rated, when the next update comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.db.models import Max

from frankpledge.web.actions.acts.keeping import said_meanwhile, settle, taken, whom
from frankpledge.web.actions.acts.referring import refer
from frankpledge.web.actions.acts.refusing import (
    NotAsAskedError,
    SeveralProblemsError,
    refuse_if,
)
from frankpledge.web.actions.models import Action, ActionUpdate, RagMeaning, Status
from frankpledge.web.audit.acts import THE_SYSTEM, act, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now, today


class _AsItWas:
    def __repr__(self) -> str:
        return "as it was"


AS_IT_WAS: Any = _AsItWas()
"""Stands for what an update leaves alone."""

OWNERS_STATUSES = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE)
"""What an update may say of an action. Closing and withdrawing are acts of their own."""


@dataclass(frozen=True)
class Evidence:
    """What shows that an update is so: in words, at an address, in a file."""

    words: str = ""
    url: str = ""
    file: File | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.url or self.file)


@act("action.updated", needs="actions.update_action", on="action")
def update_action(
    *,
    by: Any,
    action: Action,
    seen: int | None,
    text: str = "",
    rag: RagMeaning | None = AS_IT_WAS,
    status: str = AS_IT_WAS,
    next_update_due: date | None = AS_IT_WAS,
    evidence: Evidence = Evidence(),
    dated: date | None = None,
    corrects: ActionUpdate | None = None,
    by_words: str = "",
) -> ActionUpdate:
    """Say how an action goes. `seen` is the version it was read at; whoever comes second is told.

    An update dated before the latest one is kept in its place, and changes nothing of how the action
    stands now. A promise of an update that this one keeps is over.
    """
    action = taken(action, seen)
    was = snapshot(action)
    update = ActionUpdate(
        action=action,
        number=(action.updates.aggregate(last=Max("number"))["last"] or 0) + 1,
        dated=dated or today(),
        by=whom(by),
        by_words=by_words or post_of(by, action),
        text=text.strip(),
        rag=action.rag if rag is AS_IT_WAS else rag,
        status=action.status if status is AS_IT_WAS else status,
        next_update_due=action.next_update_due if next_update_due is AS_IT_WAS else next_update_due,
        evidence_words=evidence.words.strip(),
        evidence_url=evidence.url.strip(),
        corrects=corrects,
        recorded_at=now(),
        version=action.version + 1,
    )
    if (
        next_update_due is AS_IT_WAS
        and action.next_update_due
        and action.next_update_due <= update.dated
    ):
        update.next_update_due = None
    refuse_if(_problems(action, update, evidence, next_update_due))
    if evidence.file:
        update.evidence_file.save(evidence.file.name, evidence.file, save=False)
    update.save()
    if action.latest is None or update.dated >= action.latest.dated:
        _let_it_stand(action, update)
    settle(action)
    refer(action, (update.text,))
    record(update, was={"action": was}, became=snapshot(update) | {"action": snapshot(action)})
    return update


@dataclass(frozen=True)
class Wanted:
    """An update asked for together with others."""

    action: Action
    seen: int
    text: str = ""
    rag: RagMeaning | None = AS_IT_WAS
    status: str = AS_IT_WAS
    next_update_due: date | None = AS_IT_WAS


def update_actions(*, by: Any, wanted: Iterable[Wanted]) -> list[ActionUpdate]:
    """Update several actions in one go, each an act of its own with its own event: all of them or none.

    Raises SeveralProblemsError with every problem of every one.
    """
    done: list[ActionUpdate] = []
    problems: dict[int, dict[str, str]] = {}
    versions: dict[int, int] = {}
    with transaction.atomic():
        # In one order for everybody, so that two people saving the same rows do not wait for each other.
        for each in sorted(wanted, key=lambda one: one.action.pk):
            action = taken(each.action, None)
            key = action.pk
            try:
                with transaction.atomic():
                    if action.version != each.seen:
                        versions[key] = action.version
                        problems[key] = {"": said_meanwhile(action, each.seen)}
                        continue
                    done.append(
                        update_action(
                            by=by,
                            action=action,
                            seen=each.seen,
                            text=each.text,
                            rag=each.rag,
                            status=each.status,
                            next_update_due=each.next_update_due,
                        )
                    )
            except NotAsAskedError as refused:
                problems[key] = refused.problems
            except PermissionDenied:
                problems[key] = {"": f"Action {action.reference} is no longer yours to update."}
        if problems:
            raise SeveralProblemsError(problems, versions)
    return done


def post_of(person: Any, action: Action) -> str:
    """The post in which somebody speaks of an action: as its owner; else the role they hold."""
    if person is None or person is THE_SYSTEM:
        return ""
    owner = action.owners.filter(person=person, ends__isnull=True).first()
    if owner and owner.named_as:
        return owner.named_as
    held = list(person.roles.select_related("body").order_by("pk"))
    now = [each for each in held if (each.role, each.body_id) in person.roles_now]
    at_its_body = [each for each in now if each.body_id == action.body_id]
    return str((at_its_body or now or [""])[0])


def _let_it_stand(action: Action, update: ActionUpdate) -> None:
    """The action now stands as the update says."""
    if update.status == Status.DONE and action.status != Status.DONE:
        action.done_on = update.dated
    elif update.status != Status.DONE:
        action.done_on = None
    action.latest, action.rag, action.status = update, update.rag, update.status
    action.next_update_due = update.next_update_due


def _problems(
    action: Action, update: ActionUpdate, evidence: Evidence, next_update_due: Any
) -> dict[str, str]:
    if action.status in (Status.CLOSED, Status.WITHDRAWN):
        return {"": f"Action {action.reference} is {action.status}: reopen it before it is updated"}
    problems = {}
    day = today()
    # A new date for the next update says nothing of how it goes: alone it would be an empty update.
    moved = (update.rag, update.status) != (action.rag, action.status)
    if not update.text and not evidence and not moved:
        problems["text"] = "Enter what has happened, or change how it stands"
    if update.dated > day:
        problems["dated"] = "The date of the update must not be in the future"
    if update.rag and update.rag.scheme_id != action.list.scheme_id:
        problems["rag"] = f"{update.rag.word} is not a rating of this list's scheme"
    if update.status != action.status and update.status not in OWNERS_STATUSES:
        problems["status"] = "Select not started, in progress or done"
    if isinstance(next_update_due, date) and next_update_due < max(update.dated, day):
        problems["next_update_due"] = "The next update must be due today or later"
    if update.corrects and update.corrects.action_id != action.pk:
        problems["corrects"] = "It can only correct an update of the same action"
    return problems
