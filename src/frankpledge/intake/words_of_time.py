"""How delivery plans write when a thing is due, and the dates that stand before their updates.

    | written                       | kind    | starts     | ends on    |
    | By Oct 22                     | month   |            | 2022-10-31 |
    | Q3 2022/23                    | quarter |            | 2022-12-31 |
    | Start Nov 22, complete Jan 23 | month   | 2022-11-01 | 2023-01-31 |

What can be read in two ways is `unclear`, with the reason; the text as written is always kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from frankpledge.intake.times_found import Found, Grain, find_times, month_words


class DueKind(StrEnum):
    """How exactly a plan says when a thing is due."""

    DATE = "date"
    MONTH = "month"
    QUARTER = "quarter"
    ONGOING = "ongoing"
    ABSENT = "absent"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Due:
    """When a thing is due, as written and as it is understood.

    `ends_on` is the day itself, or the last day of the month or of the financial-year quarter. `start`
    is the first day it may begin, where that is said. `repeats` says how often it comes again.
    `why` says what is unclear.
    """

    kind: DueKind
    text: str = field(compare=False)
    ends_on: date | None = None
    start: date | None = None
    repeats: str = ""
    why: str = ""

    def words(self) -> str:
        """It in our own words, which read back as the same."""
        ends = {
            DueKind.DATE: f"{_day(self.ends_on)}",
            DueKind.MONTH: f"{month_words(self.ends_on)}",
            DueKind.QUARTER: f"{_quarter(self.ends_on)}",
            DueKind.ONGOING: "ongoing",
            DueKind.ABSENT: "",
            DueKind.UNCLEAR: self.text,
        }[self.kind]
        if self.kind in (DueKind.ABSENT, DueKind.UNCLEAR):
            return ends
        start = f"start {_day(self.start)}, " if self.start else ""
        by = "by " if start and self.kind is not DueKind.ONGOING else ""
        return f"{start}{by}{ends}" + (f", {self.repeats}" if self.repeats else "")


_LONGEST = 500
"""No plan says when a thing is due in more characters than this."""
_NOTHING = frozenset({"", "-", "–", "—", "?", "??", "n/a", "na", "none", "tbc", "tba", "tbd"})
_NOTHING |= {"to be confirmed", "to be agreed", "to be decided", "not set", "no date"}
_ONGOING = re.compile(r"\b(on-?\s?going|continuous(ly)?|bau|business as usual|throughout)\b", re.I)
_REPEATS = (
    ("weekly", r"\bweekly\b|\b(1|one|once) (a|per|each) week\b|\bevery week\b"),
    ("fortnightly", r"\bfortnightly\b|\bevery (two weeks|fortnight)\b"),
    ("monthly", r"\bmonthly\b|\b(1|one|once) (a|per|each) month\b|\bevery month\b"),
    ("quarterly", r"\bquarterly\b|\b(each|every) quarter\b"),
    ("twice a year", r"\b(twice a year|half[- ]yearly|six[- ]monthly)\b"),
    ("yearly", r"\b(yearly|annually|every year|each year|once a year)\b|^annual$"),
)
_HALF = re.compile(r"\b(half[- ]yearly|six[- ]monthly)\b", re.I)
_TWO_WAYS = re.compile(r"\bbi[- ]?(monthly|annual(ly)?|weekly|yearly)\b", re.I)
_STARTS = re.compile(
    r"\b(start(s|ing)?|commenc(e|es|ing)|begin(s|ning)?|from|launch(es)?)( (in|on|of|from))?\W*$",
    re.I,
)
_NOT_THE_END = re.compile(
    r"\b(not before|after|since|reviewed|review|was|were|until after)\W*$", re.I
)
_OPEN = re.compile(r"\b(onwards?|thereafter only)\b", re.I)
_JOINED = re.compile(r"\s*(-|–|—|to|until|till)\s*", re.I)


def read_due(text: str) -> Due:
    """When a thing is due, by the words of a plan. Never guesses: see `DueKind.UNCLEAR`."""
    plain = re.sub(r"\s+", " ", text).strip()
    if plain.lower().strip(". ") in _NOTHING:
        return Due(DueKind.ABSENT, text)
    if len(plain) > _LONGEST:
        return Due(DueKind.UNCLEAR, text, why="It says more than when it is due.")
    times, why = find_times(plain)
    repeats, twofold = _repeats(plain)
    if why:
        return Due(DueKind.UNCLEAR, text, repeats=repeats, why=why)
    starts, ends, unsure = _sorted(plain, times)
    start = starts[0].first if starts else None
    if unsure or len(starts) > 1 or len(ends) > 1:
        many = unsure if unsure else "It has more than one date."
        return Due(DueKind.UNCLEAR, text, repeats=repeats, why=many)
    if ends:
        return _ending(plain, text, ends[0], start, repeats)
    if _ONGOING.search(plain) or (repeats and not start):
        return Due(DueKind.ONGOING, text, None, start, repeats)
    if start:
        why = "It says when it starts and not when it is due."
    elif twofold:
        why = f"“{twofold}” can mean twice in a period or once in two."
    else:
        why = "It has no date, month or quarter with a year."
    return Due(DueKind.UNCLEAR, text, None, start, repeats, why)


def _ending(plain: str, text: str, end: Found, start: date | None, repeats: str) -> Due:
    """The due that ends with a time that was found."""
    if start and start > end.last:
        return Due(DueKind.UNCLEAR, text, None, start, repeats, "It starts after it is due.")
    says_ongoing = re.search(r"\bon-?\s?going\b", plain, re.I)
    if says_ongoing or _OPEN.search(plain):
        why = "It says that it goes on and has a date too."
        return Due(DueKind.UNCLEAR, text, None, start, repeats, why)
    kind = {Grain.DAY: DueKind.DATE, Grain.MONTH: DueKind.MONTH, Grain.QUARTER: DueKind.QUARTER}
    return Due(kind[end.grain], text, end.last, start, repeats)


def _sorted(plain: str, times: list[Found]) -> tuple[list[Found], list[Found], str]:
    """The times at which it starts, those at which it is due, and what is unsure."""
    starts: list[Found] = []
    ends: list[Found] = []
    before_this = 0
    for number, time in enumerate(times):
        before = plain[before_this : time.at]
        follows = times[number + 1] if number + 1 < len(times) else None
        joined = follows and _JOINED.fullmatch(plain[time.end : follows.at])
        before_this = time.end
        if _NOT_THE_END.search(before):
            return starts, ends, "It says a date that is not the one it is due by."
        if joined or _STARTS.search(before):
            starts.append(time)
        else:
            ends.append(time)
    return starts, ends, ""


def _repeats(plain: str) -> tuple[str, str]:
    """How often it comes again, and a word for that which can be read in two ways."""
    twofold = _TWO_WAYS.search(plain)
    if twofold:
        return "", twofold[0]
    # "Six-monthly" has "monthly" in it.
    if _HALF.search(plain):
        return "twice a year", ""
    found = [name for name, words in _REPEATS if re.search(words, plain, re.I)]
    return (found[0], "") if len(found) == 1 else ("", "")


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {month_words(day)}"


def _quarter(day: date | None) -> str:
    if day is None:
        return ""
    first = day.year if day.month > 3 else day.year - 1
    return f"Q{(day.month - 4) % 12 // 3 + 1} {first}/{(first + 1) % 100:02d}"


@dataclass(frozen=True)
class Update:
    """One update of a cell. `on` is None where no date stands before it, or one that cannot be (`why`)."""

    text: str
    on: date | None = None
    why: str = ""


_PREFIX = re.compile(r"^[ \t]*(\d{6})[ \t]*[-–—:][ \t]*", re.MULTILINE)


def updates_in(text: str) -> list[Update]:
    """The updates of a cell, each with the date that stands before it: "290622 – Under way."

    The digits are day, month and year. Where they are no date, they stay in the text and are told.
    """
    starts = list(_PREFIX.finditer(text))
    bounds = [one.start() for one in starts] + [len(text)]
    lead = text[: bounds[0]].strip()
    updates = [Update(lead)] if lead else []
    for prefix, start, end in zip(starts, bounds, bounds[1:], strict=False):
        digits = prefix[1]
        try:
            on = date(2000 + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        except ValueError:
            why = f"{digits} is no date (day, month, year)."
            updates.append(Update(text[start:end].strip(), None, why))
            continue
        updates.append(Update(text[prefix.end() : end].strip(), on))
    return updates
