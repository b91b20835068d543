"""From observations to series: nothing lost, nothing invented, each month as it was known."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis import series
from frankpledge.analysis.conditions import Condition, usable, usable_value
from frankpledge.analysis.periods import add_months

JAN = date(2022, 1, 1)


def rows(*given):
    """Observations from (month number, value, known_at) of one series."""
    return series.observations(
        pl.DataFrame(
            {
                "measure": ["shoplifting"] * len(given),
                "area": ["Herefordshire"] * len(given),
                "month": [add_months(JAN, m) for m, _, _ in given],
                "value": [v for _, v, _ in given],
                "known_at": [k for _, _, k in given],
            },
            schema_overrides={"value": pl.Float64, "known_at": pl.Date},
        )
    )


def test_a_row_without_a_value_is_missing_and_one_with_a_value_observed():
    told = rows((0, 5.0, None), (1, None, None))
    assert told["condition"].to_list() == ["observed", "missing"]


def test_a_report_shows_what_was_known_at_its_date():
    february, april = date(2022, 2, 15), date(2022, 4, 15)
    told = rows((0, 50.0, february), (0, 53.0, april))
    assert series.as_known_at(told, date(2022, 3, 1))["value"].to_list() == [50.0]
    later = series.as_known_at(told, date(2022, 5, 1))
    assert later["value"].to_list() == [53.0]
    assert later["condition"].to_list() == ["revised"]
    assert series.as_known_at(told, date(2022, 1, 1)).is_empty()


def test_a_figure_told_twice_the_same_is_not_revised():
    told = rows((0, 50.0, date(2022, 2, 1)), (0, 50.0, date(2022, 3, 1)))
    assert series.as_known_at(told)["condition"].to_list() == ["observed"]
    assert series.revisions(told).is_empty()


def test_revisions_name_both_figures_and_both_dates():
    told = rows((0, 50.0, date(2022, 2, 1)), (0, 53.0, date(2022, 3, 1)), (1, 9.0, None))
    assert series.revisions(told).rows() == [
        ("shoplifting", "Herefordshire", JAN, 50.0, date(2022, 2, 1), 53.0, date(2022, 3, 1))
    ]


def test_a_month_nobody_reported_is_there_and_is_missing_not_nought():
    whole = series.complete(series.as_known_at(rows((0, 4.0, None), (3, 7.0, None))))
    assert whole["value"].to_list() == [4.0, None, None, 7.0]
    assert whole["condition"].to_list() == ["observed", "missing", "missing", "observed"]
    assert whole["reason"].to_list() == [None, "not reported", "not reported", None]


def test_a_series_reaches_the_report_month_and_no_further():
    known = series.as_known_at(rows((0, 4.0, None), (1, 5.0, None), (2, 6.0, None)))
    assert series.complete(known, add_months(JAN, 1))["value"].to_list() == [4.0, 5.0]
    assert series.complete(known, add_months(JAN, 4))["value"].to_list() == [4, 5, 6, None, None]


@pytest.mark.parametrize("condition", list(Condition))
def test_only_a_condition_that_carries_a_number_may_be_calculated_with(condition):
    frame = pl.DataFrame({"value": [0.0], "condition": [condition.value]})
    told = frame.select(usable().alias("usable"), usable_value().alias("value"))
    assert told["usable"].item() is condition.has_number
    assert told["value"].item() == (0.0 if condition.has_number else None)


TOLD = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.one_of(st.none(), st.integers(0, 3).map(float)),
        st.integers(1, 28).map(lambda d: date(2023, 1, d)),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda row: (row[0], row[2]),
)


@given(TOLD, st.integers(1, 28).map(lambda d: date(2023, 1, d)))
def test_what_was_known_agrees_with_looking_through_the_pile(told, day):
    """The slow twin: go through the slips of paper one by one."""
    newest = {}
    for month, value, known_at in sorted(told, key=lambda row: row[2]):
        if known_at <= day:
            newest[add_months(JAN, month)] = value
    known = series.as_known_at(rows(*told), day).sort("month")
    assert dict(zip(known["month"], known["value"], strict=True)) == newest
