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
