"""The report as a workbook, laid out as the Analysis Function asks of accessible spreadsheets.

A cover, contents, notes and one table a sheet; nothing merged, nothing hidden, no colour that
means something. Tables of the same columns share a sheet with a column that says whose they are, so that a
person can filter all areas at once. Numbers are numbers, rounded as they are printed; where there is
none a shorthand in square brackets says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from gptables import Cover, GPTable
from gptables import write_workbook as write_sheets

from frankpledge.analysis.conditions import Condition
from frankpledge.reporting.document import Cell, Column, Report, Row, Section, Table
from frankpledge.reporting.html import page_title, particulars
from frankpledge.reporting.numbers import MINUS

SHORTHAND = {
    Condition.SUPPRESSED: "[c]",
    Condition.MISSING: "[x]",
    Condition.NOT_APPLICABLE: "[z]",
}
LEGEND = [
    "[c] hidden to protect people",
    "[x] not available",
    "[z] not applicable: there is no such number",
]
MARKS = {
    "above": "above the upper limit",
    "below": "below the lower limit",
    "strong": "strong evidence",
    "reconstructed": "reconstructed",
    "overdue": "overdue",
}
SMALL_BASE = "(small base)"

NAMES = (
    ("scorecard-", "Scorecard"),
    ("-volumes", "Volumes"),
    ("exceptions-table", "Exceptions"),
    ("-comparisons", "Comparisons"),
    ("-areas", "By area"),
    ("-months", "Monthly figures"),
    ("yardstick", "Yardstick"),
    ("revisions-table", "Revisions"),
    ("held-back-table", "Held back"),
)
"""Part of a table's anchor, and the sheet its kind stands in."""

NOTHING = "none"
"""What stands where there is nothing to say: an empty cell could be anything."""

_NUMBER = re.compile(
    r"(?P<sign>[+−-]?)(?P<pound>£?)(?P<digits>\d[\d,]*)(?P<decimals>\.\d+)?(?P<unit>%| points?)?"
)


