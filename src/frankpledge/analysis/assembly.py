"""From observations to findings, in one walk through the house.

Known at the date, complete, screened, hidden where it must be hidden; then compared, judged,
projected, ranked. What is hidden is hidden before anything is worked out from it, so no later
number can give it away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from frankpledge.analysis.brief import Brief
from frankpledge.analysis.comparisons import compare
from frankpledge.analysis.conditions import ORIGIN, Condition, Origin, usable
from frankpledge.analysis.exceptions import Crossings, crossings
from frankpledge.analysis.findings import Findings, Pack
from frankpledge.analysis.judging import JUDGED, judge
from frankpledge.analysis.likelihood import likelihood
from frankpledge.analysis.limits.baselines import applies, tidy_breaks
from frankpledge.analysis.limits.rule_sets import rule_set
from frankpledge.analysis.projection import project
from frankpledge.analysis.proportions import change_of_windows, wilson_intervals
from frankpledge.analysis.ranking import rank
from frankpledge.analysis.rates import with_rates
from frankpledge.analysis.screening import HELD, screen
from frankpledge.analysis.series import KEY, OBSERVATION, as_known_at, complete, revisions
from frankpledge.analysis.suppression import hide_revisions, suppress
from frankpledge.analysis.totals import area_totals, with_force

Step = Callable[[str], None]

WINDOWS = ("window_now", "window_before", "window_change_points", "window_p_value")
"""What is said of a percentage's 12 months beside the 12 that ended three months earlier."""

ENOUGH_TO_PROJECT = 12
"""Usable months below which a series gets no projection: a guess is not a finding."""


@dataclass(frozen=True)
class Prepared:
    """Series ready to be worked on, and what was held back on the way."""

    series: pl.DataFrame
    held_back: pl.DataFrame


def find(
    observations: pl.DataFrame, traits: pl.DataFrame, brief: Brief, step: Step = lambda _: None
) -> Findings:
    """All findings of one report.

    `observations` as `series.OBSERVATION`, `traits` as `docs/architecture.md` lists them. `step` is
    told what is being done. Where the brief names areas, series of others serve for ranking alone.
    """
    step("Putting the months in order")
    prepared = prepare(observations, traits, brief)
    shown = _of_areas(prepared.series, brief.shown)
    whole = _without_hidden(shown)
    step("Comparing with last month and last year")
    compared = _with_origins(_with_rates(compare(shown, traits), traits, brief))
    step("Drawing control limits")
    judged = judge(whole, traits, brief)
    flagged = crossings(_to_flag(judged, traits, brief), level=brief.false_discovery_level)
    step("Looking six months ahead")
    ahead = project(_long_enough(whole), traits, month=brief.month, breaks=brief.breaks)
    step("Weighing what good looks like")
    chances = likelihood(whole, traits, brief.month, breaks=brief.breaks)
    return Findings(
        month=brief.month,
        newest=_newest(compared, judged, flagged, chances, prepared, traits, brief),
        history=_history(compared, judged, brief),
        projection=ahead,
        exceptions=flagged.frame,
        revisions=_revisions(observations, prepared, traits, brief),
        held_back=_of_areas(prepared.held_back, brief.shown),
        totals=_totals(prepared.series, traits, brief),
        pack=_pack(flagged, brief),
    )


def prepare(observations: pl.DataFrame, traits: pl.DataFrame, brief: Brief) -> Prepared:
    """Complete series as known at the brief's day: screened, with the force's own, small counts hidden.

    Areas that are neither shown nor compared with are left out.
    """
    series = complete(as_known_at(observations, brief.as_at), brief.month)
    wanted = (*brief.shown, *brief.similar) if brief.shown else ()
    series = _of_areas(series, wanted)
    held_back = pl.DataFrame(schema=HELD)
    if brief.screen:
        peers = (brief.force or "", *brief.similar) if brief.similar else ()
        series, held_back = screen(
            series, traits, _populations(brief), peers=peers, breaks=brief.breaks
        )
        series = series.select(OBSERVATION.keys())
    if brief.force and brief.areas:
        series = with_force(series, traits, brief.force, brief.areas)
    return Prepared(suppress(series, traits, brief.force, brief.areas), held_back)


def _of_areas(frame: pl.DataFrame, areas: Sequence[str]) -> pl.DataFrame:
    return frame.filter(pl.col("area").is_in(list(areas))) if areas else frame


def _populations(brief: Brief) -> pl.DataFrame | None:
    return None if brief.populations is None or brief.populations.is_empty() else brief.populations


def _without_hidden(series: pl.DataFrame) -> pl.DataFrame:
    """The series in which nothing is hidden: with the low months gone, limits would lie too high."""
    hidden = (pl.col("condition") == Condition.SUPPRESSED.value).any().over(KEY)
    return series.filter(~hidden)


def _long_enough(series: pl.DataFrame) -> pl.DataFrame:
    return series.filter(usable().sum().over(KEY) >= ENOUGH_TO_PROJECT)


def _with_rates(compared: pl.DataFrame, traits: pl.DataFrame, brief: Brief) -> pl.DataFrame:
    populations = _populations(brief)
    if populations is None:
        return compared.with_columns(pl.lit(None, dtype=pl.Float64).alias("rate_per_1000"))
    return with_rates(compared, traits, populations)


def _with_origins(compared: pl.DataFrame) -> pl.DataFrame:
    """`derived_origin`: whether what is worked out from a series rests on reconstructed months."""
    reconstructed = pl.col("origin") == Origin.RECONSTRUCTED.value
    return compared.with_columns(
        pl.when(reconstructed.any().over(KEY))
        .then(pl.lit(Origin.RECONSTRUCTED.value, dtype=ORIGIN))
        .otherwise(pl.lit(Origin.RECORDED.value, dtype=ORIGIN))
        .alias("derived_origin"),
        pl.col("origin").shift(1).over(KEY).alias("previous_month_origin"),
        pl.col("origin").shift(12).over(KEY).alias("same_month_last_year_origin"),
    )


