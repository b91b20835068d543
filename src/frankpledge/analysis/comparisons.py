"""Every comparison a measure gets: with last month, last year, the year to date and 12 months.

Counts add from month to month. A percentage is pooled: all numerators over all denominators, never
the average of the months' percentages. A total over a gap is not a total: where one month of a
window is missing, suppressed or before the figures begin, the window has no total, and says why.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from frankpledge.analysis.changes import SMALL_BASE, change_pct_of, small_base_of
from frankpledge.analysis.conditions import usable, usable_value
from frankpledge.analysis.windows import placed, window_sums

POOLED = {"percentage": 100.0, "ratio": 1.0}
"""Units whose months are pooled, and what the quotient is multiplied by."""

YEAR = 12


@dataclass(frozen=True)
class Comparison:
    """One comparison: the column that holds now, the one that holds then, and its name."""

    name: str
    now: str
    then: str


COMPARISONS = (
    Comparison("previous_month", "_now", "previous_month"),
    Comparison("same_month_last_year", "_now", "same_month_last_year"),
    Comparison("year_to_date", "year_to_date", "last_year_to_date"),
    Comparison("rolling_12", "rolling_12", "rolling_12_before"),
)

TOTALS = ("year_to_date", "last_year_to_date", "rolling_12", "rolling_12_before")

COMPARISON_COLUMNS = (
    *("previous_month", "same_month_last_year", *TOTALS),
    *(f"{c.name}_change{kind}" for c in COMPARISONS for kind in ("", "_pct", "_points")),
    *(f"{c.name}_small_base" for c in COMPARISONS),
    *(f"{name}_reason" for name in TOTALS),
)
"""Every column that `compare` adds."""


def compare(
    series: pl.DataFrame, traits: pl.DataFrame, small_base: float = SMALL_BASE
) -> pl.DataFrame:
    """Every comparison of every month: the series with `COMPARISON_COLUMNS` beside each month.

    | column | what it is |
    |---|---|
    | `previous_month`, `same_month_last_year` | the value then |
    | `year_to_date`, `last_year_to_date` | April to this month, and the same months a year before |
    | `rolling_12`, `rolling_12_before` | the 12 months that end here, and the 12 before them |
    | `…_change` | now − then, in the measure's unit; null for percentages |
    | `…_change_pct` | (now − then) / then × 100; null for percentages and from a base of 0 |
    | `…_change_points` | percentage points; percentages only |
    | `…_small_base` | for counts, whether the base is under `small_base`; false for other units |
    | `…_reason` | why a total is null |

    `series` as `complete` returns them, `traits` with `measure`, `unit`, `adds_up`. A measure
    without traits is taken for one that does not add up. Raises ValueError where months are left
    out or out of order.
    """
    rows = (
        placed(series)
        .join(
            traits.select("measure", "unit", pl.col("adds_up").alias("_adds_up")),
            on="measure",
            how="left",
            maintain_order="left",
        )
        .with_columns(usable_value().alias("_now"), _month_of_year(), *_parts())
    )
    return (
        rows.with_columns(_totals(rows))
        .with_columns(
            _back("_now", 1).alias("previous_month"),
            _back("_now", YEAR).alias("same_month_last_year"),
            _back("year_to_date", YEAR).alias("last_year_to_date"),
            _back("rolling_12", YEAR).alias("rolling_12_before"),
            *_reasons(),
        )
        .with_columns(expr for c in COMPARISONS for expr in _changes(c, small_base))
        .select(*series.columns, *COMPARISON_COLUMNS)
    )


def _month_of_year() -> pl.Expr:
    """1 for April to 12 for March: how many months the year to date has."""
    return ((pl.col("month").dt.month().cast(pl.Int32) - 4) % YEAR + 1).alias("_month_of_year")


def _parts() -> list[pl.Expr]:
    """What is summed over a window: the top and, for a pooled unit, the bottom of the quotient.

    A month with 0 of 0 has no percentage and yet is wholly known: it adds nothing to either.
    """
    pooled = pl.col("unit").is_in(list(POOLED)).fill_null(False)
    top, bottom = pl.col("numerator"), pl.col("denominator")
    nothing = (top == 0) & (bottom == 0)
    known = (usable() | nothing.fill_null(False)) & top.is_not_null() & bottom.is_not_null()
    adds = pl.col("_adds_up").fill_null(False)
    return [
        pl.when(pooled)
        .then(pl.when(known).then(top))
        .when(adds)
        .then(usable_value())
        .alias("_top"),
        pl.when(pooled & known).then(bottom).alias("_bottom"),
        pl.col("unit")
        .replace_strict(POOLED, default=None, return_dtype=pl.Float64)
        .alias("_scale"),
        (pooled | adds).alias("_totalled"),
    ]


def _back(column: str, months: int) -> pl.Expr:
    """A column as it stood `months` before, in the same series; null before the series begins."""
    return pl.when(pl.col("_place") >= months).then(pl.col(column).shift(months))


def _totals(rows: pl.DataFrame) -> list[pl.Series]:
    """The year to date and the rolling 12 of every row, and how many of their months are unknown."""
    place = rows["_place"].to_numpy()
    scale = rows["_scale"].to_numpy()
    pooled = ~np.isnan(scale)
    found = []
    for name, length in (
        ("year_to_date", rows["_month_of_year"].to_numpy()),
        ("rolling_12", np.full(rows.height, YEAR)),
    ):
        total, unknown = window_sums(rows["_top"].to_numpy(), place, length)
        if pooled.any():
            bottom, _ = window_sums(rows["_bottom"].to_numpy(), place, length)
            empty = np.full_like(total, np.nan)
            quotient = np.divide(total, bottom, out=empty, where=bottom > 0) * scale
            total = np.where(pooled, quotient, total)
        found.append(pl.Series(name, total, nan_to_null=True))
        found.append(pl.Series(f"_unknown_{name}", unknown))
    return found


_INCOMPLETE = pl.Series(
    [
        f"incomplete: {unknown} of {length} months not known" if 0 < unknown <= length else None
        for length in range(YEAR + 1)
        for unknown in range(YEAR + 1)
    ],
    dtype=pl.String,
)


def _reasons() -> list[pl.Expr]:
    """Why a total is null, in words."""
    found = []
    for name, before, length in (
        ("year_to_date", "last_year_to_date", pl.col("_month_of_year")),
        ("rolling_12", "rolling_12_before", pl.lit(YEAR)),
    ):
        unknown = pl.col(f"_unknown_{name}")
        earlier = pl.when(pl.col("_place") >= YEAR).then(unknown.shift(YEAR)).otherwise(length)
        found.append(_reason(unknown, length).alias(f"{name}_reason"))
        found.append(_reason(earlier, length).alias(f"{before}_reason"))
    return found


def _reason(unknown: pl.Expr, length: pl.Expr) -> pl.Expr:
    incomplete = pl.lit(_INCOMPLETE).gather(length * (YEAR + 1) + unknown)
    return (
        pl.when(~pl.col("_totalled")).then(pl.lit("its months do not add up")).otherwise(incomplete)
    )


def _changes(comparison: Comparison, small_base: float) -> list[pl.Expr]:
    now, then = pl.col(comparison.now), pl.col(comparison.then)
    percentage = (pl.col("unit") == "percentage").fill_null(False)
    counted = (pl.col("unit") == "count").fill_null(False)
    name = comparison.name
    return [
        pl.when(~percentage).then(now - then).alias(f"{name}_change"),
        pl.when(~percentage).then(change_pct_of(now, then)).alias(f"{name}_change_pct"),
        pl.when(percentage).then(now - then).alias(f"{name}_change_points"),
        pl.when(counted)
        .then(small_base_of(then, small_base))
        .when(then.is_not_null())
        .then(False)
        .alias(f"{name}_small_base"),
    ]