@dataclass
class Sheet:
    """Tables of the same columns, one under the other."""

    label: str
    columns: tuple[Column, ...]
    captions: list[str] = field(default_factory=list)
    rows: list[tuple[str, Row]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write_workbook(report: Report, path: Path) -> None:
    """Writes the report's tables as a workbook (.xlsx)."""
    stacked = sheets_of(report)
    notes = list(dict.fromkeys(note for sheet in stacked for note in sheet.notes))
    sheets = {sheet.label: _gptable(sheet, notes) for sheet in stacked}
    title = report.title_page
    write_sheets(
        filename=str(path),
        sheets=sheets,
        cover=Cover(
            title=page_title(title),
            intro=[title.purpose, *(_said(notice) for notice in title.notices)],
            about=[
                *(f"{term}: {text}" for term, text in particulars(title)),
                "Numbers are rounded as they are printed in the report, half away from zero. Unrounded,"
                " they stand in findings.json, beside this workbook.",
            ],
        ),
        notes_table=pd.DataFrame(
            [[_note_name(i), note] for i, note in enumerate(notes)],
            columns=["Note", "What it says"],
        ),
        contentsheet_label="Contents",
        notesheet_label="Notes",
        workbook_options={"strings_to_formulas": False, "strings_to_urls": False},
    )


def _said(notice) -> str:
    return f"{notice.label}. {''.join(p if isinstance(p, str) else p.text for p in notice.words)}"


def sheets_of(report: Report) -> list[Sheet]:
    """The report's tables by sheet, in the order they come; a table told twice stands once."""
    sheets: dict[tuple, Sheet] = {}
    seen: set[str] = set()
    for section, table in report.tables():
        if not _new(table, seen):
            continue
        key = tuple((c.heading, c.hint) for c in table.columns if c.kind != "sparkline")
        if key not in sheets:
            taken = {sheet.label for sheet in sheets.values()}
            sheets[key] = Sheet(_label(table, taken), table.columns)
        sheet = sheets[key]
        sheet.captions.append(table.caption)
        sheet.notes += [note for note in table.notes if note not in sheet.notes]
        sheet.rows += [(_whose(section, table), row) for row in table.rows]
    return list(sheets.values())


def _new(table: Table, seen: set[str]) -> bool:
    """Whether a table prints a finding that no sheet has yet; one without findings always counts."""
    printed = {
        f"{_kind(table)}|{cell.finding}"
        for row in table.rows
        for cell in row.cells
        if cell.finding is not None
    }
    fresh = not printed or bool(printed - seen)
    seen |= printed
    return fresh


def _kind(table: Table) -> str:
    return next((name for part, name in NAMES if part in table.anchor), "Table")


def _label(table: Table, taken: set[str]) -> str:
    """A sheet's name: short, and not yet taken."""
    kind = _kind(table)
    return next(name for name in _candidates(kind) if name not in taken)


def _candidates(kind: str) -> Iterator[str]:
    yield kind
    number = 2
    while True:
        yield f"{kind} {number}"
        number += 1


def _whose(section: Section, table: Table) -> str:
    """What a row of a shared sheet is of: the table's caption, before any colon, or the section."""
    return table.caption.split(": ")[-1 if table.anchor.startswith("scorecard-") else 0]


def _note_name(place: int) -> str:
    return f"note_{place + 1}"


def _gptable(sheet: Sheet, notes: list[str]) -> GPTable:
    shared = len(sheet.captions) > 1
    frame = _frame(sheet, shared)
    caption = sheet.label if shared else sheet.captions[0]
    letters = re.sub(r"[^A-Za-z0-9]", "_", sheet.label)
    return GPTable(
        table=frame,
        table_name=f"table_{letters}",
        title=" ".join([caption, *(f"$${_note_name(notes.index(n))}$$" for n in sheet.notes)]),
        subtitles=[
            f"This sheet holds {len(sheet.captions)} tables of the report, one under the other."
        ]
        if shared
        else [],
        instructions="This worksheet contains one table.",
        legend=LEGEND,
        index_columns={},
        additional_formatting=_formats(sheet, shared),
    )


def _formats(sheet: Sheet, shared: bool) -> list[dict]:
    """How each number is shown, so that a cell reads as the report prints it: "+39.8%", "8,338".

    One entry a cell: gptables formats only the last of several.
    """
    shown = [i for i, column in enumerate(sheet.columns) if column.kind != "sparkline"]
    formats = []
    for line, (_, row) in enumerate(sheet.rows, start=1):
        for place, i in enumerate(shown, start=int(shared)):
            told = number_format(row.cells[i].text) if sheet.columns[i].kind == "number" else ""
            if told:
                formats.append({"cell": {"cells": (line, place), "format": {"num_format": told}}})
    return formats


def _frame(sheet: Sheet, shared: bool) -> pd.DataFrame:
    shown = [i for i, column in enumerate(sheet.columns) if column.kind != "sparkline"]
    headings = _unique([_heading(sheet.columns[i]) for i in shown])
    marks = [_marks(row) for _, row in sheet.rows]
    marked = any(mark != NOTHING for mark in marks)
    lines = []
    for (whose, row), mark in zip(sheet.rows, marks, strict=True):
        cells = [_written(row.cells[i], sheet.columns[i]) for i in shown]
        lines.append([*([whose] if shared else []), *cells, *([mark] if marked else [])])
    columns = [*(["Table"] if shared else []), *headings, *(["Marks"] if marked else [])]
    return pd.DataFrame(lines, columns=columns, dtype=object)


def _heading(column: Column) -> str:
    return f"{column.heading} ({column.hint})" if column.hint else column.heading


def _unique(headings: list[str]) -> list[str]:
    """Headings of which none is told twice."""
    return [
        f"{h} ({headings[:i].count(h) + 1})" if h in headings[:i] else h
        for i, h in enumerate(headings)
    ]


def _written(cell: Cell, column: Column) -> float | int | str:
    """What a cell holds: a number as printed, or a shorthand, or words."""
    if column.kind != "number":
        return cell.text or NOTHING
    if cell.condition in SHORTHAND and cell.value is None:
        return SHORTHAND[cell.condition]
    if not cell.text:
        return SHORTHAND[Condition.NOT_APPLICABLE]
    return printed_number(cell.text)


def _number_in(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(text.removesuffix(SMALL_BASE).strip())


def printed_number(text: str) -> float | int | str:
    """The number that a text prints, or the text where it prints none: "+39.8%" is 39.8."""
    found = _number_in(text)
    if not found:
        return text
    digits = found["digits"].replace(",", "")
    number = float(digits + found["decimals"]) if found["decimals"] else int(digits)
    return -number if found["sign"] in {MINUS, "-"} else number


def number_format(text: str) -> str:
    """The number format that shows a number as the text prints it; "" where it prints none."""
    found = _number_in(text)
    if not found:
        return ""
    decimals = "." + "0" * (len(found["decimals"]) - 1) if found["decimals"] else ""
    unit = f'"{found["unit"]}"' if found["unit"] else ""
    plain = f"{found['pound']}#,##0{decimals}{unit}"
    return f"+{plain};{MINUS}{plain}" if found["sign"] == "+" else f"{plain};{MINUS}{plain}"


def _marks(row: Row) -> str:
    """What marks a row out, in words."""
    marks = [MARKS[row.emphasis]] if row.emphasis else []
    for cell in row.cells:
        if cell.emphasis and MARKS[cell.emphasis] not in marks:
            marks.append(MARKS[cell.emphasis])
        if cell.text.endswith(SMALL_BASE):
            marks.append("percentage from a small base")
        if cell.note:
            marks.append(cell.note)
    return "; ".join(dict.fromkeys(marks)) or NOTHING
