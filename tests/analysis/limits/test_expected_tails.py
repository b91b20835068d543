"""The tails behind expected limits, against the library's distributions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import betabinom, binom, nbinom, norm, poisson, t

from frankpledge.analysis.limits.expected_dispersion import moderate
from frankpledge.analysis.limits.expected_tails import (
    Predicted,
    limits,
    narrowed,
    outside,
    two_sided,
    widened,
)

CERTAIN = 1e12
"""Degrees of freedom so many that Student's t is the Gaussian."""

means = st.floats(0.05, 2000)
ratios = st.floats(1.01, 20)


def predicted(kind: str, mean: float, variance: float, size: float = 1, freedom: float = CERTAIN):
    one = np.ones(1)
    return Predicted(kind, mean * one, variance * one, size * one, freedom * one)


@settings(deadline=None)
@given(means, ratios, st.integers(0, 3000))
def test_a_count_is_negative_binomial(mean: float, ratio: float, value: int) -> None:
    made = predicted("count", mean, ratio * mean)
    theirs = nbinom(mean / (ratio - 1), 1 / ratio)
    assert made.at_least(np.array([value]))[0] == pytest.approx(
        theirs.sf(value - 1), rel=1e-4, abs=1e-12
    )
    assert made.at_most(np.array([value]))[0] == pytest.approx(
        theirs.cdf(value), rel=1e-4, abs=1e-12
    )


@settings(deadline=None)
@given(st.floats(0.05, 300), st.integers(0, 400))
def test_a_count_without_over_dispersion_is_poisson(mean: float, value: int) -> None:
    made = predicted("count", mean, mean).at_least(np.array([value]))[0]
    assert made == pytest.approx(poisson.sf(value - 1, mean), rel=0.02, abs=1e-9)


@settings(deadline=None)
@given(st.integers(1, 500), st.floats(0.01, 0.99), st.integers(0, 500))
def test_a_proportion_without_over_dispersion_is_binomial(
    size: int, share: float, value: int
) -> None:
    value = min(value, size)
    made = predicted("proportion", size * share, size * share * (1 - share), size)
    theirs = binom(size, share)
    assert made.at_least(np.array([value]))[0] == pytest.approx(
        theirs.sf(value - 1), rel=1e-6, abs=1e-12
    )
    assert made.at_most(np.array([value]))[0] == pytest.approx(
        theirs.cdf(value), rel=1e-6, abs=1e-12
    )


@pytest.mark.parametrize("size", [60, 400, 3000])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("ratio", [1.5, 3.0])
def test_limits_of_an_over_dispersed_proportion_are_near_the_beta_binomial_ones(
    size: int, share: float, ratio: float
) -> None:
    """Within a tenth of the way from the middle to the limit, and one event."""
    mean = size * share
    binomial = mean * (1 - share)
    made = predicted("proportion", mean, ratio * binomial, size)
    correlation = (ratio - 1) / (size - 1)
    total = 1 / correlation - 1
    theirs = betabinom(size, share * total, (1 - share) * total)
    whole = np.arange(size + 1)
    upper = whole[theirs.sf(whole) <= 0.0075][0]
    lower = whole[theirs.cdf(whole - 1) <= 0.0075][-1]
    ours_lower, ours_upper = (float(limit[0]) for limit in limits(made, 0.015))
    assert ours_upper == pytest.approx(upper, abs=1 + 0.1 * (upper - mean))
    assert ours_lower == pytest.approx(lower, abs=1 + 0.1 * (mean - lower))


@settings(deadline=None)
@given(means, ratios, st.floats(3, 200), st.sampled_from([0.0027, 0.015, 0.05]))
def test_limits_of_counts_leave_out_no_more_than_the_level(
    mean: float, ratio: float, freedom: float, level: float
) -> None:
    made = predicted("count", mean, ratio * mean, freedom=freedom)
    lower, upper = limits(made, level)
    assert two_sided(made, upper + 1)[0] <= level * (1 + 1e-9)
    assert two_sided(made, upper)[0] > level * (1 - 1e-9) or upper[0] < mean
    assert lower[0] == 0 or made.at_most(lower - 1)[0] <= level / 2 * (1 + 1e-9)
    assert made.at_most(lower)[0] > level / 2 * (1 - 1e-9)
    assert 0 <= outside(made, lower, upper, level)[0] <= level * (1 + 1e-9)


