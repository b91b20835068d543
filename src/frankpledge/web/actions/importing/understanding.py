"""What the texts of a row mean: who, by when, how it stands, what was said of it.

Nothing is guessed. What cannot be told is kept as it is written, and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from frankpledge.analysis.periods import day_name
from frankpledge.intake import DueKind, Problem, read_due, read_rating, updates_in
from frankpledge.web.actions.importing.formats import Format
from frankpledge.web.actions.importing.reading import ReadRow
from frankpledge.web.actions.rules.dues import Due
from frankpledge.web.actions.rules.references import plain_reference

LONGEST = {"reference": 30, "heading": 200, "due": 200, "owners": 160}
PARTICULARS = ("engagement_type", "details", "outcome", "measure", "raised", "answer_due")
DAYS = ("starts", "done_on", "next_update_due")
_DUE_KINDS = {
    DueKind.DATE: "date",
    DueKind.MONTH: "month",
    DueKind.QUARTER: "quarter",
    DueKind.ONGOING: "ongoing",
}


@dataclass(frozen=True)
class Said:
    """An update of a row and the day it is of."""

    dated: date
    text: str


@dataclass
class Understood:
    """What a row says of an action. `told` are sentences for the person about what was not understood."""

    owners: tuple[str, ...] = ()
    due: Due = field(default_factory=Due)
    starts: date | None = None
    done_on: date | None = None
    next_update_due: date | None = None
    rag: int | None = None
    status: str = ""
    updates: tuple[Said, ...] = ()
    oversight: tuple[str, ...] = ()
    particulars: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """How the words of a file are to be read: as at which day, and which word is which rating and status.

    `today` is the last day an update can be of. `columns` are the names the file gives its columns.
    """

    as_at: date
    today: date
    ratings: Mapping[str, int | None] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)


def understand(row: ReadRow, fmt: Format, how: Reading) -> Understood:
    """What a row's texts mean."""
    it = Understood()
    texts = row.texts
    it.owners = _lines(texts.get("owners", ""))
    it.oversight = _lines(texts.get("oversight", ""))
    it.particulars = {name: texts[name] for name in PARTICULARS if texts.get(name)}
    if row.also:
        it.particulars["also_numbered"] = ", ".join(row.also)
    _due(it, texts.get("due", ""))
    for name in DAYS:
        _day(it, name, texts.get(name, ""), row, how)
    _standing(it, texts, how)
    _updates(it, texts.get("updates", ""), how)
    _check(it, row, fmt, how)
    return it


def propose_rating(word: str, meanings: Mapping[int, tuple[str, str]]) -> int | None:
    """The rating of a scheme that a file's word means: by its word or key, else by its colour.

    `meanings` are key and word by the rating's number.
    """
    said = word.strip().lower()
    for pk, names in meanings.items():
        if said in {name.lower() for name in names}:
            return pk
    shade = read_rating(word).shade
    if shade is None:
        return None
    likely = [
        pk
        for pk, names in meanings.items()
        if {name.lower() for name in names} & {shade.value, shade.value[0]}
    ]
    return likely[0] if len(likely) == 1 else None


_STATUSES = {
    "not_started": ("not started", "not yet started", "not begun", "to start", "planned"),
    "in_progress": ("in progress", "started", "under way", "underway", "ongoing", "on-going", "open", "begun"),
    "done": ("done", "complete", "completed", "finished", "achieved", "closed", "delivered"),
}  # fmt: skip


def propose_status(word: str) -> str:
    """The status that a file's word means; "" where it is none of ours."""
    said = re.sub(r"\s+", " ", word).strip().strip(".").lower()
    return next((status for status, words in _STATUSES.items() if said in words), "")


def words_in(rows: list[ReadRow], name: str) -> dict[str, int]:
    """The different words that rows say in a column, with how many rows say each."""
    counts: dict[str, int] = {}
    for row in rows:
        if word := row.texts.get(name, "").strip():
            counts[word] = counts.get(word, 0) + 1
    return counts


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


