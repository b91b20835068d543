"""Changes between two figures: in number, in per cent, in percentage points.

Each rule stands twice: as a plain function of two numbers and as an expression over two columns.
"""

from __future__ import annotations

from math import sqrt

import polars as pl

SMALL_BASE = 10.0


def change_pct(now: float | None, then: float | None) -> float | None:
    """The percentage change: (now − then) / then × 100. From 50 to 60 it is 20, never 16.7.

    None from a base of zero, where there is no percentage, and from a base below zero, where the
    sign of the quotient would say the opposite of what happened. None where either is unknown.
    Source: ONS, "Percentage change"; the Analysis Function's guidance on writing about statistics.
    """
    if now is None or then is None or then <= 0:
        return None
    return (now - then) / then * 100


def change_points(now: float | None, then: float | None) -> float | None:
    """The difference of two percentages in percentage points: 40% to 50% is 10 points, not 25%."""
    if now is None or then is None:
        return None
    return now - then


def root_change(now: float | None, then: float | None) -> float | None:
    """How far apart two counts are that are compared alone: 2(√now − √then).

    If both counts come from the same steady level and vary as pure chance (Poisson) does, this has
    mean 0 and standard deviation √2 whatever the level, so that beyond ±2.8 is rare (5 in 100).
    None for an unknown or a negative count.
    Source: Bartlett (1936), "The square root transformation in analysis of variance".
    """
    if now is None or then is None or now < 0 or then < 0:
        return None
    return 2 * (sqrt(now) - sqrt(then))


def is_small_base(then: float | None, small_base: float = SMALL_BASE) -> bool | None:
    """Whether a count is so small that a percentage from it misleads: "300%" for 1 to 4."""
    return None if then is None else abs(then) < small_base


def change_pct_of(now: pl.Expr, then: pl.Expr) -> pl.Expr:
    """`change_pct`, for two columns."""
    return pl.when(then > 0).then((now - then) / then * 100)


def root_change_of(now: pl.Expr, then: pl.Expr) -> pl.Expr:
    """`root_change`, for two columns."""
    return pl.when((now >= 0) & (then >= 0)).then(2 * (now.sqrt() - then.sqrt()))


def small_base_of(then: pl.Expr, small_base: float = SMALL_BASE) -> pl.Expr:
    """`is_small_base`, for a column."""
    return then.abs() < small_base
