"""What the text of a cell is: the spec table, read as a file, and a slow twin."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.figures.cells import (
    MARKS,
    mark_in,
    number_in,
    shielded,
    unshielded,
    why_no_number,
)
from spec.spec_table import spec_table

MEASURE_OF = {
    "count": "shoplifting",
    "percentage": "confidence",
    "minutes": "response-time",
    "pounds": "underspend",
}


def one(expression: pl.Expr) -> object:
    return pl.select(expression).item()


@pytest.mark.parametrize(
    "row", spec_table("figures/cells"), ids=lambda r: f"{r['written']} {r['unit']}"
)
def test_a_cell_is_taken_as_the_table_says(row, reading_of):
    line = f'{MEASURE_OF[row["unit"]]},West Mercia,2022-06,"{row["written"]}"'
    reading = reading_of(f"measure,area,month,value\n{line}\n")
    if row["taken as"] == "refused":
        (problem,) = reading.problems
        assert (problem.row, problem.column, problem.value) == (2, "value", row["written"])
        assert row["why"] in problem.expected
        assert reading.observations.height == 0
        return
    assert reading.problems == ()
    found = reading.observations.row(0, named=True)
    expected = "observed" if row["taken as"] == "number" else row["taken as"]
    assert found["condition"] == expected
    assert found["value"] == (float(row["number"]) if row["number"] else None)


def slow_number(text: str, *, thousands: bool, percent: bool) -> float | None:
    """Letter by letter, and Python's own idea of a number."""
    plain = text.strip().replace("−", "-", 1)
    if percent and plain.endswith("%"):
        plain = plain[:-1].rstrip()
    sign, digits = (plain[0], plain[1:]) if plain[:1] in ("+", "-") else ("", plain)
    if "," in digits:
        whole, _, part = digits.partition(".")
        groups = whole.split(",")
        good = (
            thousands
            and part == "".join(c for c in part if c in "0123456789")
            and 1 <= len(groups[0]) <= 3
            and groups[0][0] != "0"
            and all(len(g) == 3 for g in groups[1:])
            and all(c in "0123456789" for g in groups for c in g)
        )
        if not good:
            return None
        digits = digits.replace(",", "")
    mantissa, e, power = digits.partition("e")
    if not any(c in "0123456789" for c in mantissa) or set(mantissa) - set("0123456789."):
        return None
    if e and not power.lstrip("+-").isdigit():
        return None
    try:
        number = float(sign + digits)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


NEAR_NUMBERS = st.one_of(
    st.text("0123456789,.", max_size=9),
    st.text("0123456789,.+-−e% ", max_size=9),
    st.floats(allow_nan=True).map(repr),
    st.integers(0, 10**9).map("{:,}".format),
)


@given(NEAR_NUMBERS, st.booleans(), st.booleans())
def test_numbers_as_the_slow_twin_reads_them(text, thousands, percent):
    expected = slow_number(text, thousands=thousands, percent=percent)
    assert one(number_in(pl.lit(text), thousands=thousands, percent=percent)) == expected


def test_where_columns_are_parted_by_semicolons_a_comma_is_not_taken_for_thousands(reading_of):
    text = "measure;area;month;value\nshoplifting;West Mercia;2022-06;1,234\n"
    (problem,) = reading_of(text).problems
    assert "decimal comma" in problem.expected


def test_no_mark_is_ever_nought():
    for mark in MARKS:
        assert one(number_in(pl.lit(mark))) is None
        assert one(mark_in(pl.lit(mark))) == MARKS[mark].value


@given(st.text(max_size=12))
def test_a_text_is_a_number_or_a_mark_but_never_both(text):
    both = one(number_in(pl.lit(text))) is not None and one(mark_in(pl.lit(text))) is not None
    assert not both


@given(st.text(max_size=20))
def test_every_refusal_says_what_to_do(text):
    expected, to_do = why_no_number(text)
    assert expected
    assert to_do.endswith(".")


@given(st.text("=+-@'ab ", max_size=8))
def test_a_shielded_text_comes_back_and_is_no_formula(text):
    written = one(shielded(pl.lit(text)))
    assert not written.startswith(("=", "+", "-", "@"))
    assert one(unshielded(pl.lit(written))) == text
