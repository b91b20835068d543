"""What every act on an action does besides its own deed: a new version, its revision, its standing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from frankpledge.analysis.periods import day_name
from frankpledge.web.actions.models import Action, ActionRevision, ActionUpdate
from frankpledge.web.actions.rules.standing import quiet_since, stale_from
from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError, locked
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now


def taken(action: Action, seen: int | None) -> Action:
    """The action, kept from other writers, if it is still as it was seen. `None` asks for no check."""
    now = locked(action)
    if seen is not None and now.version != seen:
        raise ChangedMeanwhileError(said_meanwhile(now, seen))
    return now


def said_meanwhile(action: Action, seen: int) -> str:
    """What others did to an action since a version of it was seen, in words."""
    told = [
        f"On {day_name(timezone.localdate(each.recorded_at))} {each.by or each.by_words or 'somebody'} {_said(each)}"
        for each in action.updates.filter(version__gt=seen).select_related("by").order_by("version")
    ]
    told += [
        f"On {day_name(timezone.localdate(each.changed_at))} {each.changed_by or 'somebody'} changed the action: {each.why}"
        for each in action.revisions.filter(version__gt=seen)
        .select_related("changed_by")
        .order_by("version")
    ]
    return (
        f"Action {action.reference} has moved on while you were writing. {' '.join(told)}"
        " Your words are kept below. Read what was said, and save again if they still stand."
    )


def _said(update: ActionUpdate) -> str:
    return f"wrote: “{update.text}”" if update.text else "said how it stands, without words."


def settle(action: Action) -> None:
    """Count the version up, and work out from when the action is stale."""
    action.version += 1
    action.stale_from = stale_day(action)
    action.save()


def stale_day(action: Action, allowed_days: int | None = None) -> date:
    quiet = quiet_since(
        timezone.localdate(action.added_at),
        action.starts,
        action.latest.dated if action.latest else None,
    )
    allowed = action.list.stale_after_days if allowed_days is None else allowed_days
    return stale_from(quiet, allowed, action.next_update_due)


def revise(action: Action, by: Any, why: str) -> None:
    """Keep what the action says now as a revision."""
    says = snapshot(action)
    ActionRevision.objects.create(
        action=action,
        version=action.version,
        stated={name: says[name] for name in Action.STATED},
        changed_by=whom(by),
        changed_at=now(),
        why=why,
    )


def whom(by: Any) -> Any:
    """The person, or None where the system does it."""
    return None if by is THE_SYSTEM else by
