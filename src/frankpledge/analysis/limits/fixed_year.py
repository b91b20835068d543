"""Control limits, "fixed year": the previous financial year's mean ± 2 standard deviations.

Source: the method that police performance reports print under their volume tables, "2 points of
standard deviation from the mean", the mean fixed for the year. Whether the deviation is that of a
population or of a sample is not said there; the rule-set says which.

How sure: `p_value` and `chance` ask what a quiet, normal series does. A new month has the mean's
uncertainty to contend with as well as its own, so it is judged by the predictive t distribution
(n - 1 degrees of freedom, sample deviation × √(1 + 1/n)), which is why two standard deviations from
twelve months let about 9 in 100 quiet months through, not 5.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np
import polars as pl
from scipy.special import stdtr, stdtrit

from frankpledge.analysis.conditions import usable_value
from frankpledge.analysis.limits.baselines import (
    WINDOW,
    baseline_notes,
    baseline_windows,
    left_out,
    months_in_words_of,
)
from frankpledge.analysis.limits.rule_sets import FIXED_YEAR, FixedYear
from frankpledge.analysis.limits.signals import LAST_DIGITS, crossing, refuse_overwriting
from frankpledge.analysis.rounding import half_away_from_zero
from frankpledge.analysis.series import KEY

COLUMNS = (
    "limit_mean",
    "limit_sd",
    "upper_limit",
    "lower_limit",
    "crossing",
    "baseline",
    "baseline_months",
    "baseline_note",
    "limits_state",
    "p_value",
    "chance",
)


def fixed_year(
    series: pl.DataFrame,
    rule_set: FixedYear = FIXED_YEAR,
    breaks: pl.DataFrame | None = None,
    exceptional_periods: pl.DataFrame | None = None,
    month: date | None = None,
    *,
    rebaselines: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Each month of each series against limits from its own baseline; `month` keeps that one alone.

    Adds to a complete series (see `analysis.series`):

    | column | what it is |
    |---|---|
    | `limit_mean`, `limit_sd` | mean and standard deviation of the baseline's usable values |
    | `upper_limit`, `lower_limit` | unrounded; the lower may be negative |
    | `crossing` | "above" or "below" where the value lies strictly beyond a limit, else null |
    | `baseline` | its months in words: "April 2021 to March 2022" |
    | `baseline_months` | how many usable values it has |
    | `baseline_note` | a break, a period left out, a chosen baseline, in words; else null |
    | `limits_state` | "full", "trial" (too few months for full limits) or "none" |
    | `p_value` | two-sided, of the value as a new month of a quiet normal series |
    | `chance` | that a quiet normal series' month lies outside by this rule |

    Where `limits_state` is "none" there are no limits; where the value is not usable there is no
    crossing, p-value or chance. A baseline whose months are all equal gives limits but no p-value.
    `breaks`, `exceptional_periods` and `rebaselines` are as `analysis.limits.baselines` says.
    """
    refuse_overwriting(series, COLUMNS)
    judged = series if month is None else series.filter(pl.col("month") == month)
    windows = baseline_windows(judged.select(*KEY, "month"), breaks, rebaselines)
    baselines = _baselines(series, windows, rule_set, exceptional_periods)
    notes = baseline_notes(windows, breaks, exceptional_periods)
    known = pl.concat([judged, notes.drop(*KEY, "month")], how="horizontal").join(
        baselines, on=WINDOW, how="left", maintain_order="left"
    )
    count = pl.col("baseline_months").fill_null(0)
    return (
        known.with_columns(
            count.alias("baseline_months"),
            limits_state(count, rule_set).alias("limits_state"),
            usable_value().alias("_value"),
        )
        .with_columns(crossing("_value", "lower_limit", "upper_limit").alias("crossing"))
        .pipe(_with_likelihood, rule_set)
        .select(*series.columns, *COLUMNS)
    )


