"""What a projection may look back on: each series to the report's month, and the method it allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from frankpledge.analysis.conditions import usable_value
from frankpledge.analysis.limits.baselines import newest_restart
from frankpledge.analysis.periods import month_index
from frankpledge.analysis.projection.scale import least_spread, scale_of, to_scale
from frankpledge.analysis.series import KEY

SMOOTHING = "exponential smoothing"
LEVEL = "level of the last 12 months"

CONSTANT = f"{LEVEL}: every month the same"
SHORT = f"{LEVEL}: fewer than 12 months"
GAPPED = f"{LEVEL}: too many months missing"
SMALL = f"{LEVEL}: fewer than one a month"
NONE = "none"
TOO_FEW = f"{NONE}: fewer than 3 months"
STALE = f"{NONE}: nothing in the last 6 months"


@dataclass(frozen=True)
class HistorySettings:
    """What counts as enough history. All are numbers of months, but `gaps`, a share of them."""

    least: int = 3
    fitted: int = 12
    seasonal: int = 24
    longest_gap: int = 3
    gaps: float = 0.2
    stale: int = 6
    level_window: int = 12


@dataclass(frozen=True)
class History:
    """The past of every series, up to the report's month.

    `months` has a row a month from a series' first usable value to its last: `id`, `month`, `place`
    (0 for the first), `value`, `z` (the value on its scale, null where missing) and `filled` (`z`
    with gaps bridged by a straight line).
    `summary` has a row a series: `id`, the key, `scale`, `used` (months with a value), `lag` (months
    from the last value to the report's month), `method`, `bridged` (missing months inside), and of the
    last 12 values, on the scale, `level`, `spread`, `averaged` (how many) and `least` (the smallest
    spread that is believed).
    """

    month: date
    months: pl.DataFrame
    summary: pl.DataFrame

    def only(self, ids: pl.Series) -> History:
        """The same history with only these series in it."""
        return History(
            month=self.month,
            months=self.months.filter(pl.col("id").is_in(ids.implode())),
            summary=self.summary.filter(pl.col("id").is_in(ids.implode())),
        )

    @property
    def furthest_lag(self) -> int:
        """The most months that a series we project has gone without a value."""
        lags = self.summary.filter(~pl.col("method").str.starts_with(NONE))["lag"]
        return max(lags.to_list(), default=0)


def look_back(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    month: date | None = None,
    settings: HistorySettings | None = None,
    breaks: pl.DataFrame | None = None,
) -> History:
    """The history of every series up to `month`, the last month of the frame if None.

    A break that restarts the baseline (`limits/baselines.py`) ends the history before it: what was
    counted differently says nothing of the months to come.
    """
    settings = settings or HistorySettings()
    month = month or series["month"].max()
    past = series.filter(pl.col("month") <= month).with_columns(usable_value())
    if breaks is not None:
        past = _since_the_break(past, breaks)
    has = pl.col("value").is_not_null()
    summary = (
        past.group_by(KEY, maintain_order=True)
        .agg(
            pl.col("month").filter(has).min().alias("first"),
            pl.col("month").filter(has).max().alias("last"),
            has.sum().cast(pl.Int32).alias("used"),
            pl.col("value").min().alias("lowest"),
            pl.col("value").max().alias("highest"),
            pl.col("value").tail(settings.level_window).mean().alias("recent"),
            pl.col("denominator").filter(has).mean().alias("base"),
        )
        .sort(KEY)
        .with_row_index("id")
        .join(traits.select("measure", "unit", "adds_up").unique(), on="measure", how="left")
        .with_columns(
            scale_of(pl.col("unit"), pl.col("lowest")).alias("scale"),
            (month_index(pl.lit(month)) - month_index(pl.col("last"))).alias("lag"),
        )
    )
    months = _on_scale(past, summary)
    summary = summary.join(_spread(months, settings), on="id", how="left").sort("id")
    counted = (pl.col("unit") == "count") & pl.col("adds_up").fill_null(False)
    summary = summary.with_columns(
        least_spread(pl.col("level"), pl.col("scale"), counted, pl.col("base")).alias("least"),
        _method(settings).alias("method"),
    )
    return History(month=month, months=months, summary=summary)


def _since_the_break(past: pl.DataFrame, breaks: pl.DataFrame) -> pl.DataFrame:
    """Values before a series' newest restart count as not there; the series itself stays."""
    restart = newest_restart(breaks).max().over(KEY)
    before = pl.col("month") < restart
    return past.with_columns(
        pl.when(before.fill_null(False)).then(None).otherwise("value").alias("value")
    )


def _on_scale(past: pl.DataFrame, summary: pl.DataFrame) -> pl.DataFrame:
    place = (month_index(pl.col("month")) - month_index(pl.col("first"))).cast(pl.Int32)
    return (
        past.join(summary.select("id", *KEY, "first", "last", "scale"), on=KEY)
        .filter(pl.col("month").is_between(pl.col("first"), pl.col("last")))
        .sort("id", "month")
        .select(
            "id",
            "month",
            place.alias("place"),
            "value",
            to_scale(pl.col("value"), pl.col("scale")).alias("z"),
        )
        .with_columns(pl.col("z").interpolate().over("id").alias("filled"))
    )


def _spread(months: pl.DataFrame, settings: HistorySettings) -> pl.DataFrame:
    """Level and standard deviation of the last 12 values, and how the gaps lie, of every series."""
    gap = pl.col("z").is_null()
    recent = pl.col("z").drop_nulls().tail(settings.level_window)
    return (
        months.with_columns(pl.when(gap).then(gap.rle_id().over("id")).alias("run"))
        .group_by("id")
        .agg(
            recent.mean().alias("level"),
            recent.std().alias("spread"),
            recent.len().cast(pl.Int32).alias("averaged"),
            gap.sum().cast(pl.Int32).alias("bridged"),
            gap.mean().alias("gaps"),
            pl.col("run")
            .drop_nulls()
            .value_counts(name="n")
            .struct.field("n")
            .max()
            .alias("longest_gap"),
        )
        .with_columns(pl.col("longest_gap").fill_null(0))
    )


def _method(settings: HistorySettings) -> pl.Expr:
    counted = (pl.col("unit") == "count") & (pl.col("recent") < 1)
    return (
        pl.when(pl.col("used") < settings.least)
        .then(pl.lit(TOO_FEW))
        .when(pl.col("lag") > settings.stale)
        .then(pl.lit(STALE))
        .when(pl.col("lowest") == pl.col("highest"))
        .then(pl.lit(CONSTANT))
        .when(pl.col("used") < settings.fitted)
        .then(pl.lit(SHORT))
        .when((pl.col("gaps") > settings.gaps) | (pl.col("longest_gap") > settings.longest_gap))
        .then(pl.lit(GAPPED))
        .when(counted)
        .then(pl.lit(SMALL))
        .otherwise(pl.lit(SMOOTHING))
    )