def _due(it: Understood, text: str) -> None:
    due = read_due(text)
    words = text.strip()
    if due.kind is DueKind.ABSENT:
        it.due = Due(words=words)
        return
    it.starts = due.start
    if due.kind is DueKind.UNCLEAR:
        it.due = Due(words=words)
        it.told.append(
            f"By when is unclear: “{words}”. {due.why} The words are kept; no date is set."
        )
        return
    it.due = Due(_DUE_KINDS[due.kind], due.ends_on, words)


def _day(it: Understood, name: str, text: str, row: ReadRow, how: Reading) -> None:
    """A single day in a column of its own."""
    if not text.strip():
        return
    found = read_due(text)
    if found.kind is DueKind.DATE and found.start is None:
        setattr(it, name, found.ends_on)
        return
    what = f"“{text.strip()[:60]}” is not a day."
    it.problems.append(
        _problem(row, how, name, what, "Write it as 14 June 2022, or leave the cell empty.")
    )


def _standing(it: Understood, texts: Mapping[str, str], how: Reading) -> None:
    rating, status = texts.get("rag", "").strip(), texts.get("status", "").strip()
    it.rag = how.ratings.get(rating)
    if rating and it.rag is None and not read_rating(rating).absent:
        it.particulars["rating"] = rating
        it.told.append(f"The rating “{rating}” is none of the list's. It is kept in words.")
    it.status = how.statuses.get(status, "")
    if status and not it.status:
        it.particulars["status"] = status
        it.told.append(f"The status “{status}” is none of ours. It is kept in words.")


def _updates(it: Understood, text: str, how: Reading) -> None:
    """Those with a day before them are of that day, the others of the day the file is of."""
    said = []
    for update in updates_in(text):
        if update.on is None or update.on > how.today:
            if update.why:
                it.told.append(f"{update.why} It is kept in the update's words.")
            said.append(Said(how.as_at, update.text))
        else:
            said.append(Said(update.on, update.text))
        if update.on is not None and update.on > how.today:
            late = f"An update is dated {day_name(update.on)}, which has not come."
            it.told.append(f"{late} It is kept with that in its words.")
            said[-1] = Said(how.as_at, f"({day_name(update.on)}) {update.text}")
    it.updates = tuple(one for one in said if one.text)


def _check(it: Understood, row: ReadRow, fmt: Format, how: Reading) -> None:
    """What keeps a row from being stored, all of it."""
    name = "commitment" if fmt.within else "reference"
    if not row.reference:
        to_do = "Write the reference into the cell, and bring the file again."
        it.problems.append(_problem(row, how, name, "It has no reference.", to_do))
    if not row.texts.get("what", "").strip():
        to_do = "Write it into the cell, or take the row out."
        it.problems.append(_problem(row, how, "what", "It does not say what is to be done.", to_do))
    for part, text in (
        (name, row.reference),
        ("heading", row.heading or row.texts.get("heading", "")),
        ("due", it.due.words),
        *(("owners", owner) for owner in it.owners),
    ):
        longest = LONGEST["reference" if part == name else part]
        if len(text) > longest:
            what = f"It has {len(text)} characters; at most {longest} can be kept here."
            it.problems.append(
                _problem(row, how, part, what, "Shorten it, and bring the file again.")
            )
    if it.starts and it.due.on and it.due.on < it.starts:
        what = "It is due before it starts."
        it.problems.append(_problem(row, how, "due", what, "Put the dates right in the file."))


def told_twice(rows: list[tuple[ReadRow, Understood]], fmt: Format, how: Reading) -> None:
    """Tell the rows whose reference stands in an earlier row too."""
    first: dict[str, str] = {}
    name = "what" if fmt.within else "reference"
    for row, it in rows:
        key = plain_reference(row.reference)
        if not key:
            continue
        if key in first:
            what = f"The reference {row.reference} stands in {first[key][0].lower()}{first[key][1:]} too."
            to_do = "Give each action a reference of its own. In Excel, format the column as text: 1.10 becomes 1.1 otherwise."
            it.problems.append(_problem(row, how, name, what, to_do))
        first.setdefault(key, row.where)


def _problem(row: ReadRow, how: Reading, name: str, what: str, to_do: str) -> Problem:
    column = how.columns.get(name)
    return Problem(f"{row.where}, column “{column}”" if column else row.where, what, to_do)
