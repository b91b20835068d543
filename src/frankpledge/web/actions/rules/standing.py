"""How an action stands on a day: overdue, due soon, stale, late, and what is wanting of it.

Each rule is a pure function over plain values; the one that finds and the one that says why agree.
`reads/finding.py` asks the database the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from frankpledge.analysis.periods import day_name

FINISHED = frozenset({"done", "closed", "withdrawn"})
DUE_SOON_DAYS = 14


@dataclass(frozen=True)
class Standing:
    """What the rules ask of an action."""

    status: str
    due_on: date | None
    stale_from: date | None = None
    next_update_due: date | None = None
    quiet_since: date | None = None
    done_on: date | None = None


def is_overdue(it: Standing, today: date) -> bool:
    """Its last day has passed and it is not finished. Without a last day it is never overdue."""
    return it.status not in FINISHED and it.due_on is not None and it.due_on < today


def is_due_soon(it: Standing, today: date, within: int = DUE_SOON_DAYS) -> bool:
    """Its last day is today or one of the days to come, as many as `within`."""
    return (
        it.status not in FINISHED
        and it.due_on is not None
        and today <= it.due_on <= today + timedelta(days=within)
    )


def is_stale(it: Standing, today: date) -> bool:
    """Nothing was heard for as long as the list allows, or an update was promised and did not come."""
    return it.status not in FINISHED and it.stale_from is not None and it.stale_from <= today


def is_late(it: Standing) -> bool:
    """It was done, and after its last day."""
    return it.done_on is not None and it.due_on is not None and it.done_on > it.due_on


def quiet_since(added_on: date, starts: date | None, heard_on: date | None) -> date:
    """The day since which nothing was heard: of its latest update; else of its start, if that is later
    than the day it was put on the list."""
    if heard_on:
        return heard_on
    return max(added_on, starts) if starts else added_on


def stale_from(quiet: date, allowed_days: int, next_update_due: date | None) -> date:
    """The first day on which an action is stale, if nothing is heard until then.

    Nothing for 90 days from 1 March is stale on 31 May: 90 whole days have passed, and the next is it.
    An update promised for 14 June is missed on 15 June.
    """
    silent = quiet + timedelta(days=allowed_days + 1)
    if next_update_due is None:
        return silent
    return min(silent, next_update_due + timedelta(days=1))


def why_overdue(it: Standing, today: date) -> str:
    """ "It was due by 30 June 2022, 22 days ago." Empty where it is not overdue."""
    if not is_overdue(it, today):
        return ""
    return f"It was due by {day_name(it.due_on)}, {_days((today - it.due_on).days)} ago."


def why_due_soon(it: Standing, today: date, within: int = DUE_SOON_DAYS) -> str:
    if not is_due_soon(it, today, within):
        return ""
    left = (it.due_on - today).days
    return f"It is due by {day_name(it.due_on)}, {'today' if not left else f'in {_days(left)}'}."


def why_stale(it: Standing, today: date) -> str:
    """Which of the two it is: the update promised that did not come, or the long silence."""
    if not is_stale(it, today):
        return ""
    if it.next_update_due and it.next_update_due < today:
        return f"An update was promised by {day_name(it.next_update_due)}, {_days((today - it.next_update_due).days)} ago."
    if it.quiet_since is None:
        return "No update was given for a long time."
    return f"Nothing has been heard since {day_name(it.quiet_since)}, {_days((today - it.quiet_since).days)} ago."


class Wanting(StrEnum):
    """What an action that is under way should say and does not."""

    OWNER = "nobody answers for it"
    DUE = "it is not said by when"
    RAG = "it has no rating"

    @staticmethod
    def of(
        status: str, *, has_owner: bool, due_kind: str, has_rag: bool, is_rated: bool
    ) -> tuple[Wanting, ...]:
        """What is wanting. A finished action wants nothing; a rating is wanted where the list has a scheme."""
        if status in FINISHED:
            return ()
        wanted = (
            (Wanting.OWNER, not has_owner),
            (Wanting.DUE, due_kind == "absent"),
            (Wanting.RAG, is_rated and not has_rag),
        )
        return tuple(each for each, wanting in wanted if wanting)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
