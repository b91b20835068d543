"""From a frame of series to matrices: the months before each judged month, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from frankpledge.analysis.conditions import usable, usable_value
from frankpledge.analysis.limits.baselines import left_out, newest_restart
from frankpledge.analysis.periods import month_index
from frankpledge.analysis.series import KEY


@dataclass(frozen=True)
class Windows:
    """The judged months, a row each, and the months before them.

    `judged` has measure, area and month. `value`, `numerator` and `denominator` are the judged
    month's own (NaN where it has none); `values`, `numerators`, `denominators` the months before, of
    the shape (rows, months back), NaN where there is none or it may not be used: before a break that
    restarts the baseline, in an exceptional period that is left out, suppressed or missing. `pack`
    numbers the judged months: all series judged in the same month are one pack.
    """

    judged: pl.DataFrame
    pack: np.ndarray
    value: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    values: np.ndarray
    numerators: np.ndarray
    denominators: np.ndarray

    def rows(self, chosen: np.ndarray) -> Windows:
        """The chosen rows alone."""
        arrays = {
            name: getattr(self, name)[chosen] for name in self.__annotations__ if name != "judged"
        }
        return Windows(judged=self.judged.filter(pl.Series(chosen)), **arrays)


def windows(
    series: pl.DataFrame,
    months: Sequence[date] | None,
    months_back: int,
    breaks: pl.DataFrame | None = None,
    exceptional_periods: pl.DataFrame | None = None,
) -> Windows:
    """The windows of every series at each of the months; None means the newest month of all."""
    known = _known(series, breaks, exceptional_periods)
    if months is None:
        months = [known["month"].max()] if len(known) else []
    judged = known.filter(pl.col("month").is_in(list(months)))
    row = judged["_series"].to_numpy()
    column = judged["_column"].to_numpy()
    since = judged["_restart"].to_numpy()
    months_back = min(months_back, int(column.max(initial=0)))
    back = column[:, None] - np.arange(1, months_back + 1)[None, :]
    may_be_used = (back >= 0) & (back >= since[:, None])
    shape = (int(known["_series"].max() or 0) + 1, int(known["_column"].max() or 0) + 1)

    def before(name: str) -> np.ndarray:
        grid = np.full(shape, np.nan)
        grid[known["_series"].to_numpy(), known["_column"].to_numpy()] = _floats(known, name)
        return np.where(may_be_used, grid[row[:, None], np.maximum(back, 0)], np.nan)

    return Windows(
        judged=judged.select(*KEY, "month"),
        pack=judged["month"].rank("dense").cast(pl.Int64).to_numpy() - 1,
        value=_floats(judged, "_value"),
        numerator=_floats(judged, "_numerator"),
        denominator=_floats(judged, "_denominator"),
        values=before("_history_value"),
        numerators=before("_history_numerator"),
        denominators=before("_history_denominator"),
    )


def _known(
    series: pl.DataFrame,
    breaks: pl.DataFrame | None,
    exceptional_periods: pl.DataFrame | None,
) -> pl.DataFrame:
    """Every month with its place in the matrix and its usable numbers.

    A numerator and a denominator count only together, and where the value itself is usable.
    """
    both = usable() & (pl.col("denominator") > 0) & pl.col("numerator").is_not_null()
    counts = left_out(exceptional_periods).not_()
    first = month_index(pl.col("month")).min()
    numbers = {
        "value": usable_value(),
        "numerator": pl.when(both).then("numerator"),
        "denominator": pl.when(both).then("denominator"),
    }
    return series.with_columns(
        (pl.struct(KEY).rank("dense").cast(pl.Int64) - 1).alias("_series"),
        (month_index(pl.col("month")) - first).cast(pl.Int64).alias("_column"),
        (month_index(newest_restart(breaks)) - first)
        .cast(pl.Int64)
        .fill_null(-1)
        .alias("_restart"),
        *(expr.alias(f"_{name}") for name, expr in numbers.items()),
        *(pl.when(counts).then(expr).alias(f"_history_{name}") for name, expr in numbers.items()),
    )


def _floats(frame: pl.DataFrame, name: str) -> np.ndarray:
    return frame[name].cast(pl.Float64).fill_null(float("nan")).to_numpy()