def test_a_continuous_value_has_students_limits() -> None:
    made = predicted("continuous", 10, 4, freedom=12)
    lower, upper = limits(made, 0.05)
    assert upper[0] == pytest.approx(10 + 2 * t.ppf(0.975, 12))
    assert lower[0] == pytest.approx(10 - 2 * t.ppf(0.975, 12))
    assert two_sided(made, upper)[0] == pytest.approx(0.05)


@settings(deadline=None)
@given(st.floats(1e-12, 1 - 1e-12), st.floats(2, 300))
def test_a_tail_is_as_far_out_in_students_t_as_it_was_in_the_gaussian(
    tail: float, freedom: float
) -> None:
    wide = float(widened(np.array([tail]), np.array([freedom]))[0])
    assert t.ppf(wide, freedom) == pytest.approx(norm.ppf(tail), rel=1e-4, abs=1e-6)
    assert narrowed(wide, np.array([freedom]))[0] == pytest.approx(tail, rel=1e-4)


def test_values_that_are_no_whole_numbers_are_judged_as_the_nearest_one_inwards() -> None:
    made = predicted("count", 10, 15)
    assert made.at_least(np.array([14.5])) == made.at_least(np.array([15.0]))
    assert made.at_most(np.array([4.5])) == made.at_most(np.array([4.0]))


class TestModerating:
    """Dispersion across a pack."""

    rng = np.random.default_rng(3)

    def drawn(self, true: np.ndarray, freedom: float) -> np.ndarray:
        return true * self.rng.chisquare(freedom, len(true)) / freedom

    def moderated(self, own: np.ndarray, freedom: float, most: float = 1e6, **options):
        ones = np.ones(len(own))
        pack = options.get("pack", np.zeros(len(own), dtype=int))
        tells = options.get("tells", ones > 0)
        return moderate(own, freedom * ones, pack, options.get("level"), most, tells)

    def test_where_all_have_the_same_they_are_drawn_together(self) -> None:
        own = self.drawn(np.full(400, 2.0), 15)
        moderated, freedom = self.moderated(own, 15)
        assert np.std(moderated) < 0.25 * np.std(own)
        assert np.mean(moderated) == pytest.approx(2, rel=0.05)
        assert freedom.min() > 100

    def test_where_they_differ_widely_each_keeps_its_own(self) -> None:
        true = np.exp(self.rng.normal(1, 2, 400))
        own = self.drawn(true, 15)
        moderated, freedom = self.moderated(own, 15)
        assert np.corrcoef(np.log(moderated), np.log(own))[0, 1] > 0.97
        assert freedom.max() < 18

    def test_it_brings_them_nearer_to_the_truth(self) -> None:
        true = 2 * self.rng.chisquare(10, 400) / 10
        own = self.drawn(true, 12)
        moderated, _ = self.moderated(own, 12)
        assert np.mean((moderated - true) ** 2) < 0.8 * np.mean((own - true) ** 2)

    def test_the_pack_is_worth_no_more_than_it_may_be(self) -> None:
        _, freedom = self.moderated(self.drawn(np.full(400, 2.0), 15), 15, most=8)
        assert freedom.max() == pytest.approx(23)

    def test_what_is_usual_follows_the_level(self) -> None:
        level = np.linspace(1, 7, 400)
        own = self.drawn(np.exp(0.3 * level), 15)
        moderated, _ = self.moderated(own, 15, level=level)
        assert np.polyfit(level, np.log(moderated), 1)[0] == pytest.approx(0.3, abs=0.03)

    def test_packs_do_not_mix_and_series_that_do_not_tell_have_no_say(self) -> None:
        own = np.concatenate([self.drawn(np.full(50, 1.5), 15), self.drawn(np.full(50, 6.0), 15)])
        pack = np.repeat([0, 1], 50)
        apart, _ = self.moderated(own, 15, pack=pack)
        first, _ = self.moderated(own[:50], 15)
        assert apart[:50] == pytest.approx(first)
        tells = np.ones(100, dtype=bool)
        tells[0] = False
        other = own.copy()
        other[0] = 1000
        one, _ = self.moderated(own, 15, pack=pack, tells=tells)
        two, _ = self.moderated(other, 15, pack=pack, tells=tells)
        assert one[1:] == pytest.approx(two[1:])

    def test_two_series_are_left_alone(self) -> None:
        moderated, freedom = self.moderated(np.array([1.0, 9.0]), 15)
        assert moderated.tolist() == [1.0, 9.0]
        assert freedom.tolist() == [15.0, 15.0]
