"""The columns of each kind of plan, and how an action is written in them.

A file that is written so is read again by `importing` as the same actions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from frankpledge.analysis.periods import day_name
from frankpledge.intake import Due, DueKind
from frankpledge.web.actions.exporting.facts import Facts
from frankpledge.web.actions.importing.reading import HEADINGS_JOINED, first_reference
from frankpledge.web.actions.rules.references import plain_reference

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


def rows_of(actions: Sequence[Facts], layout: str) -> list[list[str]]:
    """The rows of a file: the actions, and over them their headings where these have no column."""
    names = [name for name, _ in LAYOUTS[layout]]
    if "heading" in names:
        return [[cell(name, each, layout) for name in names] for each in actions]
    rows: list[list[str]] = []
    heading = ""
    # Those without a heading first: below one they would be read as under it.
    for each in sorted(actions, key=lambda one: bool(one.heading)):
        if each.heading != heading:
            heading = each.heading
            rows += [[part, *[""] * (len(names) - 1)] for part in heading.split(HEADINGS_JOINED)]
        rows.append([cell(name, each, layout) for name in names])
    return rows


def header_of(layout: str) -> list[str]:
    return [label for _, label in LAYOUTS[layout]]


def _activity(facts: Facts) -> str:
    """With its reference before it, unless its words have one or it goes by its commitment's."""
    inside = first_reference(facts.what)
    if (inside and _same(inside, facts.reference)) or _same(facts.reference, facts.commitment):
        return facts.what
    return f"({facts.reference}) {facts.what}"


def _same(one: str, other: str) -> bool:
    return plain_reference(one) == plain_reference(other)


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
