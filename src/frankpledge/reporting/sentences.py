"""Plain sentences from findings. Every number arrives worked out; here it is only put into words.

Each function takes plain values and returns one sentence, or "" where there is nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from frankpledge.analysis.periods import add_months, day_name, month_name
from frankpledge.reporting import numbers
from frankpledge.reporting.grammar import (
    capitalised,
    listed,
    month_seen_from,
    ordinal,
    ordinal_word,
    was,
    when,
    year_to_date_name,
)

Crossing = Literal["above", "below"] | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about, and how its numbers are written."""

    title: str
    unit: str
    decimals: int = 0
    one: str = ""
    many: str = ""
    """What is counted, as "offence" and "offences"; empty where the number stands alone."""

    def quantity(self, value: float) -> str:
        """ "636 offences", "1 offence", "72.5%", "12.6 minutes"."""
        text = numbers.in_words(value, self.unit, self.decimals)
        return f"{text} {self.one if text == '1' else self.many}" if self.many else text

    def number(self, value: float) -> str:
        return numbers.in_words(value, self.unit, self.decimals)

    def limit(self, value: float) -> str:
        return numbers.limit(value, self.unit, self.decimals)


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison: what was then, and how far now is from it."""

    then: float | None
    difference: float | None = None
    pct: float | None = None
    points: float | None = None
    small_base: bool = False


def state(
    subject: Subject,
    month: date,
    value: float,
    crossing: Crossing,
    lower: float | None,
    upper: float | None,
    months_running: int = 1,
    reason: str | None = None,
) -> str:
    """The first sentence of a page: where this month's figure lies, with the note it came with.

    "Shoplifting was above its expected range in June 2022: 636 offences against an upper limit of
    624."
    """
    name, verb, time = subject.title, was(subject.title), when(month, reason)
    its = "their" if verb == "were" else "its"
    amount = subject.quantity(value)
    if lower is None or upper is None:
        return f"{name} {verb} {amount} {time}."
    if crossing is None:
        low, high = subject.limit(lower), subject.limit(upper)
        return f"{name} {verb} within {its} expected range {time}: {amount}, between limits of {low} and {high}."
    limit = subject.limit(upper if crossing == "above" else lower)
    side = "an upper" if crossing == "above" else "a lower"
    running = (
        f", for the {ordinal_word(months_running)} month running" if months_running > 1 else ""
    )
    return f"{name} {verb} {crossing} {its} expected range {time}{running}: {amount} against {side} limit of {limit}{_level(amount, limit)}."


def chart_title(
    subject: Subject,
    area: str,
    month: date,
    value: float | None,
    crossing: Crossing,
    lower: float | None,
    upper: float | None,
    reason: str | None = None,
) -> str:
    """What a chart shows, in one line: "Shoplifting, West Mercia: 636 in June 2022, above the upper
    limit of 624"."""
    lead = f"{subject.title}, {area}"
    if value is None:
        return f"{lead}: no figure for {month_name(month)}"
    said = f"{lead}: {subject.number(value)} {when(month, reason)}"
    if lower is None or upper is None:
        return said
    if crossing is None:
        return f"{said}, within the limits of {subject.limit(lower)} and {subject.limit(upper)}"
    side, limit = ("upper", upper) if crossing == "above" else ("lower", lower)
    return f"{said}, {crossing} the {side} limit of {subject.limit(limit)}"


def _level(amount: str, limit: str) -> str:
    """What to add where the printed number equals the printed limit it lies beyond."""
    return " before rounding" if amount.split(" ")[0] == limit.split(" ")[0] else ""


def without_figure(
    subject: Subject,
    month: date,
    said: str,
    reason: str | None = None,
    last_month: date | None = None,
    last: float | None = None,
) -> str:
    """The first sentence where there is no number: never a nought, and the newest figure there is."""
    why = f" ({reason})" if reason and reason.lower() not in {said.lower(), "not reported"} else ""
    sentence = f"{subject.title}: {said} for {month_name(month)}{why}."
    if last is None or last_month is None:
        return sentence
    return (
        f"{sentence} The newest figure, for {month_name(last_month)}, is {subject.quantity(last)}."
    )


