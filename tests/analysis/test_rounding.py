"""Half away from zero, as people round."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis.rounding import half_away_from_zero

#  number   places  printed
ROUNDED = """
   2.5      0       3
   -2.5     0       -3
   0.5      0       1
   1.5      0       2
   2.675    2       2.68
   -0.04    1       0.0
   39.78    1       39.8
   50.65    1       50.7
   8337.5   0       8338
   1e15     0       1000000000000000
"""


@pytest.mark.parametrize("row", ROUNDED.strip().splitlines())
def test_a_half_goes_away_from_zero(row):
    number, places, printed = row.split()
    assert str(half_away_from_zero(float(number), int(places))) == printed


def test_the_dust_of_binary_fractions_does_not_turn_a_half():
    assert half_away_from_zero(28.499999999999996) == Decimal(29)
    assert half_away_from_zero(100 * 0.285) == Decimal(29)


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_rounding_agrees_with_whole_number_arithmetic(thousandths, places):
    step = 10 ** (3 - places)
    away = (abs(thousandths) * 2 + step) // (2 * step) * (1 if thousandths > 0 else -1)
    assert half_away_from_zero(thousandths / 1000, places) == Decimal(away).scaleb(-places)
