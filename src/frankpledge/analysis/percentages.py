"""A percentage from the two counts it is made of."""

from __future__ import annotations

import polars as pl


def percentage_of(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """`numerator` as a percentage of `denominator`, in per cent: 29 of 40 is 72.5.

    Null where either is null, and where there is nothing to divide by: a percentage of nought
    people is not 0%.
    """
    return pl.when(denominator != 0).then(100.0 * numerator / denominator)
