"""Months and days as people write them, and those that could mean two things.

A month is taken where only one can be meant. "06/22" may be June 2022 or 22 June, "2010/11"
November 2010 or the financial year, so neither is taken. Dates are read day first, as in Britain.
"""

from __future__ import annotations

import re

import polars as pl

from frankpledge.analysis.periods import MONTH_NAMES

NUMBER_OF_MONTH = {
    written: str(number)
    for number, name in enumerate(MONTH_NAMES, start=1)
    for written in (name.lower(), name[:3].lower())
} | {"sept": "9"}

_MIDNIGHT = r"(?:[ t]00:00(?::00(?:\.0+)?)?)?"

# What each form captures is the year and the month; the names are for the specification.
YEAR_FIRST = (
    rf"^(?P<year>\d{{4}})-(?P<month>\d{{1,2}})(?:-0?1{_MIDNIGHT})?$",
    r"^(?P<year>\d{4})(?P<month>\d{2})$",
)
MONTH_FIRST = (
    r"^(?P<month>[a-z]+)[ -]?(?P<year>\d{4})$",
    r"^(?P<month>[a-z]+)[ -]'?(?P<year>\d{2})$",
    r"^0?1[ -](?P<month>[a-z]+)[ -](?P<year>\d{4})$",
    r"^0?1[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})$",
    r"^(?P<month>\d{1,2})[/-](?P<year>\d{4})$",
)
DAYS = (
    rf"^(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){_MIDNIGHT}$",
    r"^(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})$",
    r"^(?P<day>\d{1,2})[ -](?P<month>[a-z]+)[ -](?P<year>\d{4})$",
)

_PERIOD_WORDS = "|".join([*sorted(NUMBER_OF_MONTH, key=len, reverse=True), "q", "t", "st", "th"])
LIKE_A_MONTH = re.compile(rf"(?:[\d\s/.\-':]|{_PERIOD_WORDS})+")


def month_in(text: pl.Expr) -> pl.Expr:
    """The month a text names, as the date of its first day; null where it names none clearly."""
    plain = text.str.strip_chars().str.to_lowercase()
    forms = (*YEAR_FIRST, *MONTH_FIRST)
    year = _full_year(pl.coalesce(plain.str.extract(_group(f, "year")) for f in forms))
    month = _month_number(pl.coalesce(plain.str.extract(_group(f, "month")) for f in forms))
    first = pl.format("{}-{}-1", year, month).str.to_date("%Y-%m-%d", strict=False)
    return pl.when(year > 0).then(first)


def day_in(text: pl.Expr) -> pl.Expr:
    """The day a text names, read day first; null where it names none."""
    plain = text.str.strip_chars().str.to_lowercase()

    def part(name: str) -> pl.Expr:
        return pl.coalesce(plain.str.extract(_group(f, name)) for f in DAYS)

    year, month = part("year").cast(pl.Int32), _month_number(part("month"))
    written = pl.format("{}-{}-{}", year, month, part("day").cast(pl.Int32))
    return written.str.to_date("%Y-%m-%d", strict=False)


def like_a_month(header: str) -> bool:
    """Whether a column's header seems meant as a month or a period, clear or not."""
    text = header.strip().lower()
    return any(c.isdigit() for c in text) and LIKE_A_MONTH.fullmatch(text) is not None


WRITE_A_MONTH = "Write the year and the month, as in 2022-06."


def why_no_month(text: str) -> tuple[str, str]:
    """What was expected of a text that names no month clearly, and what to do."""
    plain = text.strip().lower()
    if not plain:
        return "a month", WRITE_A_MONTH
    if re.fullmatch(r"\d{4}/\d{2}(\d{2})?", plain):
        return "a month, and this may be a financial year", WRITE_A_MONTH
    if re.fullmatch(r"q[1-4]\b.*|.*\bq[1-4]", plain):
        return "a month, and this is a quarter", "Give the figure of each month."
    if re.fullmatch(r"\d{4}|\d{4}-\d{4}", plain):
        return "a month, and this is a year", "Give the figure of each month."
    if re.fullmatch(r"[34]\d{4}(\.0)?", plain):
        return (
            "a month, and this looks like a spreadsheet's own number for a date",
            "Format the cells as dates, or write the year and the month, as in 2022-06.",
        )
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}([/.-]\d{2})?|\d{1,2}[ -][a-z]{3,9}([ -]\d{2})?", plain):
        return "a month, and this can be read in two ways", WRITE_A_MONTH
    if any(re.match(f, plain) for f in DAYS):
        return (
            "a month, named by itself or by its first day, and this is another day",
            "Write the year and the month, as in 2022-06; if it is a quarter's or a week's figure,"
            " give the month's.",
        )
    return "a month", WRITE_A_MONTH


def why_no_day(text: str) -> tuple[str, str]:
    """What was expected of a text that names no day, and what to do."""
    return (
        "the day on which the figure was known",
        "Write it as in 2022-07-15, or leave it empty if the figure was known from the start.",
    )


def _group(form: str, name: str) -> str:
    """The form with `name` as its only capture, which is the one that `extract` gives."""
    return re.sub(r"\(\?P<(\w+)>", lambda m: "(" if m[1] == name else "(?:", form)


def _full_year(year: pl.Expr) -> pl.Expr:
    """Two digits are this century up to 89 and the last one from 90."""
    number = year.cast(pl.Int32)
    short = year.str.len_chars() == 2
    return (
        pl.when(short & (number < 90))
        .then(number + 2000)
        .when(short)
        .then(number + 1900)
        .otherwise(number)
    )


def _month_number(month: pl.Expr) -> pl.Expr:
    named = month.replace_strict(NUMBER_OF_MONTH, default=None, return_dtype=pl.String)
    return pl.coalesce(named, month).cast(pl.Int32, strict=False)