def difference(subject: Subject, change: Change, then_name: str) -> str:
    """A comparison as part of a sentence: "68 (12.0%) more than in May"; "" where unknown."""
    if change.points is not None:
        return _in_points(change.points, then_name)
    if change.difference is None or change.then is None:
        return ""
    amount = numbers.figure(abs(change.difference), subject.decimals)
    if not amount.strip("0."):
        return f"the same as {then_name}"
    more = _comparative(subject.unit, change.difference)
    amount = subject.number(abs(change.difference)) if subject.unit != "count" else amount
    if change.pct is None:
        none = "there were none" if subject.unit == "count" else "it was 0"
        return f"{amount} {more} than {then_name}, when {none}"
    percent = numbers.figure(abs(change.pct), 1) + "%"
    if change.small_base:
        base = subject.number(change.then)
        return f"{amount} {more} than {then_name}, from {base} ({percent}, from a small base)"
    return f"{amount} ({percent}) {more} than {then_name}"


def _in_points(points: float, then_name: str) -> str:
    amount = numbers.figure(abs(points), 1)
    if not amount.strip("0."):
        return f"the same as {then_name}"
    unit = "percentage point" if amount in {"1", "1.0"} else "percentage points"
    return f"{amount} {unit} {'higher' if points > 0 else 'lower'} than {then_name}"


def _comparative(unit: str, change: float) -> str:
    if unit == "count":
        return "more" if change > 0 else "fewer"
    if unit in {"seconds", "minutes", "hours", "days"}:
        return "longer" if change > 0 else "shorter"
    return "higher" if change > 0 else "lower"


def changes(subject: Subject, month: date, on_month: Change, on_year: Change) -> str:
    """ "That is 68 (12.0%) more than in May and 181 (39.8%) more than in June 2021."."""
    before, year_before = add_months(month, -1), add_months(month, -12)
    parts = [
        difference(subject, on_month, f"in {month_seen_from(before, month)}"),
        difference(subject, on_year, f"in {month_name(year_before)}"),
    ]
    said = [part for part in parts if part]
    return f"That is {listed(said)}." if said else ""


def year_to_date(subject: Subject, month: date, total: float | None, change: Change) -> str:
    """ "From April to June 2022 there were 1,774 offences, 399 (29.0%) more than in the same months
    of the year before."."""
    if total is None:
        return ""
    span = year_to_date_name(month)
    lead = f"From {span}" if " to " in span else f"In {span}"
    said = difference(subject, change, "in the same months of the year before")
    return f"{lead} {_amount(subject, total)}{f', {said}' if said else ''}."


def rolling(subject: Subject, month: date, total: float | None, change: Change) -> str:
    """The 12 months to this one against the 12 before them."""
    if total is None:
        return ""
    said = difference(subject, change, "in the 12 months before")
    return f"Over the 12 months to {month_name(month)} {_amount(subject, total)}{f', {said}' if said else ''}."


def _amount(subject: Subject, total: float) -> str:
    text = subject.quantity(total)
    if subject.unit == "count":
        return f"there {'was' if text.split(' ')[0] == '1' else 'were'} {text}"
    return f"the figure was {text}"


def windows(month: date, now: float, before: float, points: float, p_value: float | None) -> str:
    """A percentage's rolling 12 months against those that ended a quarter earlier.

    "The 12 months to June 2022 stood at 73.0%, against 75.1% for the 12 to March 2022 (−2.1 points).
    Tested on the months that the two do not share, the difference is more than chance (p 0.012)."
    """
    earlier = month_name(add_months(month, -3))
    said = (
        f"The 12 months to {month_name(month)} stood at {numbers.measured(now, 'percentage', 1)},"
        f" against {numbers.measured(before, 'percentage', 1)} for the 12 to {earlier}"
        f" ({numbers.point_change(points)})."
    )
    if p_value is None:
        return f"{said} Too few answers stand in the months that the two do not share to test it."
    verdict = "is more than chance would give" if p_value < 0.05 else "may well be chance"
    return (
        f"{said} Tested on the months that the two do not share, the difference {verdict}"
        f" (p {numbers.p_value(p_value)})."
    )