def _baselines(
    series: pl.DataFrame,
    windows: pl.DataFrame,
    rules: FixedYear,
    exceptional_periods: pl.DataFrame | None,
) -> pl.DataFrame:
    """One row a baseline: its usable values' count, mean, deviation and the limits they give."""
    values = series.select(
        *KEY,
        "month",
        pl.when(left_out(exceptional_periods).not_()).then(usable_value()).alias("_value"),
    ).filter(pl.col("_value").is_not_null())
    mean, sd = pl.col("limit_mean"), pl.col("limit_sd")
    enough = pl.col("baseline_months") >= rules.trial_months
    first, last = pl.col("baseline_from"), pl.col("baseline_to")
    return (
        windows.select(WINDOW)
        .unique()
        .join(values, on=KEY)
        .filter(pl.col("month").is_between(first, last))
        .group_by(WINDOW)
        .agg(
            pl.len().alias("baseline_months"),
            pl.col("_value").mean().alias("limit_mean"),
            pl.col("_value").std(ddof=0 if rules.sd == "population" else 1).alias("limit_sd"),
        )
        .with_columns(pl.when(enough).then(pl.col("limit_mean", "limit_sd")))
        .with_columns(
            (mean + rules.multiplier * sd).alias("upper_limit"),
            (mean - rules.multiplier * sd).alias("lower_limit"),
            months_in_words_of(first, last).alias("baseline"),
        )
    )


def limits_state(count: pl.Expr, rules: FixedYear) -> pl.Expr:
    """ "full", "trial" or "none", by how many usable months the baseline has."""
    return (
        pl.when(count >= rules.full_months)
        .then(pl.lit("full"))
        .when(count >= rules.trial_months)
        .then(pl.lit("trial"))
        .otherwise(pl.lit("none"))
    )


def _with_likelihood(known: pl.DataFrame, rules: FixedYear) -> pl.DataFrame:
    """The frame with `p_value` and `chance`."""
    value, mean, sd = (
        known[name].cast(pl.Float64).to_numpy() for name in ("_value", "limit_mean", "limit_sd")
    )
    n = known["baseline_months"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        p_value = two_sided(np.abs(value - mean) / sd, n, rules.sd)
        # A deviation that is only the float's last digits is none: 12 times 0.1 does not vary.
        p_value[sd <= LAST_DIGITS * np.abs(mean)] = np.nan
        by_count = two_sided(rules.multiplier, np.arange(n.max(initial=0) + 1), rules.sd)
    chance = np.where(np.isnan(value - mean), np.nan, by_count[n])
    return known.with_columns(
        pl.Series("p_value", p_value).fill_nan(None), pl.Series("chance", chance).fill_nan(None)
    )


def two_sided(
    sds_away: np.ndarray | float, months: np.ndarray | float, sd: Literal["population", "sample"]
) -> np.ndarray:
    """How likely a quiet normal series' new month is at least so far from its baseline's mean.

    `sds_away` is counted in the baseline's own standard deviations, `months` is how many values it
    has. The predictive t distribution: Student's t with `months` - 1 degrees of freedom and the
    sample deviation × √(1 + 1/months).
    """
    months = np.asarray(months, dtype=float)
    shrink = (months - 1) / (months + 1) if sd == "population" else months / (months + 1)
    return 2 * stdtr(months - 1, -np.asarray(sds_away) * np.sqrt(shrink))


def chance_outside(rules: FixedYear, months: int = 12) -> float:
    """How likely the newest month of a quiet normal series is outside by this rule: 0.093 for 12."""
    return float(two_sided(rules.multiplier, months, rules.sd))


def multiplier_for(
    chance: float, months: int = 12, sd: Literal["population", "sample"] = "population"
) -> float:
    """How many standard deviations wide limits must be for `chance_outside` to be `chance`."""
    shrink = (months - 1) / (months + 1) if sd == "population" else months / (months + 1)
    return float(-stdtrit(months - 1, chance / 2) / np.sqrt(shrink))


def print_limit(limit: float) -> Decimal:
    """A limit as it prints: a whole number, a half away from zero, and never below 0."""
    return max(half_away_from_zero(limit), Decimal(0))