def _to_flag(judged: pl.DataFrame, traits: pl.DataFrame, brief: Brief) -> pl.DataFrame:
    """The newest month of each series that has limits, with its measure's direction of good."""
    newest = judged.filter(
        (pl.col("month") == brief.month) & pl.col("upper_limit").is_not_null() & usable()
    )
    return newest.join(traits.select("measure", "better"), on="measure", how="left").rename(
        {"lower_limit": "lower", "upper_limit": "upper"}
    )


def _newest(
    compared: pl.DataFrame,
    judged: pl.DataFrame,
    flagged: Crossings,
    chances: pl.DataFrame,
    prepared: Prepared,
    traits: pl.DataFrame,
    brief: Brief,
) -> pl.DataFrame:
    """One row a series at the report's month: everything that is said of it."""
    history = compared.group_by(KEY).agg(
        usable().sum().alias("months_of_history"),
        pl.col("month").filter(usable()).max().alias("last_observed_month"),
        pl.col("value").filter(usable()).last().alias("last_observed"),
    )
    windows = change_of_windows(compared, traits).filter(pl.col("month") == brief.month)
    flags = flagged.frame.select(*KEY, "strong", "assessment")
    newest = (
        compared.filter(pl.col("month") == brief.month)
        .join(traits.select("measure", "unit", "decimals", "better"), on="measure", how="left")
        .join(judged.select(*KEY, "month", *JUDGED), on=[*KEY, "month"], how="left")
        .join(flags, on=KEY, how="left")
        .join(history, on=KEY, how="left")
        .join(windows.select(*KEY, *WINDOWS), on=KEY, how="left")
        .join(chances, on=KEY, how="left")
        .join(_ranks(prepared, traits, brief), on=KEY, how="left")
        .rename({"likelihood_printed": "likelihood_band", "compared_month": "rank_month"})
        .pipe(wilson_intervals)
    )
    return newest.with_columns(
        pl.lit(brief.limits).alias("limits_rule_set"),
        pl.lit(rule_set(brief.limits).method).alias("limits_method"),
        pl.col("limits_state").fill_null("none"),
        pl.when(pl.col("upper_limit").is_not_null() & usable())
        .then(pl.col("crossing").is_not_null())
        .alias("exceptional"),
        pl.when(pl.col("crossing").is_not_null()).then(pl.col("strong")).alias("strong"),
    ).sort(KEY)


def _ranks(prepared: Prepared, traits: pl.DataFrame, brief: Brief) -> pl.DataFrame:
    """The force's place among its similar forces, measure by measure."""
    columns = ("compared_month", "rank", "rank_of", "group_mean", "first_means")
    if not (brief.force and brief.similar):
        return pl.DataFrame(
            schema={
                **dict.fromkeys(KEY, pl.String),
                "compared_month": pl.Date,
                "rank": pl.UInt32,
                "rank_of": pl.UInt32,
                "group_mean": pl.Float64,
                "first_means": pl.String,
            }
        )
    group = (brief.force, *brief.similar)
    ranked = rank(prepared.series, traits, group, brief.month, _populations(brief))
    return ranked.filter(pl.col("area") == brief.force).select(*KEY, *columns)


def _history(compared: pl.DataFrame, judged: pl.DataFrame, brief: Brief) -> pl.DataFrame:
    """Every month of every series, with what a chart shows of it."""
    reason = pl.lit(None, dtype=pl.String)
    for row in tidy_breaks(brief.breaks).iter_rows(named=True):
        here = applies(row) & (pl.col("month") == row["month"])
        reason = pl.when(here).then(pl.lit(row["reason"])).otherwise(reason)
    shown = (
        "value",
        "condition",
        "origin",
        "derived_origin",
        "reason",
        "numerator",
        "denominator",
        "rolling_12",
    )
    limits = [c for c in JUDGED if c not in ("p_value", "chance")]
    return (
        compared.select(*KEY, "month", *shown)
        .join(judged.select(*KEY, "month", *limits), on=[*KEY, "month"], how="left")
        .with_columns(
            reason.alias("break_reason"),
            pl.when(pl.col("upper_limit").is_not_null() & usable())
            .then(pl.col("crossing").is_not_null())
            .alias("exceptional"),
        )
        .sort([*KEY, "month"])
    )


def _revisions(
    observations: pl.DataFrame, prepared: Prepared, traits: pl.DataFrame, brief: Brief
) -> pl.DataFrame:
    revised = _of_areas(revisions(observations, brief.as_at), brief.shown)
    revised = revised.filter(pl.col("month") <= brief.month)
    return hide_revisions(revised, prepared.series, traits)


def _totals(series: pl.DataFrame, traits: pl.DataFrame, brief: Brief) -> pl.DataFrame:
    """The force beside the sum of its areas in the report's month."""
    force, areas = brief.force or "", brief.areas
    totals = area_totals(series, traits, force, areas)
    return totals.filter((pl.col("month") == brief.month) & pl.col("areas_value").is_not_null())


def _pack(flagged: Crossings, brief: Brief) -> Pack:
    return Pack(
        as_at=brief.as_at,
        limits=brief.limits,
        judged=flagged.judged,
        crossings=flagged.frame.height,
        strong=int(flagged.frame["strong"].sum()),
        expected_by_chance=flagged.expected_by_chance,
        false_discovery_level=brief.false_discovery_level,
    )
