"""Sums over windows of months, for all series at once."""

from __future__ import annotations

import numpy as np
import polars as pl

from frankpledge.analysis.periods import month_index


def placed(series: pl.DataFrame) -> pl.DataFrame:
    """The series with `_place`, each month's place in its series from 0.

    Raises ValueError where months are left out or out of order.
    """
    month = month_index(pl.col("month"))
    begins = pl.any_horizontal(
        pl.col(key).ne_missing(pl.col(key).shift(1)) for key in ("measure", "area")
    )
    row = pl.int_range(pl.len(), dtype=pl.Int32)
    found = series.with_columns((begins | (row == 0)).alias("_begins"), row.alias("_row"))
    steps = found.select(pl.when(~pl.col("_begins")).then(month - month.shift(1))).to_series()
    if (steps != 1).any():
        raise ValueError("series must come complete: a row a month, sorted by measure, area, month")
    first = pl.when("_begins").then("_row").forward_fill()
    return found.with_columns((pl.col("_row") - first).alias("_place")).drop("_begins", "_row")


def window_sums(
    values: np.ndarray, place: np.ndarray, length: np.ndarray | int, back: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """The sums of windows of months, and how many months of each are unknown.

    The window of a row holds the `length` months that end `back` months before it. `values` has a
    row a month, NaN where unknown, series below one another; `place` is a month's place in its
    series. The sum is NaN where a month is unknown or lies before the series.

    Each window is added up afresh: a running sum would leave 0.00000000000003 of pounds and pence
    behind in a window that holds nothing but noughts.
    """
    longest = int(np.max(length, initial=0))
    padded = np.concatenate([np.full(longest + back, np.nan), values])
    total = np.zeros(len(values))
    unknown = np.zeros(len(values), dtype=np.int32)
    for shift in range(back, back + longest):
        earlier = padded[longest + back - shift : len(padded) - shift]
        inside = np.broadcast_to(np.asarray(length) > shift - back, total.shape)
        value = np.where(place >= shift, earlier, np.nan)
        total += np.where(inside, value, 0.0)
        unknown += inside & np.isnan(value)
    return total, unknown
