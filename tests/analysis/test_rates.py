"""Rates per 1,000 people: the population of the latest mid-year not after the month."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.periods import add_months, parse_month
from frankpledge.analysis.rates import per_1000, with_population, with_rates
from frankpledge.analysis.series import complete, observations
from spec.spec_table import number, spec_table

ESTIMATES = {2018: 1000, 2019: 2000, 2020: 4000}
POPULATIONS = pl.DataFrame(
    {"area": ["Kent"] * 3, "year": list(ESTIMATES), "population": list(ESTIMATES.values())}
)


def offences(month, area="Kent", value=8.0, measure="shoplifting"):
    frame = pl.DataFrame({"measure": [measure], "area": [area], "month": [month], "value": [value]})
    return complete(observations(frame))


def traits(unit="count"):
    return pl.DataFrame({"measure": ["shoplifting"], "unit": [unit], "adds_up": [True]})


@pytest.mark.parametrize("row", spec_table("rates/populations"), ids=lambda row: row["month"])
def test_the_populations_of_the_table(row):
    told = with_rates(offences(parse_month(row["month"])), traits(), POPULATIONS)
    assert told["population"].item() == number(row["population"])
    assert told["rate_per_1000"].item() == number(row["8 offences per 1,000"])


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("ABC"), st.integers(2010, 2014)), st.integers(1, 10**6)
    ),
    st.lists(st.tuples(st.sampled_from("ABCD"), st.integers(0, 80)), min_size=1, max_size=30),
)
def test_the_population_equals_the_slow_twins(estimates, places):
    populations = pl.DataFrame(
        [(area, year, n) for (area, year), n in estimates.items()],
        schema={"area": pl.String, "year": pl.Int64, "population": pl.Int64},
        orient="row",
    )
    rows = pl.DataFrame(
        [(area, add_months(date(2009, 1, 1), k)) for area, k in places],
        schema={"area": pl.String, "month": pl.Date},
        orient="row",
    )
    told = with_population(rows, populations)
    for row in told.iter_rows(named=True):
        known = [
            (year, n)
            for (area, year), n in estimates.items()
            if area == row["area"] and date(year, 6, 1) <= row["month"]
        ]
        assert row["population"] == (max(known)[1] if known else None)
    assert told.select("area", "month").equals(rows)


def test_an_area_without_people_has_no_rate():
    nobody = POPULATIONS.with_columns(population=pl.lit(0))
    told = with_rates(offences(date(2020, 12, 1)), traits(), nobody)
    assert told["rate_per_1000"].item() is None
    unknown = with_rates(offences(date(2020, 12, 1), "Essex"), traits(), POPULATIONS)
    assert unknown["rate_per_1000"].item() is None


def test_a_missing_count_has_no_rate_and_other_units_have_none():
    missing = with_rates(offences(date(2020, 12, 1), value=None), traits(), POPULATIONS)
    assert missing["rate_per_1000"].null_count() == 1
    minutes = with_rates(offences(date(2020, 12, 1)), traits("minutes"), POPULATIONS)
    assert minutes["rate_per_1000"].item() is None


def test_two_populations_for_one_year_are_refused():
    with pytest.raises(ValueError, match="one row an area and year"):
        with_population(offences(date(2020, 12, 1)), pl.concat([POPULATIONS, POPULATIONS]))


def test_per_1000_divides_by_thousands():
    told = pl.select(per_1000(pl.lit(636.0), pl.lit(1_298_422.0))).item()
    assert told == pytest.approx(636 / 1298.422)
