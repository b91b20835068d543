"""Twelve whole counts whose limits print as a report printed them.

The report gives a year by its two limits, the June and the sum of April to June. The limits are the
mean plus and minus two population standard deviations of the twelve months, so a year is right when
its *sum* and its *sum of squares* are; both are whole numbers, and everything here is worked out in
whole numbers, so that no rounding of ours can spoil it.

With S the sum of the twelve and Q the sum of their squares, D = 12 Q - S² and

    upper limit = (S + 2 √D) / 12        lower limit = (S - 2 √D) / 12

The plan, in three steps:

1. choose S, and the window of Q that prints both limits (`choices_of_sum`);
2. sketch a plausible year: a straight line, a mild season and a wobble of the size of chance,
   stretched to the wanted sum and sum of squares (`sketch`);
3. mend it: move single crimes from one month to another until Q is inside its window (`mend`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, cos, floor, pi, sqrt

YEAR = 12
QUARTER = (0, 1, 2)
"""April, May and June: the months that the report's year to date adds."""
JUNE = 2
REST = tuple(range(3, YEAR))
"""July to March, of which the report prints nothing."""

SEASON = 0.06
"""How far July lies above, and January below, the year's mean: a mild season."""


@dataclass(frozen=True)
class Wanted:
    """What the report prints of a year, and of the month that is judged against it."""

    upper: int
    lower: int
    june: int
    quarter: int
    judged: int
    """The value judged against the limits: June of the year after."""
    exceptional: bool
    """Whether `judged` lies beyond the unrounded limits."""


@dataclass(frozen=True)
class Window:
    """A sum of the twelve months, and the least and greatest 2 √D that print the limits."""

    total: int
    least: float
    most: float

    def squares(self) -> tuple[int, int]:
        """The least and the greatest sum of squares that stay clear of both edges."""
        margin = 0.02 * (self.most - self.least)
        low, high = self.least + margin, self.most - margin
        return (
            ceil((self.total**2 + low**2 / 4) / YEAR),
            floor((self.total**2 + high**2 / 4) / YEAR),
        )


def window(total: int, wanted: Wanted) -> Window | None:
    """The 2 √D that a year with this sum may have; None where there is none.

    Each printed limit is a half-open interval one wide. A lower limit that prints as 0 may be
    anything under a half. The judged month lies on its printed side of the unrounded limits.
    """
    t, top, low, judged = total, YEAR * wanted.upper, YEAR * wanted.lower, YEAR * wanted.judged
    least = [0, top - 6 - t, t - low - 6]
    most = [top + 6 - t]
    if wanted.lower:
        most.append(t - low + 6)
    above = wanted.judged > (wanted.upper + wanted.lower) / 2
    if wanted.exceptional:
        most.append(judged - t if above else t - judged)
    else:
        least += [judged - t, t - judged]
    if max(least) >= min(most):
        return None
    return Window(total, float(max(least)), float(min(most)))


def choices_of_sum(wanted: Wanted) -> Iterator[Window]:
    """Every sum the twelve may have, the one in the middle of the printed limits first.

    The two limits add to twice the mean, so their half-open intervals hold the sum to within 6.
    Where the lower limit prints as 0 the middle is not known. There we begin at the mean of a count
    that varies as chance does: mean + 2 √mean = upper limit.
    """
    middle = YEAR * (wanted.upper + wanted.lower) / 2
    first, last = int(middle) - 6, int(middle) + 6
    if wanted.lower == 0:
        first, middle = 0, YEAR * (sqrt(1 + wanted.upper) - 1) ** 2
    sums = range(max(wanted.quarter, first), last + 1)
    for total in sorted(sums, key=lambda s: (abs(s - middle), s)):
        found = window(total, wanted)
        if found is not None:
            yield found


def level_squares(total: int, months: int) -> int:
    """The least sum of squares of so many whole counts with this sum: as level as can be."""
    each, over = divmod(total, months)
    return over * (each + 1) ** 2 + (months - over) * each**2


def least_squares(total: int, wanted: Wanted) -> int:
    """The least sum of squares of a year with this sum and the printed June and quarter."""
    return (
        wanted.june**2
        + level_squares(wanted.quarter - wanted.june, 2)
        + level_squares(total - wanted.quarter, len(REST))
    )


