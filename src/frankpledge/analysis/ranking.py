"""Where a force stands among the forces most similar to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from frankpledge.analysis.conditions import usable_value
from frankpledge.analysis.rates import per_1000, with_population

RANKING = (
    *("measure", "area", "month", "compared_month", "ranked_by", "ranked_value"),
    *("rank", "rank_of", "group_mean", "first_means"),
)
"""Every column of a ranking."""

_RANKED_BY = {
    "count": "rate per 1,000 people",
    "percentage": "percentage",
    "ratio": "ratio",
    "rate": "rate",
    "pounds": "amount in pounds",
    **{unit: f"number of {unit}" for unit in ("seconds", "minutes", "hours", "days")},
}

_SAME_TO = 9
"""Figures that agree to this many decimals are ties: 1 of 3 is 10 of 30."""


def rank(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    group: Sequence[str],
    month: date,
    populations: pl.DataFrame | None = None,
    first: str = "best",
) -> pl.DataFrame:
    """Each force of the group in its place, a row a measure and force, columns `RANKING`.

    Counts are ranked by their rate per 1,000 people and, without populations, not at all: a large
    force has more of everything. Other units are ranked by their value. 1st is the best in the
    measure's direction of good, or the lowest where neither direction is good; `first` may ask for
    "highest" or "lowest" instead. `first_means` says so in words. Ties share a rank and the places
    behind them stay empty: 1st, 2nd, 2nd, 4th. A force whose figure is missing, suppressed or held
    back has no rank; `rank_of` is how many have one, `group_mean` their plain mean.

    National figures lag: each measure is compared in `compared_month`, the newest month not after
    `month` in which at least half of the group has a figure. Null where there is no such month.
    """
    if first not in {"best", "highest", "lowest"}:
        raise ValueError(f"first must be best, highest or lowest, not {first!r}")
    ranked = _ranked_values(series, traits, group, month, populations)
    compared = (
        ranked.filter(pl.col("ranked_value").is_not_null())
        .group_by("measure", "month")
        .agg(pl.len().alias("_known"))
        .filter(pl.col("_known") * 2 >= len(set(group)))
        .group_by("measure")
        .agg(pl.col("month").max().alias("compared_month"))
    )
    measures = ranked.select("measure").unique(maintain_order=True)
    places = measures.join(pl.DataFrame({"area": sorted(set(group))}), how="cross")
    values = ranked.select(
        "measure", "area", pl.col("month").alias("compared_month"), "ranked_value"
    )
    answer = (
        places.join(compared, on="measure", how="left")
        .join(values, on=["measure", "area", "compared_month"], how="left")
        .join(traits.select("measure", "unit", "better"), on="measure", how="left")
        .sort("measure", "area")
        .with_columns(pl.lit(month, dtype=pl.Date).alias("month"), *_in_words(first))
    )
    place = _place().over("measure")
    return answer.with_columns(
        place.alias("rank"),
        pl.col("ranked_value").count().over("measure").alias("rank_of"),
        pl.col("ranked_value").mean().over("measure").alias("group_mean"),
    ).select(RANKING)


def _ranked_values(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    group: Sequence[str],
    month: date,
    populations: pl.DataFrame | None,
) -> pl.DataFrame:
    """What the group's forces are ranked by: the rate of a count, the value of anything else."""
    rows = series.filter(pl.col("area").is_in(list(group)) & (pl.col("month") <= month))
    if populations is None:
        rows = rows.with_columns(pl.lit(None, dtype=pl.Float64).alias("population"))
    else:
        rows = with_population(rows, populations)
    counts = traits.filter(pl.col("unit") == "count")["measure"].to_list()
    value = usable_value()
    return rows.select(
        "measure",
        "area",
        "month",
        pl.when(pl.col("measure").is_in(counts))
        .then(per_1000(value, pl.col("population")))
        .otherwise(value)
        .alias("ranked_value"),
    )


def _in_words(first: str) -> list[pl.Expr]:
    by = pl.col("unit").replace_strict(_RANKED_BY, default="value", return_dtype=pl.String)
    highest = (
        (pl.col("better") == "higher").fill_null(False)
        if first == "best"
        else pl.lit(first == "highest")
    )
    which = pl.when(highest).then(pl.lit("highest")).otherwise(pl.lit("lowest"))
    if first == "best":
        known = pl.col("better").is_in(["higher", "lower"]).fill_null(False)
        why = pl.when(known).then(pl.lit(", the best")).otherwise(pl.lit("; neither way is better"))
    else:
        why = pl.lit("")
    return [
        by.alias("ranked_by"),
        highest.alias("_highest"),
        pl.format("1st is the {} {}{}", which, by, why).alias("first_means"),
    ]


def _place() -> pl.Expr:
    """The rank in the chosen direction; ties share the smallest, and what is null has none."""
    value = pl.col("ranked_value").round(_SAME_TO)
    return pl.when(pl.col("_highest")).then(-value).otherwise(value).rank("min").cast(pl.Int32)
