"""Files to observations: every file at once, everything wrong at once, and then nothing taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from frankpledge.analysis.series import OBSERVATION
from frankpledge.figures.forms import Form
from frankpledge.figures.judging import Calendar, MeasureNames, judged
from frankpledge.figures.layouts import figures_of
from frankpledge.figures.problems import FiguresError, Problem, Problems
from frankpledge.figures.remarks import (
    areas_spelt_twice,
    cells_without_number,
    may_be_fractions,
)
from frankpledge.figures.tables import IN_FOLDERS, Table, tables_in
from frankpledge.figures.zeros import fill_unlisted

Progress = Callable[[int, int, str], None]
"""Called with how much is done, how much there is, and what is being done."""

MAY_HOLD_FIGURES = (".pdf", ".docx", ".doc", ".pptx", ".txt", ".json", ".zip", ".numbers")
"""Of a folder's files that are not read, these are named; settings and programs are not."""


NAMED = {name: OBSERVATION[name] for name in ("measure", "area", "month", "known_at")}


@dataclass(frozen=True)
class Reading:
    """What was read: the observations, everything wrong with them, and what a person should know.

    `total` is how many problems there are; at most a thousand are listed. `zeros` of lists that
    leave them out are already filled in (`zeros.fill_unlisted`): do not fill them again. `named` is
    what every row says it is of, as far as it could be read, also where there are problems.
    """

    observations: pl.DataFrame
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    total: int = 0
    named: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=NAMED), repr=False)


def take(reading: Reading) -> pl.DataFrame:
    """The observations of a reading without problems. FiguresError, with all of them, otherwise."""
    if reading.problems:
        raise FiguresError(reading.problems, reading.total)
    return reading.observations


def read_or_refuse(
    paths: Sequence[Path] | Path, library: MeasureNames, **options: object
) -> Reading:
    """`read`, with FiguresError where anything is wrong."""
    reading = read(paths, library, **options)
    take(reading)
    return reading


def read(
    paths: Sequence[Path] | Path,
    library: MeasureNames,
    *,
    calendar_until: date | None = None,
    known_at: date | None = None,
    columns: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Reading:
    """The figures in files and folders, as observations (`OBSERVATION` of analysis/series.py).

    `calendar_until` is the last month a figure may be of (None: this month). `known_at` is the day
    on which figures were known that do not say it themselves. `columns` renames headers, from the
    file's to ours. With any problem `observations` is empty: nothing is taken of a reading with
    faults.
    """
    until = (calendar_until or date.today()).replace(day=1)
    problems, notes = Problems(), []
    files = _files(paths, problems, notes)
    parts: list[pl.DataFrame] = []
    lists: list[Form | None] = []
    for nth, (path, shown) in enumerate(files):
        if progress:
            progress(nth, len(files), f"Reading {shown}")
        for table in tables_in(path, shown, problems, notes, columns or {}):
            part = _observed(table, library, Calendar(until), known_at, problems, notes)
            if part is not None:
                parts.append(part)
                lists.append(table.form)
    if progress:
        progress(len(files), len(files), "Read")
    _twice(parts, problems)
    observations = pl.DataFrame(schema=OBSERVATION)
    if parts and not len(problems):
        observations = _filled(parts, lists, library.traits())
        notes += areas_spelt_twice(observations)
    named = pl.concat([pl.DataFrame(schema=NAMED), *(p.select(list(NAMED)) for p in parts)])
    return Reading(observations, problems.listed(), tuple(notes), len(problems), named)


def _filled(
    parts: list[pl.DataFrame], forms: list[Form | None], traits: pl.DataFrame
) -> pl.DataFrame:
    """The observations of all tables, with the zeros that each source list leaves out.

    Counts from data.police.uk are one list, however many files they come in: a type that is absent
    from a whole month's file is a zero too. Any other table is a list of its own.
    """
    plain = [p.select(list(OBSERVATION)) for p in parts]
    pairs = list(zip(plain, forms, strict=True))
    own = [[p] for p, form in pairs if form is not Form.COUNTS]
    police_uk = [p for p, form in pairs if form is Form.COUNTS]
    lists = [*own, police_uk] if police_uk else own
    return pl.concat(fill_unlisted(pl.concat(source_list), traits) for source_list in lists)


def _observed(
    table: Table,
    library: MeasureNames,
    calendar: Calendar,
    known_at: date | None,
    problems: Problems,
    notes: list[str],
) -> pl.DataFrame | None:
    figures = figures_of(table, problems, notes)
    if figures is None:
        return None
    part = judged(figures, table, library, calendar, known_at, problems)
    notes += cells_without_number(part, table.file)
    notes += may_be_fractions(part, library.traits(), table.file)
    return part.with_columns(pl.lit(table.file, dtype=pl.Categorical).alias("file"))


KEY = ["measure", "area", "month", "known_at"]


def _twice(parts: list[pl.DataFrame], problems: Problems) -> None:
    """The same measure, area, month and day of knowing twice, in one file or in two.

    A later day of knowing is a revision, and no fault.
    """
    hashes = [p.select(pl.struct(KEY).hash().alias("hash"))["hash"] for p in parts]
    if not parts or not pl.concat(hashes).is_duplicated().any():
        return
    shared = pl.concat(hashes)
    shared = shared.filter(shared.is_duplicated()).unique()
    suspects = pl.concat(
        p.filter(h.is_in(shared.implode())).select(*KEY, "row", "column", "file")
        for p, h in zip(parts, hashes, strict=True)
    ).filter(pl.all_horizontal(pl.col("measure", "month").is_not_null()))
    first = pl.format("{}, row {}", pl.col("file").first(), pl.col("row").first())
    again = suspects.with_columns(
        first.over(KEY).alias("first place"), pl.int_range(pl.len()).over(KEY).alias("nth")
    ).filter(pl.col("nth") > 0)
    for (file,), rows in again.group_by("file", maintain_order=True):
        problems.add_rows(
            str(file), rows, column=None, value="measure",
            explain=_already_there, about="first place",
        )  # fmt: skip


def _already_there(place: str) -> tuple[str, str]:
    return (
        f"each measure, area and month once, and this one stands already in {place}",
        "Take out one of the two; if one is a revision, give the day it was known in known_at.",
    )


def _files(
    paths: Sequence[Path] | Path, problems: Problems, notes: list[str]
) -> list[tuple[Path, str]]:
    """The files to read and how each is called: a folder's own figures files, the rest noted."""
    found: list[tuple[Path, str]] = []
    for path in [paths] if isinstance(paths, str | Path) else list(paths):
        path = Path(path)
        if path.is_dir():
            inside = _in_folder(path, problems, notes)
            found += [(p, p.name) for p in inside]
        elif path.exists():
            found.append((path, path.name))
        else:
            problems.add(str(path), "a file or a folder, and there is none", "Check the name.")
    return found


def _in_folder(folder: Path, problems: Problems, notes: list[str]) -> list[Path]:
    entries = sorted(p for p in folder.iterdir() if not p.name.startswith((".", "~$")))
    files = [p for p in entries if p.is_file()]
    figures = [p for p in files if p.name.lower().endswith(IN_FOLDERS)]
    others = [p for p in files if p.name.lower().endswith(MAY_HOLD_FIGURES)]
    notes.extend(f"{p.name} is no CSV, Excel or Parquet file and was not read." for p in others)
    if not figures:
        problems.add(
            str(folder),
            "a CSV, Excel or Parquet file of figures in this folder, and there is none",
            "Check that it is the right folder; the figures stand in it, not in a folder within.",
        )
    return figures
