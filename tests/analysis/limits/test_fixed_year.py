"""Fixed-year limits: hand-worked cases, the edges, and a slow twin in whole fractions."""

from __future__ import annotations

from datetime import date
from math import sqrt

import polars as pl
import pytest

from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import as_known_at, complete, observations

APRIL_2021 = date(2021, 4, 1)


def series(*values: float | None, first: date = APRIL_2021) -> pl.DataFrame:
    """One series of these values, a month each from `first`."""
    rows = {
        "measure": ["shoplifting"] * len(values),
        "area": ["Shropshire"] * len(values),
        "month": [add_months(first, i) for i in range(len(values))],
        "value": [None if v is None else float(v) for v in values],
    }
    frame = pl.DataFrame(rows, schema_overrides={"value": pl.Float64})
    return complete(as_known_at(observations(frame)))


def test_two_population_deviations_of_the_previous_financial_year():
    judged = fixed_year(series(*[10, 14] * 6, 16, 17, 8, 7), month=None)
    april = judged.row(12, named=True)
    assert (april["limit_mean"], april["limit_sd"]) == (12, 2)
    assert (april["lower_limit"], april["upper_limit"]) == (8, 16)
    assert april["baseline"] == "April 2021 to March 2022"
    assert april["limits_state"] == "full"
    assert judged["crossing"].to_list()[12:] == [None, "above", None, "below"]


def test_the_p_value_is_that_of_a_new_month_not_of_a_known_mean():
    judged = fixed_year(series(*[10, 14] * 6, 16)).row(12, named=True)
    t = 4 / (2 * sqrt(12 / 11) * sqrt(1 + 1 / 12))
    assert t == pytest.approx(1.8397, abs=1e-4)
    assert judged["p_value"] == pytest.approx(0.0929, abs=1e-4)
    assert judged["chance"] == pytest.approx(judged["p_value"])
