"""Past months of real series, turned into cases whose outcome is known.

A case is a series as it stood at a report's month (the origin), cut to one length of history, with
the six months that followed kept apart. Which series, and how much history each has, is drawn by a
seeded generator. Targets are multiples of each series' recent level: nothing of the future is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from frankpledge.analysis.likelihood.likelihood import shares
from frankpledge.analysis.likelihood.targets import combined, known_part, meets, targets_of
from frankpledge.analysis.periods import add_months, month_index
from frankpledge.analysis.projection import ProjectionSettings
from frankpledge.analysis.projection.calibration import history_class, uncalibrated
from frankpledge.analysis.projection.history import NONE, History, look_back
from frankpledge.analysis.projection.level import level_paths
from frankpledge.analysis.projection.paths import stretched
from frankpledge.analysis.projection.project import steps_ahead
from frankpledge.analysis.projection.scale import from_scale, to_scale
from frankpledge.analysis.projection.smoothing import simulated
from frankpledge.analysis.series import complete, observations

HORIZON = 6
LENGTHS = {
    "level": (4, 6, 9, -36),
    "12 to 23 months": (12, 15, 18, 23),
    "24 to 47 months": (24, 32, 40),
    "48 months or more": (48, 72, 120),
}
MULTIPLES = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.6)
OVERS = ("month", "month", "financial year to date", "rolling 12")


@dataclass(frozen=True)
class Size:
    """How much is run: series an origin, paths a series, and the step between origins."""

    series: int
    paths: int
    every: int


@dataclass(frozen=True)
class Source:
    """A table of monthly counts: `name` (the series), `month`, `value`; every month of every series."""

    label: str
    rows: pl.DataFrame

    @property
    def months(self) -> list[date]:
        return self.rows["month"].unique().sort().to_list()


def boroughs(file: Path, label: str, by: str = "MajorText") -> Source:
    """London boroughs × crime types, series with a mean of 30 or more a month."""
    wide = pl.read_csv(file)
    months = [name for name in wide.columns if name.isdigit()]
    long = (
        wide.unpivot(months, index=["LookUp_BoroughName", by], variable_name="text")
        .group_by("LookUp_BoroughName", by, "text")
        .agg(pl.col("value").sum().cast(pl.Float64))
        .select(
            pl.format("{}, {}", by, "LookUp_BoroughName").alias("name"),
            (pl.col("text") + "01").str.to_date("%Y%m%d").alias("month"),
            "value",
        )
    )
    return Source(label, _large(long))


def forces(file: Path, label: str, area: str = "force", left_out: tuple[str, ...] = ()) -> Source:
    """Force areas (or areas of one) × crime types, with a mean of 30 or more a month, none missing."""
    long = pl.read_csv(file).select(
        pl.format("{}, {}", "crime_type", area).alias("name"),
        pl.col("month").str.to_date("%Y-%m"),
        pl.col("records").cast(pl.Float64).alias("value"),
        pl.col(area).alias("area"),
    )
    long = long.filter(~pl.col("area").is_in(left_out)).drop("area")
    whole = pl.len().over("name") == long["month"].n_unique()
    return Source(label, _large(long.filter(whole)))


def _large(long: pl.DataFrame) -> pl.DataFrame:
    return long.filter(pl.col("value").mean().over("name") >= 30).sort("name", "month")


@dataclass(frozen=True)
class Origin:
    """The cases of one origin: the series as known, their history, and what came after."""

    month: date
    series: pl.DataFrame
    traits: pl.DataFrame
    history: History
    future: pl.DataFrame


def origin(source: Source, month: date, size: Size, seed: int) -> Origin:
    """The cases at a report's month: a seeded draw of series, each with a drawn length of history."""
    random = np.random.default_rng([seed, month.year, month.month])
    past = source.rows.filter(pl.col("month") <= month)
    there = past["month"].n_unique()
    names = past["name"].unique().sort().to_numpy()
    names = np.sort(random.choice(names, min(size.series, len(names)), replace=False))
    lengths = [_length(random, there) for _ in names]
    drawn = pl.DataFrame({"name": names, "length": lengths}).cast({"length": pl.Int32})
    ago = month_index(pl.lit(month)) - month_index(pl.col("month"))
    kept = past.join(drawn, on="name").filter(ago < pl.col("length").abs())
    hidden = pl.Series(random.random(kept.height) < 0.3) & (kept["length"] < 0)
    kept = kept.filter(~hidden)
    series = complete(
        observations(
            kept.select(pl.col("name").alias("measure"), pl.lit("").alias("area"), "month", "value")
        ),
        until=month,
    )
    traits = pl.DataFrame({"measure": names}).with_columns(
        unit=pl.lit("count"), adds_up=pl.lit(True)
    )
    ahead = month_index(pl.col("month")) - month_index(pl.lit(month))
    future = source.rows.filter(ahead.is_between(1, HORIZON)).select(
        pl.col("name").alias("measure"), "month", "value", ahead.cast(pl.Int32).alias("horizon")
    )
    return Origin(month, series, traits, look_back(series, traits, month), future)


