"""What the differences between rule-sets are worth: chances worked out, and counts on real series.

    .venv/bin/python benchmarks/rule_sets_compared.py

The figures of `docs/methods/deviations.md` come from here.
"""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.limits.fixed_year import chance_outside, fixed_year, multiplier_for
from frankpledge.analysis.limits.rule_sets import (
    FIXED_YEAR,
    FIXED_YEAR_SAMPLE,
    PLOT_THE_DOTS,
    XMR_GAPS,
    FixedYear,
)
from frankpledge.analysis.limits.xmr import xmr
from frankpledge.analysis.series import KEY, as_known_at, complete, observations
from timing import machine, monthly_counts


def main() -> None:
    print(machine())
    counts, source = monthly_counts()
    series = complete(as_known_at(observations(counts)))
    usable = series["value"].is_not_null()
    print(f"{series.select(KEY).n_unique()} series, {usable.sum()} months with a value: {source}")
    for rules in (FIXED_YEAR, FIXED_YEAR_SAMPLE):
        chances(rules)
        judged = fixed_year(series, rules).filter(pl.col("chance").is_not_null())
        outside = judged["crossing"].is_not_null().sum()
        print(f"  {outside} of {judged.height} months with limits lie outside")
    gaps(series.with_columns(closed=xmr(series, PLOT_THE_DOTS)["xmr_signal"]), series)


def chances(rules: FixedYear) -> None:
    by_months = ", ".join(f"{n}: {chance_outside(rules, n):.1%}" for n in (12, 11, 9, 6))
    print(f"{rules.name}: quiet newest month outside, by months of baseline: {by_months}")
    widths = ", ".join(f"{c:.0%}: {multiplier_for(c, 12, rules.sd):.2f}" for c in (0.05, 0.02))
    print(f"  deviations wide for a chance of {widths}")


def gaps(closed: pl.DataFrame, series: pl.DataFrame) -> None:
    both = closed.with_columns(broken=xmr(series, XMR_GAPS)["xmr_signal"])
    gapped = both.filter(pl.col("value").is_null()).select(KEY).n_unique()
    differ = both.filter(
        pl.col("value").is_not_null() & pl.col("closed").ne_missing(pl.col("broken"))
    )
    print(f"{XMR_GAPS.name} and {PLOT_THE_DOTS.name}: {gapped} series have gaps; ", end="")
    print(f"{differ.height} months in {differ.select(KEY).n_unique()} series have another signal")


if __name__ == "__main__":
    main()
