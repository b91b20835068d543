"""What the screen for implausible months holds back of published figures.

    python benchmarks/screen_force_months.py ../shared/data [--page]

Needs a folder with the published figures (see `docs/methods/screening.md`). Prints how many months
of how many are held back, by which screen and where, with and without populations, and the time.
With `--page` it writes that into the method page.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import polars as pl

from frankpledge.analysis.screening import screen
from frankpledge.analysis.screening_words import HELD_BACK
from frankpledge.analysis.series import as_known_at, complete, observations

PAGE = Path(__file__).parents[1] / "docs" / "methods" / "screening.md"
SCREENS = {
    "rate per head": "other areas",
    "mixed up": "of the area's",
    "whole area": "all measures together",
    "one measure": "recorded",
}


def force_months(data: Path) -> pl.DataFrame:
    """43 forces × 14 types of crime by month; a type without a row beside others is nought."""
    rows = pl.read_csv(data / "police-uk" / "force-month.csv").select(
        measure="crime_type",
        area="force",
        month=pl.col("month").str.to_date("%Y-%m"),
        value=pl.col("records").cast(pl.Float64),
    )
    every = rows.select("measure").unique().join(rows.select("area", "month").unique(), how="cross")
    filled = every.join(rows, on=["measure", "area", "month"], how="left")
    return complete(as_known_at(observations(filled.with_columns(pl.col("value").fill_null(0.0)))))


def west_mercia_areas(data: Path) -> pl.DataFrame:
    told = pl.read_csv(data / "police-uk" / "west-mercia-area-month.csv").select(
        "area",
        measure="crime_type",
        month=pl.col("month").str.to_date("%Y-%m"),
        value=pl.col("records").cast(pl.Float64),
    )
    return complete(as_known_at(observations(told)))


def boroughs(data: Path) -> pl.DataFrame:
    """London boroughs × main groups of offences, April 2010 to January 2022."""
    wide = pl.read_csv(data / "mps-borough-monthly" / "vintage-2022-02_201004-202201.csv.gz")
    months = [name for name in wide.columns if name.isdigit()]
    told = (
        wide.group_by(measure="MajorText", area="LookUp_BoroughName")
        .agg(pl.col(months).sum())
        .unpivot(months, index=["measure", "area"], variable_name="month")
        .with_columns(pl.col("month").str.to_date("%Y%m"), pl.col("value").cast(pl.Float64))
    )
    return complete(as_known_at(observations(told)))


def populations(data: Path) -> pl.DataFrame:
    """Mid-year populations of the force areas, added up from their districts."""
    lookups = data / "lookups"
    districts = pl.read_csv(lookups / "lad-population-mid-year.csv.gz")
    forces = pl.read_csv(lookups / "lad21-to-pfa21.csv")
    return (
        districts.join(forces, left_on="code", right_on="lad21cd")
        .group_by(area="pfa21nm", year="year")
        .agg(pl.col("population").sum())
    )


def counts_of(series: pl.DataFrame) -> pl.DataFrame:
    return (
        series.select("measure")
        .unique()
        .with_columns(
            pl.lit("count").alias("unit"),
            pl.lit(True).alias("adds_up"),
            pl.lit(None, dtype=pl.Int64).alias("suppress_below"),
        )
    )


HEAD = """| figures | months of areas | held back | where | months | newest reason |
|---|---|---|---|---|---|"""


def told(name: str, series: pl.DataFrame, people: pl.DataFrame | None = None) -> list[str]:
    """The rows of the table for one set of figures, and the time on the terminal."""
    traits = counts_of(series)
    times = []
    for _ in range(7):
        start = time.perf_counter()
        _, held = screen(series, traits, people)
        times.append(time.perf_counter() - start)
    months = series.select("area", "month").n_unique()
    print(f"{name}: {series.height:,} figures, {min(times):.3f} s", file=sys.stderr)
    screens = pl.coalesce(
        pl.when(pl.col("why").str.contains(words, literal=True)).then(pl.lit(screen_name))
        for screen_name, words in SCREENS.items()
    )
    found = (
        held.with_columns(screens.alias("screen"))
        .group_by("area", "screen")
        .agg(
            pl.len().alias("figures"),
            pl.col("month").min().alias("from"),
            pl.col("month").max().alias("to"),
            pl.col("why").sort_by("month").last().alias("newest"),
        )
        .sort("area", "screen")
    )
    what = f"{name}: {series.height:,}"
    if found.is_empty():
        return [f"| {what} | {months:,} | 0 | nowhere | | |"]
    rows = []
    for row in found.iter_rows(named=True):
        span = f"{row['from']:%Y-%m} to {row['to']:%Y-%m}"
        where = f"{row['area']} ({row['screen']})"
        newest = row["newest"].removeprefix(f"{HELD_BACK}: ")
        rows.append(f"| {what} | {months:,} | {row['figures']} | {where} | {span} | {newest} |")
    return rows


def main(folder: str, page: bool) -> None:
    data = Path(folder)
    forces = force_months(data)
    lines = [
        HEAD,
        *told("forces, no populations", forces),
        *told("forces, with populations", forces, populations(data)),
        *told("West Mercia's areas", west_mercia_areas(data)),
        *told("London boroughs", boroughs(data)),
    ]
    table = "\n".join(lines)
    print(table)
    if page:
        text = PAGE.read_text(encoding="utf-8")
        before, rest = text.split("<!-- held back -->")
        after = rest.split("<!-- end of held back -->")[1]
        block = f"<!-- held back -->\n\n{table}\n\n<!-- end of held back -->"
        PAGE.write_text(before + block + after, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], "--page" in sys.argv)
