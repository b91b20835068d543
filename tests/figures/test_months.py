"""Months and days as people write them: the spec tables and slow twins."""

from __future__ import annotations

from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.figures.months import day_in, like_a_month, month_in, why_no_day, why_no_month
from spec.spec_table import spec_table

MONTHS = spec_table("figures/months")


def month_read(text: str) -> date | None:
    return pl.select(month_in(pl.lit(text))).item()


@pytest.mark.parametrize("row", MONTHS, ids=lambda r: r["written"] or "empty")
def test_a_month_is_read_as_the_table_says(row):
    if row["month"]:
        assert month_read(row["written"]) == date.fromisoformat(f"{row['month']}-01")
        return
    assert month_read(row["written"]) is None
    expected, to_do = why_no_month(row["written"])
    assert row["why"] in expected
    assert to_do.endswith(".")


@pytest.mark.parametrize("row", spec_table("figures/days"), ids=lambda r: r["written"])
def test_a_day_is_read_as_the_table_says(row):
    expected = date.fromisoformat(row["day"]) if row["day"] else None
    assert pl.select(day_in(pl.lit(row["written"]))).item() == expected
    assert why_no_day(row["written"])[1].endswith(".")


@pytest.mark.parametrize(
    "header", [r["written"] for r in MONTHS if any(c.isdigit() for c in r["written"])]
)
def test_a_header_with_a_period_is_seen_as_one(header):
    assert like_a_month(header) or header == "Jund 2022"


@pytest.mark.parametrize("header", ["area", "MajorText", "Total 2022", "May", "Note 1", "", "12a"])
def test_other_headers_are_not(header):
    assert not like_a_month(header)


FORMS = [
    "%Y-%m", "%Y-%m-%d", "%Y-%m-%d 00:00:00", "%Y%m", "%d/%m/%Y", "%m/%Y", "%d %B %Y",
    "%b-%y", "%b-%Y", "%b %y", "%b %Y", "%B-%y", "%B-%Y", "%B %y", "%B %Y",
]  # fmt: skip
UNCLEAR = ["%m/%d/%Y", "%y-%m", "%d/%m/%y", "%Y/%m", "%d-%b", "%Y-%j", "%Y"]


def slow_month(text: str) -> date | None:
    """Each form in turn, by Python's own reading of dates."""
    plain = text.strip().lower()
    words = plain.replace("sept ", "sep ").replace("sept-", "sep-")
    for form in FORMS:
        try:
            read = datetime.strptime(words, form)
        except ValueError:
            continue
        if read.day == 1:
            short = read.year % 100
            century = 1900 if short >= 90 else 2000
            return date(century + short if "%y" in form else read.year, read.month, 1)
    return None


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)), st.sampled_from(FORMS + UNCLEAR))
def test_months_as_the_slow_twin_reads_them(day, form):
    text = day.strftime(form)
    assert month_read(text) == slow_month(text)


@given(st.text("0123456789-/ junq", max_size=10))
def test_a_month_is_the_first_of_a_month_or_refused_with_a_reason(text):
    month = month_read(text)
    if month is None:
        assert why_no_month(text)[0].startswith("a month")
    else:
        assert month.day == 1
