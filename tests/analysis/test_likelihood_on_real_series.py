"""A small slice of real series: do intervals hold, and do stated likelihoods come true, about as said?

The bounds are wide, for a slice this small: what is claimed is in `docs/methods/likelihood.md`, and
`benchmarks/calibrate_likelihood.py` is what shows it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from frankpledge.analysis.likelihood import LikelihoodSettings, likelihood, score
from frankpledge.analysis.periods import add_months
from frankpledge.analysis.projection import project
from frankpledge.analysis.series import complete, observations

ORIGINS = (date(2017, 6, 1), date(2018, 6, 1), date(2019, 6, 1))
HISTORY = 36

pytestmark = [pytest.mark.shared, pytest.mark.slow]


@pytest.fixture(scope="module")
def boroughs(shared: Path) -> pl.DataFrame:
    """Every eighth borough series with a mean of 30 or more a month."""
    wide = pl.read_csv(shared / "mps-borough-monthly" / "vintage-2022-02_201004-202201.csv.gz")
    months = [name for name in wide.columns if name.isdigit()]
    long = (
        wide.unpivot(months, index=["MajorText", "LookUp_BoroughName"], variable_name="text")
        .group_by("MajorText", "LookUp_BoroughName", "text")
        .agg(pl.col("value").sum().cast(pl.Float64))
        .select(
            pl.format("{}, {}", "MajorText", "LookUp_BoroughName").alias("measure"),
            pl.lit("").alias("area"),
            (pl.col("text") + "01").str.to_date("%Y%m%d").alias("month"),
            "value",
        )
    )
    names = long.filter(pl.col("value").mean().over("measure") >= 30)["measure"].unique().sort()
    return long.filter(pl.col("measure").is_in(names.gather_every(8).implode()))


def known(boroughs: pl.DataFrame, month: date) -> pl.DataFrame:
    first = add_months(month, 1 - HISTORY)
    return complete(
        observations(boroughs.filter(pl.col("month").is_between(first, month))), until=month
    )


def traits(measures: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({"measure": measures}).with_columns(
        unit=pl.lit("count"), adds_up=pl.lit(True)
    )


def test_intervals_hold_about_what_they_say(boroughs):
    measures = traits(boroughs["measure"].unique().sort())
    came = pl.concat(
        project(known(boroughs, month), measures).join(boroughs, on=["measure", "area", "month"])
        for month in ORIGINS
    )
    inside_80 = came["value"].is_between(came["lower_80"], came["upper_80"]).mean()
    inside_95 = came["value"].is_between(came["lower_95"], came["upper_95"]).mean()
    assert came.height == 3 * 6 * measures.height
    assert 0.70 <= inside_80 <= 0.90
    assert 0.88 <= inside_95 <= 0.995


def test_stated_likelihoods_come_true_about_as_often_as_said(boroughs):
    measures = traits(boroughs["measure"].unique().sort())
    few = LikelihoodSettings(paths=150)
    rows = []
    for month in ORIGINS:
        series = known(boroughs, month)
        level = series.group_by("measure").agg(pl.col("value").tail(12).mean().alias("level"))
        until = add_months(month, 3)
        for n, direction in enumerate(("at most", "at least")):
            # Multiples of each series' own recent level, from well below it to well above.
            multiple = 0.7 + (0.1 * (pl.int_range(pl.len()) * 3 + n)) % 0.7
            wanted = (
                measures.join(level, on="measure")
                .sort("measure")
                .with_columns(
                    (multiple * pl.col("level")).round().alias("target"),
                    pl.lit(until).alias("target_date"),
                    pl.lit(direction).alias("target_direction"),
                )
            )
            said = likelihood(series, wanted, settings=few).join(wanted, on="measure")
            value = boroughs.filter(pl.col("month") == until)
            at_most = pl.col("value") <= pl.col("target")
            met = at_most if direction == "at most" else pl.col("value") >= pl.col("target")
            rows.append(
                said.join(value, on=["measure", "area"]).select(
                    pl.col("likelihood").alias("probability"), met.alias("met")
                )
            )
    published = pl.concat(rows)
    found = score(published)
    assert found.said == 6 * measures.height
    assert found.brier < 0.18
    assert abs(published["probability"].mean() - published["met"].cast(pl.Float64).mean()) < 0.08
    often_said = found.bands.filter(pl.col("said") >= 25)
    assert often_said["gap"].abs().max() < 0.25
