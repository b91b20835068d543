"""Months, quarters and financial years, as a calendar on the wall would have them."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis import periods

MONTHS = st.dates(date(1990, 1, 1), date(2099, 12, 31)).map(lambda d: d.replace(day=1))

#  month       financial year  quarter  written
CALENDAR = """
   2022-03     2021/22         Q4       March 2022
   2022-04     2022/23         Q1       April 2022
   2022-06     2022/23         Q1       June 2022
   2022-07     2022/23         Q2       July 2022
   2022-12     2022/23         Q3       December 2022
   2023-01     2022/23         Q4       January 2023
   1999-12     1999/00         Q3       December 1999
"""


@pytest.mark.parametrize("row", CALENDAR.strip().splitlines())
def test_a_month_has_its_financial_year_quarter_and_name(row):
    month, year, quarter, *written = row.split()
    day = periods.parse_month(month)
    assert periods.financial_year(day) == year
    assert periods.quarter(day) == quarter
    assert periods.month_name(day) == " ".join(written)


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-00", "22-06", "June 2022", "2022-06-02", "", "0000-01"]
)
def test_what_is_not_a_month_is_refused_with_the_way_to_write_one(text):
    with pytest.raises(ValueError, match="2022-06"):
        periods.parse_month(text)


@given(MONTHS, st.integers(-600, 600))
def test_adding_months_is_walking_the_calendar(month, n):
    walked = month
    for _ in range(abs(n)):
        if n > 0:
            walked = (walked.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
        else:
            walked = date.fromordinal(walked.toordinal() - 1).replace(day=1)
    assert periods.add_months(month, n) == walked
    assert periods.months_between(month, walked) == n


@given(st.lists(MONTHS, min_size=1))
def test_a_column_of_months_agrees_with_one_month(months):
    frame = pl.DataFrame({"month": months}).with_columns(
        periods.financial_year_start_of(pl.col("month")).alias("start"),
        periods.month_index(pl.col("month")).alias("index"),
    )
    assert frame["start"].to_list() == [periods.financial_year_start(m) for m in months]
    assert frame["index"].to_list() == [m.year * 12 + m.month - 1 for m in months]


def test_the_last_day_of_february_knows_leap_years():
    assert periods.last_day(date(2024, 2, 1)) == date(2024, 2, 29)
    assert periods.last_day(date(2023, 2, 1)) == date(2023, 2, 28)
    assert periods.last_day(date(2023, 12, 1)) == date(2023, 12, 31)


def test_months_from_holds_both_ends():
    assert periods.months_from(date(2021, 12, 1), date(2022, 2, 1)) == [
        date(2021, 12, 1),
        date(2022, 1, 1),
        date(2022, 2, 1),
    ]
