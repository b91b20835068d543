"""Control limits, "XmR": the mean ± 2.66 × the mean moving range, and four signals.

Source: the method that "Making Data Count" teaches for public services. The rule-set says exactly
which points are marked; `plot-the-dots-0.2.2` is the one that NHSRplotthedots 0.2.2 follows.

Words used here. A **point** is a month with a usable value. A **stretch** is a part of a series
that is judged by itself: all of it, unless a break restarts the baseline or, where the rule-set says
so for runs and moving ranges, a gap interrupts it. A **run** is points in a row on one side.
"""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.conditions import usable_value
from frankpledge.analysis.limits.baselines import (
    baseline_notes,
    choice_in_force,
    left_out,
    months_in_words_of,
    newest_restart,
    tidy_rebaselines,
)
from frankpledge.analysis.limits.rule_sets import PLOT_THE_DOTS, XmR
from frankpledge.analysis.limits.signals import LAST_DIGITS, refuse_overwriting
from frankpledge.analysis.series import KEY

COLUMNS = (
    "xmr_mean",
    "xmr_lower",
    "xmr_upper",
    "xmr_signal",
    "xmr_direction",
    "outside",
    "near_limit",
    "limits_state",
    "baseline",
    "baseline_note",
)


def xmr(
    series: pl.DataFrame,
    rule_set: XmR = PLOT_THE_DOTS,
    breaks: pl.DataFrame | None = None,
    exceptional_periods: pl.DataFrame | None = None,
    *,
    rebaselines: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """Each month of each series against its XmR limits, with the signal it is part of.

    Adds to a complete series (see `analysis.series`):

    | column | what it is |
    |---|---|
    | `xmr_mean`, `xmr_lower`, `xmr_upper` | the mean and the limits, unrounded |
    | `xmr_signal` | "outside", "trend", "two of three", "shift" or null; the first that holds |
    | `xmr_direction` | "above" or "below" (the mean), of a trend "rising" or "falling"; else null |
    | `outside`, `near_limit` | beyond a limit; beyond `near` of the way to it but not outside |
    | `limits_state` | "full", "trial" (fewer than 13 points), "none" (fewer than 2) |
    | `baseline`, `baseline_note` | the months it goes by, and what is particular about them |

    Months without a usable value have limits and no signal. A break that restarts the baseline
    starts new limits and new runs; so does a baseline that a person chose, which then gives the
    limits. Months of an exceptional period that is left out count towards neither the mean nor the
    moving ranges and are judged like any other. The three frames are as `limits.baselines` says.
    """
    refuse_overwriting(series, COLUMNS)
    chosen = None if rebaselines is None else tidy_rebaselines(rebaselines)
    months = _months(series, breaks, exceptional_periods, chosen)
    points = _points(months, rule_set)
    baselines = points if chosen is None else _points(_chosen_months(months, chosen), rule_set)
    limits = _limits(baselines, rule_set)
    signals = (
        points.join(limits, on="_stretch", how="left", maintain_order="left")
        .with_columns(_placed(rule_set))
        .with_columns(_marked(rule_set))
        .select("_row", "outside", "near_limit", signal().alias("xmr_signal"), "_side", "_trend")
        .with_columns(direction().alias("xmr_direction"))
        .drop("_side", "_trend")
    )
    answers = (
        months.join(limits, on="_stretch", how="left", maintain_order="left")
        .join(signals, on="_row", how="left", maintain_order="left")
        .pipe(baseline_notes, breaks, exceptional_periods)
    )
    return pl.concat(
        [
            series,
            answers.select(
                "xmr_mean",
                "xmr_lower",
                "xmr_upper",
                "xmr_signal",
                "xmr_direction",
                pl.col("outside", "near_limit").fill_null(False),
                pl.col("limits_state").fill_null("none"),
                "baseline",
                "baseline_note",
            ),
        ],
        how="horizontal",
    )


def _months(
    series: pl.DataFrame,
    breaks: pl.DataFrame | None,
    exceptional_periods: pl.DataFrame | None,
    chosen: pl.DataFrame | None,
) -> pl.DataFrame:
    """Every month with its `_row`, its `_stretch` (counted through all series) and its `_value`."""
    choice = pl.lit(None) if chosen is None else choice_in_force(chosen, breaks)
    differs = [
        pl.col(name).ne_missing(pl.col(name).shift()) for name in (*KEY, "restarted", "_choice")
    ]
    return series.select(
        *KEY,
        "month",
        pl.int_range(pl.len()).alias("_row"),
        usable_value().alias("_value"),
        left_out(exceptional_periods).alias("_left_out"),
        newest_restart(breaks).alias("restarted"),
        choice.cast(pl.Int32).alias("_choice"),
    ).with_columns(
        pl.any_horizontal(differs).cum_sum().alias("_stretch"),
        pl.col("_choice").is_not_null().alias("chosen"),
    )


def _chosen_months(months: pl.DataFrame, chosen: pl.DataFrame) -> pl.DataFrame:
    """The months that each stretch goes by: its own or, where a person chose, those chosen for it."""
    found = [months.filter(pl.col("chosen").not_())]
    for i, row in enumerate(chosen.iter_rows(named=True)):
        stretches = months.filter(pl.col("_choice") == i).select(*KEY, "_stretch").unique()
        named = pl.col("month").is_between(row["baseline_from"], row["baseline_to"])
        found.append(
            months.filter(named).drop("_stretch").join(stretches, on=KEY).select(months.columns)
        )
    return pl.concat(found).sort("_stretch", "_row")


def _points(months: pl.DataFrame, rules: XmR) -> pl.DataFrame:
    """The points, each with its moving `_range` and the `_unbroken` stretch in which it counts."""
    gap = pl.col("_row").diff() > 1 if rules.gaps == "break" else pl.lit(False)
    interrupted = gap | pl.col("_stretch").ne_missing(pl.col("_stretch").shift())
    counts = pl.col("_left_out").not_()
    within = pl.col("_unbroken").diff() == 0
    step = pl.when(within).then(pl.col("_value").diff())
    return (
        months.filter(pl.col("_value").is_not_null())
        .with_columns(interrupted.cum_sum().alias("_unbroken"))
        .with_columns(
            step.alias("_step"),
            pl.when(counts & counts.shift()).then(step.abs()).alias("_range"),
        )
    )


def _limits(points: pl.DataFrame, rules: XmR) -> pl.DataFrame:
    """One row a stretch: its mean, its limits and whether they are full, trial or none.

    Where all moving ranges are nought none lies below the screen, and the limits lie on the mean.
    """
    ranges = pl.col("_range").drop_nulls()
    kept = ranges if rules.screen is None else ranges.filter(ranges < rules.screen * ranges.mean())
    half = rules.multiplier * pl.col("_mean_range")
    count = pl.col("_count")
    return (
        points.lazy()
        .group_by("_stretch")
        .agg(
            pl.col("_value").filter(pl.col("_left_out").not_()).mean().alias("xmr_mean"),
            pl.when(ranges.max() > 0)
            .then(kept.mean())
            .otherwise(ranges.max())
            .alias("_mean_range"),
            pl.col("_left_out").not_().sum().alias("_count"),
            pl.col("month").first().alias("baseline_from"),
            pl.col("month").last().alias("baseline_to"),
        )
        .select(
            "_stretch",
            "xmr_mean",
            (pl.col("xmr_mean") - half).alias("xmr_lower"),
            (pl.col("xmr_mean") + half).alias("xmr_upper"),
            half.alias("_half"),
            "baseline_from",
            "baseline_to",
            months_in_words_of(pl.col("baseline_from"), pl.col("baseline_to")).alias("baseline"),
            pl.when(half.is_null())
            .then(pl.lit("none"))
            .when(count < rules.full_points)
            .then(pl.lit("trial"))
            .otherwise(pl.lit("full"))
            .alias("limits_state"),
        )
        .collect()
    )


def _placed(rules: XmR) -> list[pl.Expr]:
    """Where each point lies: its side of the mean (-1, 0, 1), whether outside, whether near."""
    away = pl.col("_value") - pl.col("xmr_mean")
    slack = LAST_DIGITS * pl.col("xmr_mean").abs()
    outside = (away.abs() > pl.col("_half") + slack).fill_null(False)
    near = (away.abs() > rules.near * pl.col("_half") + slack).fill_null(False)
    step = pl.col("_step").fill_null(0)
    return [
        pl.when(away.abs() > slack).then(away.sign()).otherwise(0).cast(pl.Int64).alias("_side"),
        pl.when(step.abs() > slack).then(step.sign()).otherwise(0).cast(pl.Int64).alias("_step"),
        outside.alias("outside"),
        (near & outside.not_()).alias("near_limit"),
    ]


def _marked(rules: XmR) -> list[pl.Expr]:
    """Whether each point is part of a shift, of a trend, of two of three."""
    return [
        shift(rules.shift_points).alias("_shift"),
        trend(rules.trend_points).alias("_trend"),
        two_of_three().alias("_two_of_three"),
    ]


def shift(points: int) -> pl.Expr:
    """Part of a shift: `points` or more in a row on one side of the mean. A point on it ends one."""
    return (pl.col("_side") != 0) & (_run_length(_run("_side")) >= points)


def trend(points: int) -> pl.Expr:
    """Part of a trend: 1 where rising, -1 where falling, 0 where neither.

    A trend is `points` or more in a row, each higher (or each lower) than the one before. A point
    that ends one trend and begins another belongs to the one it ends.
    """
    arrives = pl.col("_step") * (_run_length(_run("_step")) >= points - 1)
    unbroken = pl.col("_unbroken") == pl.col("_unbroken").shift(-1)
    departs = (arrives.shift(-1) * unbroken).fill_null(0)
    return pl.when(arrives != 0).then(arrives).otherwise(departs)


def two_of_three() -> pl.Expr:
    """Near the limit, and one of three in a row on one side of which two or more are near it."""
    run = _run("_side")
    near = pl.col("near_limit").cast(pl.Int8)
    three = (run == run.shift(2)) & (near + near.shift() + near.shift(2) >= 2)
    three = (three & (pl.col("_side") == pl.col("_side").shift(2))).fill_null(False)
    part = three | three.shift(-1, fill_value=False) | three.shift(-2, fill_value=False)
    return pl.col("near_limit") & part


def _run(kind: str) -> pl.Expr:
    """Counts up at each new run of one kind within an unbroken stretch."""
    return (pl.col("_unbroken").cast(pl.Int64) * 3 + pl.col(kind)).rle_id()


def _run_length(run: pl.Expr) -> pl.Expr:
    return run.rle().struct.field("len").gather(run)


def signal() -> pl.Expr:
    """The one signal that is said of a point: outside, then trend, then two of three, then shift."""
    return (
        pl.when("outside")
        .then(pl.lit("outside"))
        .when(pl.col("_trend") != 0)
        .then(pl.lit("trend"))
        .when("_two_of_three")
        .then(pl.lit("two of three"))
        .when("_shift")
        .then(pl.lit("shift"))
    )


def direction() -> pl.Expr:
    """Above or below the mean; for a trend rising or falling; null where there is no signal."""
    named = pl.col("xmr_signal")
    return (
        pl.when(named.is_null())
        .then(None)
        .when((named == "trend") & (pl.col("_trend") > 0))
        .then(pl.lit("rising"))
        .when(named == "trend")
        .then(pl.lit("falling"))
        .when(pl.col("_side") > 0)
        .then(pl.lit("above"))
        .otherwise(pl.lit("below"))
    )
