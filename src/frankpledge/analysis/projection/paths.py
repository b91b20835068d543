"""Whole paths through the months to come, so that a total of months is one draw and not a guess.

Months to come are not independent: a level that was misjudged is misjudged in all of them. A path
keeps its months together. Totals, and the chance that one meets a target, come from whole paths.
"""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.projection.calibration import history_class, stretch, width_step
from frankpledge.analysis.projection.history import History
from frankpledge.analysis.projection.level import level_paths
from frankpledge.analysis.projection.project import ProjectionSettings
from frankpledge.analysis.projection.scale import from_scale
from frankpledge.analysis.projection.smoothing import simulated


def paths_ahead(
    history: History, ahead: int, paths: int, seed: int, settings: ProjectionSettings
) -> pl.DataFrame:
    """Simulated paths of every series: `id`, `path`, `step`, `value` in the measure's own unit.

    The same history, number of paths and seed give the same paths. Step 1 is the month after a
    series' last value. Each path's distance from the mean of all is stretched as was learned.
    """
    drawn = pl.concat(
        [
            simulated(history, ahead, paths, seed, settings.history),
            level_paths(history, ahead, paths, seed),
        ]
    )
    return stretched(drawn, history, settings).select(
        "id", "path", "step", from_scale(pl.col("z"), pl.col("scale")).alias("value")
    )


def stretched(drawn: pl.DataFrame, history: History, settings: ProjectionSettings) -> pl.DataFrame:
    """Paths on the scale, each month's distance from its mean multiplied by what was learned.

    Where the paths of a month lie closer together than chance alone would put them, they are first
    spread out to that.
    """
    kind = history_class(pl.col("method"), pl.col("used")).alias("history")
    widths = settings.learned.widths.select(
        "history", pl.col("step").alias("_width"), stretch().alias("stretch")
    )
    factors = (
        drawn.group_by("id", "step")
        .agg(pl.col("z").mean().alias("middle"), pl.col("z").std(ddof=0).alias("drawn"))
        .join(history.summary.select("id", "scale", "least", kind), on="id")
        .with_columns(width_step(pl.col("step")).alias("_width"))
        .join(widths, on=["history", "_width"], how="left")
        .with_columns(_widening().alias("factor"))
        .select("id", "step", "scale", "middle", "factor")
    )
    return drawn.join(factors, on=["id", "step"]).with_columns(
        (pl.col("middle") + pl.col("factor") * (pl.col("z") - pl.col("middle"))).alias("z")
    )


def _widening() -> pl.Expr:
    drawn = pl.col("drawn").clip(lower_bound=1e-9)
    return pl.col("stretch") * pl.max_horizontal(drawn, "least") / drawn
