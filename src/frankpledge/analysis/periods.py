"""Months, quarters and financial years, as policing in England and Wales counts them.

A month is the date of its first day. The financial year runs from 1 April to 31 March and is
written "2022/23"; its first quarter is April to June.
"""

from __future__ import annotations

import re
from datetime import date

import polars as pl

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MONTH = re.compile(r"(\d{4})-(\d{2})(?:-01)?")


def parse_month(text: str) -> date:
    """The month written "2022-06" (or "2022-06-01") as the date of its first day.

    Raises ValueError that says what a month looks like.
    """
    found = _MONTH.fullmatch(text.strip())
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) == 0:
        raise ValueError(f"{text!r} is not a month: write the year and the month, as in 2022-06")
    return date(int(found[1]), int(found[2]), 1)


def add_months(month: date, n: int) -> date:
    """The first day of the month `n` months after (or, below zero, before) `month`."""
    index = month.year * 12 + month.month - 1 + n
    return date(index // 12, index % 12 + 1, 1)


def months_from(first: date, last: date) -> list[date]:
    """Every month from `first` to `last`, both included."""
    return [add_months(first, i) for i in range(months_between(first, last) + 1)]


def months_between(first: date, last: date) -> int:
    """How many months `last` lies after `first`; below zero when it lies before."""
    return (last.year - first.year) * 12 + last.month - first.month


def last_day(month: date) -> date:
    """The last day of a month."""
    return date.fromordinal(add_months(month, 1).toordinal() - 1)


def financial_year_start(month: date) -> date:
    """The April in which the financial year of `month` began."""
    return date(month.year if month.month >= 4 else month.year - 1, 4, 1)


def financial_year(month: date) -> str:
    """The financial year of a month: "2022/23" for June 2022."""
    start = financial_year_start(month).year
    return f"{start}/{(start + 1) % 100:02d}"


def quarter(month: date) -> str:
    """The quarter of the financial year: "Q1" for April to June."""
    return f"Q{(month.month - 4) % 12 // 3 + 1}"


def month_name(month: date) -> str:
    """A month as people write it: "June 2022"."""
    return f"{MONTH_NAMES[month.month - 1]} {month.year}"


def day_name(day: date) -> str:
    """A date as people write it: "14 June 2022"."""
    return f"{day.day} {month_name(day)}"


def financial_year_start_of(month: pl.Expr) -> pl.Expr:
    """`financial_year_start`, for a column of months."""
    year = pl.when(month.dt.month() >= 4).then(month.dt.year()).otherwise(month.dt.year() - 1)
    return pl.date(year, 4, 1)


def month_index(month: pl.Expr) -> pl.Expr:
    """Months counted from year 0, so that two of them can be subtracted."""
    return month.dt.year().cast(pl.Int32) * 12 + month.dt.month().cast(pl.Int32) - 1
