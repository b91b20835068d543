"""Percentages of a sample: intervals and tests against scipy's own and against plain loops."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chi2, chi2_contingency, fisher_exact

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.proportions import (
    EXACT,
    SCORE,
    change_of_windows,
    suppress_small_samples,
    two_samples,
    wilson,
    wilson_intervals,
)
from frankpledge.analysis.series import complete, observations
from spec.spec_table import number, spec_table

APRIL = date(2020, 4, 1)
TRAITS = pl.DataFrame({"measure": ["satisfied"], "unit": ["percentage"], "adds_up": [False]})

sample = st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
month = st.one_of(
    st.none(), st.integers(0, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
)


def survey(months):
    """A series of percentages from (numerator, denominator) a month; None is a missing month."""
    rows = []
    for i, cell in enumerate(months):
        top, bottom = cell or (None, None)
        rows.append((add_months(APRIL, i), top / bottom * 100 if bottom else None, top, bottom))
    frame = pl.DataFrame(
        rows,
        schema={
            "month": pl.Date,
            "value": pl.Float64,
            "numerator": pl.Float64,
            "denominator": pl.Float64,
        },
        orient="row",
    ).with_columns(measure=pl.lit("satisfied"), area=pl.lit("Force"))
    return complete(observations(frame))


@pytest.mark.parametrize("row", spec_table("proportions/intervals"), ids=lambda row: row["why"])
def test_the_intervals_of_the_table(row):
    counts = (np.array([float(row[c])]) for c in ("numerator", "denominator"))
    ends = wilson(*counts, design_effect=float(row["design effect"]))
    for end, column in zip(ends, ("lower", "upper"), strict=True):
        expected = number(row[column])
        if expected is None:
            assert np.isnan(end[0])
        else:
            assert end[0] == pytest.approx(expected, abs=0.006)


@given(sample, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_interval_equals_scipys(counts, level):
    top, bottom = counts
    lower, upper = wilson(np.array([float(top)]), np.array([float(bottom)]), level)
    own = binomtest(top, bottom).proportion_ci(level, method="wilson")
    assert lower[0] == pytest.approx(own.low * 100, abs=1e-9)
    assert upper[0] == pytest.approx(own.high * 100, abs=1e-9)


def test_intervals_stand_beside_percentages_alone():
    rows = survey([(7, 10), None, (70, 100)]).with_columns(unit=pl.lit("percentage"))
    told = wilson_intervals(rows)
    assert told["interval_lower"].is_null().to_list() == [False, True, False]
    assert told["small_sample"].to_list() == [True, None, False]
    other = wilson_intervals(rows.with_columns(unit=pl.lit("minutes")))
    assert other["interval_lower"].null_count() == 3


def test_a_design_effect_widens_the_interval():
    rows = survey([(70, 100), (70, 100)]).with_columns(
        unit=pl.lit("percentage"), design_effect=pl.Series([1.0, 2.0])
    )
    plain, widened = wilson_intervals(rows)["interval_lower"].to_list()
    assert widened < plain


@given(sample, sample)
def test_two_samples_equal_scipys_tests(now, then):
    (a, n), (b, m) = now, then
    p, exact = two_samples(*(np.array([float(x)]) for x in (a, n, b, m)))
    table = [[a, n - a], [b, m - b]]
    if a + b in (0, n + m):
        assert p[0] == 1
        return
    expected = chi2_contingency(table, correction=False)
    if expected.expected_freq.min() < 5:
        assert exact[0]
        assert p[0] == pytest.approx(fisher_exact(table).pvalue, rel=1e-6, abs=1e-12)
    else:
        scaled = expected.statistic * (n + m - 1) / (n + m)
        assert not exact[0]
        assert p[0] == pytest.approx(chi2.sf(scaled, 1), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("row", spec_table("proportions/windows"), ids=lambda row: row["why"])
def test_the_months_that_are_tested(row):
    """Each month holds a different number of people, so that a base names its months."""
    months = 26
    told = change_of_windows(
        survey([(0, 2**i) for i in range(months)][::-1]),
        TRAITS,
        int(row["window"]),
        int(row["apart"]),
    ).row(-1, named=True)
    for column, named in (("newest_base", "the newest part"), ("oldest_base", "the oldest part")):
        assert told[column] == sum(2 ** int(back) for back in row[named].split())


def twin_window(months, length, back):
    """(numerator, denominator) of the `length` months that end `back` before the last; or None."""
    end = len(months) - back
    if end - length < 0:
        return None
    cells = months[end - length : end]
    if any(cell is None for cell in cells):
        return None
    return sum(top for top, _ in cells), sum(bottom for _, bottom in cells)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(month, min_size=1, max_size=30),
    st.sampled_from([3, 6, 12]),
    st.sampled_from([1, 3, 6, 12]),
)
def test_every_month_equals_the_slow_twin(months, window, apart):
    told = change_of_windows(survey(months), TRAITS, window, apart)
    for i, row in enumerate(told.iter_rows(named=True)):
        so_far = months[: i + 1]
        part = min(window, apart)
        found = {
            "window_now": twin_window(so_far, window, 0),
            "window_before": twin_window(so_far, window, apart),
            "newest_part": twin_window(so_far, part, 0),
            "oldest_part": twin_window(so_far, part, window + apart - part),
        }
        for name, counts in found.items():
            share = counts[0] / counts[1] * 100 if counts and counts[1] else None
            assert row[name] == (None if share is None else pytest.approx(share))
        newest, oldest = found["newest_part"], found["oldest_part"]
        if not newest or not oldest or min(newest[1], oldest[1]) < 10:
            assert row["window_p_value"] is None
            assert row["window_test"] is None
            continue
        p, exact = two_samples(*(np.array([float(x)]) for x in (*newest, *oldest)))
        assert row["window_p_value"] == pytest.approx(p[0])
        assert row["window_test"] == (EXACT if exact[0] else SCORE)
        assert row["window_small_sample"] == (min(newest[1], oldest[1]) < 30)


def test_false_alarms_come_as_often_as_the_test_says():
    """A steady 80% of 60 a month: windows of 12 that end 3 apart, tested on their own months.

    The test that takes the windows for two samples would hardly ever speak: they share nine months.
    """
    rng = np.random.default_rng(12)
    people = np.full((2, 20_000), 180.0)
    newest, oldest = rng.binomial(180, 0.8, people.shape)
    shared = rng.binomial(540, 0.8, people.shape[1])
    p, _ = two_samples(newest, people[0], oldest, people[1])
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.005)
    naive, _ = two_samples(newest + shared, people[0] + 540, oldest + shared, people[1] + 540)
    assert np.mean(naive < 0.05) < 0.001


def test_a_design_effect_makes_a_change_less_sure():
    months = [(40, 100)] * 12 + [(60, 100)] * 3
    plain = change_of_windows(survey(months), TRAITS)["window_p_value"][-1]
    weighted = change_of_windows(survey(months), TRAITS, design_effect=2.0)["window_p_value"][-1]
    assert plain < weighted < 0.05


def test_a_sample_under_ten_is_not_shown():
    told = suppress_small_samples(survey([(5, 9), (5, 10)]), TRAITS)
    assert told["value"].to_list() == [None, 50]
    assert told["condition"].to_list() == ["suppressed", "observed"]
    assert told["reason"][0] == "fewer than 10 answers"
