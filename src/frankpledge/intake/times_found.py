"""Days, months and quarters in a sentence, as they are written in Britain: the day first."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MONTHS = tuple(name.lower() for name in calendar.month_name)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)(?!\d|/\d|st\b|nd\b|rd\b|th\b)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"


class Grain(StrEnum):
    """How exact a time is."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True)
class Found:
    """A time in a sentence: its first and last day, and where it stands."""

    grain: Grain
    first: date
    last: date
    at: int
    end: int


def month_words(day: date | None) -> str:
    """The month of a day, as "October 2022"."""
    return "" if day is None else f"{calendar.month_name[day.month]} {day.year}"


def find_times(text: str) -> tuple[list[Found], str]:
    """The times in a sentence in order, and the reason where one of them cannot be told."""
    found: list[Found] = []
    rest = text
    for pattern, reading in _FORMS:
        for match in pattern.finditer(rest):
            first_last = reading(match)
            if isinstance(first_last, str):
                return [], first_last
            grain, first, last = first_last
            found.append(Found(grain, first, last, match.start(), match.end()))
        # What is read is not read again, and what follows keeps its place.
        rest = pattern.sub(lambda match: "\x00" * len(match[0]), rest)
    for pattern, why in _LEFT_OPEN if found else (*_LEFT_OPEN, *_TOO_WIDE):
        if left := pattern.search(rest):
            return [], why.format(left[0].strip())
    return sorted(found, key=lambda one: one.at), ""


_Read = tuple[Grain, date, date] | str


def _year(text: str) -> int:
    digits = text.lstrip("'’")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _a_day(match: re.Match[str]) -> _Read:
    parts = match.groupdict()
    named = parts["month"].lower()
    month = int(named) if named.isdigit() else _month_number(named)
    try:
        day = date(_year(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return f"“{match[0]}” is no date (day, month, year)."
    return Grain.DAY, day, day


def _a_month(match: re.Match[str]) -> _Read:
    named = match["month"].lower()
    month = int(named) if named.isdigit() else _month_number(named)
    if not 1 <= month <= 12:
        return f"“{match[0]}” is no month."
    return _span(Grain.MONTH, _year(match["year"]), month, 1)


def _a_quarter(match: re.Match[str]) -> _Read:
    first, second = _year(match["year"]), _year(match["next"])
    if (second - first - 1) % 100 or second > first + 1:
        return f"“{match[0]}” is no financial year."
    quarter = int(match["quarter"])
    return _span(Grain.QUARTER, first + quarter // 4, (quarter * 3) % 12 + 1, 3)


def _span(grain: Grain, year: int, month: int, months: int) -> _Read:
    final = month + months - 1
    last = date(year, final, calendar.monthrange(year, final)[1])
    return grain, date(year, month, 1), last


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS) if n and month.startswith(name.rstrip(".")[:3]))


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], _Read]], ...] = (
    (_form(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"), _a_day),
    (
        _form(
            r"(?<![\d/.-])(?P<day>\d{1,2})(?P<mark>[/-])(?P<month>\d{1,2})(?P=mark)"
            r"(?P<year>\d{4}|\d\d)(?![\d/])"
        ),
        _a_day,
    ),
    # With full stops a short year is as likely a reference (4.2.12).
    (
        _form(r"(?<![\d/.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\d/])"),
        _a_day,
    ),
    (_form(rf"\b{_DAY}[ -](?:of )?{_MONTH},?[ -]{_YEAR}"), _a_day),
    (_form(rf"\b{_MONTH} {_DAY},? (?P<year>(?:19|20)\d\d)\b"), _a_day),
    (
        _form(
            r"\b(?:q|quarter )(?P<quarter>[1-4])(?:,| of)? ?"
            r"(?P<year>20\d\d|\d\d) ?[/-] ?(?P<next>20\d\d|\d\d)\b"
        ),
        _a_quarter,
    ),
    (_form(rf"\b{_MONTH},?[ -]*{_YEAR}"), _a_month),
    (_form(r"\b(?P<year>20\d\d)-(?P<month>\d\d)\b(?!-)"), _a_month),
)
_LEFT_OPEN = (
    (_form(r"\bq[1-4]\b( \d+)?"), "“{}” may be of the calendar or of the financial year."),
    (_form(r"\d+/\d+/\d*"), "“{}” is no date (day, month, year)."),
    (
        # "May" and "march" are verbs too: without a year they are months only after "by" and the like.
        _form(
            r"\b(jan(uary)?|feb(ruary)?|apr(il)?|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?"
            r"|nov(ember)?|dec(ember)?|(?<=by )(may|mar(ch)?)|(?<=in )(may|mar(ch)?)|(?<=of )(may|mar(ch)?))\b"
        ),
        "“{}” has no year.",
    ),
)
_TOO_WIDE = (
    (_form(r"\b20\d\d ?[/-] ?(20)?\d\d\b"), "“{}” is a year, not a day, month or quarter."),
    (_form(r"\b20\d\d\b"), "“{}” is a year, not a day, month or quarter."),
    (_form(r"\b(spring|summer|autumn|winter)\b"), "“{}” is a season, not a day, month or quarter."),
)
