"""A file of figures that somebody hands in: opened safely, read, and held to what this force has."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from frankpledge.analysis.periods import day_name, month_name
from frankpledge.definitions.library import Library, name_key
from frankpledge.figures import Problem, read
from frankpledge.intake.contents import Kind
from frankpledge.intake.opening import open_upload
from frankpledge.intake.problems import RefusedError
from frankpledge.web.measures.outcomes import Outcome

TAKEN = (Kind.CSV, Kind.XLSX, Kind.PARQUET)
ENDING = {Kind.CSV: ".csv", Kind.XLSX: ".xlsx", Kind.PARQUET: ".parquet"}
EXAMPLES = 5


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an upload: where, what, and what to do next."""

    where: str
    what: str
    what_to_do: str


class UploadRefusedError(ValueError):
    """An upload that cannot be taken; nothing of it was kept. `total` counts what is not listed.

    `named` is what the rows say they are of, where the file could be read so far.
    """

    def __init__(
        self,
        faults: Iterable[Fault],
        total: int | None = None,
        counts: Mapping[str, int] | None = None,
        named: pl.DataFrame | None = None,
    ) -> None:
        self.named = named
        self.faults = tuple(faults)
        self.total = len(self.faults) if total is None else total
        self.counts = dict(counts or {})
        super().__init__("\n".join(f"{f.where}: {f.what} {f.what_to_do}" for f in self.faults))


@dataclass(frozen=True)
class ReadUpload:
    """A file that could be read whole: its bytes, their digest, its rows, and what to know of them."""

    name: str
    data: bytes
    sha256: str
    ending: str
    rows: pl.DataFrame
    remarks: tuple[str, ...]


def read_upload(
    data: bytes,
    name: str,
    library: Library,
    *,
    until: date | None = None,
    known_at: date | None = None,
) -> ReadUpload:
    """The figures in a file. Raises UploadRefusedError with everything that is wrong with it."""
    try:
        opened = open_upload(data, name, TAKEN)
    except RefusedError as refused:
        raise UploadRefusedError(
            Fault(p.where, p.what, p.what_to_do) for p in refused.problems
        ) from None
    ending = ENDING[opened.kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{_stem(opened.name)}{ending}"
        path.write_bytes(data)
        reading = read(path, library, calendar_until=until, known_at=known_at)
    if reading.problems:
        raise UploadRefusedError(
            (_fault(p) for p in reading.problems), reading.total, named=reading.named
        )
    if reading.observations.is_empty():
        nothing = Fault(opened.name, "It holds no figure.", "Choose the file with your figures.")
        raise UploadRefusedError([nothing])
    digest = hashlib.sha256(data).hexdigest()
    remarks = (*opened.remarks, *reading.notes)
    return ReadUpload(opened.name, data, digest, ending, reading.observations, remarks)


def _stem(name: str) -> str:
    """The file's own name as a name that any system takes, so that messages say it."""
    plain = Path(name).stem[:60].lstrip(".~")
    return "".join(c if c.isalnum() or c in " -_()" else "-" for c in plain) or "figures"


def _fault(problem: Problem) -> Fault:
    found = "" if problem.value is None else f"Found “{problem.value[:80]}”. "
    to_do = problem.what_to_do.replace(
        "All of them: frankpledge measures list.",
        "The page of measures lists all that this force has.",
    )
    return Fault(problem.where, f"{found}Expected {problem.expected}.", to_do)


def faults_of_areas(rows: pl.DataFrame, known: Collection[str]) -> list[Fault]:
    """Areas in the file that are neither the force, an area of it, nor a force beside it."""
    found = rows.group_by("area").agg(pl.len().alias("rows")).sort("area")
    return [
        Fault(
            f"Area “{area}”, in {count:,} {'figure' if count == 1 else 'figures'}",
            f"Expected one of {', '.join(sorted(known))}.",
            _nearest(area, known),
        )
        for area, count in found.iter_rows()
        if area not in known
    ]


def _nearest(area: str, known: Collection[str]) -> str:
    alike = [name for name in known if name_key(name) == name_key(area)]
    near = alike or get_close_matches(area, known, n=1)
    return f"Write {near[0]}." if near else "Correct the name, or take these figures out."


def faults_of_measures(
    rows: pl.DataFrame, allowed: Collection[str], titles: Mapping[str, str]
) -> list[Fault]:
    """Measures in the file whose figures are not the uploader's to bring."""
    found = rows.group_by("measure").agg(pl.len().alias("rows")).sort("measure")
    return [
        Fault(
            f"{titles.get(key, key)}, in {count:,} {'figure' if count == 1 else 'figures'}",
            "You may bring figures of the measures you own, and this is not one of them.",
            "Take them out, or ask a force analyst to upload the file.",
        )
        for key, count in found.iter_rows()
        if key not in allowed
    ]


def faults_of_month(rows: pl.DataFrame, month: date | None) -> list[Fault]:
    """A file that is not of the month somebody said it is of."""
    if month is None:
        return []
    first, last = rows["month"].min(), rows["month"].max()
    if last == month:
        return []
    span = month_name(last) if first == last else f"{month_name(first)} to {month_name(last)}"
    return [
        Fault(
            "The months",
            f"You said that this is the file of {month_name(month)}. Its figures are of {span}.",
            "Choose the right file, or correct the month.",
        )
    ]


def faults_of_days_to_come(rows: pl.DataFrame, today: date) -> list[Fault]:
    """Figures that say they become known on a day to come: nobody could correct them until then."""
    ahead = rows.filter(pl.col("known_at") > today)
    if ahead.is_empty():
        return []
    last = ahead["known_at"].max()
    return [
        Fault(
            "Column known_at",
            f"{ahead.height:,} {'figure says it becomes' if ahead.height == 1 else 'figures say they become'}"
            f" known after today, the last on {day_name(last)}.",
            "Give the day on which it became known.",
        )
    ]


def faults_of_days(judged: pl.DataFrame, titles: Mapping[str, str]) -> list[Fault]:
    """Figures that were known before those which stand; one fault a measure."""
    refused = judged.filter(pl.col("outcome") == Outcome.REFUSED.value)
    faults = []
    for (key,), rows in refused.group_by("measure", maintain_order=True):
        examples = [
            f"{r['area']}, {month_name(r['month'])}: known"
            f" {_day(r['known_at'])}, and one known {_day(r['was known at'])} stands"
            for r in rows.head(EXAMPLES).iter_rows(named=True)
        ]
        more = f"; and {rows.height - EXAMPLES:,} more" if rows.height > EXAMPLES else ""
        faults.append(
            Fault(
                titles.get(str(key), str(key)),
                "A newer figure stands already: " + "; ".join(examples) + more + ".",
                "Give the day on which the figure became known, in the column known_at or when uploading."
                " A figure is never slipped in behind one that was already used.",
            )
        )
    return faults


def _day(day: date | None) -> str:
    return f"on {day_name(day)}" if day else "from the start"
