"""Times everything but projection for 43 forces × 14 crime types × 32 months.

    .venv/bin/python benchmarks/analysis.py

From observations to what a report says of every month: complete series, implausible months held
back, small counts hidden, every comparison, fixed-year limits with their p-values, XmR limits and
signals, and the newest month's crossings with the false discovery rate controlled. Beside it one
pandas loop over the series: idiomatic pandas inside, no row loops. Before anything is timed the two
must say the same.

The loop is given less to do. It starts from figures already screened, hides nothing, controls no
discovery rate, and does not say in words why a total is missing or what a baseline is; so the ratio
is a low one. Ranks and rates want populations, which these figures do not have: neither does them.
"""

from __future__ import annotations

import pandas as pd
import polars as pl
from scipy.stats import t

from frankpledge.analysis.comparisons import compare
from frankpledge.analysis.conditions import usable
from frankpledge.analysis.exceptions import Crossings, crossings
from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.limits.xmr import xmr
from frankpledge.analysis.screening import screen
from frankpledge.analysis.series import KEY, as_known_at, complete, observations
from frankpledge.analysis.suppression import suppress
from limits import LOOP_RUNS, RUNS, fixed_year_of_one, loop, report, same, xmr_of_one
from timing import machine, monthly_counts, take

TARGET = 50
COMPARED = [
    "previous_month_change",
    "previous_month_change_pct",
    "same_month_last_year_change_pct",
    "year_to_date",
    "year_to_date_change_pct",
    "rolling_12",
    "rolling_12_change",
    "upper_limit",
    "p_value",
    "crossing",
    "xmr_lower",
    "xmr_upper",
    "xmr_signal",
]


def main() -> None:
    print(machine())
    counts, source = monthly_counts()
    observed = observations(counts)
    traits = traits_of(counts)
    series = prepared(observed, traits)
    table = series.select("measure", "area", "month", "value").to_pandas()
    ours, pandas = everything(observed, traits), loop(table, everything_of_one)
    print(f"{ours.select(KEY).n_unique()} series, {ours.height} rows: {source}")
    same(ours, pandas, COMPARED)
    quick = take(lambda: everything(observed, traits), RUNS)
    slow = take(lambda: loop(table, everything_of_one), LOOP_RUNS)
    report("Everything but projection", quick, slow)
    met = "met" if slow.median >= TARGET * quick.median else "NOT met"
    print(f"  asked: at least {TARGET} times faster; {met} by the medians")
    print("Of which, Polars:")
    whole = complete(as_known_at(observed))
    judged = fixed_year(series)
    for name, stage in {
        "observations to complete series": lambda: complete(as_known_at(observed)),
        "implausible months held back": lambda: screen(whole, traits),
        "small counts hidden": lambda: suppress(series, traits, None, ()),
        "comparisons": lambda: compare(series, traits),
        "fixed-year limits": lambda: fixed_year(series),
        "XmR limits and signals": lambda: xmr(series),
        "crossings of the newest month": lambda: newest_crossings(judged),
    }.items():
        print(f"  {name}: {take(stage, RUNS)}")


def traits_of(counts: pl.DataFrame) -> pl.DataFrame:
    return (
        counts.select("measure")
        .unique()
        .with_columns(
            pl.lit("count").alias("unit"),
            pl.lit(True).alias("adds_up"),
            pl.lit("lower").alias("better"),
            pl.lit(None, dtype=pl.Int64).alias("suppress_below"),
        )
    )


def prepared(observed: pl.DataFrame, traits: pl.DataFrame) -> pl.DataFrame:
    """Complete series, implausible months held back and small counts hidden."""
    series, _ = screen(complete(as_known_at(observed)), traits)
    return suppress(series, traits, None, ())


def everything(observed: pl.DataFrame, traits: pl.DataFrame) -> pl.DataFrame:
    series = prepared(observed, traits)
    judged = fixed_year(compare(series, traits))
    newest_crossings(judged)
    signals = xmr(series).select("xmr_lower", "xmr_upper", "xmr_signal")
    return pl.concat([judged, signals], how="horizontal")


def newest_crossings(judged: pl.DataFrame) -> Crossings:
    newest = judged.filter(pl.col("month") == pl.col("month").max(), usable())
    limits = {"lower_limit": "lower", "upper_limit": "upper"}
    return crossings(newest.rename(limits).with_columns(pl.lit("lower").alias("better")))


def everything_of_one(part: pd.DataFrame) -> pd.DataFrame:
    return xmr_of_one(with_p_values(fixed_year_of_one(compared_of_one(completed_of_one(part)))))


def completed_of_one(part: pd.DataFrame) -> pd.DataFrame:
    part = part.set_index("month").sort_index()
    months = pd.date_range(part.index.min(), part.index.max(), freq="MS", name="month")
    part = part.reindex(months)
    part[["measure", "area"]] = part[["measure", "area"]].ffill()
    return part.reset_index()


def compared_of_one(part: pd.DataFrame) -> pd.DataFrame:
    value, month = part["value"], part["month"].dt.month
    year = part["month"].dt.year - (month < 4)
    first_april = (month == 4).cumsum() > 0
    to_date = value.groupby(year).cumsum(skipna=False).where(first_april)
    rolling = value.rolling(12).sum()
    pairs = {
        "previous_month": (value, value.shift(1)),
        "same_month_last_year": (value, value.shift(12)),
        "year_to_date": (to_date, to_date.shift(12)),
        "rolling_12": (rolling, rolling.shift(12)),
    }
    found = {"year_to_date": to_date, "rolling_12": rolling}
    for name, (now, then) in pairs.items():
        found[f"{name}_change"] = now - then
        found[f"{name}_change_pct"] = ((now - then) / then * 100).where(then > 0)
        found[f"{name}_small_base"] = then.abs() < 10
    return part.assign(**found)


def with_p_values(part: pd.DataFrame) -> pd.DataFrame:
    n = part["count"]
    spread = part["limit_sd"] * ((n + 1) / (n - 1)) ** 0.5
    away = (part["value"] - part["limit_mean"]).abs() / spread.where(spread > 0)
    return part.assign(p_value=2 * t.sf(away, n - 1))


if __name__ == "__main__":
    main()
