"""Baselines: the months a month is judged against, breaks, choices and periods left out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.limits.baselines import (
    BREAK,
    REBASELINE,
    baseline_notes,
    baseline_windows,
    left_out,
    tidy_rebaselines,
)
from frankpledge.analysis.periods import add_months, financial_year_start, parse_month
from spec.spec_table import spec_table

ONE = {"measure": "public order", "area": "Telford"}


def months(*judged: date, **series: str) -> pl.DataFrame:
    rows = [(series or ONE) | {"month": month} for month in judged]
    return pl.DataFrame(rows, schema={"measure": pl.String, "area": pl.String, "month": pl.Date})


def breaks_frame(*rows: tuple[date, bool], measure=None, area=None) -> pl.DataFrame:
    rows = [(measure, area, month, "new code", restarts) for month, restarts in rows]
    return pl.DataFrame(rows, schema=BREAK, orient="row")


def choices_frame(*rows: tuple[date, date, date, date | None]) -> pl.DataFrame:
    return pl.DataFrame([(None, None, *row) for row in rows], schema=REBASELINE, orient="row")


def slow_window(month: date, breaks, choices) -> tuple[date, date]:
    """The same by asking each break and each choice in turn; empty when it ends before it begins."""
    first = add_months(financial_year_start(month), -12)
    last = add_months(financial_year_start(month), -1)
    newest = None
    for begins, restarts in breaks:
        if restarts and begins <= month and (newest is None or begins > newest):
            newest = begins
    window = (first, last)
    if newest is not None and newest > first:
        window = (newest, min(add_months(newest, 11), add_months(month, -1)))
    for since, chosen_first, chosen_last, until in sorted(choices, key=lambda choice: choice[0]):
        until = until or add_months(financial_year_start(since), 11)
        if since <= month <= until and (newest is None or newest <= since):
            window = (chosen_first, chosen_last)
    return window


def parts(cell: str) -> list[list[str]]:
    return [] if cell == "-" else [part.split() for part in cell.split(", ")]


@pytest.mark.parametrize("row", spec_table("limits/baselines"), ids=lambda row: row["case"])
def test_the_baselines_of_the_table(row):
    breaks = [(parse_month(month), what == "restarts") for month, what in parts(row["breaks"])]
    choices = [
        (*(parse_month(words[i]) for i in (0, 2, 4)), parse_month(words[6]) if words[6:] else None)
        for words in parts(row["chosen"])
    ]
    judged = parse_month(row["judged"])
    frame = baseline_windows(months(judged), breaks_frame(*breaks), choices_frame(*choices))
    found = baseline_notes(frame, breaks_frame(*breaks)).row(0, named=True)
    window = found["baseline_from"], found["baseline_to"]
    if row["baseline"] == "empty":
        assert window[0] > window[1]
    else:
        assert window == tuple(parse_month(month) for month in row["baseline"].split(" to "))
    assert found["baseline_note"] == (None if row["note"] == "-" else row["note"])
    assert window == slow_window(judged, breaks, choices)


MONTHS = st.integers(0, 60).map(lambda n: add_months(date(2019, 4, 1), n))
BREAKS = st.lists(st.tuples(MONTHS, st.booleans()), max_size=4)
CHOICES = st.lists(
    st.tuples(MONTHS, st.integers(1, 12), st.integers(1, 6), st.none() | st.integers(0, 30)),
    max_size=3,
    unique_by=lambda choice: choice[0],
).map(
    lambda drawn: [
        (since, add_months(since, -back - length), add_months(since, -back), until)
        for since, back, length, months_on in drawn
        for until in [None if months_on is None else add_months(since, months_on)]
    ]
)


@settings(deadline=None)
@given(st.lists(MONTHS, min_size=1, max_size=20), BREAKS, CHOICES)
def test_every_month_agrees_with_the_slow_twin(judged, breaks, choices):
    found = baseline_windows(months(*judged), breaks_frame(*breaks), choices_frame(*choices))
    windows = list(found.select("baseline_from", "baseline_to").iter_rows())
    assert windows == [slow_window(month, breaks, choices) for month in judged]
    assert all(last < month for (_, last), month in zip(windows, judged, strict=True))


@pytest.mark.parametrize(
    ("measure", "area", "counts"),
    [
        (None, None, True),
        ("public order", None, True),
        (None, "Telford", True),
        ("public order", "Telford", True),
        ("robbery", None, False),
        (None, "Shropshire", False),
        ("public order", "Shropshire", False),
    ],
)
def test_a_break_is_about_the_series_it_names_and_null_means_all(measure, area, counts):
    broken = breaks_frame((date(2022, 2, 1), True), measure=measure, area=area)
    found = baseline_windows(months(date(2022, 6, 1)), broken)
    assert found["restarted"].is_not_null().to_list() == [counts]


def test_an_exceptional_period_leaves_out_its_months_and_says_so():
    lockdown = pl.DataFrame(
        {
            "from_month": [date(2021, 4, 1), date(2021, 7, 1)],
            "to_month": [date(2021, 5, 1), date(2021, 7, 1)],
            "reason": ["lockdown", "heat"],
            "left_out": [True, False],
        }
    )
    judged = [date(2021, month, 1) for month in (3, 4, 5, 6, 7)]
    marked = months(*judged).select(left_out(lockdown)).to_series()
    assert marked.to_list() == [False, True, True, False, False]
    windows = baseline_windows(months(date(2021, 6, 1), date(2022, 6, 1), date(2023, 6, 1)))
    assert baseline_notes(windows, exceptional_periods=lockdown)["baseline_note"].to_list() == [
        None,
        "leaves out April 2021 to May 2021 (lockdown)",
        None,
    ]


@pytest.mark.parametrize(
    ("first", "last"), [("2022-03", "2022-02"), ("2022-01", "2022-04"), ("2022-04", "2022-05")]
)
def test_a_chosen_baseline_must_end_before_it_is_used(first, last):
    row = (date(2022, 4, 1), parse_month(first), parse_month(last), None)
    with pytest.raises(ValueError, match="before the months it judges"):
        tidy_rebaselines(choices_frame(row))


def test_columns_that_are_not_there_are_named_all_at_once():
    with pytest.raises(ValueError, match="area, month, restarts_baseline"):
        baseline_windows(months(date(2022, 6, 1)), pl.DataFrame({"measure": ["robbery"]}))


def test_no_breaks_at_all_over_a_frame_in_two_pieces():
    """What a force has that noted no break: an empty frame, and series that were put together."""
    month = pl.DataFrame({"measure": ["a"], "area": ["x"], "month": [date(2022, 6, 1)]})
    months = pl.concat([month, month.with_columns(area=pl.lit("y"))])
    found = baseline_windows(months, pl.DataFrame(schema=BREAK))
    assert found["restarted"].to_list() == [None, None]
    assert found["baseline_from"].to_list() == [date(2021, 4, 1)] * 2
