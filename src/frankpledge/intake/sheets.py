"""A workbook looked through before it is read: formulas, what is hidden, how far its cells reach.

What a sheet says of its own size is not asked; the cells are counted as they go by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from frankpledge.intake.limits import Limits
from frankpledge.intake.package import Package, TooManyError
from frankpledge.intake.problems import RefusedError, listed

_KEPT_PLACES = 10_000
_EXCEL_ROWS, _EXCEL_COLUMNS = 1_048_576, 16_384
_OTHERS = 500_000
"""How many elements a sheet may have that are no rows, cells or values."""
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def letters(column: int) -> str:
    """The letters over a column counted from 1: 28 is "AB"."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(text: str) -> int:
    """A column's letters as a number counted from 1: "AB" is 28."""
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True)
class Span:
    """A block of cells, rows and columns counted from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def cells(self) -> int:
        """How many cells it covers."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)


def span_of(reference: str) -> Span | None:
    """A reference such as "A2:C5" as a block; None where it is none."""
    first, _, last = reference.partition(":")
    start, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if start is None or end is None:
        return None
    rows = sorted((int(start[2]), int(end[2])))
    columns = sorted((column_number(start[1]), column_number(end[1])))
    if rows[0] < 1:
        return None
    return Span(rows[0], columns[0], rows[1], columns[1])


@dataclass
class Sheet:
    """One worksheet as it was seen going by."""

    part: str
    name: str = ""
    state: str = "visible"
    last_row: int = 0
    last_column: int = 0
    merged: list[Span] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    formula_count: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    table_header: int | None = None

    @property
    def where(self) -> str:
        """The sheet in words."""
        return f"sheet {self.name!r}" if self.name else self.part