def ranked(force: str, rank: int, of: int, first_means: str, compared: date | None) -> str:
    """The rank among similar forces, with what 1st means."""
    of_month = f" in {month_name(compared)}" if compared else ""
    return f"{force} ranked {ordinal(rank)} of {of} similar forces{of_month}; {first_means}."


def likely(
    probability: float, word: str, confidence: str | None, good: str, by: date | None
) -> str:
    """How likely it is that what good looks like is met: the word and the number."""
    until = f" by {day_name(by)}" if by else ""
    sure = f" Confidence in this is {confidence}." if confidence else ""
    return (
        f"Meeting what good looks like ({good}){until} is judged {word}:"
        f" a probability of {numbers.probability(probability)}.{sure}"
    )


FULL_HISTORY = 24
"""Months of history below which the projection's ranges of forces held 71.6% of the time and not
80%: docs/methods/likelihood.md, "Force areas"."""


def projected(
    subject: Subject,
    month: date,
    middle: float,
    lower_80: float,
    upper_80: float,
    months_of_history: int | None = None,
) -> str:
    """Six months ahead, with its interval, and how such intervals held where history is short."""
    short = months_of_history is not None and months_of_history < FULL_HISTORY
    held = " With so short a history such ranges have held about 7 times in 10." if short else ""
    return (
        f"If things go on as they have, {month_name(month)} would see about"
        f" {subject.quantity(middle)}; 8 times in 10 it would lie between {subject.number(lower_80)}"
        f" and {subject.number(upper_80)}.{held}"
    )


def outside_list(
    month: date, above: list[str], below: list[str], judged: int, whose: str, unjudged: int = 0
) -> str:
    """Which rows of a table are exceptional, in one sentence."""
    name = month_name(month)
    if not above and not below:
        return f"{_none_outside(judged, unjudged, whose)} in {name}{_not_judged(judged, unjudged)}."
    parts = [
        f"{listed(names)} {'were' if len(names) > 1 else 'was'} {side} the expected range"
        for side, names in (("above", above), ("below", below))
        if names
    ]
    return f"{capitalised('; '.join(parts))} in {name}{_not_judged(judged, unjudged)}."


def _none_outside(judged: int, unjudged: int, whose: str) -> str:
    if judged == 0:
        volumes = "one volume" if unjudged == 1 else f"{unjudged} volumes"
        return f"None of {whose} {volumes} could be judged"
    if judged == 1:
        return f"{capitalised(whose)} one volume that could be judged was within its expected range"
    rest = " that could be judged" if unjudged else ""
    return f"None of {whose} {judged} volumes{rest} was outside its expected range"


def _not_judged(judged: int, unjudged: int) -> str:
    if not unjudged or not judged:
        return ""
    return f"; {unjudged} {'was' if unjudged == 1 else 'were'} not judged"


FALSE_SHARE_OF_FIXED_YEAR = (12, 23)
"""Least and most of the strong marks of fixed-year limits that were false in simulated packs, in per
cent: docs/methods/limits.md, "The pack"."""


def false_share(method: str, level: float) -> str:
    """How many of the marks called strong are false, by the method of the limits.

    Only limits drawn from what is expected keep the level (a share, 0 to 1) in simulation.
    """
    aimed = f"{numbers.figure(level * 100)}%"
    if method == "expected":
        return f"In the long run at most {aimed} of the flags marked strong are false."
    low, high = FALSE_SHARE_OF_FIXED_YEAR
    return (
        f"The level aimed at is {aimed} false among the flags marked strong; in simulation {low}% to"
        f" {high}% of those of fixed-year limits were (see the method page on limits). A strong mark"
        " is a reason to look, no proof."
    )


def by_chance(expected: float | None, judged: int, crossings: int) -> str:
    """How many flags to expect were nothing going on."""
    if expected is None:
        return ""
    about = f"About {numbers.figure(expected, 0)}" if expected >= 1 else "Fewer than 1"
    one = judged == 1
    return (
        f"Of {judged:,} series judged, {crossings:,} {'lies' if crossings == 1 else 'lie'} outside"
        f" {'its' if one else 'their'} limits. {about} would do so by chance if nothing were"
        " going on anywhere."
    )
