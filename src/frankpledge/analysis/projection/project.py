"""The projection of every series: a median and two intervals for each of the months to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from frankpledge.analysis.projection.history import History, HistorySettings, look_back
from frankpledge.analysis.projection.level import levelled
from frankpledge.analysis.projection.scale import from_scale
from frankpledge.analysis.projection.smoothing import smoothed
from frankpledge.analysis.series import KEY

LEVELS = (80, 95)


@dataclass(frozen=True)
class ProjectionSettings:
    """`history` says what is enough to look back on."""

    history: HistorySettings = field(default_factory=HistorySettings)


def project(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    horizon: int = 6,
    settings: ProjectionSettings | None = None,
    month: date | None = None,
) -> pl.DataFrame:
    """The months to come of every series, from its history up to `month` (the last if None)."""
    settings = settings or ProjectionSettings()
    history = look_back(series, traits, month, settings.history)
    ahead = horizon + furthest_lag(history)
    steps = pl.concat([smoothed(history, ahead, settings.history), levelled(history, ahead)])
    rows = months_to_come(history, horizon).join(steps, on=["id", "step"], how="left")
    z = {80: 1.2816, 95: 1.96}
    bounds = [
        from_scale(
            pl.col("mean") + sign * z[level] * pl.max_horizontal("spread", "least"), pl.col("scale")
        ).alias(f"{side}_{level}")
        for level in LEVELS
        for side, sign in (("lower", -1), ("upper", 1))
    ]
    return (
        rows.with_columns(from_scale(pl.col("mean"), pl.col("scale")).alias("projection"), *bounds)
        .sort(*KEY, "month")
        .select(
            *KEY,
            "month",
            "horizon",
            "projection",
            "lower_80",
            "upper_80",
            "lower_95",
            "upper_95",
            "method",
        )
    )


def furthest_lag(history: History) -> int:
    """The most months that a series we project has gone without a value."""
    lags = history.summary.filter(~pl.col("method").str.starts_with("none"))["lag"]
    return int(lags.max() or 0) if lags.len() else 0


def months_to_come(history: History, horizon: int) -> pl.DataFrame:
    """A row a series and month to come, with the summary beside it and the step that belongs."""
    ahead = pl.DataFrame({"horizon": range(1, horizon + 1)}, schema={"horizon": pl.Int32})
    return history.summary.join(ahead, how="cross").with_columns(
        pl.lit(history.month).dt.offset_by(pl.format("{}mo", "horizon")).alias("month"),
        (pl.col("horizon") + pl.col("lag")).cast(pl.Int32).alias("step"),
    )
