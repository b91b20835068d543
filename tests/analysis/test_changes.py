"""Changes between two figures: the percentage divides by then, points are not per cent."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis import changes
from spec.spec_table import number, spec_table

CHANGES = spec_table("comparisons/changes")
figure = st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False))


def near(expected):
    return None if expected is None else pytest.approx(expected, abs=6e-4)


@pytest.mark.parametrize("row", CHANGES, ids=lambda row: row["why"])
def test_the_changes_of_the_table(row):
    now, then = number(row["now"]), number(row["then"])
    assert changes.change_pct(now, then) == near(number(row["per cent"]))
    assert changes.change_points(now, then) == near(number(row["points"]))
    assert changes.root_change(now, then) == near(number(row["root change"]))
    small = {"yes": True, "no": False, "none": None}[row["small base"]]
    assert changes.is_small_base(then) == small


@given(st.lists(st.tuples(figure, figure), min_size=1, max_size=30))
def test_columns_say_what_the_plain_functions_say(pairs):
    frame = pl.DataFrame(pairs, schema={"now": pl.Float64, "then": pl.Float64}, orient="row")
    now, then = pl.col("now"), pl.col("then")
    told = frame.select(
        pct=changes.change_pct_of(now, then),
        root=changes.root_change_of(now, then),
        small=changes.small_base_of(then),
    )
    assert told["pct"].to_list() == [changes.change_pct(*pair) for pair in pairs]
    assert told["root"].to_list() == [changes.root_change(*pair) for pair in pairs]
    assert told["small"].to_list() == [changes.is_small_base(then) for _, then in pairs]


@given(st.floats(0.01, 1e9), st.floats(0, 1e9))
def test_then_and_its_change_give_now(then, now):
    pct = changes.change_pct(now, then)
    assert then * (1 + pct / 100) == pytest.approx(now, rel=1e-9, abs=1e-9 * then)


def test_two_quiet_counts_differ_by_less_than_the_root_change_says():
    """Against an exact sum over Poisson counts of mean 100: the standard deviation is √2."""
    log_p = [k * math.log(100) - 100 - math.lgamma(k + 1) for k in range(300)]
    mean = sum(math.exp(p) * 2 * math.sqrt(k) for k, p in enumerate(log_p))
    square = sum(math.exp(p) * 4 * k for k, p in enumerate(log_p))
    assert math.sqrt(2 * (square - mean**2)) == pytest.approx(math.sqrt(2), rel=0.01)
