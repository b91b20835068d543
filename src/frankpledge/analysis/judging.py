"""Every month against its control limits, whichever rule-set the brief names.

Three kinds of limits answer in the same columns, so that a chart, a table and the list of
exceptions need not know which kind they show.
"""

from __future__ import annotations

import polars as pl
from scipy.stats import norm

from frankpledge.analysis.brief import Brief
from frankpledge.analysis.limits.expected import expected
from frankpledge.analysis.limits.expected_rules import ExpectedRules
from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.limits.rule_sets import FixedYear, XmR, rule_set
from frankpledge.analysis.limits.signals import crossing
from frankpledge.analysis.limits.xmr import xmr
from frankpledge.analysis.periods import add_months, months_from
from frankpledge.analysis.series import KEY

JUDGED = (
    "limit_mean",
    "upper_limit",
    "lower_limit",
    "crossing",
    "signal",
    "baseline",
    "baseline_note",
    "limits_state",
    "p_value",
    "chance",
)

EXPECTED_MONTHS = 24
"""How many of the newest months are judged by what was expected of them at the time."""

RANGE_TO_SD = 1.128
"""A normal series' mean moving range is this many standard deviations (Shewhart's d2 for two)."""


def judge(series: pl.DataFrame, traits: pl.DataFrame, brief: Brief) -> pl.DataFrame:
    """Measure, area, month and value of complete series with the columns of `JUDGED`."""
    rules = rule_set(brief.limits)
    if isinstance(rules, FixedYear):
        judged = _by_fixed_year(series, rules, brief)
    elif isinstance(rules, XmR):
        judged = _by_xmr(series, rules, brief)
    else:
        judged = _by_expected(series, traits, rules, brief)
    return judged.select(*KEY, "month", "value", "condition", *JUDGED)


def _by_fixed_year(series: pl.DataFrame, rules: FixedYear, brief: Brief) -> pl.DataFrame:
    judged = fixed_year(
        series,
        rules,
        breaks=brief.breaks,
        exceptional_periods=brief.exceptional_periods,
        rebaselines=brief.rebaselines,
    )
    return judged.with_columns(
        pl.when(pl.col("crossing").is_not_null()).then(pl.lit("outside")).alias("signal")
    )


def _by_xmr(series: pl.DataFrame, rules: XmR, brief: Brief) -> pl.DataFrame:
    """XmR gives signals, not probabilities: these are a normal series' with the same moving range."""
    judged = xmr(
        series,
        rules,
        breaks=brief.breaks,
        exceptional_periods=brief.exceptional_periods,
        rebaselines=brief.rebaselines,
    )
    sd = (pl.col("xmr_upper") - pl.col("xmr_mean")) / rules.multiplier / RANGE_TO_SD
    sds_away = ((pl.col("value") - pl.col("xmr_mean")) / sd).abs()
    far = judged.select(pl.when(sd > 0).then(sds_away).alias("far"))["far"].cast(pl.Float64)
    p_value = pl.Series("p_value", 2 * norm.sf(far.to_numpy())).fill_nan(None)
    chance = 2 * float(norm.sf(rules.multiplier * RANGE_TO_SD))
    return judged.with_columns(
        pl.col("xmr_mean").alias("limit_mean"),
        pl.col("xmr_upper").alias("upper_limit"),
        pl.col("xmr_lower").alias("lower_limit"),
        pl.when(pl.col("outside")).then("xmr_direction").alias("crossing"),
        pl.col("xmr_signal").alias("signal"),
        p_value,
    ).with_columns(pl.when(pl.col("p_value").is_not_null()).then(chance).alias("chance"))


def _by_expected(
    series: pl.DataFrame, traits: pl.DataFrame, rules: ExpectedRules, brief: Brief
) -> pl.DataFrame:
    """Each of the newest months against what the months before it lead one to expect."""
    months = months_from(add_months(brief.month, 1 - EXPECTED_MONTHS), brief.month)
    judged = expected(
        series,
        traits,
        months,
        rules,
        breaks=brief.breaks,
        exceptional_periods=brief.exceptional_periods,
    )
    return (
        series.join(judged, on=[*KEY, "month"], how="left", maintain_order="left")
        .rename(
            {
                "expected": "limit_mean",
                "expected_lower": "lower_limit",
                "expected_upper": "upper_limit",
            }
        )
        .with_columns(crossing("value", "lower_limit", "upper_limit").alias("crossing"))
        .with_columns(
            pl.when(pl.col("crossing").is_not_null()).then(pl.lit("outside")).alias("signal"),
            pl.format("the {} months before", "months_used").alias("baseline"),
            pl.lit(None, dtype=pl.String).alias("baseline_note"),
            pl.when(pl.col("upper_limit").is_null())
            .then(pl.lit("none"))
            .when(pl.col("method") == "fallback")
            .then(pl.lit("trial"))
            .otherwise(pl.lit("full"))
            .alias("limits_state"),
        )
    )