class SheetWatcher:
    """Watches the XML of one worksheet go by. Only a cell that holds something counts."""

    def __init__(self, sheet: Sheet, package: Package) -> None:
        self.sheet, self.package, self.limits = sheet, package, package.limits
        self.row = self.column = 0
        self.here = (0, 0)
        self.row_is_hidden = self.rows_are_hidden = False
        self.hidden: list[tuple[int, int]] = []
        self.columns: dict[str, int] = {}
        self.rows = self.cells = self.in_row = self.others = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag[tag.rfind("}") + 1 :]
        if name == "c":
            self._cell(attributes.get("r"))
        elif name in ("v", "is"):
            self._value()
        elif name == "row":
            self._row(attributes)
        elif name != "t":
            self._other(name, attributes)

    def _other(self, name: str, attributes: dict[str, str]) -> None:
        self.others += 1
        if self.others > _OTHERS:
            raise TooManyError
        if name == "f":
            self._formula()
        elif name == "col":
            self._column(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "sheetFormatPr":
            self.rows_are_hidden = _true(attributes.get("zeroHeight"))

    def end(self, tag: str) -> None:
        """Nothing is looked at twice."""

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = _whole(attributes.get("r"), self.row + 1)
        self.column = self.in_row = 0
        self.rows += 1
        if self.rows > _EXCEL_ROWS:
            raise TooManyError
        hidden = attributes.get("hidden")
        self.row_is_hidden = (
            _true(hidden) or attributes.get("ht") in ("0", "0.0")
            if hidden is not None or "ht" in attributes
            else self.rows_are_hidden
        )

    def _cell(self, reference: str | None) -> None:
        # Empty cells weigh as much as others while a row is read.
        self.cells += 1
        self.in_row += 1
        if self.cells > 2 * self.limits.cells or self.in_row > _EXCEL_COLUMNS:
            raise TooManyError
        if reference is None:
            self.column += 1
            self.here = (self.row, self.column)
            return
        head = reference.rstrip("0123456789")
        column = self.columns.get(head)
        if column is None:
            column = self.columns[head] = column_number(head) if head.isalpha() else 0
        self.column = column
        self.here = (_whole(reference[len(head) :], self.row), column)

    def _value(self) -> None:
        row, column = self.here
        sheet = self.sheet
        if row > sheet.last_row:
            sheet.last_row = row
            if row > self.limits.rows:
                self._too_long()
        if column > sheet.last_column:
            sheet.last_column = column
            if column > self.limits.columns:
                self._too_wide()
        if self.row_is_hidden:
            sheet.hidden_rows.add(row)
        if self.hidden and any(first <= column <= last for first, last in self.hidden):
            sheet.hidden_columns.add(column)

    def _formula(self) -> None:
        self.sheet.formula_count += 1
        if len(self.sheet.formulas) < 10:
            row, column = self.here
            self.sheet.formulas.append(f"{letters(column)}{row}")

    def _column(self, attributes: dict[str, str]) -> None:
        if _true(attributes.get("hidden")) or attributes.get("width") in ("0", "0.0"):
            first = _whole(attributes.get("min"), 1)
            self.hidden.append((first, _whole(attributes.get("max"), first)))

    def _merge(self, reference: str) -> None:
        span = span_of(reference)
        if span is None:
            return
        self.sheet.merged.append(span)
        if len(self.sheet.merged) > _KEPT_PLACES:
            self.package.found(
                f"{self.sheet.where} has more than {_KEPT_PLACES:,} merged cells.",
                "Unmerge them and upload it again.",
            )
            raise RefusedError(self.package.problems)

    def _too_long(self) -> None:
        self.package.found(
            f"{self.sheet.where} has more than {self.limits.rows:,} rows.",
            "Upload it in several files, or delete what stands below the table.",
        )
        raise RefusedError(self.package.problems)

    def _too_wide(self) -> None:
        self.package.found(
            f"{self.sheet.where} has more than {self.limits.columns} columns.",
            "Leave out the columns that are not needed, or put what they hold in rows.",
        )
        raise RefusedError(self.package.problems)


def _true(text: str | None) -> bool:
    return text in ("1", "true", "on")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def check_sheet(sheet: Sheet, package: Package, limits: Limits) -> None:
    """What is wrong with one sheet once all of it has gone by."""
    if sheet.state != "visible":
        package.found(
            f"{sheet.where} is hidden.",
            "Copy what is meant to be sent into a new workbook: this one cannot be shown by a menu."
            if sheet.state == "veryHidden"
            else "Show it (right-click on any sheet's tab, Unhide) or delete it.",
        )
    if sheet.formula_count:
        more = sheet.formula_count - len(sheet.formulas)
        places = listed([*sheet.formulas, *[""] * more])
        package.found(
            f"{sheet.where} has formulas in {places}; what they last came to cannot be trusted.",
            "Copy the table and paste it as values (Paste special, Values).",
        )
    if sheet.hidden_rows:
        places = listed([str(row) for row in sorted(sheet.hidden_rows)])
        package.found(
            f"{sheet.where} has hidden rows with something in them: {places}.",
            "Unhide them or clear the filter, then delete what is not meant to be sent.",
        )
    if sheet.hidden_columns:
        places = listed([letters(column) for column in sorted(sheet.hidden_columns)])
        package.found(
            f"{sheet.where} has hidden columns with something in them: {places}.",
            "Unhide them, then delete what is not meant to be sent.",
        )
    if sheet.last_row * sheet.last_column > limits.cells:
        package.found(
            f"{sheet.where} reaches over more than {limits.cells:,} cells.",
            "Leave out what is not needed, or upload it in several files.",
        )
    # What reaches beyond the last value is left off when the table is read.
    sheet.merged = [
        Span(m.top, m.left, min(m.bottom, sheet.last_row), min(m.right, sheet.last_column))
        for m in sheet.merged
        if m.top <= sheet.last_row and m.left <= sheet.last_column
    ]
    if sum(m.cells for m in sheet.merged) > limits.cells:
        package.found(
            f"{sheet.where} has merged cells that lie over each other.",
            "Unmerge them and upload it again.",
        )
