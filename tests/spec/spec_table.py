"""Reads a spec table: a text file of rows whose cells are divided by upright strokes.

Lines that begin with # are read by people; the first other line names the columns.
"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def spec_table(name: str) -> list[dict[str, str]]:
    """The rows of `tests/spec/<name>.txt`, each a dictionary of texts by column name."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    rows = [
        [cell.strip() for cell in line.split("|")]
        for line in lines
        if line.strip() and not line.startswith("#")
    ]
    columns = rows[0]
    for row in rows[1:]:
        if len(row) != len(columns):
            raise ValueError(f"{name}: {len(row)} cells where {len(columns)} are named: {row}")
    return [dict(zip(columns, row, strict=True)) for row in rows[1:]]


def spec_notes(name: str) -> str:
    """What the table says of itself: the lines that begin with #, as one paragraph."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    title, *rest = [line.removeprefix("#").strip() for line in lines if line.startswith("#")]
    told = " ".join([title if title.endswith(".") else f"{title}.", *filter(None, rest)])
    return told if told.endswith(".") else f"{told}."


def number(cell: str) -> float | None:
    """A cell as a number; "none" and "-" are none."""
    return None if cell in {"none", "-", ""} else float(cell)
