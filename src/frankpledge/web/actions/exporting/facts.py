"""What of an action leaves in a file. What is not named here does not leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Facts:
    """An action as plain values. `commitment` is its reference in the plan; `aim` as the document says it.

    `updates` are (day, words), the earliest first. `named_forums` are those of the register that the
    reader may see.
    """

    reference: str
    what: str
    aim: str = ""
    heading: str = ""
    commitment: str = ""
    owners: tuple[str, ...] = ()
    starts: date | None = None
    due_kind: str = "absent"
    due_on: date | None = None
    due_words: str = ""
    status: str = "absent"
    status_word: str = ""
    rag: str = ""
    done_on: date | None = None
    next_update_due: date | None = None
    updates: tuple[tuple[date, str], ...] = ()
    named_forums: tuple[str, ...] = ()
    particulars: Mapping[str, str] = field(default_factory=dict)
    list_name: str = ""
    body: str = ""
    shared_with: str = ""
    marking: str = ""
