"""Which row is the header, and which rows are headings over the ones that follow."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from frankpledge.intake.grids import Grid, GridRow

_LOOKED_AT = 30
_REFERENCE = re.compile(r"(?=\S*\d)\S{1,12}|#?\d+")
_VALUE = re.compile(r"[\d\s.,:/%£+-]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """A column's name without capitals, spaces or marks; "#" and the like stay as they are."""
    return re.sub(r"[\W_]+", "", text.lower()) or text.strip()


def header_position(grid: Grid, known: Collection[str] = ()) -> int | None:
    """Where the header stands (0 is the first row), None where no row looks like one.

    In order: the row the file itself marks, the row with most of the names we know, and else the
    first row that is as full as most are and holds names alone.
    """
    rows = grid.rows
    if grid.header_row is not None:
        return next((i for i, row in enumerate(rows) if row.number == grid.header_row), None)
    head = [(i, row) for i, row in enumerate(rows[:_LOOKED_AT]) if any(row.cells)]
    names = {plain(name) for name in known}
    best = max(head, key=lambda one: (_names_in(one[1], names), -one[0]), default=None)
    if best is not None and _names_in(best[1], names) >= 2:
        return best[0]
    marked = [i for i, row in head if row.marked_header and not row.across]
    if marked:
        return marked[-1]
    usual = _usual_width(rows)
    for position, row in head:
        if _looks_like_names(row, usual):
            return position
    return None


def _names_in(row: GridRow, names: Collection[str]) -> int:
    return len({plain(cell) for cell in row.cells if cell} & set(names))


def _usual_width(rows: Sequence[GridRow]) -> int:
    """How many cells of a row are filled in the fullest of the rows looked at."""
    return max((sum(map(bool, row.cells)) for row in rows[: _LOOKED_AT * 2]), default=0)


def _looks_like_names(row: GridRow, usual: int) -> bool:
    held = [cell for cell in row.cells if cell]
    if row.across or len(held) < max(1, min(2, usual), (usual + 1) // 2):
        return False
    if any(len(cell) > 60 or _VALUE.fullmatch(cell) for cell in held):
        return False
    return len({plain(cell) for cell in held}) == len(held)


def repeats(row: GridRow, header: Sequence[str]) -> bool:
    """Whether a row says the header again, as a table does on its next page."""
    same = other = 0
    for cell, name in zip(row.cells, header, strict=False):
        if not cell and not name:
            continue
        if plain(cell) == plain(name):
            same += 1
            continue
        other += 1
        # Most rows are told from the header by their first cells.
        if other * 4 > len(header):
            return False
    return same >= 2 and same >= other * 3


def numbers_its_rows(rows: Sequence[GridRow]) -> bool:
    """Whether the first column holds references ("2.1", "ce16") in most of the rows that are filled."""
    firsts = [row.cells[0] for row in rows if row.cells[0] and sum(map(bool, row.cells)) > 1]
    return len(firsts) > 1 and sum(map(is_reference, firsts)) * 3 >= len(firsts) * 2


def is_reference(text: str) -> bool:
    """Whether a text is a number or a short mark with a number in it."""
    return _REFERENCE.fullmatch(text) is not None


def heading_in(row: GridRow, numbered: bool) -> str | None:
    """The words of a heading over the full width; None where the row is an ordinary one.

    A lone first cell is not enough: an action may have nothing but its words. It has to be merged
    over the width, bold, in capitals, end in a colon, or stand where other rows have a reference.
    """
    first = row.cells[0]
    if row.across:
        return first or None
    if not first or 0 in row.continued or len(row.cells) < 2:
        return None
    if any(row.cells[1:]):
        return _broken_words(row.cells)
    if is_reference(first) or len(first) > 200:
        return None
    in_capitals = first.isupper() and " " in first
    return first if row.bold or in_capitals or first.endswith(":") or numbered else None


def _broken_words(cells: Sequence[str]) -> str | None:
    """A heading whose words were cut by the columns: "Polic", "e and Crime", "'s part:"."""
    held = [cell for cell in cells if cell]
    if list(cells[: len(held)]) != held or len(held) == len(cells) or not held[-1].endswith(":"):
        return None
    joints = itertools.pairwise(held)
    if all(
        left[-1].isalpha() and (right[0].islower() or right[0] in "'’") for left, right in joints
    ):
        return "".join(held)
    return None


class Trail:
    """The headings a row stands under: an objective, and below it whose commitments these are.

    Headings that follow one another stand below one another. One that comes later takes the place
    of the one that is set as it is (in capitals, with a colon); failing that, of all.
    """

    def __init__(self, first: tuple[str, ...] = ()) -> None:
        self.headings = first

    def add(self, words: str, *, joins: bool) -> None:
        """One more heading; `joins` where nothing stands between it and the one before."""
        if joins:
            self.headings = (*self.headings, words)
            return
        alike = [i for i, one in enumerate(self.headings) if _setting(one) == _setting(words)]
        self.headings = (*self.headings[: alike[0] if alike else 0], words)


def _setting(words: str) -> tuple[bool, bool]:
    return words.isupper(), words.endswith(":")
