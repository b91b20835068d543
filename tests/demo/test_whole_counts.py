"""Twelve whole counts can be found for any year that was ever printed, and print the same."""

from __future__ import annotations

import math
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from printed import DEMO, unrounded_limits, whole

sys.path.insert(0, str(DEMO))

from whole_counts import (
    Wanted,
    Window,
    least_squares,
    level_squares,
    mend,
    season,
    share,
    stretched,
    window,
    wobble,
    year,
)


def wanted_of(months: list[int], judged: int) -> Wanted:
    """What a report would print of these twelve months."""
    lower, upper = unrounded_limits(months)
    return Wanted(
        upper=whole(upper),
        lower=whole(lower),
        june=months[2],
        quarter=sum(months[:3]),
        judged=judged,
        exceptional=judged > upper or judged < lower,
    )


def clear_of_edges(months: list[int], judged: int) -> bool:
    """A year that varies, and whose limits lie near neither a half nor the judged value."""
    raw_mean = sum(months) / 12
    spread = math.sqrt(sum((m - raw_mean) ** 2 for m in months) / 12)
    edges = [raw_mean + 2 * spread, raw_mean - 2 * spread]
    return spread > 2 and all(
        abs((edge % 1) - 0.5) > 0.15 and abs(edge - judged) > 0.15 and abs(edge) > 0.15
        for edge in edges
    )


years = st.integers(30, 3000).flatmap(
    lambda level: st.lists(
        st.integers(int(level * 0.75), int(level * 1.25)), min_size=12, max_size=12
    )
)


@settings(max_examples=60, deadline=None)
@given(months=years, judged=st.integers(0, 4000))
def test_a_year_that_was_printed_is_found_again(months, judged):
    """Not the same months: months that print the same limits, June and quarter."""
    assume(clear_of_edges(months, judged))
    asked = wanted_of(months, judged)
    found = year("any", asked, after=sum(months[9:]) / 3)
    assert len(found) == 12
    assert min(found) >= 0
    assert wanted_of(found, judged) == asked


def test_small_counts_are_found_too():
    asked = Wanted(upper=3, lower=0, june=3, quarter=7, judged=3, exceptional=False)
    found = year("robbery", asked, after=4 / 3)
    assert wanted_of(found, 3) == asked


def test_what_cannot_be_had_is_refused_with_its_name():
    with pytest.raises(ValueError, match="hate crime: no twelve whole counts"):
        year(
            "hate crime",
            Wanted(upper=61, lower=23, june=75, quarter=181, judged=73, exceptional=True),
            after=60,
        )


def test_two_times_the_root_lies_in_the_window_exactly_when_both_limits_print():
    """Slow twin: every sum of squares for one sum, its limits by the plain formula."""
    asked = Wanted(upper=21, lower=11, june=16, quarter=50, judged=19, exceptional=False)
    found = window(192, asked)
    assert isinstance(found, Window)
    for squares in range(192**2 // 12 + 1, 192**2 // 12 + 400):
        root = math.sqrt(12 * squares - 192**2)
        upper, lower = (192 + 2 * root) / 12, (192 - 2 * root) / 12
        prints = whole(upper) == 21 and whole(lower) == 11 and lower <= 19 <= upper
        assert prints == (found.least <= 2 * root < found.most), squares


def test_a_sum_that_no_limits_allow_has_no_window():
    asked = Wanted(upper=21, lower=11, june=16, quarter=50, judged=19, exceptional=False)
    assert window(100, asked) is None


def test_a_june_of_nought_at_a_lower_limit_just_above_it_is_not_let_through():
    """A lower limit of 0.4 prints as 0, and 0 lies below it: not exceptional means 0 or less."""
    asked = Wanted(upper=3, lower=0, june=0, quarter=1, judged=0, exceptional=False)
    lower, _ = unrounded_limits(year("robbery", asked, after=1))
    assert lower == 0


@given(total=st.integers(0, 200), months=st.integers(1, 9))
def test_level_counts_have_the_least_sum_of_squares(total, months):
    counts = [0] * months
    for i in range(total):
        counts[i % months] += 1
    assert level_squares(total, months) == sum(x * x for x in counts)


def test_the_least_year_keeps_june_and_the_quarter():
    asked = Wanted(upper=0, lower=0, june=7, quarter=12, judged=0, exceptional=False)
    assert least_squares(30, asked) == 7**2 + 2**2 + 3**2 + 9 * 2**2


@given(
    total=st.integers(0, 500),
    shape=st.lists(st.floats(-50, 200), min_size=1, max_size=9),
)
def test_a_share_adds_to_its_total_and_holds_no_count_below_nought(total, shape):
    counts = share(total, shape)
    assert sum(counts) == total
    assert min(counts) >= 0


def test_mending_keeps_the_quarter_the_year_and_june():
    months = [10, 12, 30, 8, 9, 11, 12, 10, 9, 8, 12, 13]
    squares = sum(x * x for x in months)
    mended = mend(months, squares + 19, squares + 21, squares + 20)
    assert sum(x * x for x in mended) == squares + 20
    assert sum(mended) == sum(months)
    assert sum(mended[:3]) == sum(months[:3])
    assert mended[2] == 30


def test_mending_says_when_it_cannot():
    """The sum of squares is odd when the sum is: an even one is out of reach."""
    months = [1] * 12
    assert mend(months, 13, 13, 13) is None


@given(
    line=st.lists(st.floats(10, 99), min_size=9, max_size=9, unique=True),
    squares=st.floats(1, 1e5),
)
def test_a_stretched_shape_has_the_wanted_sum_of_squares(line, squares):
    noise = [3.0, -2.0, 1.0, -1.0, 2.0, -3.0, 1.0, -1.0, 0.0]
    if max(line) - min(line) < 1:
        return
    shape = stretched(line, noise, squares)
    assert math.isclose(sum(x * x for x in shape), squares, rel_tol=1e-6)
    assert abs(sum(shape)) < 1e-6


def test_the_wobble_is_a_fixed_function_between_minus_one_and_one():
    values = [wobble("West Mercia|shoplifting", month) for month in range(12)]
    assert all(-1 <= value < 1 for value in values)
    assert len(set(values)) == 12
    assert values == [wobble("West Mercia|shoplifting", month) for month in range(12)]
    assert wobble("West Mercia|rape", 3) != values[3]


def test_the_season_is_highest_in_july_and_lowest_in_january():
    values = [season(month) for month in range(12)]
    assert values.index(max(values)) == 3
    assert values.index(min(values)) == 9
    assert math.isclose(max(values), 0.06)
