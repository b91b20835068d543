"""A folder of data.police.uk street files to figures, by area and month.

| Month | Falls within | LSOA code | Crime type |
|---|---|---|---|
| 2025-01 | West Mercia Police | E01009160 | Anti-social behaviour |
| 2025-01 | West Mercia Police | | Anti-social behaviour |

A row is an incident. Two rows that are alike are two incidents: anti-social behaviour has no Crime
ID, and its places are moved to a nearby point, so thousands of rows equal another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from frankpledge.analysis.periods import month_name, months_from
from frankpledge.analysis.series import OBSERVATION, observations
from frankpledge.figures.judging import MeasureNames
from frankpledge.figures.lookups import areas_of_lsoas
from frankpledge.figures.problems import Problems
from frankpledge.figures.reading import Progress, Reading
from frankpledge.figures.zeros import fill_unlisted

STREET_FILE = re.compile(r"(\d{4}-\d{2})-(.+)-street\.csv(?:\.gz)?", re.IGNORECASE)
OTHER_FILE = re.compile(r".+-(?:outcomes|stop-and-search)\.csv(?:\.gz)?", re.IGNORECASE)
COLUMNS = ("Month", "Falls within", "LSOA code", "Crime type")
OUTSIDE = "Outside or unknown"


@dataclass(frozen=True)
class StreetFile:
    """One file as downloaded: its month and its force are in its name."""

    path: Path
    month: str
    force: str


def convert_police_uk(
    folder: Path,
    lookups: Sequence[Path] | Path,
    library: MeasureNames,
    *,
    force: str | None = None,
    area_column: str = "area",
    outside_as_area: bool = False,
    known_at: date | None = None,
    progress: Progress | None = None,
) -> Reading:
    """The street files in a folder and its monthly subfolders, as observations.

    A count for each area of the look-up and for the force, for each crime type and month; the
    measures are data.police.uk's own. `lookups` is a file from LSOA to area, or one from LSOA to
    district and one from district to area. `force` names the force's row (None: as in "Falls
    within"). Records without a place, and those whose LSOA is in no area, count to the force
    alone; `outside_as_area` gives them a row named "Outside or unknown", so that areas add up to
    the force. Types that an area has no record of in a month are zeros, "none listed".
    """
    problems, notes = Problems(), []
    files = _street_files(folder, problems, notes)
    areas = areas_of_lsoas(
        [lookups] if isinstance(lookups, str | Path) else lookups, area_column, problems
    )
    counts = _counted(files, problems, progress)
    if counts is None or areas is None or len(problems):
        return Reading(_nothing(), problems.listed(), tuple(notes), len(problems))
    counts = _of_one_force(counts, notes)
    counts = _with_measures(counts, library, problems)
    force = force or counts["force"][0]
    placed = counts.join(areas, on="lsoa", how="left")
    _say_what_has_no_area(placed, notes)
    _say_which_months_lack(files, notes)
    if force in areas["area"].unique():
        problems.add(
            str(folder),
            "a name for the force that no area has",
            "Give the force's row another name with --force.",
            value=force,
        )
    if len(problems):
        return Reading(_nothing(), problems.listed(), tuple(notes), len(problems))
    figures = _figures(placed, force, outside_as_area, known_at)
    return Reading(fill_unlisted(figures, library.traits()), (), tuple(notes), 0)


def _nothing() -> pl.DataFrame:
    return pl.DataFrame(schema=OBSERVATION)


def _street_files(folder: Path, problems: Problems, notes: list[str]) -> list[StreetFile]:
    """The street files of one force, a month each; a month twice would count its crimes twice."""
    folder = Path(folder)
    if not folder.is_dir():
        problems.add(str(folder), "a folder, and there is none", "Check the name.")
        return []
    named = sorted(p for p in folder.rglob("*.csv*") if p.is_file() and p.name[0] not in ".~")
    found = [
        StreetFile(p, m[1], m[2].lower()) for p in named if (m := STREET_FILE.fullmatch(p.name))
    ]
    rest = [p for p in named if not STREET_FILE.fullmatch(p.name)]
    others = [p for p in rest if OTHER_FILE.fullmatch(p.name)]
    if others:
        notes.append(f"Files of outcomes or of stop and search, not read: {len(others):,}.")
    notes.extend(
        f"{p.name} is not named as a street file (2025-01-some-force-street.csv) and was not read."
        for p in rest
        if p not in others
    )
    if not found:
        problems.add(
            str(folder),
            "street files as downloaded, named like 2025-01-some-force-street.csv",
            "Check that it is the right folder.",
        )
    forces = sorted({f.force for f in found})
    if len(forces) > 1:
        problems.add(
            str(folder),
            f"the files of one force, and these are of {', '.join(forces)}",
            "Move each force's files to a folder of its own, and convert one at a time.",
        )
    seen: dict[tuple[str, str], Path] = {}
    for file in found:
        first = seen.setdefault((file.month, file.force), file.path)
        if first is not file.path:
            problems.add(
                str(file.path.relative_to(folder)),
                "each month once",
                f"{first.relative_to(folder)} is of the same month: take one of the two out.",
            )
    return found


def _counted(
    files: list[StreetFile], problems: Problems, progress: Progress | None
) -> pl.DataFrame | None:
    """Records counted by month, force, LSOA and crime type, file after file."""
    parts = []
    for nth, file in enumerate(files):
        if progress:
            progress(nth, len(files), f"Counting {file.path.name}")
        part = _counted_file(file, problems)
        if part is not None:
            parts.append(part)
    if progress and files:
        progress(len(files), len(files), "Counted")
    return pl.concat(parts) if parts else None


def _counted_file(file: StreetFile, problems: Problems) -> pl.DataFrame | None:
    shown = file.path.name
    try:
        scan = pl.scan_csv(file.path, infer_schema=False, glob=False, encoding="utf8-lossy")
        lacking = [c for c in COLUMNS if c not in scan.collect_schema().names()]
        if lacking:
            problems.add(
                shown,
                f"the columns {', '.join(COLUMNS)}; there is no {', '.join(lacking)}",
                "Fetch the file again from data.police.uk.",
                row=1,
            )
            return None
        month, force, lsoa, crime_type = (pl.col(c).str.strip_chars() for c in COLUMNS)
        counts = (
            scan.select(
                month.alias("month"),
                force.alias("force"),
                pl.when(lsoa != "").then(lsoa).alias("lsoa"),
                crime_type.alias("crime_type"),
            )
            .group_by("month", "force", "lsoa", "crime_type")
            .agg(pl.len().alias("records"))
            .collect(engine="streaming")
            .sort("month", "force", "lsoa", "crime_type")
        )
    except pl.exceptions.NoDataError:
        problems.add(shown, "records, and the file is empty", "Fetch the file again.")
        return None
    except (pl.exceptions.PolarsError, OSError):
        problems.add(shown, "a CSV file, and it cannot be read as one", "Fetch the file again.")
        return None
    if counts.height == 0:
        problems.add(
            shown, "records, and there is only a header", "Fetch it again, or take it out."
        )
        return None
    strange = counts.filter(pl.col("month").ne_missing(file.month))
    for wrong, records in strange.group_by("month").agg(pl.col("records").sum()).iter_rows():
        problems.add(
            shown,
            f"records of {file.month}, as the file is named; {records:,} are of another month",
            "Fetch the file again: one month may stand under another's name.",
            column="Month",
            value=wrong,
        )
    return counts


def _of_one_force(counts: pl.DataFrame, notes: list[str]) -> pl.DataFrame:
    """The records that fall within the force that most of them fall within."""
    within = counts.group_by("force").agg(pl.col("records").sum()).sort("records", descending=True)
    own = within["force"][0]
    notes.extend(
        f"Not counted: {records:,} that fall within {other or 'no force'}."
        for other, records in within.slice(1).iter_rows()
    )
    return counts.filter(pl.col("force") == own)


def _with_measures(counts: pl.DataFrame, library: MeasureNames, problems: Problems) -> pl.DataFrame:
    types = counts.group_by("crime_type").agg(pl.col("records").sum()).sort("crime_type")
    found = [library.named(t, "police-uk") if t else None for t in types["crime_type"]]
    for (name, records), measure in zip(types.iter_rows(), found, strict=True):
        if measure is None:
            problems.add(
                "the street files",
                "a crime type that a measure of data.police.uk is called",
                f"Define a measure that is also called so; {records:,} records have it.",
                column="Crime type",
                value=name,
            )
    ids = pl.Series("measure", [m.id if m else None for m in found], dtype=pl.String)
    return counts.join(types.select("crime_type", ids), on="crime_type", how="left")


def _say_what_has_no_area(placed: pl.DataFrame, notes: list[str]) -> None:
    records = pl.col("records").sum()
    no_place = placed.filter(pl.col("lsoa").is_null()).select(records).item()
    outside = placed.filter(pl.col("lsoa").is_not_null() & pl.col("area").is_null())
    total = placed.select(records).item()
    if no_place:
        notes.append(
            f"{no_place:,} of {total:,} records have no place: they count to the force and to no"
            " area."
        )
    if outside.height:
        lsoas = outside["lsoa"].n_unique()
        notes.append(
            f"{outside.select(records).item():,} of {total:,} records lie outside the areas of the"
            f" look-up, or where it does not know (LSOAs: {lsoas:,}): they count to the force and"
            " to no area."
        )


def _say_which_months_lack(files: list[StreetFile], notes: list[str]) -> None:
    months = sorted({date.fromisoformat(f"{f.month}-01") for f in files})
    lacking = [m for m in months_from(months[0], months[-1]) if m not in months]
    if lacking:
        named = ", ".join(month_name(m) for m in lacking)
        notes.append(f"There is no file for {named}: missing, not nought.")


def _figures(
    placed: pl.DataFrame, force: str, outside_as_area: bool, known_at: date | None
) -> pl.DataFrame:
    areas = placed.with_columns(
        pl.col("area").fill_null(OUTSIDE) if outside_as_area else pl.col("area")
    ).filter(pl.col("area").is_not_null())
    whole = placed.with_columns(pl.lit(force).alias("area"))
    rows = (
        pl.concat([areas, whole])
        .group_by("measure", "area", "month")
        .agg(pl.col("records").sum().cast(pl.Float64).alias("value"))
        .sort("measure", "area", "month")
        .with_columns(
            pl.col("month").str.to_date("%Y-%m"), pl.lit(known_at, dtype=pl.Date).alias("known_at")
        )
    )
    return observations(rows)
