"""Where the printed figures contradict each other: two tables of README.md, with the argument.

    .venv/bin/python demo/proofs.py

Rows whose limits no twelve months have. The argument, for any row. Let m be the mean of the year and q the mean of its April, May and June.
The nine other months have to make up for the three, so they average m - (q - m) / 3. Months that
differ no more than that give the least variance there can be:

    (3 (q - m)² + 9 ((q - m) / 3)²) / 12 = (q - m)² / 3

So the standard deviation is at least |q - m| / √3. The printed limits hold m to within a half of
their middle, and the standard deviation to at most (upper - lower + 1) / 4. Where the first is more
than the second, there are no such months.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt

from reconstruct import FORCE, Row, flagged, printed_rows, wanted, with_choices
from whole_counts import Wanted, choices_of_sum, least_squares


@dataclass(frozen=True)
class Impossible:
    """A row whose printed limits and printed quarter cannot both be true."""

    row: Row
    distance: float
    """How far the quarter's mean lies from every mean that the limits allow, at the least."""
    needed: float
    """The least standard deviation a year with such a quarter can have."""
    allowed: float
    """The greatest standard deviation that the printed limits allow."""


def impossible(row: Row) -> Impossible | None:
    """The proof that a row's printed figures contradict each other; None where this shows nothing.

    A lower limit that prints as 0 may be any number below a half, so it proves nothing; a row whose
    quarter is not printed likewise.
    """
    if row.lower == 0 or row.quarter_2021 is None:
        return None
    middle = (row.upper + row.lower) / 2
    distance = max(abs(row.quarter_2021 / 3 - middle) - 0.5, 0.0)
    needed, allowed = distance / sqrt(3), (row.upper - row.lower + 1) / 4
    return Impossible(row, distance, needed, allowed) if needed > allowed else None


def possible(asked: Wanted, *, chance: bool) -> bool:
    """Whether some sum of the twelve leaves room for the printed June and quarter.

    With `chance`, the nine unprinted months must vary at least as chance makes counts vary.
    """
    for found in choices_of_sum(asked):
        needed = least_squares(found.total, asked)
        needed += chance * (found.total - asked.quarter)
        if 12 * needed < found.total**2 + found.most**2 / 4:
            return True
    return False


def nearest(asked: Wanted, *, chance: bool) -> tuple[int, int]:
    """The upper and lower limit nearest to the printed ones that can be had: fewest units away.

    Equal distances: the one that keeps the upper limit as printed comes first.
    """
    for away in range(asked.upper + 1):
        for up in sorted(range(-away, away + 1), key=abs):
            for down in {away - abs(up), abs(up) - away}:
                upper, lower = asked.upper + up, asked.lower + down
                moved = replace(asked, upper=upper, lower=lower)
                if 0 <= lower <= upper and possible(moved, chance=chance):
                    return upper, lower
    raise ValueError(f"no limits can be had for {asked}")


def rows_that_cannot_be_had() -> list[str]:
    """The rows whose printed limits no twelve months have, as lines of README.md."""
    lines = [
        "| area | measure | printed limits | April to June 2021, a month | distance from the mean, at least |"
        " standard deviation needed | allowed | nearest limits | our limits |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    ours = {row.key: row for row in with_choices(printed_rows())}
    also_flagged = flagged()
    for row in printed_rows():
        proof = impossible(row)
        if proof is None:
            continue
        made = ours[row.key]
        close = "as printed, beside another quarter"
        if made.quarter_2021 == row.quarter_2021:
            judged = wanted(made, also_flagged).exceptional
            asked = replace(wanted(row, also_flagged), exceptional=judged)
            upper, lower = nearest(asked, chance=False)
            close = f"{lower} to {upper}"
        lines.append(
            f"| {row.area} | {row.measure} | {row.lower} to {row.upper} | {row.quarter_2021 / 3:.1f}"
            f" | {proof.distance:.1f} | {proof.needed:.2f} | {proof.allowed:.2f}"
            f" | {close} | {made.lower} to {made.upper} |"
        )
    return lines


def baselines_that_do_not_add() -> list[str]:
    """The middle of the force's limits beside the sum of its areas' middles, as lines of README.md.

    A middle is the year's mean to within a half, so the five and the force can differ by 3 through
    rounding alone. Where an area's lower limit prints as 0 its middle is at least its mean, and the
    sum proves nothing when it is the greater.
    """
    lines = [
        "| measure | force, middle of the limits | areas, sum of the middles | difference |"
        " more than rounding |",
        "|---|--:|--:|--:|---|",
    ]
    rows = printed_rows()
    for force in (row for row in rows if row.area == FORCE):
        areas = [row for row in rows if row.measure == force.measure and row.area != FORCE]
        if not areas:
            continue
        middle = (force.upper + force.lower) / 2
        together = sum((row.upper + row.lower) / 2 for row in areas)
        proven = abs(together - middle) > 3
        if proven and together > middle and any(row.lower == 0 for row in areas):
            proven = None
        verdict = {True: "yes", False: "no", None: "not shown: an area's lower limit is 0"}[proven]
        lines.append(
            f"| {force.measure} | {middle:,.1f} | {together:,.1f} | {together - middle:+,.1f}"
            f" | {verdict} |"
        )
    return lines


if __name__ == "__main__":
    print("\n".join([*rows_that_cannot_be_had(), "", *baselines_that_do_not_add()]))
