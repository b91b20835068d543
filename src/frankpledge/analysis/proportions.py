"""Percentages of a sample: how sure they are, and whether one has changed.

Two rolling windows of 12 months that end a quarter apart share nine months. They are not two
samples; what they say differently lies in the newest three months and the three that fell out, and
those are what is tested.
"""

from __future__ import annotations

import numpy as np
import polars as pl
from scipy.special import gammaln, ndtri
from scipy.stats import chi2

from frankpledge.analysis.conditions import CONDITION, Condition, usable
from frankpledge.analysis.windows import placed, window_sums

SMALL_SAMPLE = 30
"""Bases under this are marked."""
LEAST_SAMPLE = 10
"""Bases under this are not shown."""

SCORE = "score test (N − 1 chi-squared)"
EXACT = "exact test (Fisher–Irwin)"

WINDOW_COLUMNS = (
    *("window_now", "window_before", "window_change_points"),
    *("newest_part", "oldest_part", "newest_base", "oldest_base"),
    *("window_p_value", "window_test", "window_small_sample"),
)
"""Every column that `change_of_windows` adds."""


def wilson(
    numerator: np.ndarray,
    denominator: np.ndarray,
    level: float = 0.95,
    design_effect: np.ndarray | float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """The Wilson score interval of numerator over denominator, both ends in per cent.

    `design_effect` is by how much weighting and clustering inflate the variance: the sample counts
    as so many times smaller. NaN where the denominator is 0 or anything is unknown.
    Source: Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = numerator / denominator
        size = denominator / design_effect
        z2 = ndtri((1 + level) / 2) ** 2
        middle = (share + z2 / (2 * size)) / (1 + z2 / size)
        half = np.sqrt(z2 * (share * (1 - share) / size + z2 / (4 * size**2))) / (1 + z2 / size)
    lower = np.where(share == 0, 0.0, middle - half)
    upper = np.where(share == 1, 1.0, middle + half)
    empty = np.where((denominator > 0) & ~np.isnan(share), 1.0, np.nan)
    return lower * 100 * empty, upper * 100 * empty


def wilson_intervals(rows: pl.DataFrame, level: float = 0.95) -> pl.DataFrame:
    """The rows with `interval_lower`, `interval_upper` and `small_sample` for each percentage.

    Needs `unit`, `value`, `condition`, `numerator` and `denominator`, and takes `design_effect` where
    there is one. Null for other units, for values not known, and without both counts.
    """
    told = (pl.col("unit") == "percentage") & usable()
    counts = rows.select(
        pl.when(told).then(pl.col("numerator")).alias("top"),
        pl.when(told).then(pl.col("denominator")).alias("bottom"),
    )
    effect = (
        rows["design_effect"].fill_null(1.0).to_numpy() if "design_effect" in rows.columns else 1.0
    )
    lower, upper = wilson(
        counts["top"].cast(pl.Float64).to_numpy(),
        counts["bottom"].cast(pl.Float64).to_numpy(),
        level,
        effect,
    )
    return rows.with_columns(
        pl.Series("interval_lower", lower, nan_to_null=True),
        pl.Series("interval_upper", upper, nan_to_null=True),
        (counts["bottom"] < SMALL_SAMPLE).alias("small_sample"),
    )


def suppress_small_samples(
    series: pl.DataFrame, traits: pl.DataFrame, least: int = LEAST_SAMPLE
) -> pl.DataFrame:
    """The series with every percentage of a sample under `least` people suppressed.

    For the percentages of surveys: give it the traits of those. The reason says "fewer than 10
    answers". Source: the field's practice for survey results; the threshold is printed in the notes.
    """
    measures = traits.filter(pl.col("unit") == "percentage")["measure"].to_list()
    few = (pl.col("denominator") < least).fill_null(False)
    gone = pl.col("measure").is_in(measures) & few & usable()
    return series.with_columns(
        *(pl.when(~gone).then(pl.col(c)).alias(c) for c in ("value", "numerator", "denominator")),
        pl.when(gone)
        .then(pl.lit(Condition.SUPPRESSED.value, dtype=CONDITION))
        .otherwise(pl.col("condition"))
        .alias("condition"),
        pl.when(gone)
        .then(pl.lit(f"fewer than {least} answers"))
        .otherwise(pl.col("reason"))
        .alias("reason"),
    )


def change_of_windows(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    window: int = 12,
    apart: int = 3,
    design_effect: float = 1.0,
    least: int = LEAST_SAMPLE,
) -> pl.DataFrame:
    """Each percentage's rolling window beside the one that ended `apart` months earlier.

    | column | what it is |
    |---|---|
    | `window_now`, `window_before` | the pooled percentage of either window |
    | `window_change_points` | now − before, in points |
    | `newest_part` | that of the months of this window that the earlier one has not |
    | `oldest_part` | that of the months of the earlier window that this one has not |
    | `newest_base`, `oldest_base` | how many people they rest on |
    | `window_p_value` | two-sided, of the newest part against the oldest: `two_samples` |
    | `window_test` | which test that is |
    | `window_small_sample` | whether one of the two rests on fewer than 30 |

    With `apart` of `window` or more, nothing overlaps and the windows themselves are tested. Null
    where a month is unknown or the measure is not a percentage with its counts; the p-value also
    where a part rests on fewer than `least`.
    """
    percentages = traits.filter(pl.col("unit") == "percentage")["measure"].to_list()
    top, bottom = pl.col("numerator"), pl.col("denominator")
    nothing = ((top == 0) & (bottom == 0)).fill_null(False)
    known = pl.col("measure").is_in(percentages) & (usable() | nothing)
    rows = placed(series).select(
        "_place", pl.when(known).then(top).alias("top"), pl.when(known).then(bottom).alias("bottom")
    )
    place = rows["_place"].to_numpy()
    tops, bottoms = (rows[c].cast(pl.Float64).to_numpy() for c in ("top", "bottom"))

    def summed(length: int, back: int) -> tuple[np.ndarray, np.ndarray]:
        top_sum, _ = window_sums(tops, place, length, back)
        bottom_sum, _ = window_sums(bottoms, place, length, back)
        return top_sum, bottom_sum

    part = min(window, apart)
    now, before = summed(window, 0), summed(window, apart)
    newest, oldest = summed(part, 0), summed(part, window + apart - part)
    p_value, exact = two_samples(*newest, *oldest, design_effect)
    enough = (newest[1] >= least) & (oldest[1] >= least)
    p_value = np.where(enough, p_value, np.nan)
    small = np.minimum(newest[1], oldest[1]) < SMALL_SAMPLE
    judged = ~np.isnan(newest[1]) & ~np.isnan(oldest[1])
    test = pl.when(pl.col("window_p_value").is_not_null())
    return (
        series.with_columns(
            pl.Series("window_now", _percent(*now), nan_to_null=True),
            pl.Series("window_before", _percent(*before), nan_to_null=True),
            pl.Series("newest_part", _percent(*newest), nan_to_null=True),
            pl.Series("oldest_part", _percent(*oldest), nan_to_null=True),
            pl.Series("newest_base", newest[1], nan_to_null=True),
            pl.Series("oldest_base", oldest[1], nan_to_null=True),
            pl.Series("window_p_value", p_value, nan_to_null=True),
            pl.Series("_exact", exact),
            pl.Series("_small", small),
            pl.Series("_judged", judged),
        )
        .with_columns(
            (pl.col("window_now") - pl.col("window_before")).alias("window_change_points"),
            test.then(pl.when("_exact").then(pl.lit(EXACT)).otherwise(pl.lit(SCORE))).alias(
                "window_test"
            ),
            pl.when("_judged").then("_small").alias("window_small_sample"),
        )
        .select(*series.columns, *WINDOW_COLUMNS)
    )


def _percent(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.divide(top * 100, bottom, out=np.full_like(top, np.nan), where=bottom > 0)


def two_samples(
    top_now: np.ndarray,
    bottom_now: np.ndarray,
    top_then: np.ndarray,
    bottom_then: np.ndarray,
    design_effect: float = 1.0,
) -> tuple[np.ndarray, np.ndarray]:
    """The two-sided p-value of a difference between two percentages, and whether the test is exact.

    The score test of pooled variance with N − 1 for N, and Fisher and Irwin's exact test where fewer
    than 5 are expected in one of the four cells. With a `design_effect` the counts are so many times
    smaller and the test is the score test throughout. p is 1 where all or none are in the numerator;
    NaN where a count is unknown or a base is 0.
    Source: Campbell (2007), "Chi-squared and Fisher-Irwin tests of two-by-two tables with small
    sample recommendations"; which asks for the exact test below 1, where we are more careful.
    """
    a, n, b, m = (
        np.asarray(x, dtype=float) / design_effect
        for x in (top_now, bottom_now, top_then, bottom_then)
    )
    total, successes = n + m, a + b
    judged = (n > 0) & (m > 0) & ~np.isnan(successes)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = successes * (total - successes) * n * m
        statistic = (total - 1) * (a * m - b * n) ** 2 / spread
        expected = np.minimum(successes, total - successes) * np.minimum(n, m) / total
    p_value = np.where(spread > 0, chi2.sf(np.where(spread > 0, statistic, 0.0), 1), 1.0)
    exact = judged & (spread > 0) & (expected < 5) & (design_effect == 1)
    p_value[exact] = _fisher_irwin(a[exact], n[exact], b[exact], m[exact])
    return np.where(judged, p_value, np.nan), exact


def _fisher_irwin(a: np.ndarray, n: np.ndarray, b: np.ndarray, m: np.ndarray) -> np.ndarray:
    """The exact two-sided p-value: all tables no likelier than the one seen, row by row.

    The smaller margins bound how many tables there are: fewer than 5 expected in a cell leaves at most
    √(5N) + 1 of them.
    """
    if not len(a):
        return a
    successes = a + b
    least, most = np.maximum(0, successes - m), np.minimum(successes, n)
    table = least[:, None] + np.arange(int((most - least).max()) + 1)
    inside = table <= most[:, None]
    table = np.minimum(table, most[:, None])
    column = (slice(None), None)

    def log_chosen(whole: np.ndarray, some: np.ndarray) -> np.ndarray:
        return gammaln(whole + 1) - gammaln(some + 1) - gammaln(whole - some + 1)

    log_p = (
        log_chosen(n[column], table)
        + log_chosen(m[column], successes[column] - table)
        - log_chosen((n + m)[column], successes[column])
    )
    seen = log_chosen(n, a) + log_chosen(m, b) - log_chosen(n + m, successes)
    as_unlikely = inside & (log_p <= seen[column] + 1e-7)
    return np.minimum(np.where(as_unlikely, np.exp(log_p), 0.0).sum(axis=1), 1.0)
