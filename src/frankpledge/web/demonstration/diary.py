"""What happens in the demonstration, and on which day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from frankpledge.web.audit.today import on_day

Step = Callable[[int, int, str], None]
"""Told as it goes: how much is done, of how much, and what is being done now."""


@dataclass(frozen=True)
class Entry:
    """Something that happened on a day. `chapter` is what a person who waits is told."""

    day: date
    chapter: str
    do: Callable[[], Any]


def live_through(diary: Iterable[Entry], tell: Step) -> int:
    """Do every entry on its day, in the order of the days; of one day, in the order told. Says how many."""
    entries = sorted(diary, key=lambda entry: entry.day)
    for done, entry in enumerate(entries):
        tell(done, len(entries), entry.chapter)
        with on_day(entry.day):
            entry.do()
    return len(entries)


def in_order(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Entries of which none happens before the one above it, whatever its own day says."""
    latest = date.min
    for entry in entries:
        latest = max(latest, entry.day)
        yield Entry(latest, entry.chapter, entry.do)
