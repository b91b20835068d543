"""Control limits, "expected": what a series' own history leads one to expect of a month.

A level, a season and a scatter are fitted to the months before the judged one, and the limits are
those of the predictive distribution. `docs/methods/limits.md` says how well this works and when to
use which kind of limit; `expected_model` has the steps.

What it does, in short: months count by 0.94 to the power of their age, the two newest not at all,
so that a change which has just come does not hide itself; one yearly and one half-yearly wave, each
believed as far as it stands out from chance; scatter moderated across the pack; limits that leave
out 1.5% at the most, exact for small counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from frankpledge.analysis.limits.expected_model import Prediction, predict
from frankpledge.analysis.limits.expected_rules import EXPECTED, ExpectedRules
from frankpledge.analysis.limits.expected_scales import SCALES, Scaled, scale_of, scaled
from frankpledge.analysis.limits.expected_tails import limits, outside, two_sided
from frankpledge.analysis.limits.expected_windows import Windows, windows
from frankpledge.analysis.series import KEY

COLUMNS = {
    "expected": pl.Float64,
    "expected_lower": pl.Float64,
    "expected_upper": pl.Float64,
    "p_value": pl.Float64,
    "dispersion": pl.Float64,
    "method": pl.String,
    "chance": pl.Float64,
    "months_used": pl.Int64,
}


def expected(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    months: Sequence[date] | None = None,
    settings: ExpectedRules = EXPECTED,
    *,
    breaks: pl.DataFrame | None = None,
    exceptional_periods: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """What to expect of each series in each of the months, from the months before it.

    `series` is complete (see `analysis.series`), `traits` has measure and unit. `months` are those
    to judge; None is the newest of the frame. One row a series and judged month:

    | column | what it is |
    |---|---|
    | measure, area, month | of the judged month |
    | `expected` | the middle of what is expected, in the measure's unit |
    | `expected_lower`, `expected_upper` | the limits; a value is outside when strictly beyond |
    | `p_value` | two-sided: how likely a value so far out, were nothing going on; null without one |
    | `dispersion` | how many times the variance that chance alone gives; null if not counted |
    | `method` | "count", "proportion", "measurement", "small count", "fallback" or "none" |
    | `chance` | that this month is outside its limits were nothing going on; null without a value |
    | `months_used` | how many months the fit rests on |

    Limits of counts are whole numbers; those of proportions lie between two possible values, so that
    rounding cannot decide. "small count" and "fallback" have a level and no season: fewer than 3
    events a month, and fewer than 24 months or no scatter at all. Under 12 months there are none.
    `breaks` and `exceptional_periods` are as `analysis.limits.baselines` says.
    """
    found = windows(series, months, settings.months_back, breaks, exceptional_periods)
    units = found.judged.join(
        traits.select("measure", "unit"), on="measure", how="left", maintain_order="left"
    )
    scale = scale_of(found, units["unit"].to_numpy(), settings)
    parts = [
        _judged(found.rows(scale == name), name, settings)
        for name in SCALES
        if np.any(scale == name)
    ]
    empty = pl.DataFrame(schema={**found.judged.schema, **COLUMNS})
    return pl.concat([empty, *parts]).sort(*KEY, "month")


def _judged(found: Windows, scale: str, rules: ExpectedRules) -> pl.DataFrame:
    """The rows of one scale, judged; those with too few months without limits."""
    on_scale = scaled(found, scale, rules)
    enough = on_scale.months >= rules.fewest_months
    used = (on_scale.histories.weights > 0).sum(1)
    none = found.judged.filter(pl.Series(~enough)).with_columns(
        pl.lit("none").alias("method"),
        pl.Series("months_used", used[~enough], dtype=pl.Int64),
    )
    if not enough.any():
        return _completed(none)
    judged = _with_limits(found.rows(enough), scale, rules)
    return pl.concat([_completed(none), _completed(judged)])


def _with_limits(found: Windows, scale: str, rules: ExpectedRules) -> pl.DataFrame:
    """Rows of one scale that all have enough months."""
    on_scale = scaled(found, scale, rules)
    pack = np.unique(found.pack, return_inverse=True)[1]
    prediction = predict(on_scale.histories, on_scale.size, on_scale.months, pack, rules)
    predicted = prediction.predicted
    lower, upper = limits(predicted, rules.level)
    value_known = ~np.isnan(on_scale.judged)
    columns = {
        "expected": on_scale.back(predicted.mean),
        "expected_lower": _lower_limit(on_scale, lower),
        "expected_upper": _upper_limit(on_scale, upper),
        "p_value": np.where(value_known, two_sided(predicted, on_scale.judged), np.nan),
        "chance": np.where(value_known, outside(predicted, lower, upper, rules.level), np.nan),
    }
    if scale in ("count", "proportion"):
        columns["dispersion"] = prediction.dispersion
    return found.judged.with_columns(
        *(pl.Series(name, column).fill_nan(None) for name, column in columns.items()),
        pl.Series("method", _method(on_scale, prediction)),
        pl.Series("months_used", (on_scale.histories.weights > 0).sum(1), dtype=pl.Int64),
    )


def _completed(judged: pl.DataFrame) -> pl.DataFrame:
    """With every column of `COLUMNS`, the absent ones null."""
    absent = [name for name in COLUMNS if name not in judged.columns]
    return judged.with_columns(pl.lit(None).alias(name) for name in absent).select(
        *KEY, "month", *(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
    )


def _lower_limit(on_scale: Scaled, lower: np.ndarray) -> np.ndarray:
    """In the measure's unit; of a proportion half an event below the least value not outside."""
    if on_scale.scale == "proportion":
        lower = np.maximum(lower - 0.5, 0)
    return on_scale.back(lower)


def _upper_limit(on_scale: Scaled, upper: np.ndarray) -> np.ndarray:
    """In the measure's unit; of a proportion half an event above the greatest not outside."""
    if on_scale.scale == "proportion":
        upper = np.minimum(upper + 0.5, on_scale.size)
    return on_scale.back(upper)


def _method(on_scale: Scaled, prediction: Prediction) -> np.ndarray:
    """In a word, how each row was judged."""
    known = on_scale.scale if on_scale.scale in ("count", "proportion") else "measurement"
    return np.select(
        [prediction.small, prediction.level_only | prediction.without_scatter],
        ["small count", "fallback"],
        default=known,
    )
