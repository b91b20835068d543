"""How numbers are printed, by their unit and condition. Nothing is worked out here.

One number prints one way everywhere: half away from zero, thousands separated by commas, a true
minus, and never a nought where the value is hidden or missing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from frankpledge.analysis.conditions import Condition
from frankpledge.analysis.rounding import half_away_from_zero

MINUS = "\N{MINUS SIGN}"
NO_PERCENTAGE = "no percentage"
"""What stands where a change has no percentage, because it is a change from 0."""

_FEWER_THAN = re.compile(r"fewer than \d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """How a unit is written after a number, in a sentence and in a table."""

    suffix: str = ""
    one: str = ""
    many: str = ""
    prefix: str = ""


UNITS = {
    "count": Unit(),
    "percentage": Unit(suffix="%"),
    "rate": Unit(),
    "ratio": Unit(),
    "pounds": Unit(prefix="£"),
    "seconds": Unit(one="second", many="seconds"),
    "minutes": Unit(one="minute", many="minutes"),
    "hours": Unit(one="hour", many="hours"),
    "days": Unit(one="day", many="days"),
}


def figure(value: float, places: int = 0) -> str:
    """A bare number: 8338 as "8,338", -3.25 to one place as "−3.3"."""
    rounded = half_away_from_zero(value, places)
    return f"{rounded:,}".replace("-", MINUS)


def without_number(condition: Condition | str | None, reason: str | None = None) -> str:
    """What is printed for a value that cannot be: its condition in words.

    A suppressed count says "fewer than 5" where its reason does, and "withheld" where it is hidden
    to protect another.
    """
    if condition == Condition.SUPPRESSED:
        found = _FEWER_THAN.search(reason or "")
        return found[0].lower() if found else "withheld"
    if condition == Condition.NOT_APPLICABLE:
        return "not applicable"
    return "not available"


def measured(
    value: float | None,
    unit: str,
    places: int = 0,
    condition: Condition | str | None = None,
    reason: str | None = None,
) -> str:
    """A value in a table: "8,338", "72.5%", "£1,200", "12.6"; its condition where it has no number."""
    if value is None or (condition is not None and not Condition(condition).has_number):
        return without_number(condition, reason)
    style = UNITS[unit]
    text = figure(abs(value), places)
    sign = MINUS if value < 0 and text.strip("0.,") else ""
    return f"{sign}{style.prefix}{text}{style.suffix}"


def in_words(value: float | None, unit: str, places: int = 0) -> str:
    """A value in a sentence, with its unit: "1 day", "12.6 minutes", "72.5%"."""
    text = measured(value, unit, places)
    style = UNITS[unit]
    if value is None or not style.many:
        return text
    return f"{text} {style.one if text == '1' else style.many}"


def signed(value: float | None, places: int = 0, suffix: str = "") -> str:
    """A change with its sign: "+68", "−4", "0"; "not available" where there is none."""
    if value is None:
        return without_number(None)
    text = figure(value, places)
    if not text.strip("0.,"):
        return f"{text}{suffix}"
    return f"{'' if text.startswith(MINUS) else '+'}{text}{suffix}"


def percentage_change(
    change_pct: float | None, change: float | None, small_base: bool = False
) -> str:
    """A percentage change: "+12.0%". A change from 0 has none; a small base is marked."""
    if change_pct is None:
        return NO_PERCENTAGE if change is not None else without_number(None)
    text = signed(change_pct, 1, "%")
    return f"{text} (small base)" if small_base else text


def point_change(points: float | None, places: int = 1) -> str:
    """The difference of two percentages, in points: "+2.0 points", "−1.0 point"."""
    if points is None:
        return without_number(None)
    text = signed(points, places)
    return f"{text} {'point' if text.lstrip('+' + MINUS) in {'1', '1.0'} else 'points'}"


def limit(value: float | None, unit: str, places: int = 0) -> str:
    """A control limit: counts as whole numbers, below 0 as 0, percentages above 100 as 100."""
    if value is None:
        return without_number(None)
    shown = max(value, 0.0)
    if unit == "percentage":
        shown = min(shown, 100.0)
    return measured(shown, unit, limit_places(unit, places))


def limit_places(unit: str, places: int) -> int:
    """How many decimals a limit prints: none for counts, the measure's own for the rest."""
    return 0 if unit == "count" else places


def probability(likelihood: float | None) -> str:
    """A likelihood (0 to 1) as a percentage: "62%"; never 0% or 100%, which would be certainty."""
    if likelihood is None:
        return without_number(None)
    percent = half_away_from_zero(likelihood * 100)
    if percent < 1:
        return "under 1%"
    if percent > 99:
        return "over 99%"
    return f"{percent}%"


def p_value(p: float | None) -> str:
    """A p-value to two significant decimals: "0.013"; "under 0.001" below that."""
    if p is None:
        return without_number(None)
    if p < 0.001:
        return "under 0.001"
    return figure(p, 3 if p < 0.1 else 2)
