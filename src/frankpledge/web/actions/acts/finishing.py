"""Closing an action with evidence, withdrawing it, and opening it again."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from frankpledge.web.actions.acts.keeping import revise, settle, taken, whom
from frankpledge.web.actions.acts.refusing import NotAsAskedError
from frankpledge.web.actions.acts.updating import Evidence, post_of
from frankpledge.web.actions.models import Action, ActionUpdate, Status
from frankpledge.web.audit.acts import act, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now, today


@act("action.closed", needs="actions.close_action", on="action")
def close_action(
    *, by: Any, action: Action, seen: int, text: str = "", evidence: Evidence = Evidence()
) -> Action:
    """Accept that an action was done. It needs the evidence that shows it."""
    action = taken(action, seen)
    if action.status in (Status.CLOSED, Status.WITHDRAWN):
        raise NotAsAskedError({"": f"Action {action.reference} is {action.status} already"})
    if not evidence:
        raise NotAsAskedError({"evidence_words": "Enter the evidence that shows it was done"})
    was = snapshot(action)
    action.done_on = action.done_on or today()
    action.status, action.closed_by, action.closed_at = Status.CLOSED, whom(by), now()
    update = _say(action, by, text or "Closed.", evidence)
    return _finished(action, by, was, update, "Closed, with evidence")


@act("action.withdrawn", needs="actions.withdraw_action", on="action")
def withdraw_action(*, by: Any, action: Action, seen: int, why: str) -> Action:
    """Say that an action will not be done, and why."""
    return _moved(by, action, seen, Status.WITHDRAWN, why, "Withdrawn")


@act("action.reopened", needs="actions.reopen_action", on="action")
def reopen_action(*, by: Any, action: Action, seen: int, why: str) -> Action:
    """Open an action again that was done, closed or withdrawn, and say why."""
    return _moved(by, action, seen, Status.IN_PROGRESS, why, "Opened again")


def _moved(by: Any, action: Action, seen: int, status: str, why: str, word: str) -> Action:
    action = taken(action, seen)
    if action.is_finished != (status == Status.IN_PROGRESS):
        raise NotAsAskedError(
            {"": f"Action {action.reference} is {action.get_status_display().lower()}"}
        )
    if not why.strip():
        raise NotAsAskedError({"why": "Enter why"})
    was = snapshot(action)
    action.status, action.done_on, action.closed_by, action.closed_at = status, None, None, None
    update = _say(action, by, f"{word}: {why.strip()}", Evidence())
    return _finished(action, by, was, update, f"{word}: {why.strip()}")


def _say(action: Action, by: Any, text: str, evidence: Evidence) -> ActionUpdate:
    """What was done is an update too, so that it stands among them and a panel is shown it."""
    update = ActionUpdate(
        action=action,
        number=(action.updates.aggregate(last=Max("number"))["last"] or 0) + 1,
        dated=today(),
        by=whom(by),
        by_words=post_of(by, action),
        text=text.strip(),
        rag=action.rag,
        status=action.status,
        evidence_words=evidence.words.strip(),
        evidence_url=evidence.url.strip(),
        recorded_at=now(),
        version=action.version + 1,
    )
    if evidence.file:
        update.evidence_file.save(evidence.file.name, evidence.file, save=False)
    update.save()
    action.latest, action.next_update_due = update, None
    return update


def _finished(
    action: Action, by: Any, was: dict[str, Any], update: ActionUpdate, why: str
) -> Action:
    """The event is about the update, whose text may name somebody and is set apart from the chain."""
    settle(action)
    revise(action, by, why)
    became = snapshot(update) | {"action": snapshot(action)}
    record(update, was={"action": was}, became=became)
    return action
