"""The fallback: the level of the last 12 months, for series too short, too still or too gapped to fit.

The level is the mean of the last 12 values, on the scale. The spread of a month to come is theirs
(or what chance alone would give, where that is more), with the doubt about the level itself, which
all the months of one path share: months to come are not independent.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from frankpledge.analysis.projection.history import LEVEL, History

STEPS = {"id": pl.UInt32, "step": pl.Int32, "mean": pl.Float64, "spread": pl.Float64}


def levelled(history: History, ahead: int) -> pl.DataFrame:
    """Mean and standard deviation of each month to come: `id`, `step`, `mean`, `spread`."""
    steps = pl.DataFrame({"step": range(1, ahead + 1)}, schema={"step": pl.Int32})
    within, doubt = _spreads()
    return (
        _level_series(history)
        .join(steps, how="cross")
        .select(
            "id",
            "step",
            pl.col("level").alias("mean"),
            (within**2 + doubt**2).sqrt().alias("spread"),
        )
    )


def level_paths(history: History, ahead: int, paths: int, seed: int) -> pl.DataFrame:
    """Whole paths to come: `id`, `path`, `step`, `z`."""
    within, doubt = _spreads()
    series = _level_series(history).select(
        "id", "level", within.alias("within"), doubt.alias("doubt")
    )
    random = np.random.default_rng(seed)
    shared = random.standard_normal((series.height, paths, 1))
    own = random.standard_normal((series.height, paths, ahead))
    level, within, doubt = (
        series[name].to_numpy().reshape(-1, 1, 1) for name in ("level", "within", "doubt")
    )
    z = level + doubt * shared + within * own
    index = np.indices(z.shape, dtype=np.int32)
    return pl.DataFrame(
        {
            "id": series["id"].gather(index[0].ravel()),
            "path": index[1].ravel(),
            "step": index[2].ravel() + 1,
            "z": z.ravel(),
        }
    ).cast({"path": pl.Int32, "step": pl.Int32})


def _level_series(history: History) -> pl.DataFrame:
    return history.summary.filter(pl.col("method").str.starts_with(LEVEL))


def _spreads() -> tuple[pl.Expr, pl.Expr]:
    """Of one month around the level, and of the level, as standard deviations on the scale."""
    within = pl.max_horizontal(pl.col("spread").fill_null(0), pl.col("least"))
    return within, within / pl.col("averaged").sqrt()
