"""What a value says against its limits, and whether that is good or bad."""

from __future__ import annotations

import polars as pl

# Limits are sums and roots in floating point: a value that equals its limit exactly may come out a
# last digit beyond it. Being outside takes more than that.
LAST_DIGITS = 1e-9


def crossing(value: str, lower: str, upper: str) -> pl.Expr:
    """ "above" or "below" where a value lies strictly beyond its unrounded limit, else null."""
    slack = LAST_DIGITS * pl.max_horizontal(pl.col(lower).abs(), pl.col(upper).abs())
    return (
        pl.when(pl.col(value) > pl.col(upper) + slack)
        .then(pl.lit("above"))
        .when(pl.col(value) < pl.col(lower) - slack)
        .then(pl.lit("below"))
    )


def refuse_overwriting(series: pl.DataFrame, columns: tuple[str, ...]) -> None:
    """Raises ValueError where a frame already has columns that a method is about to add.

    Two methods have columns of the same name; one must not silently replace the other's answer.
    """
    already = [name for name in columns if name in series.columns]
    if already:
        raise ValueError(
            f"the series already have the columns {', '.join(already)}: judge them without, "
            "and join the two answers by measure, area and month under names of your own"
        )


def assessment(direction: pl.Expr, better: pl.Expr) -> pl.Expr:
    """Whether a signal is good: "improvement", "concern", "neither", or null for no signal.

    `direction` is "above" or "rising", "below" or "falling"; `better` is a measure's direction of
    good, "higher", "lower" or "neither".
    """
    up = direction.is_in(["above", "rising"])
    good = (up & (better == "higher")) | (up.not_() & (better == "lower"))
    return (
        pl.when(direction.is_null())
        .then(None)
        .when(better.is_null() | (better == "neither"))
        .then(pl.lit("neither"))
        .when(good)
        .then(pl.lit("improvement"))
        .otherwise(pl.lit("concern"))
    )


def with_assessment(
    judged: pl.DataFrame,
    traits: pl.DataFrame,
    direction: str = "xmr_direction",
    name: str = "xmr_assessment",
) -> pl.DataFrame:
    """The frame with `assessment` by each measure's direction of good (`better` in the traits)."""
    better = traits.select("measure", pl.col("better").alias("_better"))
    return (
        judged.join(better, on="measure", how="left", maintain_order="left")
        .with_columns(assessment(pl.col(direction), pl.col("_better")).alias(name))
        .drop("_better")
    )
