"""How likely a value is in a predictive distribution, and the limits that leave out a given share.

A **count** is negative binomial with the predicted mean and variance. A **proportion** is binomial
of the effective number: its denominator divided by how much larger than binomial the predictive
variance is. Both are exact (the plain tail, the value itself included) where there is no
over-dispersion. A **continuous** value is Gaussian.

The dispersion is itself an estimate: a tail as far out as z standard deviations of the Gaussian is
given the probability that Student's t has beyond z, with the dispersion's degrees of freedom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, ndtr, ndtri, stdtr, stdtrit

from frankpledge.analysis.limits.expected_fit import Kind

LEAST_EXCESS = 1e-4
ROUNDING = 1e-6
SMALLEST_TAIL = 1e-300


@dataclass(frozen=True)
class Predicted:
    """The predictive distribution of each judged month: its mean and variance as counts.

    `size` is the denominator of a proportion. `freedom` is the dispersion's.
    """

    kind: Kind
    mean: np.ndarray
    variance: np.ndarray
    size: np.ndarray
    freedom: np.ndarray

    def at_least(self, value: np.ndarray) -> np.ndarray:
        """How likely a value as high as this one, or higher."""
        return widened(self._upper(value), self.freedom)

    def at_most(self, value: np.ndarray) -> np.ndarray:
        """How likely a value as low as this one, or lower."""
        return widened(self._lower(value), self.freedom)

    def _upper(self, value: np.ndarray) -> np.ndarray:
        if self.kind == "continuous":
            return ndtr((self.mean - value) / np.sqrt(self.variance))
        value = np.ceil(value - ROUNDING)
        if self.kind == "count":
            return _negative_binomial_at_least(value, self.mean, self.variance)
        return _binomial_at_least(value, self.size, self.mean, self.variance)

    def _lower(self, value: np.ndarray) -> np.ndarray:
        if self.kind == "continuous":
            return ndtr((value - self.mean) / np.sqrt(self.variance))
        value = np.floor(value + ROUNDING)
        if self.kind == "count":
            return _negative_binomial_at_most(value, self.mean, self.variance)
        return _binomial_at_least(
            self.size - value, self.size, self.size - self.mean, self.variance
        )


def widened(tail: np.ndarray, freedom: np.ndarray) -> np.ndarray:
    """The tail of Student's t that lies as far out as this tail of the Gaussian."""
    return stdtr(freedom, ndtri(np.maximum(tail, SMALLEST_TAIL)))


def narrowed(tail: float, freedom: np.ndarray) -> np.ndarray:
    """The tail of the Gaussian that lies as far out as this tail of Student's t: `widened` undone."""
    return ndtr(stdtrit(freedom, tail))


def two_sided(predicted: Predicted, value: np.ndarray) -> np.ndarray:
    """Twice the smaller tail, at most 1."""
    tail = np.minimum(predicted.at_least(value), predicted.at_most(value))
    return np.minimum(2 * tail, 1.0)


def limits(predicted: Predicted, level: float) -> tuple[np.ndarray, np.ndarray]:
    """The lower and upper limit: values beyond them have a two-sided p-value of `level` or less.

    Of counts they are whole numbers: the least and the greatest value that is not beyond.
    """
    if predicted.kind == "continuous":
        half = stdtrit(predicted.freedom, 1 - level / 2) * np.sqrt(predicted.variance)
        return predicted.mean - half, predicted.mean + half
    tail = level / 2
    highest = _most(predicted, tail)
    tail = narrowed(tail, predicted.freedom)
    first_above = _first(lambda value: predicted._upper(value) <= tail, highest)
    first_not_below = _first(lambda value: predicted._lower(value) > tail, highest)
    return first_not_below, first_above - 1


def outside(predicted: Predicted, lower: np.ndarray, upper: np.ndarray, level: float) -> np.ndarray:
    """How likely the judged month is beyond its limits were nothing going on."""
    if predicted.kind == "continuous":
        return np.full_like(lower, level)
    below = np.where(lower > 0, predicted.at_most(lower - 1), 0.0)
    return predicted.at_least(upper + 1) + below


def _most(predicted: Predicted, tail: float) -> np.ndarray:
    """A value certainly above the upper limit."""
    if predicted.kind == "proportion":
        return predicted.size + 1
    far = np.abs(stdtrit(predicted.freedom, tail)) + 10
    spread = np.sqrt(predicted.variance)
    heavy = predicted.variance / np.maximum(predicted.mean, 1e-9)
    return np.ceil(predicted.mean + far * spread + far**2 * heavy + 10)


def _first(holds: Callable[[np.ndarray], np.ndarray], highest: np.ndarray) -> np.ndarray:
    """The first whole number from 0 at which a condition holds that holds from there on upwards."""
    low, high = np.zeros_like(highest), highest.copy()
    while np.any(low < high):
        middle = np.floor((low + high) / 2)
        enough = holds(middle)
        high = np.where(enough, middle, high)
        low = np.where(enough, low, np.minimum(middle + 1, high))
    return high


def _negative_binomial(mean: np.ndarray, variance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Its number of successes and their probability; hardly more than Poisson at the least."""
    ratio = np.maximum(variance / mean, 1 + LEAST_EXCESS)
    return mean / (ratio - 1), 1 / ratio


def _negative_binomial_at_least(
    value: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    successes, probability = _negative_binomial(mean, variance)
    tail = betainc(np.maximum(value, 1), successes, 1 - probability)
    return np.where(value <= 0, 1.0, tail)


def _negative_binomial_at_most(
    value: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    successes, probability = _negative_binomial(mean, variance)
    tail = betainc(successes, np.maximum(value, 0) + 1, probability)
    return np.where(value < 0, 0.0, tail)


def _binomial_at_least(
    value: np.ndarray, size: np.ndarray, mean: np.ndarray, variance: np.ndarray
) -> np.ndarray:
    """The binomial tail with both its counts divided by the over-dispersion about their half."""
    share = mean / size
    excess = np.maximum(variance / np.maximum(mean * (1 - share), 1e-300), 1.0)
    successes = (np.maximum(value, 1) - 0.5) / excess + 0.5
    failures = (np.maximum(size - value, 0) + 0.5) / excess + 0.5
    tail = betainc(successes, failures, share)
    return np.where(value <= 0, 1.0, np.where(value > size, 0.0, tail))
