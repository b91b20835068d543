"""Exponential smoothing of every series at once, by statsforecast, on each measure's scale.

Several models are fitted to each series and count the same: none of them is best everywhere, and
their mean is better than most of them. What the models disagree about is part of the spread.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from frankpledge.analysis.projection.calibration import NORMAL_REACH_80
from frankpledge.analysis.projection.history import SMOOTHING, History, HistorySettings

if TYPE_CHECKING:
    from statsforecast import StatsForecast

LEVEL_OF_INTERVAL = 80

UNSEASONAL = ("ANN", "theta", "naive")
SEASONAL = ("ANN", "ANA", "theta")


def smoothed(history: History, ahead: int, settings: HistorySettings) -> pl.DataFrame:
    """Mean and standard deviation of each month to come, for the series that can be smoothed.

    Columns `id`, `step` (1 for the month after a series' last value), `mean`, `spread`; on the
    scale. The mean of the models' means; the spread holds theirs and their disagreement.
    """
    parts = [
        _one_of_each(_engine(models).forecast(h=ahead, df=frame, level=[LEVEL_OF_INTERVAL]), models)
        for frame, models in _groups(history, settings)
    ]
    if not parts:
        return pl.DataFrame(
            schema={"id": pl.UInt32, "step": pl.Int32, "mean": pl.Float64, "spread": pl.Float64}
        )
    return pl.concat(parts)


def simulated(
    history: History, ahead: int, paths: int, seed: int, settings: HistorySettings
) -> pl.DataFrame:
    """Paths to come, for the series that can be smoothed: each a whole path, months in step.

    Columns `id`, `path`, `step`, `z`. Every model gives `paths / models` of them.
    """
    parts = []
    for frame, models in _groups(history, settings):
        drawn = _drawn(_engine(models), frame, ahead, -(-paths // len(models)), seed)
        parts.append(_stacked(drawn, models))
    if not parts:
        return pl.DataFrame(
            schema={"id": pl.UInt32, "path": pl.Int32, "step": pl.Int32, "z": pl.Float64}
        )
    return pl.concat(parts)


def _groups(
    history: History, settings: HistorySettings
) -> list[tuple[pl.DataFrame, tuple[str, ...]]]:
    """The series to smooth as statsforecast wants them: those without and those with a season."""
    fitted = history.summary.filter(pl.col("method") == SMOOTHING)
    frame = history.months.join(fitted.select("id", "used"), on="id").select(
        pl.col("id").alias("unique_id"),
        pl.col("place").cast(pl.Int64).alias("ds"),
        pl.col("filled").alias("y"),
        (pl.col("used") >= settings.seasonal).alias("seasonal"),
    )
    groups = []
    for seasonal, models in ((False, UNSEASONAL), (True, SEASONAL)):
        part = frame.filter(pl.col("seasonal") == seasonal).drop("seasonal")
        if part.height:
            groups.append((part, models))
    return groups


def _engine(models: tuple[str, ...]) -> StatsForecast:
    # Imported here: it takes several seconds, and most of what reads analysis/ projects nothing.
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS, DynamicOptimizedTheta, Naive

    makers = {
        "theta": lambda: DynamicOptimizedTheta(season_length=12, alias="theta"),
        "naive": lambda: Naive(alias="naive"),
    }
    chosen = [
        makers[name]() if name in makers else AutoETS(season_length=12, model=name, alias=name)
        for name in models
    ]
    return StatsForecast(models=chosen, freq=1)


def _drawn(
    engine: StatsForecast, frame: pl.DataFrame, ahead: int, paths: int, seed: int
) -> pl.DataFrame:
    # simulate() seeds numpy's global generator; whoever else draws from that must not notice.
    state = np.random.get_state()
    try:
        with warnings.catch_warnings():
            # It warns of memory from 100,000 numbers on; a hundred series take a few megabytes.
            warnings.filterwarnings("ignore", message="Generating .* simulation points")
            return engine.simulate(h=ahead, df=frame, n_paths=paths, seed=seed)
    finally:
        np.random.set_state(state)


def _one_of_each(forecast: pl.DataFrame, models: tuple[str, ...]) -> pl.DataFrame:
    means = [pl.col(name) for name in models]
    variances = [
        (
            (pl.col(f"{name}-hi-{LEVEL_OF_INTERVAL}") - pl.col(f"{name}-lo-{LEVEL_OF_INTERVAL}"))
            / (2 * NORMAL_REACH_80)
        )
        ** 2
        for name in models
    ]
    mean = pl.mean_horizontal(means)
    between = pl.mean_horizontal((one - pl.col("mean")) ** 2 for one in means)
    return (
        forecast.with_columns(mean.alias("mean"), _step())
        .with_columns((pl.mean_horizontal(variances) + between).sqrt().alias("spread"))
        .select(pl.col("unique_id").alias("id"), "step", "mean", "spread")
    )


def _stacked(drawn: pl.DataFrame, models: tuple[str, ...]) -> pl.DataFrame:
    each = drawn["sample_id"].n_unique()
    return pl.concat(
        drawn.with_columns(_step(["unique_id", "sample_id"])).select(
            pl.col("unique_id").alias("id"),
            (pl.col("sample_id") + i * each).cast(pl.Int32).alias("path"),
            "step",
            pl.col(name).cast(pl.Float64).alias("z"),
        )
        for i, name in enumerate(models)
    )


def _step(group: list[str] | None = None) -> pl.Expr:
    """Months after the last value: 1 for the first that is forecast."""
    group = group or ["unique_id"]
    return (pl.col("ds") - pl.col("ds").min().over(group) + 1).cast(pl.Int32).alias("step")
