"""Where the label of a limit stands in a chart, so that it keeps clear of the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

LETTER, LINE_HEIGHT, CLEAR = 7.2, 13, 6
"""The width of a letter and the height of a line of labels, and how far from a figure, in pixels."""
SHORT = 6
"""A stretch of so many months is too short for a label to stand along it."""

Spot = tuple[float, float]


@dataclass(frozen=True)
class Scale:
    """How months and figures become pixels of the chart."""

    months: int
    width: float
    height: float
    low: float
    high: float

    def spot(self, month: int, figure: float) -> Spot:
        down = (self.high - figure) / ((self.high - self.low) or 1.0) * self.height
        return (month + 0.5) * self.width / self.months, down


@dataclass(frozen=True)
class Place:
    """The month at which a label begins, counted from the chart's first, and how far from that spot."""

    month: int
    dy: int
    dx: int = 0


def clear_place(
    scale: Scale,
    said: str,
    limit: float,
    stretch: Sequence[int],
    prefers_above: bool,
    figures: Sequence[float | None],
    breaks: Sequence[int] = (),
) -> Place:
    """The place along a limit where its label covers the fewest figures; the first of equal ones.

    It begins within a long `stretch` of months that have the limit, and ends before a short one.
    `breaks` are months with an upright line, which it keeps clear of too.
    """
    wide = len(said) * LETTER
    ways = (-9, 12) if prefers_above else (12, -9)
    steps = [(month, 0) for month in stretch]
    if len(stretch) <= SHORT:
        steps = [(stretch[0], -round(wide) - CLEAR - step) for step in range(0, 120, 12)]
    places = [
        Place(month, dy, dx)
        for dy in ways
        for month, dx in steps
        if 0 <= scale.spot(month, limit)[0] + dx <= scale.width - wide
    ]
    spots = list(_line(scale, figures))
    spots += [
        (scale.spot(n, 0)[0], down)
        for n in breaks
        for down in range(-24, int(scale.height) + 24, 4)
    ]
    return min(
        places or [Place(stretch[0], ways[0])],
        key=lambda place: _covered(scale.spot(place.month, limit), place, wide, spots),
    )  # fmt: skip


def _line(scale: Scale, figures: Sequence[float | None]) -> Iterator[Spot]:
    """Spots along the line, eight a month, and the words of the newest figure over its point."""
    known = [(n, each) for n, each in enumerate(figures) if each is not None]
    yield from (scale.spot(*each) for each in known)
    for (month, was), (after, now) in pairwise(known):
        if after == month + 1:
            yield from (scale.spot(month + k / 8, was + (now - was) * k / 8) for k in range(1, 8))
    if known and known[-1][0] == len(figures) - 1:
        across, down = scale.spot(*known[-1])
        yield from ((across + dx, down - 15) for dx in (-14, -7, 0, 7, 14))


def _covered(start: Spot, place: Place, wide: float, spots: Sequence[Spot]) -> int:
    left, middle = start[0] + place.dx - CLEAR, start[1] + place.dy
    right, half = left + wide + 2 * CLEAR, LINE_HEIGHT / 2 + CLEAR
    return sum(left <= x <= right and abs(y - middle) <= half for x, y in spots)
