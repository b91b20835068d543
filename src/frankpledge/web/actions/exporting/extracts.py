"""What of an extract leaves in a file: a row an update, as the panel's page has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from frankpledge.analysis.periods import day_name
from frankpledge.web.actions.exporting.layouts import Written
from frankpledge.web.actions.presenters import ToldUpdate, extract_groups

LEAVES: tuple[tuple[str, Callable[[str, Any, ToldUpdate], str]], ...] = (
    ("List", lambda kept, row, told: kept),
    ("Reference", lambda kept, row, told: row["action"].reference),
    ("What is to be done", lambda kept, row, told: row["action"].what),
    ("Due", lambda kept, row, told: row["due"]),
    ("Rating then", lambda kept, row, told: told.rag.word if told.rag else "No rating"),
    ("Status then", lambda kept, row, told: told.status or "Not said"),
    ("Date of the update", lambda kept, row, told: day_name(told.dated)),
    ("By", lambda kept, row, told: told.by),
    ("Corrects", lambda kept, row, told: told.corrects),
    ("Update", lambda kept, row, told: told.text),
    ("Evidence", lambda kept, row, told: f"{told.evidence_words} {told.evidence_url}".strip()),
)
"""The name of each column and what stands in it: the list of what leaves. By post, not by name."""


def extract_written(updates: Iterable[Any]) -> Written:
    """The updates of an extract as a table, in the order of its page."""
    rows = [
        [cell(group["list"], row, row["update"]) for _, cell in LEAVES]
        for group in extract_groups(updates)
        for row in group["rows"]
    ]
    return Written([name for name, _ in LEAVES], rows)