def _length(random: np.random.Generator, there: int) -> int:
    """A length of history: first one of the four kinds, then a length of it; below 0 with gaps."""
    possible = {kind: [n for n in lengths if abs(n) <= there] for kind, lengths in LENGTHS.items()}
    kinds = [kind for kind, lengths in possible.items() if lengths]
    return int(random.choice(possible[kinds[random.integers(len(kinds))]]))


def draw(cases: Origin, size: Size, seed: int) -> pl.DataFrame:
    """Paths of every case on the scale, not yet stretched: `id`, `path`, `step`, `z`."""
    settings = ProjectionSettings().history
    ahead = HORIZON + cases.history.furthest_lag
    return pl.concat(
        [
            simulated(cases.history, ahead, size.paths, seed, settings),
            level_paths(cases.history, ahead, size.paths, seed),
        ]
    )


def errors(cases: Origin) -> pl.DataFrame:
    """How far each month to come lay from its mean, in the model's own standard deviations.

    Columns `origin`, `history`, `horizon`, `distance`.
    """
    settings = ProjectionSettings(calibration=uncalibrated())
    steps = steps_ahead(cases.history, HORIZON + cases.history.furthest_lag, settings)
    kind = history_class(pl.col("method"), pl.col("used")).alias("history")
    summary = cases.history.summary.select("id", "measure", "scale", "lag", "method", kind)
    return (
        steps.join(summary, on="id")
        .with_columns((pl.col("step") - pl.col("lag")).cast(pl.Int32).alias("horizon"))
        .join(cases.future, on=["measure", "horizon"])
        .with_columns(to_scale(pl.col("value"), pl.col("scale")).alias("actual"))
        .select(
            pl.lit(cases.month).alias("origin"),
            pl.col("month").alias("target_month"),
            "history",
            "horizon",
            ((pl.col("actual") - pl.col("mean")) / pl.col("spread")).alias("distance"),
        )
    )


def outcomes(
    cases: Origin, drawn: pl.DataFrame, settings: ProjectionSettings, seed: int
) -> pl.DataFrame:
    """Targets for every case and horizon with the share of paths that met them, and what happened.

    Columns `origin`, `history`, `method`, `used`, `horizon`, `over`, `direction`, `share`, `met`.
    """
    random = np.random.default_rng([seed, cases.month.year, cases.month.month, 1])
    paths = stretched(drawn, cases.history, settings).select(
        "id", "path", "step", from_scale(pl.col("z"), pl.col("scale")).alias("value")
    )
    return pl.concat(
        _one_of_each(cases, paths, over, horizon, random)
        for horizon in range(1, HORIZON + 1)
        for over in OVERS
    )


def _one_of_each(
    cases: Origin, paths: pl.DataFrame, over: str, horizon: int, random: np.random.Generator
) -> pl.DataFrame:
    """One target for every case, of one kind and at one horizon."""
    n = cases.traits.height
    traits = cases.traits.with_columns(
        target=pl.lit(0.0),
        target_date=pl.lit(add_months(cases.month, horizon)),
        target_over=pl.lit(over),
        target_direction=pl.Series(random.choice(["at least", "at most"], n)),
        multiple=pl.Series(random.choice(MULTIPLES, n)),
    )
    targets = targets_of(cases.history, traits)
    targets = targets.join(known_part(cases.series, targets, cases.month), on="id")
    judged = (pl.col("months_known") == pl.col("months_due")) & (pl.col("lag") == 0)
    before = pl.max_horizontal("last", pl.col("since").dt.offset_by("-1mo"))
    to_come = month_index(pl.col("until")) - month_index(before)
    target = pl.col("known_sum") + pl.col("multiple") * pl.col("recent") * to_come
    targets = (
        targets.join(traits.select("measure", "multiple"), on="measure")
        .filter(judged & ~pl.col("method").str.starts_with(NONE))
        .with_columns(target.round().alias("target"))
    )
    return (
        shares(paths, targets)
        .join(_what_came(cases, targets), on="measure")
        .select(
            pl.lit(cases.month).alias("origin"),
            pl.col("until").alias("target_month"),
            history_class(pl.col("method"), pl.col("used")).alias("history"),
            "method",
            "used",
            pl.lit(horizon).cast(pl.Int32).alias("horizon"),
            pl.lit(over).alias("over"),
            "direction",
            "share",
            meets(combined(pl.col("known_sum") + pl.col("came"), pl.lit(1.0))).alias("met"),
        )
    )


def _what_came(cases: Origin, targets: pl.DataFrame) -> pl.DataFrame:
    """The sum of the months to come that each target is about: `measure`, `came`."""
    return (
        cases.future.join(targets.select("measure", "since", "until"), on="measure")
        .filter(pl.col("month").is_between(pl.col("since"), pl.col("until")))
        .group_by("measure")
        .agg(pl.col("value").sum().alias("came"))
    )
