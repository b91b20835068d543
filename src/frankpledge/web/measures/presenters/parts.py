"""What pages of figures are made of: parts with a heading, and tables whose rows lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frankpledge.reporting.document import Block, Column, Table


@dataclass(frozen=True)
class Part:
    """A part of a page under a heading of its own."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]


def leading_to(table: Table, addresses: Sequence[str]) -> Table:
    """The table with each row's name leading to its address, the same number of them as rows."""
    at = next(i for i, column in enumerate(table.columns) if column.heads_row)
    rows = tuple(
        replace(row, cells=_with_link(row.cells, at, address))
        for row, address in zip(table.rows, addresses, strict=True)
    )
    return replace(table, rows=rows)


def _with_link(cells: tuple, at: int, address: str) -> tuple:
    return (*cells[:at], replace(cells[at], link=address), *cells[at + 1 :])


def without_column(table: Table, heading: str) -> Table:
    """The table without the column of this heading: what would say the same in every row."""
    kept = [i for i, column in enumerate(table.columns) if column.heading != heading]
    return replace(
        table,
        columns=tuple(table.columns[i] for i in kept),
        rows=tuple(replace(r, cells=tuple(r.cells[i] for i in kept)) for r in table.rows),
    )


NAME = Column("Measure", heads_row=True)
