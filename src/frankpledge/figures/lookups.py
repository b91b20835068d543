"""From small areas to the areas a report is about: LSOA to area, or LSOA to district to area.

An LSOA (lower layer super output area) is the smallest place that data.police.uk names; a code like
E01009160. A district's is like E06000019. Columns are known by such codes, not by their headers,
which differ from one look-up to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from frankpledge.figures.problems import Problems

LSOA = r"^[EW]01\d{6}$"
DISTRICT = r"^(?:[EW]0[6-9]|S12|N09)\d{6}$"


def areas_of_lsoas(
    paths: Sequence[Path], area_column: str, problems: Problems
) -> pl.DataFrame | None:
    """`lsoa` and `area`, one row an LSOA, from one look-up or from two; None with a problem."""
    read = [_read(Path(path), area_column, problems) for path in paths]
    tables = [t for t in read if t is not None]
    if len(tables) < len(read) or not tables:
        return None
    direct = [t for t in tables if {"lsoa", "area"} <= set(t.columns)]
    first = [t for t in tables if {"lsoa", "district"} <= set(t.columns)]
    second = [t for t in tables if {"district", "area"} <= set(t.columns)]
    named = " and ".join(Path(p).name for p in paths)
    if direct:
        found = direct[0]
    elif first and second:
        found = first[0].join(second[0].select("district", "area"), on="district", how="left")
    else:
        problems.add(
            named,
            f"the way from LSOA codes to a column named {area_column!r}, in one file or by way of"
            " district codes in two",
            "Give the second look-up as well, or name the column of areas with --area-column.",
        )
        return None
    pairs = found.select("lsoa", "area").drop_nulls().unique().sort("lsoa", "area")
    in_two = pairs.filter(pl.col("lsoa").is_duplicated())
    for lsoa, areas in in_two.group_by("lsoa", maintain_order=True).agg("area").iter_rows():
        problems.add(
            named,
            f"one area for each LSOA, and this is in {' and in '.join(areas)}",
            "Keep the one that holds.",
            value=lsoa,
        )
    return pairs


def _read(path: Path, area_column: str, problems: Problems) -> pl.DataFrame | None:
    """The columns of a look-up that matter, as "lsoa", "district" and "area"."""
    try:
        table = pl.read_csv(path, infer_schema=False, glob=False, encoding="utf8-lossy")
    except (pl.exceptions.PolarsError, OSError):
        problems.add(str(path), "a look-up as CSV", "Check the name and save it as CSV UTF-8.")
        return None
    table = table.select(pl.all().str.strip_chars())
    table = table.rename({c: c.lstrip("\ufeff").strip() for c in table.columns})
    found = {}
    district = next((c for c in table.columns if _holds(table[c], DISTRICT)), None)
    if district is not None:
        found["district"] = district
    area = next((c for c in table.columns if c.lower() == area_column.lower()), None)
    if area is not None:
        found["area"] = area
    about = [pl.when(pl.col(h) != "").then(pl.col(h)).alias(n) for n, h in found.items()]
    # A look-up from one census's LSOAs to the next's has two columns of codes: both lead there.
    lsoas = [c for c in table.columns if _holds(table[c], LSOA)]
    parts = [table.select(pl.col(c).alias("lsoa"), *about) for c in lsoas]
    return (pl.concat(parts) if parts else table.select(about)).unique(maintain_order=True)


def _holds(column: pl.Series, code: str) -> bool:
    """Whether most of a column are such codes: a look-up may have a line or two of notes."""
    return column.len() > 0 and (column.str.contains(code).fill_null(False).mean() or 0) > 0.5
