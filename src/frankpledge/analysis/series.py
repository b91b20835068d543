"""From observations to series: what was known at a date, with every month in its place.

An **observation** is one row of a tidy frame, `OBSERVATION` below:

| measure | area | month | value | numerator | denominator | known_at | condition | origin | reason |
|---|---|---|---|---|---|---|---|---|---|
| shoplifting | West Mercia | 2022-06-01 | 636 | | | 2022-07-15 | observed | recorded | |

A **series** is one measure in one area, a row a month from its first month to its last, no month
left out. A month that nobody reported is there, without a value and with the condition "missing".
"""

from __future__ import annotations

from datetime import date

import polars as pl

from frankpledge.analysis.conditions import CONDITION, ORIGIN, Condition, Origin

KEY = ["measure", "area"]

OBSERVATION = {
    "measure": pl.String,
    "area": pl.String,
    "month": pl.Date,
    "value": pl.Float64,
    "numerator": pl.Float64,
    "denominator": pl.Float64,
    "known_at": pl.Date,
    "condition": CONDITION,
    "origin": ORIGIN,
    "reason": pl.String,
}


def observations(rows: pl.DataFrame) -> pl.DataFrame:
    """A frame of observations with every column of `OBSERVATION`, the absent ones filled.

    `condition` is "observed" where there is a value and "missing" where there is none; `known_at`
    may be null, which means "known from the start"; `origin` is "recorded".
    """
    absent = {
        "numerator": pl.lit(None),
        "denominator": pl.lit(None),
        "known_at": pl.lit(None),
        "condition": pl.lit(None),
        "origin": pl.lit(Origin.RECORDED.value),
        "reason": pl.lit(None),
    }
    rows = rows.with_columns(
        expr.alias(name) for name, expr in absent.items() if name not in rows.columns
    )
    condition = (
        pl.when(pl.col("condition").is_not_null())
        .then(pl.col("condition").cast(pl.String))
        .when(pl.col("value").is_null())
        .then(pl.lit(Condition.MISSING.value))
        .otherwise(pl.lit(Condition.OBSERVED.value))
    )
    return rows.with_columns(condition.alias("condition")).select(
        pl.col(name).cast(dtype) for name, dtype in OBSERVATION.items()
    )


def as_known_at(observed: pl.DataFrame, day: date | None = None) -> pl.DataFrame:
    """The newest observation of each month among those known by `day` (all of them if None).

    One row per measure, area and month. A value that replaced a different earlier one takes the
    condition "revised" if it was plainly "observed".
    """
    if day is not None:
        observed = observed.filter(pl.col("known_at").is_null() | (pl.col("known_at") <= day))
    ordered = observed.sort([*KEY, "month", "known_at"], nulls_last=False, maintain_order=True)
    newest = ordered.group_by([*KEY, "month"], maintain_order=True).agg(
        pl.exclude("value").last(),
        pl.col("value").last(),
        pl.col("value").drop_nulls().n_unique().alias("_versions"),
    )
    revised = (pl.col("_versions") > 1) & (pl.col("condition") == Condition.OBSERVED.value)
    return newest.with_columns(
        pl.when(revised)
        .then(pl.lit(Condition.REVISED.value, dtype=CONDITION))
        .otherwise(pl.col("condition"))
        .alias("condition")
    ).select(OBSERVATION.keys())


def revisions(observed: pl.DataFrame, day: date | None = None) -> pl.DataFrame:
    """Every figure that replaced a different one, known by `day`.

    Columns: measure, area, month, earlier, earlier_known_at, later, later_known_at; newest first.
    """
    if day is not None:
        observed = observed.filter(pl.col("known_at").is_null() | (pl.col("known_at") <= day))
    ordered = observed.sort([*KEY, "month", "known_at"], nulls_last=False, maintain_order=True)
    group = [*KEY, "month"]
    return (
        ordered.with_columns(
            pl.col("value").shift(1).over(group).alias("earlier"),
            pl.col("known_at").shift(1).over(group).alias("earlier_known_at"),
            pl.int_range(pl.len()).over(group).alias("_nth"),
        )
        .filter((pl.col("_nth") > 0) & pl.col("earlier").ne_missing(pl.col("value")))
        .select(
            *group,
            "earlier",
            "earlier_known_at",
            pl.col("value").alias("later"),
            pl.col("known_at").alias("later_known_at"),
        )
        .sort("later_known_at", *group, descending=[True, False, False, False])
    )


def complete(known: pl.DataFrame, until: date | None = None) -> pl.DataFrame:
    """Every series with every month from its first to its last (or to `until`), sorted.

    Takes what `as_known_at` returns. Months after `until` are left out; absent months stand as
    "missing" with the reason "not reported". Columns as in `OBSERVATION`.
    """
    if until is not None:
        known = known.filter(pl.col("month") <= until)
    last = pl.lit(until, dtype=pl.Date) if until is not None else pl.col("month").max()
    grid = (
        known.group_by(KEY)
        .agg(pl.col("month").min().alias("_first"), last.alias("_last"))
        .with_columns(pl.date_ranges("_first", "_last", interval="1mo").alias("month"))
        .explode("month")
        .select(*KEY, "month")
    )
    absent = pl.col("condition").is_null()
    return (
        grid.join(known, on=[*KEY, "month"], how="left")
        .with_columns(
            pl.when(absent)
            .then(pl.lit(Condition.MISSING.value, dtype=CONDITION))
            .otherwise(pl.col("condition"))
            .alias("condition"),
            pl.when(absent)
            .then(pl.lit(Origin.RECORDED.value, dtype=ORIGIN))
            .otherwise(pl.col("origin"))
            .alias("origin"),
            pl.when(absent)
            .then(pl.lit("not reported"))
            .otherwise(pl.col("reason"))
            .alias("reason"),
        )
        .sort([*KEY, "month"])
        .select(OBSERVATION.keys())
    )
