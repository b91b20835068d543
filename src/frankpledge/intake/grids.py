"""Rows as they stand in a file, before it is known which of them is the header."""

from __future__ import annotations

from dataclasses import dataclass, field

from frankpledge.intake.cleaning import clean
from frankpledge.intake.limits import Limits
from frankpledge.intake.problems import Problem, RefusedError
from frankpledge.intake.sheets import letters


@dataclass
class GridRow:
    """One row: its number as the person sees it, its texts, and how it is set.

    `continued` holds the positions of cells that carry on the one above (a copy of its text) or to
    the left (empty).
    """

    number: int
    cells: list[str]
    continued: frozenset[int] = frozenset()
    bold: bool = False
    across: bool = False
    marked_header: bool = False


@dataclass
class Grid:
    """The rows of one sheet or table, and where it stands."""

    name: str
    where: str
    rows: list[GridRow]
    above: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)
    header_row: int | None = None


class Texts:
    """Cleans the texts of one file: each once, and never more of them than a file may hold."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self.cleaned: dict[str, str] = {}
        self.characters = 0

    def of(self, text: str, row: int, column: int) -> str:
        """The text of a cell (row and column counted from 1) as a person reads it."""
        plain = self.cleaned.get(text)
        if plain is None:
            plain = self.cleaned[text] = clean(text)
        self.count(plain, row, column)
        return plain

    def count(self, text: str, row: int, column: int) -> None:
        """Counts a text as it is put into a row: a short file may say a long thing many times."""
        if len(text) > self.limits.cell:
            what = f"Cell {letters(column)}{row} has more than {self.limits.cell:,} characters."
            raise RefusedError([Problem(self.name, what, "Shorten it.")])
        self.characters += len(text)
        if self.characters > self.limits.characters:
            what = f"Its cells hold more than {self.limits.characters:,} characters together."
            raise RefusedError([Problem(self.name, what, "Upload it in several files.")])
