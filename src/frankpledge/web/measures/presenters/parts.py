"""What pages of figures are made of: parts with a heading, and tables whose rows lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frankpledge.reporting.document import Block, Column, Table
from frankpledge.reporting.readings import Material
from frankpledge.reporting.sections import explanations


@dataclass(frozen=True)
class Part:
    """A part of a page under a heading of its own."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...]
    captions_shown: bool = True
    """False where the heading says what a table's caption would say again, to the eye alone."""


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


def about_reconstructed(material: Material) -> tuple[Part, ...]:
    """What a reconstructed month is, where the page shows one: notices lead here."""
    said = explanations.reconstructed(material)
    return (Part("Reconstructed figures", "reconstructed-figures", said),) if said else ()


NAME = Column("Measure", heads_row=True)
