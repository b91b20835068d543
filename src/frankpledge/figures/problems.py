"""What is wrong with the figures, all of it at once, for a person to put right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

LISTED = 1000
"""How many problems are listed; the others are counted."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong: the file, the row a person sees there, the column, and what to do.

    `row` and `column` are None where the whole file is meant. The header stands in row 1 where
    nothing stands above it.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    what_to_do: str

    @property
    def where(self) -> str:
        """The place in words: "figures.csv, row 3, column value"."""
        parts = [self.file]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column is not None:
            parts.append(f"column {self.column}")
        return ", ".join(parts)

    def __str__(self) -> str:
        found = "" if self.value is None else f" found {self.value!r};"
        return f"{self.where}:{found} expected {self.expected}. {self.what_to_do}"


class FiguresError(ValueError):
    """The figures cannot be used, and none of them were taken.

    `problems` holds the reasons, at most a thousand; `total` says how many there are in all.
    """

    def __init__(self, problems: Iterable[Problem], total: int | None = None) -> None:
        self.problems = tuple(problems)
        self.total = len(self.problems) if total is None else total
        heading = f"{self.total} problem{'' if self.total == 1 else 's'} in the figures"
        lines = [heading, *(f"  {p}" for p in self.problems)]
        unlisted = self.total - len(self.problems)
        if unlisted > 0:
            lines.append(f"  and {unlisted} more of these kinds")
        super().__init__("\n".join(lines))


Explain = Callable[[Any], tuple[str, str]]
"""From what stands in a cell to what was expected there and what to do."""


@dataclass
class Problems:
    """The problems met so far: the first thousand of each kind, and how many there are in all."""

    found: list[tuple[int, Problem]] = field(default_factory=list)
    total: int = 0
    files: dict[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.total

    def add(
        self,
        file: str,
        expected: str,
        what_to_do: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        """One problem."""
        self.total += 1
        self._keep(Problem(file, row, column, value, expected, what_to_do))

    def add_rows(
        self,
        file: str,
        rows: pl.DataFrame,
        *,
        column: str | None,
        value: str | None,
        explain: Explain | tuple[str, str],
        about: str | None = None,
    ) -> None:
        """One problem for each row of a frame that holds `row` and the text of the cell, `value`.

        `column` names the column of the file, or, where the frame has a column "column", stands in
        for it where that is null. `explain` is given the text, or what stands in `about`. Only the
        rows that will be listed are looked at one by one.
        """
        self.total += rows.height
        if rows.height == 0:
            return
        for found in rows.sort("row").head(LISTED).iter_rows(named=True):
            named, text = found.get("column") or column, found.get(value)
            told = found.get(about or value)
            expected, to_do = (
                explain("" if told is None else told) if callable(explain) else explain
            )
            self._keep(Problem(file, found["row"], named, text, expected, to_do))

    def listed(self) -> tuple[Problem, ...]:
        """The first thousand, file by file in the order they were read, from the top down."""

        def place(one: tuple[int, Problem]) -> tuple[int, int, str]:
            file, problem = one
            return file, problem.row or 0, problem.column or ""

        return tuple(problem for _, problem in sorted(self.found, key=place)[:LISTED])

    def _keep(self, problem: Problem) -> None:
        order = self.files.setdefault(problem.file, len(self.files))
        self.found.append((order, problem))
