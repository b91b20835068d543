"""Rounding for print: half away from zero, on unrounded inputs.

Python and most spreadsheets disagree about 0.5 and 2.675. We work in decimal from the shortest text
that names the float, so that 2.675 is a half and rounds to 2.68, as a person would have it.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def half_away_from_zero(number: float, places: int = 0) -> Decimal:
    """`number` to `places` decimals, a half going away from zero: 2.5 to 3, -2.5 to -3.

    Minus nought prints as nought. Floats are first taken to 10 significant decimals, so that 0.285
    worked out as 28.499999999999996 % still rounds as 28.5.
    """
    exact = Decimal(repr(round(float(number), 10)))
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)
