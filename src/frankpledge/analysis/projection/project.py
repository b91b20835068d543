"""The projection of every series: a median and two intervals for each of the months to come."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import polars as pl

from frankpledge.analysis.projection.calibration import (
    Calibration,
    history_class,
    shipped,
    width_step,
)
from frankpledge.analysis.projection.history import NONE, History, HistorySettings, look_back
from frankpledge.analysis.projection.level import levelled
from frankpledge.analysis.projection.scale import from_scale
from frankpledge.analysis.projection.smoothing import smoothed
from frankpledge.analysis.series import KEY

PROJECTION = {
    "measure": pl.String,
    "area": pl.String,
    "month": pl.Date,
    "horizon": pl.Int32,
    "projection": pl.Float64,
    "lower_80": pl.Float64,
    "upper_80": pl.Float64,
    "lower_95": pl.Float64,
    "upper_95": pl.Float64,
    "method": pl.String,
    "confidence_basis": pl.String,
}


@dataclass(frozen=True)
class ProjectionSettings:
    """What is enough history, and how wide the intervals are made (as shipped, if None)."""

    history: HistorySettings = field(default_factory=HistorySettings)
    calibration: Calibration | None = None

    @property
    def learned(self) -> Calibration:
        return self.calibration or shipped()


def project(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    horizon: int = 6,
    settings: ProjectionSettings | None = None,
    month: date | None = None,
    breaks: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The months to come of every series, from its history up to `month` (the frame's last if None).

    A row a series and month to come, `horizon` of them, with the columns of `PROJECTION`, in the
    measure's own unit, unrounded. `projection` is the median. `method` names what was done, and
    `confidence_basis` what it stands on. Where there is too little to stand on the row is there, its
    numbers are null, and `method` begins with "none".

    A series that ends before `month` is projected from its own end, so the first row lies more than
    one step ahead. Missing months inside a series are bridged by a straight line within the model,
    nowhere else. Months before a break that restarts the baseline are not looked at (`breaks` as in
    `limits/baselines.py`).
    """
    if series.is_empty():
        return pl.DataFrame(schema=PROJECTION)
    settings = settings or ProjectionSettings()
    history = look_back(series, traits, month, settings.history, breaks)
    steps = steps_ahead(history, horizon + history.furthest_lag, settings)
    return (
        months_to_come(history, horizon)
        .join(steps, on=["id", "step"], how="left")
        .with_columns(
            from_scale(pl.col("mean"), pl.col("scale")).alias("projection"),
            *(_bound(side, level) for level in (80, 95) for side in ("lower", "upper")),
            _confidence_basis(),
        )
        .sort(*KEY, "month")
        .select(pl.col(name).cast(dtype) for name, dtype in PROJECTION.items())
    )


def steps_ahead(history: History, ahead: int, settings: ProjectionSettings) -> pl.DataFrame:
    """Every step to come on the scale: `id`, `step`, `mean`, `spread`, `reach_80`, `reach_95`."""
    steps = pl.concat([smoothed(history, ahead, settings.history), levelled(history, ahead)])
    spread = pl.max_horizontal("spread", "least")
    kind = history_class(pl.col("method"), pl.col("used")).alias("history")
    return (
        steps.join(history.summary.select("id", "least", kind), on="id")
        .with_columns(spread.alias("spread"), width_step(pl.col("step")).alias("_width"))
        .join(
            settings.learned.widths.rename({"step": "_width"}), on=["history", "_width"], how="left"
        )
        .select("id", "step", "mean", "spread", "reach_80", "reach_95")
    )


def months_to_come(history: History, horizon: int) -> pl.DataFrame:
    """A row a series and month to come: what is said of the series, and the step that leads there."""
    ahead = pl.DataFrame({"horizon": range(1, horizon + 1)}, schema={"horizon": pl.Int32})
    said = history.summary.select("id", *KEY, "scale", "method", "used", "lag", "bridged")
    return said.join(ahead, how="cross").with_columns(
        pl.lit(history.month).dt.offset_by(pl.format("{}mo", "horizon")).alias("month"),
        (pl.col("horizon") + pl.col("lag")).cast(pl.Int32).alias("step"),
    )


def _bound(side: str, level: int) -> pl.Expr:
    sign = 1 if side == "upper" else -1
    z = pl.col("mean") + sign * pl.col(f"reach_{level}") * pl.col("spread")
    return from_scale(z, pl.col("scale")).alias(f"{side}_{level}")


def _confidence_basis() -> pl.Expr:
    """In words, what a projection stands on: "32 months of history, 2 missing months bridged"."""
    bridged = pl.col("bridged").fill_null(0)
    words = [
        pl.format(
            "{} {} of history",
            "used",
            pl.when(pl.col("used") == 1).then(pl.lit("month")).otherwise(pl.lit("months")),
        ),
        pl.when((pl.col("used") < 24) & ~pl.col("method").str.starts_with(NONE)).then(
            pl.lit("too few to see a season")
        ),
        pl.when(bridged > 0).then(pl.format("missing months bridged: {}", bridged)),
        pl.when(pl.col("lag") > 0).then(pl.format("months since the last value: {}", "lag")),
    ]
    return pl.concat_str(words, separator="; ", ignore_nulls=True).alias("confidence_basis")
