"""What an opened file holds, as plain tables: a header, rows of text, headings between them.

| row | kind    | cells                             | heading     |
|  3  | heading | Prevention                        | Prevention  |
|  4  | row     | 8, Say who owns safer roads, ...  | Prevention  |
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from io import BytesIO

import pyarrow
import pyarrow.parquet

from frankpledge.intake.contents import Kind
from frankpledge.intake.grids import Grid, GridRow, Texts
from frankpledge.intake.headings import (
    Trail,
    header_position,
    heading_in,
    numbers_its_rows,
    repeats,
)
from frankpledge.intake.opening import Opened
from frankpledge.intake.problems import Problem, RefusedError, listed
from frankpledge.intake.separated import records, unguard
from frankpledge.intake.sheets import letters
from frankpledge.intake.word_tables import document_grids
from frankpledge.intake.workbooks import workbook_grids


class RowKind(StrEnum):
    """What a row of a table is."""

    ROW = "row"
    HEADING = "heading"
    HEADER = "header again"


@dataclass(frozen=True)
class RawRow:
    """One row below the header, with its number as the person sees it in the file.

    `continued` holds the positions of cells that are merged with the one above (its text stands
    here again) or to the left (empty). `headings` are those it stands under, the widest first.
    """

    number: int
    cells: tuple[str, ...]
    kind: RowKind = RowKind.ROW
    headings: tuple[str, ...] = ()
    continued: frozenset[int] = frozenset()

    @property
    def heading(self) -> str:
        """The nearest heading it stands under; a heading's own words."""
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True)
class RawTable:
    """A table as it stood in the file. Every row has as many cells as the header has names.

    `header_row` is None where no row looked like a header; the names are then "Column A" and so on.
    `above` holds the words over the table, the nearest last.
    """

    name: str
    where: str
    header: tuple[str, ...]
    header_row: int | None
    rows: tuple[RawRow, ...]
    above: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[RawRow, ...]:
        """The rows that are neither headings nor the header again."""
        return tuple(row for row in self.rows if row.kind is RowKind.ROW)


def tables_in(opened: Opened, known: Collection[str] = ()) -> list[RawTable]:
    """The tables of an opened file. `known` are names of columns that help to find the header."""
    grids = {
        Kind.CSV: _separated_grids,
        Kind.PARQUET: _parquet_grids,
        Kind.XLSX: workbook_grids,
        Kind.DOCX: document_grids,
    }[opened.kind](opened)
    tables = [_table(grid, known) for grid in grids if any(any(row.cells) for row in grid.rows)]
    if not tables:
        what = "There is no table in it."
        to_do = "Put what you mean to upload in a table with a row of column names."
        raise RefusedError([Problem(opened.name, what, to_do)])
    return tables


def carried_down(table: RawTable, columns: Collection[int]) -> RawTable:
    """The table with the empty cells of some columns filled from the row above, marked as such.

    A delivery plan says a commitment once and lists its activities below it. A heading ends that.
    """
    rows: list[RawRow] = []
    last: dict[int, str] = {}
    for row in table.rows:
        if row.kind is not RowKind.ROW:
            last = {}
            rows.append(row)
            continue
        filled = {c: last[c] for c in columns if not row.cells[c] and last.get(c)}
        cells = tuple(filled.get(c, cell) for c, cell in enumerate(row.cells))
        last = {c: cells[c] for c in columns}
        rows.append(replace(row, cells=cells, continued=row.continued | filled.keys()))
    return replace(table, rows=tuple(rows))


def _table(grid: Grid, known: Collection[str]) -> RawTable:
    width = max(len(row.cells) for row in grid.rows)
    for row in grid.rows:
        row.cells += [""] * (width - len(row.cells))
    position = header_position(grid, known)
    header = grid.rows[position] if position is not None else None
    below = grid.rows[position + 1 :] if position is not None else grid.rows
    over = [row for row in grid.rows[: position or 0] if any(row.cells)]
    above = (*grid.above, *(" ".join(filter(None, row.cells)) for row in over))
    first = (over[-1].cells[0],) if over and over[-1].across else ()
    names = (
        tuple(header.cells) if header else tuple(f"Column {letters(n + 1)}" for n in range(width))
    )
    rows, joined = _rows(below, names, first)
    remarks = list(grid.remarks)
    if header is None:
        remarks.append(f"{grid.where} has no row of column names that could be told.")
    if joined:
        remarks.append(
            f"{grid.where} has words cut by columns, read as headings: rows {listed(joined)}."
        )
    number = header.number if header else None
    return RawTable(grid.name, grid.where, names, number, rows, above, tuple(remarks))


def _rows(
    below: list[GridRow], names: tuple[str, ...], first: tuple[str, ...]
) -> tuple[tuple[RawRow, ...], list[str]]:
    """The rows that hold anything, each told what it is, and the numbers of those put together."""
    rows, joined = [], []
    numbered = numbers_its_rows([row for row in below if not repeats(row, names)])
    trail, group = Trail(first), False
    for row in below:
        if not any(row.cells):
            continue
        kind, cells = RowKind.ROW, tuple(row.cells)
        if repeats(row, names):
            kind = RowKind.HEADER
        elif words := heading_in(row, numbered):
            kind = RowKind.HEADING
            trail.add(words, joins=group)
            joined += [str(row.number)] if words != cells[0] else []
        # The header said again between two headings does not part them.
        group = kind is RowKind.HEADING or (group and kind is RowKind.HEADER)
        rows.append(RawRow(row.number, cells, kind, trail.headings, row.continued))
    return tuple(rows), joined


def _separated_grids(opened: Opened) -> list[Grid]:
    texts = Texts(opened.name, opened.limits)
    rows = [
        GridRow(number, [texts.of(unguard(cell), number, c) for c, cell in enumerate(row, start=1)])
        for number, row in enumerate(records(opened.separated), start=1)
    ]
    grid = Grid(opened.name, opened.name, rows or [GridRow(1, [""])])
    widths = [len(row.cells) for row in rows if any(row.cells)]
    usual = max(set(widths), key=widths.count, default=0)
    longer = [str(row.number) for row in rows if any(row.cells[usual:])]
    if longer:
        grid.remarks.append(
            f"Most rows have {usual} values; these have more: rows {listed(longer)}. "
            "Look for a separator inside a value that is not in quotation marks."
        )
    return [grid]


def _parquet_grids(opened: Opened) -> list[Grid]:
    texts = Texts(opened.name, opened.limits)
    try:
        file = pyarrow.parquet.ParquetFile(BytesIO(opened.data))
        rows = [
            GridRow(1, [texts.of(name, 1, c) for c, name in enumerate(file.schema_arrow.names, 1)])
        ]
        for batch in file.iter_batches(batch_size=1000):
            for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number = len(rows) + 1
                cells = ("" if value is None else str(value) for value in values)
                rows.append(
                    GridRow(number, [texts.of(t, number, c) for c, t in enumerate(cells, 1)])
                )
    except (pyarrow.ArrowException, OSError):
        what = "The Parquet file is damaged."
        raise RefusedError(
            [Problem(opened.name, what, "Write it again and upload that.")]
        ) from None
    return [Grid(opened.name, opened.name, rows, header_row=1)]
