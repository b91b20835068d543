"""How numbers are printed: the spec table, and properties that no table can list."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.reporting import numbers
from spec.spec_table import number, spec_table

NUMBERS = spec_table("sentences/numbers")


@pytest.mark.parametrize("row", NUMBERS, ids=lambda r: f"{r['value']} {r['unit']} {r['condition']}")
def test_a_value_is_printed_by_its_unit_and_condition(row):
    reason = None if row["reason"] == "-" else row["reason"]
    printed = numbers.measured(
        number(row["value"]), row["unit"], int(row["decimals"]), row["condition"], reason
    )
    assert printed == row["printed"]


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_a_printed_number_reads_back_as_the_number_rounded(thousandths, places):
    value = thousandths / 1000
    read = Decimal(numbers.figure(value, places).replace(",", "").replace(numbers.MINUS, "-"))
    expected = Decimal(thousandths).scaleb(-3).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert read == expected


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_change_has_a_sign_unless_it_prints_as_nought(change, places):
    printed = numbers.signed(change, places)
    assert "-" not in printed
    nought = not printed.strip("0.,")
    assert nought or printed[0] == ("+" if change > 0 else numbers.MINUS)


@pytest.mark.parametrize(
    ("value", "unit", "places", "printed"),
    [
        (-3.7, "count", 0, "0"),
        (-0.4, "percentage", 1, "0.0%"),
        (104.2, "percentage", 1, "100.0%"),
        (623.8, "count", 0, "624"),
        (12.34, "minutes", 1, "12.3"),
        (None, "count", 0, "not available"),
    ],
)
def test_a_limit_is_printed_within_what_can_be(value, unit, places, printed):
    assert numbers.limit(value, unit, places) == printed


def test_a_change_from_nought_has_no_percentage_and_an_unknown_one_is_not_available():
    assert numbers.percentage_change(None, 4.0) == "no percentage"
    assert numbers.percentage_change(None, None) == "not available"
    assert numbers.percentage_change(300.0, 3.0, small_base=True) == "+300.0% (small base)"
    assert numbers.percentage_change(-12.04, -68.0) == "−12.0%"


@pytest.mark.parametrize(
    ("likelihood", "printed"),
    [(0.004, "under 1%"), (0.615, "62%"), (0.996, "over 99%"), (0.5, "50%")],
)
def test_a_likelihood_never_claims_certainty(likelihood, printed):
    assert numbers.probability(likelihood) == printed


@pytest.mark.parametrize(
    ("p", "printed"),
    [(0.0004, "under 0.001"), (0.0133, "0.013"), (0.256, "0.26"), (None, "not available")],
)
def test_a_p_value_is_printed_short(p, printed):
    assert numbers.p_value(p) == printed


@pytest.mark.parametrize(
    ("points", "printed"),
    [(1.0, "+1.0 point"), (-1.0, "−1.0 point"), (2.04, "+2.0 points"), (0.0, "0.0 points")],
)
def test_points_agree_with_their_number(points, printed):
    assert numbers.point_change(points) == printed


def test_every_unit_of_a_measure_can_be_printed():
    from typing import get_args

    from frankpledge.definitions.schema import Unit

    assert set(numbers.UNITS) == set(get_args(Unit))
    for unit in numbers.UNITS:
        assert re.search(r"\d", numbers.in_words(1.0, unit))
