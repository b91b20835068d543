"""What an import would do, in words and rows. Nothing here asks the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.intake import Problem
from frankpledge.web.actions.importing.outcomes import Change, Judged, Outcome
from frankpledge.web.actions.importing.previewing import Preview
from frankpledge.web.actions.importing.reading import Kind, ReadRow

TONES = {Outcome.NEW: "good", Outcome.REVISED: "caution", Outcome.UNCHANGED: "quiet"}
ROWS_A_PAGE = 200


@dataclass(frozen=True)
class Row:
    """A row of the file as the preview shows it."""

    key: str
    where: str
    word: str
    tone: str
    what: str
    reference: str = ""
    changes: tuple[Change, ...] = ()
    told: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    wanting: str = ""


def lead(preview: Preview) -> str:
    """The page's first sentence: whether the file can be taken, and what it would do."""
    if preview.problems == (preview.sharing,):
        return "This file cannot be taken yet: owners could not see their actions. Nothing of it is stored."
    if preview.problems:
        count = len(preview.problems)
        them = "one thing is" if count == 1 else f"{count:,} things are"
        return f"This file cannot be taken: {them} wrong with it. Nothing of it is stored."
    counts = preview.counts
    if not counts["new"] and not counts["revised"]:
        return "This file would change nothing: the list says all that it says."
    parts = []
    if counts["new"]:
        parts.append(f"add {actions(counts['new'])}")
    if counts["revised"]:
        parts.append(f"revise {counts['revised']:,}")
    if counts["unchanged"]:
        parts.append(f"leave {counts['unchanged']:,} as they are")
    return f"This file would {_joined(parts)}. Nothing is stored yet."


def actions(count: int) -> str:
    return "1 action" if count == 1 else f"{count:,} actions"


def button(preview: Preview) -> str:
    counts = preview.counts
    name = preview.imported.action_list.name
    new, revised = counts["new"], counts["revised"]
    if new and revised:
        return f"Add {new:,} and revise {revised:,} in {name}"
    return f"Add {actions(new)} to {name}" if new else f"Revise {actions(revised)} of {name}"


_KIND_WORDS = {
    Kind.ACTION: ("is an action", "are actions"),
    Kind.CONTINUED: ("goes on with the row above it", "go on with the row above them"),
    Kind.CROSS_REFERENCE: ("is a cross-reference only", "are cross-references only"),
    Kind.HEADING: ("is a heading", "are headings"),
    Kind.HEADER: ("is the names of the columns again", "are the names of the columns again"),
    Kind.LEFT: ("is left out", "are left out"),
}


_TAGS = {
    Kind.CONTINUED: "Goes on",
    Kind.CROSS_REFERENCE: "Cross-reference",
    Kind.HEADING: "Heading",
    Kind.LEFT: "Left out",
}


def kinds(preview: Preview) -> list[str]:
    """ "96 rows are actions", "1 row goes on with the row above it": each kind that there is."""
    counts = preview.kinds
    return [
        f"1 row {one}" if counts[kind] == 1 else f"{counts[kind]:,} rows {many}"
        for kind, (one, many) in _KIND_WORDS.items()
        if counts[kind]
    ]


def wanting(preview: Preview) -> list[str]:
    """What the actions would still want: "of 96 actions, nobody answers for it"."""
    counts = Counter(each for judged in preview.judged for each in judged.wanting)
    words = {
        "nobody answers for it": "have nobody who answers for them",
        "it is not said by when": "do not say by when",
        "it has no rating": "have no rating",
    }
    total = len(preview.judged)
    return [f"{count:,} of {total:,} actions {words[str(each)]}" for each, count in counts.items()]


def rows_of(preview: Preview) -> list[Row]:
    """Every row of the file but the names of its columns, in its order."""
    judged = {id(each.row): each for each in preview.judged}
    return [
        _row(number, row, judged.get(id(row)))
        for number, row in enumerate(preview.rows)
        if row.kind is not Kind.HEADER
    ]


def _row(number: int, row: ReadRow, judged: Judged | None) -> Row:
    where = "\N{NO-BREAK SPACE}".join(row.where.rsplit(" ", 1))
    if judged is None:
        words = row.heading if row.kind is Kind.HEADING else row.why
        return Row(f"row-{number}", where, word=_TAGS[row.kind], tone="quiet", what=words)
    problems = tuple(judged.problems)
    word = "Wrong" if problems else judged.outcome.value.capitalize()
    told = list(judged.told)
    if judged.refers_to:
        told.append(f"Refers to {', '.join(judged.refers_to)}.")
    if row.goes_on:
        below = ", ".join(str(one) for one in row.goes_on)
        told.append(f"Goes on in row {below}.")
    revised = judged.outcome is Outcome.REVISED
    return Row(
        f"row-{number}",
        where,
        word,
        "bad" if problems else TONES[judged.outcome],
        row.texts.get("what", ""),
        row.reference,
        tuple(judged.changes) if revised and not problems else (),
        tuple(told),
        problems,
        f"Wanting: {', '.join(judged.wanting)}." if judged.wanting and judged.outcome is Outcome.NEW else "",
    )  # fmt: skip


def errors(
    preview: Preview, rows: Sequence[Row], page: int, change_list: str
) -> list[dict[str, str]]:
    """Every problem with a link to its row: on this page, or the page it stands on.

    How the list is shared is put right at `change_list`, the page on which the list is changed.
    """
    places = {id(problem): place for place, row in enumerate(rows) for problem in row.problems}
    said = []
    for problem in preview.problems:
        if problem is preview.sharing:
            said.append({"text": str(problem), "href": change_list})
            continue
        place = places.get(id(problem))
        if place is None:
            said.append({"text": str(problem), "href": "#columns"})
            continue
        there = place // ROWS_A_PAGE + 1
        address = f"#{rows[place].key}"
        said.append(
            {"text": str(problem), "href": address if there == page else f"?page={there}{address}"}
        )
    return said


def _joined(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