def wobble(name: str, month: int) -> float:
    """A number from -1 to 1 that is always the same for a row and month, and follows no pattern."""
    digest = hashlib.sha256(f"{name}|{month}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**31 - 1


def season(month: int) -> float:
    """How far a month (0 is April) lies above the year's mean: highest in July, lowest in January."""
    return SEASON * cos(2 * pi * (month - 3) / YEAR)


def slow(months: tuple[int, ...], start: float, end: float) -> list[float]:
    """A straight line from `start` to `end` with a mild season on it."""
    steps = max(len(months) - 1, 1)
    line = [start + (end - start) * i / steps for i in range(len(months))]
    return [level * (1 + season(month)) for level, month in zip(line, months, strict=True)]


def chance(name: str, months: tuple[int, ...], level: float) -> list[float]:
    """What chance adds to a count at this level: about its square root, either way."""
    return [sqrt(level) * wobble(name, month) for month in months]


def plausible(name: str, months: tuple[int, ...], level: float) -> list[float]:
    """Months at one level, with season and chance: a shape, not yet counts."""
    both = zip(slow(months, level, level), chance(name, months, level), strict=True)
    return [a + b for a, b in both]


def share(total: int, shape: list[float]) -> list[int]:
    """Whole counts, none below 0, that add to `total` and lie as the shape does.

    The shape is moved up or down to the right sum and rounded; what rounding leaves over goes, one
    by one, to the months that lost most by it.
    """
    lift = (total - sum(shape)) / len(shape)
    exact = [max(x + lift, 0.0) for x in shape]
    counts = [int(x) for x in exact]
    while sum(counts) != total:
        step = 1 if sum(counts) < total else -1
        able = [i for i in range(len(counts)) if counts[i] + step >= 0]
        nearest = max(able, key=lambda i: (step * (exact[i] - counts[i]), -i))
        counts[nearest] += step
    return counts


def centred(shape: list[float]) -> list[float]:
    mean = sum(shape) / len(shape)
    return [x - mean for x in shape]


def stretched(line: list[float], noise: list[float], squares: float) -> list[float]:
    """Both together about their mean, with this sum of squares.

    Where they vary too much both shrink alike. Where they vary too little the line and its season
    grow and chance stays: k solves Σ (k line + noise)² = squares.
    """
    a, b = centred(line), centred(noise)
    aa = sum(x * x for x in a)
    ab = sum(x * y for x, y in zip(a, b, strict=True))
    bb = sum(y * y for y in b)
    if aa + 2 * ab + bb >= squares or not aa:
        shrink = sqrt(max(squares, 0) / (aa + 2 * ab + bb))
        return [shrink * (x + y) for x, y in zip(a, b, strict=True)]
    k = (sqrt(ab * ab + aa * (squares - bb)) - ab) / aa
    return [k * x + y for x, y in zip(a, b, strict=True)]


def sketch(name: str, total: int, aim: float, wanted: Wanted, after: float) -> list[int]:
    """A plausible year with the right sum and, as nearly as rounding lets it, sum of squares.

    `after` is the level of the following year's first quarter, towards which the line runs.
    """
    level = wanted.quarter / 3
    early = share(wanted.quarter - wanted.june, plausible(name, (0, 1), level))
    rest = total - wanted.quarter
    mean = rest / len(REST)
    left = aim - wanted.june**2 - sum(x * x for x in early) - rest * mean
    about = stretched(slow(REST, level, after), chance(name, REST, mean), left)
    return [*early, wanted.june, *share(rest, [mean + x for x in about])]


def mend(months: list[int], low: int, high: int, aim: float) -> list[int] | None:
    """Move single crimes between months until the sum of squares is as near to `aim` as may be.

    Crimes move between April and May, or between the nine unprinted months, so that June, the
    quarter and the year keep their sums. Moving one from a month with b to a month with a changes
    the sum of squares by 2 (a - b + 1). Each step takes the move that comes nearest; None where no
    move comes nearer and the sum of squares is not from `low` to `high`.
    """
    months = list(months)
    pairs = [(i, j) for group in ((0, 1), REST) for i in group for j in group if i != j]
    now = sum(x * x for x in months)
    while True:
        able = [(i, j) for i, j in pairs if months[j] > 0]
        after = {p: now + 2 * (months[p[0]] - months[p[1]] + 1) for p in able}
        best = min(after, key=lambda p: (abs(after[p] - aim), p), default=None)
        if best is None or abs(after[best] - aim) >= abs(now - aim):
            return months if low <= now <= high else None
        months[best[0]] += 1
        months[best[1]] -= 1
        now = after[best]


def by_preference(wanted: Wanted) -> Iterator[Window]:
    """Sums whose unprinted months may vary at least as chance does; then the roomiest of the rest.

    Chance varies a count by as much as its mean, so nine months by nine means in their squares.
    """
    tight = []
    for found in choices_of_sum(wanted):
        room = found.squares()[1] - least_squares(found.total, wanted)
        if room >= found.total - wanted.quarter:
            yield found
        elif room >= 0:
            tight.append((room, found))
    yield from (found for _, found in sorted(tight, key=lambda pair: -pair[0]))


def year(name: str, wanted: Wanted, after: float) -> list[int]:
    """Twelve whole counts, April to March, that print as `wanted` says.

    Raises ValueError where no such year is found.
    """
    for found in by_preference(wanted):
        low, high = found.squares()
        aim = (max(low, least_squares(found.total, wanted)) + high) / 2
        months = mend(sketch(name, found.total, aim, wanted, after), low, high, aim)
        if months is not None:
            return months
    raise ValueError(f"{name}: no twelve whole counts print {wanted}")


def unrounded_limits(months: list[int]) -> tuple[float, float]:
    """Mean minus and plus two population standard deviations."""
    total = sum(months)
    root = sqrt(YEAR * sum(x * x for x in months) - total**2)
    return (total - 2 * root) / YEAR, (total + 2 * root) / YEAR
