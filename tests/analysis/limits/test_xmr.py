"""XmR limits and signals: the spec table, an independent implementation, and a slow exact twin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import partial
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.limits.made_series import APRIL_2021, all_series, published, series
from analysis.limits.test_baselines import breaks_frame, choices_frame
from frankpledge.analysis.limits.rule_sets import PLOT_THE_DOTS, XMR_GAPS, XmR, rule_set
from frankpledge.analysis.limits.xmr import COLUMNS, xmr
from frankpledge.analysis.periods import add_months
from spec.spec_table import number, spec_table

LETTER = {None: ".", "outside": "o", "trend": "t", "two of three": "2", "shift": "s"}
NONE = {"signal": None, "direction": None, "outside": False, "near": False}


def sign(number) -> int:
    return (number > 0) - (number < 0)


def slow_xmr(
    values: list[float | None], rules: XmR, starts=(), left_out=(), choices=()
) -> list[dict]:
    """The same, point by point, in exact fractions.

    Months are positions: `starts` of breaks, `left_out` of a baseline, `choices` of baselines, each
    (from when it is used, its first month, its last month, until when it is used).
    """
    answers = [dict(NONE) for _ in values]
    kinds = [_kind(i, starts, choices) for i in range(len(values))]
    edges = [i for i in range(len(values)) if i == 0 or kinds[i] != kinds[i - 1]]
    for first, last in pairwise([*edges, len(values)]):
        at = [i for i in range(first, last) if values[i] is not None]
        _, choice = kinds[first]
        window = range(choice[1], choice[2] + 1) if choice else range(first, last)
        base = [i for i in window if 0 <= i < len(values) and values[i] is not None]
        limits = _limits(base, values, rules, left_out)
        exact = {i: Fraction(str(values[i])) for i in at}
        if limits[0] is not None:
            _judge_stretch(at, exact, rules, limits, answers)
        for i in range(first, last):
            answers[i] |= {"limits": limits}
    return answers


def _kind(month: int, starts, choices):
    """The newest break and the baseline a person chose, as they stand in one month."""
    newest = max((s for s in starts if s <= month), default=None)
    held = [
        choice
        for choice in choices
        if choice[0] <= month <= choice[3] and (newest is None or newest <= choice[0])
    ]
    return newest, max(held, default=None)


def _neighbours(at: list[int], rules: XmR) -> list[tuple[int, int]]:
    """Each point with the next, where no gap keeps them apart."""
    pairs = pairwise(at)
    return [(i, j) for i, j in pairs if rules.gaps == "close up" or j == i + 1]


def _limits(at, values, rules, left_out):
    kept = [Fraction(str(values[i])) for i in at if i not in left_out]
    ranges = [
        abs(Fraction(str(values[j])) - Fraction(str(values[i])))
        for i, j in _neighbours(at, rules)
        if i not in left_out and j not in left_out
    ]
    if not kept:
        return None, None, "none"
    mean = sum(kept) / len(kept)
    if not ranges:
        return mean, None, "none"
    average = sum(ranges) / len(ranges)
    if rules.screen is not None and average > 0:
        ranges = [r for r in ranges if r < Fraction(str(rules.screen)) * average]
    half = Fraction(str(rules.multiplier)) * sum(ranges) / len(ranges)
    return mean, half, "trial" if len(kept) < rules.full_points else "full"


def _judge_stretch(at, value, rules, limits, answers):
    mean, half, _ = limits
    next_to = set(_neighbours(at, rules))
    side = {i: sign(value[i] - mean) for i in at}
    outside = {i: half is not None and abs(value[i] - mean) > half for i in at}
    near = {
        i: half is not None and not outside[i] and abs(value[i] - mean) > Fraction(2, 3) * half
        for i in at
    }

    def windows(length):
        for k in range(len(at) - length + 1):
            window = at[k : k + length]
            if all(pair in next_to for pair in pairwise(window)):
                yield window

    signals = {i: {} for i in at}
    for window in windows(rules.trend_points):
        steps = {sign(value[j] - value[i]) for i, j in pairwise(window)}
        if steps in ({1}, {-1}):
            for i in window:
                signals[i].setdefault("trend", "rising" if steps == {1} else "falling")
    for window in windows(rules.shift_points):
        if {side[i] for i in window} in ({1}, {-1}):
            for i in window:
                signals[i]["shift"] = True
    for window in windows(3):
        if {side[i] for i in window} in ({1}, {-1}) and sum(near[i] for i in window) >= 2:
            for i in window:
                if near[i]:
                    signals[i]["two of three"] = True
    for i in at:
        if outside[i]:
            signals[i]["outside"] = True
        named = next(
            (s for s in ("outside", "trend", "two of three", "shift") if s in signals[i]), None
        )
        way = "above" if side[i] > 0 else "below"
        answers[i] |= {
            "signal": named,
            "direction": signals[i]["trend"] if named == "trend" else way if named else None,
            "outside": outside[i],
            "near": near[i],
        }


def assert_equal(judged: pl.DataFrame, slow: list[dict]) -> None:
    for row, twin in zip(judged.iter_rows(named=True), slow, strict=True):
        mean, half, state = twin["limits"]
        expected = (twin["signal"], twin["direction"], twin["outside"], twin["near"], state)
        assert expected == tuple(
            row[c] for c in ("xmr_signal", "xmr_direction", "outside", "near_limit", "limits_state")
        )
        assert row["xmr_mean"] == (None if mean is None else pytest.approx(float(mean)))
        bounds = (None, None) if half is None else (float(mean - half), float(mean + half))
        for name, bound in zip(("xmr_lower", "xmr_upper"), bounds, strict=True):
            assert row[name] == (None if bound is None else pytest.approx(bound, abs=1e-9))


@pytest.mark.parametrize("row", spec_table("limits/xmr"), ids=lambda row: row["case"])
def test_the_signals_of_the_table(row):
    figures = [number(figure) for figure in row["figures"].split()]
    rules = rule_set(row["rule-set"])
    judged = xmr(series(*figures), rules)
    assert "".join(LETTER[s] for s in judged["xmr_signal"]) == row["signals"].replace(" ", "")
    limits = [judged[name][0] for name in ("xmr_lower", "xmr_mean", "xmr_upper")]
    told = [number(row[name]) for name in ("lower", "mean", "upper")]
    assert limits == [None if t is None else pytest.approx(t, abs=0.005) for t in told]
    assert judged["limits_state"][0] == row["state"]
    assert_equal(judged, slow_xmr(figures, rules))


# Small whole numbers: they tie, they repeat, and they lie exactly on limits and means.
FIGURES = st.lists(st.none() | st.integers(0, 12), min_size=1, max_size=40)
LONG_RUNS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(-2, 2), st.integers(1, 9)), min_size=1, max_size=6
).map(lambda parts: [start + step * i for start, step, n in parts for i in range(n)])
TENTHS = st.lists(st.none() | st.integers(0, 1000).map(lambda n: n / 10), min_size=1, max_size=40)
SOME_FIGURES = FIGURES | LONG_RUNS | TENTHS
RULES = st.sampled_from([PLOT_THE_DOTS, XMR_GAPS, replace(PLOT_THE_DOTS, screen=None)])


@settings(deadline=None)
@given(SOME_FIGURES, SOME_FIGURES, RULES)
def test_every_point_agrees_with_the_slow_twin_and_no_series_leans_on_another(one, other, rules):
    both = {("robbery", "A"): one, ("robbery", "B"): other}
    judged = xmr(all_series(both), rules)
    assert_equal(judged, slow_xmr(one, rules) + slow_xmr(other, rules))


CHOICES = st.lists(
    st.tuples(
        st.integers(1, 39), st.integers(1, 12), st.integers(0, 13), st.none() | st.integers(0, 20)
    ),
    max_size=2,
    unique_by=lambda drawn: drawn[0],
)


@settings(deadline=None)
@given(SOME_FIGURES, RULES, st.sets(st.integers(1, 39), max_size=2), st.integers(0, 39), CHOICES)
def test_breaks_periods_and_chosen_baselines_agree_with_the_slow_twin(
    figures, rules, starts, left_out, drawn
):
    choices = [
        (since, since - back - length, since - back, until)
        for since, back, length, on in drawn
        for until in [since // 12 * 12 + 11 if on is None else since + on]
    ]
    month = partial(add_months, APRIL_2021)
    breaks = breaks_frame(*((month(start), True) for start in starts))
    chosen = choices_frame(
        *(
            (month(since), month(first), month(last), month(until))
            for since, first, last, until in choices
        )
    )
    period = pl.DataFrame(
        {"from_month": [month(left_out)], "to_month": [month(left_out)], "left_out": [True]}
    )
    judged = xmr(series(*figures), rules, breaks, period, rebaselines=chosen)
    assert_equal(judged, slow_xmr(figures, rules, starts, {left_out}, choices))


def test_limits_say_what_they_go_by():
    broken = breaks_frame((add_months(APRIL_2021, 4), True))
    judged = xmr(series(*[9, 11] * 4), breaks=broken)
    assert judged["baseline"].to_list() == (
        ["April 2021 to July 2021"] * 4 + ["August 2021 to November 2021"] * 4
    )
    assert judged["baseline_note"].to_list() == (
        [None] * 4 + ["restarted in August 2021 (new code)"] * 4
    )
    chosen = choices_frame((date(2021, 10, 1), date(2021, 4, 1), date(2021, 6, 1), None))
    october = xmr(series(9, 11, 10, 90, 90, 90, 12), rebaselines=chosen).row(6, named=True)
    assert october["baseline"] == "April 2021 to June 2021"
    assert october["baseline_note"] == "baseline chosen for this period"
    assert october["xmr_mean"] == 10


def test_a_month_without_a_value_has_limits_and_no_signal():
    judged = xmr(series(*[9, 11] * 7, None, 30))
    missing = judged.row(14, named=True)
    assert missing["xmr_upper"] is not None
    assert (missing["xmr_signal"], missing["outside"]) == (None, False)


def test_columns_that_are_already_there_are_not_overwritten():
    with pytest.raises(ValueError, match="limits_state"):
        xmr(series(1, 2, 3).with_columns(pl.lit("full").alias("limits_state")))


def test_an_empty_frame_gives_an_empty_answer():
    assert xmr(series(1, 2).head(0)).columns[-len(COLUMNS) :] == list(COLUMNS)


REFERENCE = {
    "Common Cause": (None, None),
    "Above UCL": ("outside", "above"),
    "Below LCL": ("outside", "below"),
    "7 Point Trend (Increasing)": ("trend", "rising"),
    "7 Point Trend (Decreasing)": ("trend", "falling"),
    "2 in 3 Above CL": ("two of three", "above"),
    "2 in 3 Below CL": ("two of three", "below"),
    "7 Points Above CL": ("shift", "above"),
    "7 Points Below CL": ("shift", "below"),
}


@pytest.mark.shared
def test_every_month_of_602_real_series_equals_an_independent_implementation(shared):
    said = pl.read_csv(shared / "peers" / "xmr-reference.csv.gz").to_dicts()
    judged = xmr(
        published(shared / "police-uk" / "force-month.csv"), rule_set("plot-the-dots-0.2.2")
    )
    ours = {
        (f"{row['area']} {row['measure']}", row["month"]): row
        for row in judged.filter(pl.col("value").is_not_null()).iter_rows(named=True)
    }
    assert len(said) == len(ours) == 19_152
    for theirs in said:
        row = ours[theirs["series"], date.fromisoformat(theirs["month"] + "-01")]
        assert row["value"] == theirs["value"]
        for name in ("mean", "lower", "upper"):
            assert row[f"xmr_{name}"] == pytest.approx(theirs[name], abs=1e-6, rel=0), theirs
        assert (row["xmr_signal"], row["xmr_direction"]) == REFERENCE[theirs["signal"]], theirs
        assert (row["outside"], row["near_limit"]) == (theirs["outside"], theirs["near_limit"])
