"""How often each method's limits are crossed by published figures, month after month.

Nobody knows which months of real series were quiet: a rate of crossings is not a rate of false
alarms. A method is at fault where its rate is far above that of the others, or rises with the size
of the series.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from frankpledge.analysis.exceptions import adjusted
from frankpledge.analysis.limits.expected import expected
from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.periods import add_months, months_from
from frankpledge.analysis.series import KEY, as_known_at, complete, observations
from limits_simulation.methods import xmr_newest

BOROUGHS = "mps-borough-monthly/vintage-2022-02_201004-202201.csv.gz"
FORCES = "police-uk/force-month.csv"
XMR_MONTHS = 36
LOCKDOWNS = (date(2020, 3, 1), date(2021, 3, 1))
BANDS = [(0, 5), (5, 30), (30, 100), (100, 400), (400, float("inf"))]


def measured_boroughs(data: Path, every: int) -> pl.DataFrame:
    """London boroughs, from April 2014 on: each judged month of each series."""
    wide = pl.read_csv(data / BOROUGHS)
    names = ["MajorText", "MinorText", "LookUp_BoroughName"]
    rows = wide.unpivot(index=names, variable_name="month", value_name="value").select(
        pl.concat_str("MajorText", "MinorText", separator=": ").alias("measure"),
        pl.col("LookUp_BoroughName").alias("area"),
        (pl.col("month") + "01").str.to_date("%Y%m%d").alias("month"),
        pl.col("value").cast(pl.Float64),
    )
    months = months_from(date(2014, 4, 1), date(2022, 1, 1))[::every]
    return _judged(rows, months)


def measured_forces(data: Path, every: int) -> pl.DataFrame:
    """Forces of England and Wales, from the 25th month of the figures on."""
    rows = pl.read_csv(data / FORCES).select(
        pl.col("crime_type").alias("measure"),
        pl.col("force").alias("area"),
        (pl.col("month") + "-01").str.to_date("%Y-%m-%d").alias("month"),
        pl.col("records").cast(pl.Float64).alias("value"),
    )
    months = months_from(add_months(rows["month"].min(), 24), rows["month"].max())[::every]
    return _judged(rows, months)


def _judged(rows: pl.DataFrame, months: list[date]) -> pl.DataFrame:
    """A row a series and judged month: its size, and whether each method finds it out of line."""
    series = complete(as_known_at(observations(rows)))
    traits = series.select("measure").unique().with_columns(pl.lit("count").alias("unit"))
    years = [months[first : first + 12] for first in range(0, len(months), 12)]
    ours = pl.concat([expected(series, traits, year) for year in years]).drop("months_used")
    fixed = fixed_year(series).filter(pl.col("month").is_in(months))
    xmr = pl.concat([_xmr(series, month) for month in months])
    value = series.select(*KEY, "month", "value")
    out = (pl.col("value") > pl.col("expected_upper")) | (
        pl.col("value") < pl.col("expected_lower")
    )
    joined = (
        ours.join(value, on=[*KEY, "month"])
        .join(fixed.select(*KEY, "month", "crossing", "limit_mean"), on=[*KEY, "month"])
        .join(xmr, on=[*KEY, "month"])
        .filter(pl.col("p_value").is_not_null() & pl.col("limit_mean").is_not_null())
    )
    return joined.select(
        *KEY,
        "month",
        "expected",
        "dispersion",
        "chance",
        out.alias("expected_crossed"),
        pl.col("crossing").is_not_null().alias("fixed_crossed"),
        "xmr_signal",
        pl.col("p_value")
        .map_batches(adjusted, return_dtype=pl.Float64)
        .over("area", "month")
        .alias("adjusted_p_value"),
    )


def _xmr(series: pl.DataFrame, month: date) -> pl.DataFrame:
    """The XmR signal of one month as the newest of 37; series with a gap among them are left out."""
    window = series.filter(pl.col("month").is_between(add_months(month, -XMR_MONTHS), month))
    whole = window.group_by(KEY, maintain_order=True).agg("value")
    fewest = min(XMR_MONTHS + 1, int(window["month"].n_unique()))
    whole = whole.filter(
        (pl.col("value").list.len() == fewest)
        & (pl.col("value").list.drop_nulls().list.len() == fewest)
    )
    matrix = np.array(whole["value"].to_list(), dtype=float).reshape(-1, fewest)
    return whole.select(*KEY).with_columns(
        pl.lit(month).alias("month"), pl.Series("xmr_signal", xmr_newest(matrix) != 0)
    )


def summary(judged: pl.DataFrame, by: pl.Expr) -> pl.DataFrame:
    """Rates of crossings by a grouping."""
    return (
        judged.group_by(by)
        .agg(
            pl.len().alias("judged"),
            pl.col("expected").median().alias("median_expected"),
            pl.col("dispersion").median().alias("median_dispersion"),
            pl.col("fixed_crossed").mean(),
            pl.col("xmr_signal").mean(),
            pl.col("expected_crossed").mean(),
            pl.col("chance").mean().alias("expected_chance"),
            ((pl.col("adjusted_p_value") <= 0.10) & pl.col("expected_crossed"))
            .mean()
            .alias("expected_strong"),
        )
        .sort(by.meta.output_name())
    )


def band() -> pl.Expr:
    """The size of a series, by what is expected of it."""
    named = pl.lit(None, dtype=pl.String)
    for place, (low, high) in enumerate(BANDS):
        words = f"{low} to {high}" if np.isfinite(high) else f"{low} and more"
        label = pl.lit(f"{place + 1}. {words}")
        named = (
            pl.when(pl.col("expected").is_between(low, high, closed="left"))
            .then(label)
            .otherwise(named)
        )
    return named.alias("size")


def period() -> pl.Expr:
    """Before, during and after the months of lockdowns."""
    return (
        pl.when(pl.col("month") < LOCKDOWNS[0])
        .then(pl.lit("1. before March 2020"))
        .when(pl.col("month") <= LOCKDOWNS[1])
        .then(pl.lit("2. March 2020 to March 2021"))
        .otherwise(pl.lit("3. after March 2021"))
        .alias("period")
    )
