"""The likelihood of meeting what good looks like, for every series that has a target."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import polars as pl

from frankpledge.analysis.likelihood.targets import combined, known_part, meets, targets_of
from frankpledge.analysis.projection.calibration import history_class
from frankpledge.analysis.projection.history import NONE, SMOOTHING, History, look_back
from frankpledge.analysis.projection.paths import paths_ahead
from frankpledge.analysis.projection.project import ProjectionSettings
from frankpledge.analysis.series import KEY
from frankpledge.analysis.yardstick import WORD, printed_band_of, word_of


class Basis(StrEnum):
    """Where a likelihood came from, or why there is none."""

    COMPUTED = "computed"
    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "no value at the target date"
    SHORT = "too little history"
    STALE = "no recent value"
    GAP = "a month of the target's period is missing"
    NO_TARGET = "no target"
    NO_DATE = "no target date"
    TOO_FAR = "target date too far"


LIKELIHOOD = {
    "measure": pl.String,
    "area": pl.String,
    "likelihood": pl.Float64,
    "likelihood_per_cent": pl.Int32,
    "likelihood_word": WORD,
    "likelihood_printed": pl.String,
    "likelihood_confidence": pl.Enum(["low", "moderate", "high"]),
    "likelihood_basis": pl.Enum([basis.value for basis in Basis]),
}


@dataclass(frozen=True)
class LikelihoodSettings:
    """Months, but `paths` and `seed` of the simulation, and `doubt`, the least that is left to doubt.

    `horizon` is how far ahead the calibration was learned; `least_history` and `moderate_from` are
    the yardstick's rules; `high_from` (four whole years, so that a season was seen four times) is
    ours.
    """

    projection: ProjectionSettings = field(default_factory=ProjectionSettings)
    horizon: int = 6
    least_history: int = 12
    moderate_from: int = 24
    high_from: int = 48
    paths: int = 999
    seed: int = 20220601
    doubt: float = 0.01


def likelihood(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    month: date | None = None,
    settings: LikelihoodSettings | None = None,
    breaks: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """How likely each series is to meet its target at its date: a row a series, as `LIKELIHOOD`.

    `traits` gives `target`, `target_date`, `target_direction` ("at least" or "at most") and, where a
    target is not about its month alone, `target_over`: "financial year to date" or "rolling 12".
    That is the sum of the months where the measure adds up, and their mean where it does not
    (weighted by the denominators where all are known). Months without a value after the last one
    are simulated like those to come; a month that is missing before it leaves nothing to state.

    History begins at the newest of `breaks` that restarts the baseline; months before it still count
    towards a total they belong to.

    A stated likelihood is between 1% and 99%: simulation cannot tell more.
    Raises ValueError for a direction or period we do not know.
    """
    if series.is_empty():
        return pl.DataFrame(schema=LIKELIHOOD)
    settings = settings or LikelihoodSettings()
    history = look_back(series, traits, month, settings.projection.history, breaks)
    targets = targets_of(history, traits)
    targets = targets.join(known_part(series, targets, history.month), on="id", how="left")
    targets = targets.with_columns(_basis(settings).alias("basis"))
    stated = _stated(history, targets, settings)
    return (
        targets.join(stated, on="id", how="left")
        .sort(*KEY)
        .with_columns(
            (pl.col("likelihood") * 100 + 0.5).floor().alias("likelihood_per_cent"),
            word_of(pl.col("likelihood")).alias("likelihood_word"),
            printed_band_of(pl.col("likelihood")).alias("likelihood_printed"),
            _confidence(settings).alias("likelihood_confidence"),
            pl.col("basis").alias("likelihood_basis"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in LIKELIHOOD.items())
    )


def _basis(settings: LikelihoodSettings) -> pl.Expr:
    """What there is to say of each target; the first that holds."""
    met = meets(combined(pl.col("known_sum"), pl.col("known_weight")))
    complete = pl.col("months_known") == pl.col("months_due")
    in_order = [
        (Basis.NO_TARGET, pl.col("target").is_null() | pl.col("direction").is_null()),
        (Basis.NO_DATE, pl.col("until").is_null()),
        (Basis.UNKNOWN, (pl.col("ahead") <= 0) & ~complete.fill_null(False)),
        (Basis.MET, (pl.col("ahead") <= 0) & met),
        (Basis.NOT_MET, pl.col("ahead") <= 0),
        (Basis.TOO_FAR, pl.col("ahead") > settings.horizon),
        (Basis.SHORT, pl.col("used") < settings.least_history),
        (Basis.STALE, pl.col("method").str.starts_with(NONE)),
        (Basis.GAP, ~complete.fill_null(False)),
    ]
    chosen = pl.lit(Basis.COMPUTED.value)
    for basis, holds in reversed(in_order):
        chosen = pl.when(holds).then(pl.lit(basis.value)).otherwise(chosen)
    return chosen


def _stated(history: History, targets: pl.DataFrame, settings: LikelihoodSettings) -> pl.DataFrame:
    """`id` and `likelihood`, for the targets whose basis is "computed"."""
    wanted = targets.filter(pl.col("basis") == Basis.COMPUTED.value)
    if wanted.is_empty():
        return pl.DataFrame(schema={"id": pl.UInt32, "likelihood": pl.Float64})
    ahead = int(wanted.select((pl.col("ahead") + pl.col("lag")).max()).item())
    paths = paths_ahead(
        history.only(wanted["id"]), ahead, settings.paths, settings.seed, settings.projection
    )
    return shares(paths, wanted).select(
        "id", calibrated("share", settings.projection, settings.doubt).alias("likelihood")
    )


def shares(paths: pl.DataFrame, targets: pl.DataFrame) -> pl.DataFrame:
    """The share of each series' paths that meet its target: `id`, `share`, and the target's columns.

    Half a path is counted on either side, so that a share is never quite 0 or 1.
    """
    last_step = pl.col("ahead") + pl.col("lag")
    first_step = month_steps(pl.col("since"), pl.col("last")).clip(lower_bound=1)
    totals = (
        paths.join(
            targets.select("id", first_step.alias("_first"), last_step.alias("_last")), on="id"
        )
        .filter(pl.col("step").is_between(pl.col("_first"), pl.col("_last")))
        .group_by("id", "path")
        .agg(pl.col("value").sum().alias("to_come"), pl.len().alias("months_to_come"))
    )
    weight = pl.col("future_weight")
    total = pl.col("known_sum") + weight * pl.col("to_come")
    figure = combined(total, pl.col("known_weight") + weight * pl.col("months_to_come"))
    counted = (
        totals.join(targets, on="id")
        .group_by("id")
        .agg(((meets(figure).sum() + 0.5) / (pl.len() + 1)).alias("share"))
    )
    return targets.join(counted, on="id").sort("id")


def month_steps(month: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Which step after a series' last month leads to `month`."""
    return (
        (month.dt.year() - last.dt.year()) * 12 + month.dt.month().cast(pl.Int32) - last.dt.month()
    )


def calibrated(share: str, settings: ProjectionSettings, doubt: float) -> pl.Expr:
    """A counted share as a stated probability: its logit times the slope learned for the history."""
    slopes = dict(settings.learned.slopes.iter_rows())
    kind = history_class(pl.col("method"), pl.col("used"))
    slope = kind.replace_strict(list(slopes), list(slopes.values()), return_dtype=pl.Float64)
    logit = slope * (pl.col(share) / (1 - pl.col(share))).log()
    return (1 / (1 + (-logit).exp())).clip(doubt, 1 - doubt)


def _confidence(settings: LikelihoodSettings) -> pl.Expr:
    """High, moderate or low: a separate word, and about the history alone."""
    low = (pl.col("used") < settings.moderate_from) | (pl.col("method") != SMOOTHING)
    return (
        pl.when(pl.col("likelihood").is_null())
        .then(None)
        .when(low)
        .then(pl.lit("low"))
        .when(pl.col("used") < settings.high_from)
        .then(pl.lit("moderate"))
        .otherwise(pl.lit("high"))
    )
