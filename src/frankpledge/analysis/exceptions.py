"""Exceptions: the values outside their limits, and which of them many series do not explain.

Among 150 quiet series judged at 1.5%, about two lie outside by chance. All crossings are listed;
above the list stands how many to expect by chance; and those are marked **strong** that survive
control of the false discovery rate over the pack, which is the share of strong crossings that are
false in the long run.

The control is that of Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B
57(1):289-300), as `scipy.stats.false_discovery_control` works it out. It holds for independent
series and for those that rise and fall together (Benjamini and Yekutieli 2001, Annals of Statistics
29(4):1165-1188), as areas do with the force they add up to; `docs/methods/limits.md` shows by
simulation that it holds for such packs. The control that holds for any dependence whatever, of
Benjamini and Yekutieli, would ask for p-values about five times smaller in a pack of 120 and was
not needed.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from scipy.stats import false_discovery_control

from frankpledge.analysis.limits.signals import assessment, crossing
from frankpledge.analysis.series import KEY

LEVEL = 0.10
"""The false discovery rate over the pack."""

NEEDED = (*KEY, "month", "value", "lower", "upper", "p_value", "chance", "better")


@dataclass(frozen=True)
class Crossings:
    """The crossings of one pack.

    `frame` has a row a crossing, the strongest evidence first: measure, area, month, `direction`
    ("above" or "below"), `p_value`, `adjusted_p_value`, `strong`, `assessment` ("improvement",
    "concern" or "neither") and `evidence_rank` (from 1; ties share a rank; null without a p-value).
    `judged` is how many values had a limit to cross, `expected_by_chance` how many of them would
    cross it were nothing going on, None where no value had such a chance.
    """

    frame: pl.DataFrame
    judged: int
    expected_by_chance: float | None
    level: float


def crossings(judged: pl.DataFrame, level: float = LEVEL) -> Crossings:
    """The values of a pack that lie beyond their limits, with those that are strong marked.

    `judged` has a row a series: measure, area, month, value, lower, upper, p_value (two-sided),
    chance (that a quiet series is outside by the method used) and better (the direction of good).
    A value without a p-value can cross a limit and is never strong. Raises ValueError where a column
    is missing, where the level is no share, or where a p-value or a chance is not from 0 to 1.
    """
    _refuse(judged, level)
    could_cross = pl.col("value").is_not_null() & pl.any_horizontal(
        pl.col("lower", "upper").is_not_null()
    )
    pack = judged.with_columns(pl.col("value", "lower", "upper").fill_nan(None)).filter(could_cross)
    direction = crossing("value", "lower", "upper")
    listed = (
        pack.with_columns(adjusted(pack["p_value"]), direction.alias("direction"))
        .filter(pl.col("direction").is_not_null())
        .select(
            *KEY,
            "month",
            "direction",
            "p_value",
            "adjusted_p_value",
            (pl.col("adjusted_p_value") <= level).fill_null(False).alias("strong"),
            assessment(pl.col("direction"), pl.col("better")).alias("assessment"),
            pl.col("p_value").rank("min").cast(pl.Int64).alias("evidence_rank"),
        )
        .sort("p_value", *KEY, "month", nulls_last=True)
    )
    chances = pack["chance"].drop_nulls()
    by_chance = float(chances.sum()) if len(chances) else None
    return Crossings(frame=listed, judged=len(pack), expected_by_chance=by_chance, level=level)


def adjusted(p_values: pl.Series) -> pl.Series:
    """Each p-value as the smallest false discovery rate at which it would still be strong.

    Null where there is none; those are not part of the pack.
    """
    known = p_values.is_not_null()
    together = p_values.filter(known).cast(pl.Float64).to_numpy()
    values = false_discovery_control(together, method="bh") if len(together) else together
    places = known.arg_true()
    empty = pl.Series("adjusted_p_value", [None] * len(p_values), dtype=pl.Float64)
    return empty.scatter(places, values) if len(together) else empty


def _refuse(judged: pl.DataFrame, level: float) -> None:
    missing = [name for name in NEEDED if name not in judged.columns]
    if missing:
        raise ValueError(f"the judged series lack these columns: {', '.join(missing)}")
    if not 0 < level < 1:
        raise ValueError(f"a false discovery rate lies between 0 and 1, and {level} does not")
    for name in ("p_value", "chance"):
        wrong = judged.filter(~pl.col(name).is_between(0, 1))
        if len(wrong):
            where = ", ".join(str(wrong[column][0]) for column in (*KEY, "month"))
            raise ValueError(f"{name} is {wrong[name][0]} for {where}: it must lie from 0 to 1")
