"""Times control limits for 602 monthly series, beside one pandas loop over the series.

    .venv/bin/python benchmarks/limits.py

The loop is what an analyst writes who has one series in front of him and then puts `for` before it:
idiomatic pandas inside, no row loops. Before anything is timed the two must say the same.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl

from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.limits.xmr import xmr
from frankpledge.analysis.series import as_known_at, complete, observations
from timing import Taken, machine, monthly_counts, take

RUNS, LOOP_RUNS = 30, 2
TARGET = 0.05


def main() -> None:
    print(machine())
    counts, source = monthly_counts()
    series = complete(as_known_at(observations(counts)))
    table = series.select("measure", "area", "month", "value").to_pandas()
    print(f"{series.select('measure', 'area').n_unique()} series, {series.height} rows: {source}")
    same(xmr(series), loop(table, xmr_of_one), ["xmr_lower", "xmr_upper", "xmr_signal"])
    same(fixed_year(series), loop(table, fixed_year_of_one), ["upper_limit", "crossing"])
    ours = take(lambda: xmr(series), RUNS)
    report("XmR limits and rules", ours, take(lambda: loop(table, xmr_of_one), LOOP_RUNS))
    print(
        f"  asked: under {TARGET} s; {'met' if ours.median < TARGET else 'NOT met'} by the median"
    )
    report(
        "Fixed-year limits of every month, with p-values in ours alone",
        take(lambda: fixed_year(series), RUNS),
        take(lambda: loop(table, fixed_year_of_one), LOOP_RUNS),
    )


def report(what: str, ours: Taken, pandas: Taken) -> None:
    print(f"{what}\n  Polars, all series at once: {ours}\n  pandas, a loop over series: {pandas}")
    print(
        f"  times faster: {pandas.median / ours.median:.0f} by medians, "
        f"{pandas.best / ours.best:.0f} by bests, "
        f"{pandas.processor / ours.processor:.0f} by processor time"
    )


def loop(table: pd.DataFrame, of_one) -> pd.DataFrame:
    """One series after another, put together again."""
    return pd.concat([of_one(part) for _, part in table.groupby(["measure", "area"], sort=True)])


def same(ours: pl.DataFrame, pandas: pd.DataFrame, columns: list[str]) -> None:
    """Stops the benchmark where the two do not say the same."""
    theirs = pandas.sort_values(["measure", "area", "month"])
    for name in columns:
        a, b = ours[name].to_numpy(), theirs[name].to_numpy()
        if ours.schema[name] == pl.String:
            equal = [
                (x or "") == (y if isinstance(y, str) else "") for x, y in zip(a, b, strict=True)
            ]
        else:
            equal = np.isclose(a, b.astype(float), rtol=0, atol=1e-6, equal_nan=True)
        if not np.all(equal):
            raise SystemExit(f"{name} differs in {np.size(equal) - np.sum(equal)} rows")


def xmr_of_one(part: pd.DataFrame) -> pd.DataFrame:
    value = part["value"].dropna()
    ranges = value.diff().abs()
    half = 2.66 * ranges[ranges < 3.267 * ranges.mean()].mean()
    away = value - value.mean()
    side, step = np.sign(away), np.sign(value.diff())
    outside = away.abs() > half
    near = (away.abs() > half * 2 / 3) & ~outside
    shift = back(side.rolling(7).sum().abs() == 7, 7)
    trend = back(step.rolling(6).sum().abs() == 6, 7)
    two = near & back((side.rolling(3).sum().abs() == 3) & (near.rolling(3).sum() >= 2), 3)
    signal = np.select(
        [outside, trend, two, shift], ["outside", "trend", "two of three", "shift"], default=""
    )
    part = part.assign(xmr_lower=value.mean() - half, xmr_upper=value.mean() + half)
    part["xmr_signal"] = pd.Series(signal, index=value.index)
    return part


def back(ends: pd.Series, points: int) -> pd.Series:
    """True for each of the points of a window that ends where `ends` is true."""
    return ends[::-1].rolling(points, min_periods=1).max()[::-1].astype(bool)


def fixed_year_of_one(part: pd.DataFrame) -> pd.DataFrame:
    year = part["month"].dt.year - (part["month"].dt.month < 4)
    years = part.groupby(year)["value"]
    baseline = pd.DataFrame({"mean": years.mean(), "count": years.count(), "sd": years.std(ddof=0)})
    baseline = baseline[baseline["count"] >= 6]
    mean, sd, count = ((year - 1).map(baseline[name]) for name in ("mean", "sd", "count"))
    part = part.assign(limit_mean=mean, limit_sd=sd, count=count)
    part = part.assign(upper_limit=mean + 2 * sd, lower_limit=mean - 2 * sd)
    part["crossing"] = np.select(
        [part["value"] > part["upper_limit"], part["value"] < part["lower_limit"]],
        ["above", "below"],
        default="",
    )
    return part


if __name__ == "__main__":
    main()
