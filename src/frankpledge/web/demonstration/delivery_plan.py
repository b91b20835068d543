"""The delivery plan as a file, twice: when the ledger was begun, and as of the end of June."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from frankpledge.web.demonstration.words import OFFICE, words

REF, COMMITMENT, ACTIVITY, PROGRESS, OVERSIGHT = range(5)
_OWN = re.compile(r"\(([A-Z]?\d+(?:\.\d+)*)\)")


def as_begun() -> bytes:
    """In January: what was promised then and what was to be done, nothing of how it went."""
    added = {each["ref"] for each in words("plan")["variation"]["added"]}
    return _as_csv(_without_progress(row) for ref, row in _rows() if ref not in added)


def as_at_june() -> bytes:
    """As the file stands, but for the progress of actions whose owners have said it themselves."""
    told = {each["ref"] for each in words("actions")["actions"] if each.get("updates")}
    rows = []
    activity = ""
    for ref, row in _rows():
        own = _OWN.match(row[ACTIVITY])
        activity = own.group(1) if own else ref if row[ACTIVITY] else activity
        rows.append(_without_progress(row) if activity in told and row[PROGRESS] else row)
    return _as_csv(rows)


def _rows() -> Iterator[tuple[str, list[str]]]:
    """Every row of the file, with the commitment that it stands under."""
    header, *rows = csv.reader(io.StringIO((OFFICE / "delivery-plan.csv").read_text("utf-8")))
    yield "", header
    ref = ""
    for row in rows:
        if row == header or not any(row[COMMITMENT:]):
            ref = ""
        yield (ref := row[REF] or ref), row


def _without_progress(row: list[str]) -> list[str]:
    kept = row[PROGRESS] if row[REF] == "Ref" else ""
    return [*row[:PROGRESS], kept, *row[OVERSIGHT:]]


def _as_csv(rows: Iterable[list[str]]) -> bytes:
    made = io.StringIO()
    csv.writer(made).writerows(row for row in rows if any(row))
    return made.getvalue().encode()
