"""The grammar that sentences about figures need: number, lists, months, more and fewer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from frankpledge.analysis.periods import MONTH_NAMES, financial_year_start, month_name

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ORDINAL = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)
_AFTER_THE_HEAD = re.compile(
    r"(?<!-)\b(of|in|on|to|by|for|from|with|without|against|at|who|that|as|each|per|outside|within|"
    r"waiting|not|because|closed|out|still|upheld|seriously|"
    r"(?!organised|managed|crimed)\w+ed)\b|[,(:]"
)


def listed(things: Sequence[str], last: str = "and") -> str:
    """Things in a sentence: "a", "a and b", "a, b and c"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def counted(number: int, one: str, many: str) -> str:
    """A number of things: "1 area", "5 areas", "no areas"."""
    if number == 0:
        return f"no {many}"
    return f"{number:,} {one if number == 1 else many}"


def spelled(number: int) -> str:
    """A number below ten as a word, the rest in digits."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def ordinal_word(number: int) -> str:
    """ "second", "ninth", "10th"."""
    return _ORDINAL[number] if 0 < number < len(_ORDINAL) else ordinal(number)


def ordinal(number: int) -> str:
    """ "1st", "2nd", "3rd", "4th", "11th"."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def capitalised(text: str) -> str:
    """The text with a capital first letter, the rest as it is: "999 calls", "FOI"."""
    return text[:1].upper() + text[1:]


def lowered(title: str) -> str:
    """A title inside a sentence: "shoplifting", but "FOI requests" and "Victims' Code" keep theirs."""
    first = title.split(" ", 1)[0]
    return (
        title if first[1:] != first[1:].lower() or not first[1:] else title[:1].lower() + title[1:]
    )


def is_plural(title: str) -> bool:
    """Whether a title speaks of several things: "Vehicle offences" yes, "Theft from person" no."""
    head = _AFTER_THE_HEAD.split(title.lower(), maxsplit=1)[0].strip()
    last = head.rsplit(" ", 1)[-1]
    if last in {"people", "staff"}:
        return True
    return last.endswith("s") and not last.endswith(("ss", "us", "'s"))


def was(title: str) -> str:
    """The verb that goes with a title: "was" or "were"."""
    return "were" if is_plural(title) else "was"


_A_TIME = re.compile(r"\b(together|alone|rolling)\b|^(on|since) \d|^\w+ months to ", re.IGNORECASE)


def names_a_time(reason: str | None) -> bool:
    """Whether a note says what time a figure is of: "April to June 2022 together", "on 5 July 2022"."""
    return bool(reason and _A_TIME.search(reason))


def when(month: date, reason: str | None = None) -> str:
    """When a figure was: "in June 2022"; what its note says where that is another time."""
    if names_a_time(reason):
        return f"({reason})"
    return f"in {month_name(month)}{f' ({reason})' if reason else ''}"


def month_seen_from(month: date, now: date) -> str:
    """A month as one speaks of it from another: "May" in the same year, else "December 2021"."""
    return MONTH_NAMES[month.month - 1] if month.year == now.year else month_name(month)


def year_to_date_name(month: date) -> str:
    """The months of the financial year so far: "April 2022", "April to June 2022"."""
    start = financial_year_start(month)
    if start == month:
        return month_name(month)
    if start.year == month.year:
        return f"{MONTH_NAMES[start.month - 1]} to {month_name(month)}"
    return f"{month_name(start)} to {month_name(month)}"
