"""Rates: counts per 1,000 people. Percentages of a whole are in `percentages`."""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.conditions import usable_value


def per_1000(value: pl.Expr, population: pl.Expr) -> pl.Expr:
    """A count per 1,000 people; null where the population is unknown or nobody lives there."""
    return pl.when(population > 0).then(value / population * 1000)


def with_population(rows: pl.DataFrame, populations: pl.DataFrame) -> pl.DataFrame:
    """Each row's `population`: the mid-year estimate of the latest year not after its month.

    An estimate is of 30 June, so that March 2020 takes the one of 2019 and June 2020 that of 2020.
    The newest estimate stands for all later months. Null before the first estimate and for an area
    that has none. `rows` has `area` and `month`; `populations` has `area`, `year`, `population`, a
    row an area and year. Raises ValueError where an area and year stand twice.
    Source: ONS, mid-year population estimates (reference date 30 June).
    """
    if populations.select("area", "year").is_duplicated().any():
        raise ValueError("populations must hold one row an area and year")
    estimates = populations.select(
        "area",
        pl.date(pl.col("year"), 6, 1).alias("_from"),
        pl.col("population").cast(pl.Float64),
    ).sort("_from")
    order = pl.int_range(pl.len()).alias("_order")
    return (
        rows.drop("population", strict=False)
        .with_columns(order)
        .sort("month")
        .join_asof(
            estimates,
            left_on="month",
            right_on="_from",
            by="area",
            strategy="backward",
            check_sortedness=False,
        )
        .sort("_order")
        .drop("_order", "_from", strict=False)
    )


def with_rates(
    series: pl.DataFrame, traits: pl.DataFrame, populations: pl.DataFrame
) -> pl.DataFrame:
    """The series with `population` and `rate_per_1000`: the month's count per 1,000 people.

    Counts alone have a rate; it is null for every other unit.
    """
    counts = traits.filter(pl.col("unit") == "count")["measure"].to_list()
    rate = per_1000(usable_value(), pl.col("population"))
    return with_population(series, populations).with_columns(
        pl.when(pl.col("measure").is_in(counts)).then(rate).alias("rate_per_1000")
    )
