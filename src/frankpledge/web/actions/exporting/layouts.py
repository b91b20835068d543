"""The columns of each kind of plan, and how an action is written in them.

A file that is written so is read again by `importing` as the same actions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from frankpledge.analysis.periods import day_name
from frankpledge.intake import Due, DueKind
from frankpledge.intake.cleaning import clean
from frankpledge.intake.grids import GridRow
from frankpledge.intake.headings import Trail, heading_in, numbers_its_rows
from frankpledge.web.actions.exporting.facts import Facts
from frankpledge.web.actions.importing.formats import FORMATS
from frankpledge.web.actions.importing.reading import HEADINGS_JOINED, NOTHING, first_reference

LAYOUTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "delivery_plan": (
        ("commitment", "Ref"),
        ("aim", "Plan commitment"),
        ("what", "Supporting activity"),
        ("updates", "Progress update"),
        ("oversight", "Oversight mechanism"),
    ),
    "charter": (
        ("reference", "#"),
        ("what", "Recommendation"),
        ("owners", "Owner/s"),
        ("due", "Date"),
        ("rag", "RAG"),
        ("updates", "Update"),
    ),
    "engagement": (
        ("reference", "Action number"),
        ("aim", "Aim"),
        ("what", "Action"),
        ("engagement_type", "Type of engagement"),
        ("details", "Details"),
        ("outcome", "Outcome"),
        ("measure", "Measure"),
        ("owners", "Owner"),
        ("due", "Timescale"),
        ("updates", "Update"),
        ("status", "Status"),
    ),
    "full": (
        ("reference", "Reference"),
        ("heading", "Heading"),
        ("commitment", "Reference of the commitment"),
        ("aim", "Aim or commitment"),
        ("what", "What is to be done"),
        ("owners", "Owner"),
        ("starts", "Starts"),
        ("due", "Due"),
        ("status", "Status"),
        ("rag", "Rating"),
        ("done_on", "Done on"),
        ("next_update_due", "Next update due"),
        ("updates", "Update"),
        ("oversight", "Oversight"),
        ("engagement_type", "Type of engagement"),
        ("details", "Details"),
        ("outcome", "Outcome"),
        ("measure", "How it is measured"),
        ("raised", "Raised on"),
        ("answer_due", "To be answered at"),
        ("list_name", "List"),
        ("body", "Body"),
        ("shared_with", "Shared with"),
        ("marking", "Marking"),
    ),
}
"""(field, name of the column) of each kind: the list of what leaves."""


def cell(name: str, facts: Facts, layout: str) -> str:
    """What a file says of an action in one column."""
    if name == "what" and layout == "delivery_plan":
        return _activity(facts)
    if name == "updates" and layout in ("delivery_plan", "engagement"):
        return facts.updates[-1][1] if facts.updates else ""
    if name in _CELLS:
        return _CELLS[name](facts)
    return str(facts.particulars.get(name) or getattr(facts, name, ""))


@dataclass(frozen=True)
class Written:
    """A list as it is written out: the names of its columns, and its rows."""

    header: list[str]
    rows: list[list[str]]


def written(actions: Sequence[Facts], layout: str) -> Written:
    """The actions in the columns of a kind of plan.

    Headings stand in rows of their own and references inside the words, as in the documents. Where they
    would not be told there when the file is read again, they have a column.
    """
    columns = list(LAYOUTS[layout])
    if layout == "delivery_plan" and not all(_stands_inside(each) for each in actions):
        columns.insert(2, ("reference", "Activity reference"))
    # Those without a heading first: below one they would be read as under it.
    ordered = sorted(actions, key=lambda one: bool(one.heading))
    if ("heading", "Heading") not in columns:
        rows = _with_headings(ordered, columns, layout)
        if _headings_are_told(ordered, rows):
            return Written([label for _, label in columns], rows)
        columns.append(("heading", "Heading"))
        actions = ordered
    rows = _marked([_cells(each, columns, layout) for each in actions], columns, layout)
    return Written([label for _, label in columns], rows)


def _cells(facts: Facts, columns: Sequence[tuple[str, str]], layout: str) -> list[str]:
    names = [name for name, _ in columns]
    plainly = {"what"} if "reference" in names else set()
    return [facts.what if name in plainly else cell(name, facts, layout) for name in names]


def _with_headings(
    actions: Sequence[Facts], columns: Sequence[tuple[str, str]], layout: str
) -> list[list[str]]:
    rows: list[list[str]] = []
    for heading, group in groupby(actions, key=lambda one: one.heading):
        parts = heading.split(HEADINGS_JOINED) if heading else []
        rows += [[part, *[""] * (len(columns) - 1)] for part in parts]
        rows += _marked([_cells(each, columns, layout) for each in group], columns, layout)
    return rows


def _marked(
    rows: list[list[str]], columns: Sequence[tuple[str, str]], layout: str
) -> list[list[str]]:
    """A dash where a cell is empty and would be read as saying what the one above says."""
    names = [name for name, _ in columns]
    carried = [names.index(name) for name in FORMATS[layout].carried if name in names]
    above = False
    for row in rows if carried else ():
        if not row[carried[0]] and above:
            row[carried[0]] = NOTHING
        above = any(row[column] not in ("", NOTHING) for column in carried)
    return rows


def _headings_are_told(actions: Sequence[Facts], rows: Sequence[Sequence[str]]) -> bool:
    """Whether reading the rows gives each action the heading that it has."""
    grid = [GridRow(number, [clean(cell) for cell in row]) for number, row in enumerate(rows)]
    numbered, trail, joins, found = numbers_its_rows(grid), Trail(()), False, []
    for row in grid:
        words = heading_in(row, numbered)
        if words is None:
            found.append(HEADINGS_JOINED.join(trail.headings))
        else:
            trail.add(words, joins=joins)
        joins = words is not None
    return found == [clean(each.heading) for each in actions]


def _stands_inside(facts: Facts) -> bool:
    """Whether an activity's reference is told from its words, or is its commitment's."""
    what = _activity(facts)
    told = first_reference(what) or facts.commitment
    return told == facts.reference and bool(what.strip())


def _activity(facts: Facts) -> str:
    """With its reference before it, unless its words have it or it goes by its commitment's."""
    inside = first_reference(facts.what)
    if inside == facts.reference or (not inside and facts.reference == facts.commitment):
        return facts.what
    return f"({facts.reference}) {facts.what}"


def _due(facts: Facts) -> str:
    """As the document says it; where it does not, in words that read back as the same."""
    if facts.due_words or facts.due_kind == "absent":
        return facts.due_words
    return Due(DueKind(facts.due_kind), "", facts.due_on, None).words()


def _status(facts: Facts) -> str:
    if facts.status == "absent":
        return facts.particulars.get("status", "")
    return facts.status_word


def _day(day: date | None) -> str:
    return day_name(day) if day else ""


def _dated(facts: Facts) -> str:
    return "\n".join(f"{day:%d%m%y} - {text}" for day, text in facts.updates)


_CELLS: Mapping[str, Callable[[Facts], str]] = {
    "commitment": lambda facts: facts.commitment,
    "owners": lambda facts: "\n".join(facts.owners),
    "starts": lambda facts: _day(facts.starts),
    "due": _due,
    "status": _status,
    "rag": lambda facts: facts.rag or facts.particulars.get("rating", ""),
    "done_on": lambda facts: _day(facts.done_on),
    "next_update_due": lambda facts: _day(facts.next_update_due),
    "updates": _dated,
    "oversight": lambda facts: "\n".join(
        (*facts.named_forums, *filter(None, (facts.particulars.get("oversight", ""),)))
    ),
}
