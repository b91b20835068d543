"""What a series leads one to expect of the judged month: fit, moderate, fit again, predict.

First a fit with a loose season, for each series' dispersion and for how strong its season is. The
dispersion is moderated across the pack. Each harmonic is then believed as far as it stands out from
what scatter alone would show (empirical Bayes), the series is fitted again with that as its prior,
and the judged month is predicted, with the uncertainty of the level, the season and the dispersion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from frankpledge.analysis.limits.expected_dispersion import moderate
from frankpledge.analysis.limits.expected_fit import Fit, Histories, Kind, fit
from frankpledge.analysis.limits.expected_rules import EXPECTED, ExpectedRules
from frankpledge.analysis.limits.expected_tails import Predicted

HELD_AT_NOUGHT = 1e9
NO_SCATTER = 1e-9


@dataclass(frozen=True)
class Prediction:
    """The predictive distribution of each judged month, and what it was made from."""

    predicted: Predicted
    dispersion: np.ndarray
    small: np.ndarray
    level_only: np.ndarray
    without_scatter: np.ndarray


def month_weights(usable: np.ndarray, rules: ExpectedRules = EXPECTED) -> np.ndarray:
    """Each month's weight: discount to the power of its age, 0 in the guard and where unusable.

    `usable` has the shape (rows, months back), the newest month first.
    """
    age = np.arange(usable.shape[1])
    return usable * np.where(age < rules.guard, 0.0, rules.discount ** (age - rules.guard))


def predict(
    histories: Histories,
    size: np.ndarray,
    months: np.ndarray,
    pack: np.ndarray,
    rules: ExpectedRules = EXPECTED,
) -> Prediction:
    """The prediction for the judged month of every row.

    `size` is the judged month's own denominator (1 where there is none), `months` how many usable
    months lie before it, `pack` numbers the pack a row belongs to. Every row has months with a weight.
    """
    small = _small(histories, rules)
    level_only = small | (months < rules.months_for_season)
    loose = _precision(level_only, np.full((len(small), rules.harmonics), rules.loosest_season**-2))
    first = fit(histories, rules.harmonics, loose)
    dispersion, _ = _moderated(first, ~small, histories.kind, pack, rules)
    believed = _precision(level_only, _season_precision(first, dispersion, rules))
    second = fit(histories, rules.harmonics, believed, start=first.coefficients)
    dispersion, freedom = _moderated(second, ~small, histories.kind, pack, rules)
    wandered = rules.wander**2 * _months_wandered(histories.weights)
    unsure = dispersion * second.variance + wandered
    return Prediction(
        predicted=_predicted(histories, second.centre, size, dispersion, unsure, freedom),
        dispersion=dispersion,
        small=small,
        level_only=level_only,
        without_scatter=second.dispersion <= NO_SCATTER,
    )


def _small(histories: Histories, rules: ExpectedRules) -> np.ndarray:
    """Rows with too few events a month for a season."""
    if histories.kind == "continuous":
        return np.zeros(len(histories.values), dtype=bool)
    weights = histories.weights
    total = np.maximum(weights.sum(1), 1e-12)
    events = (weights * histories.values).sum(1) / total
    if histories.kind == "count":
        return events < rules.smallest_for_season
    failures = (weights * histories.sizes).sum(1) / total - events
    return np.minimum(events, failures) < rules.smallest_for_season


def _precision(level_only: np.ndarray, season: np.ndarray) -> np.ndarray:
    """The prior's precision: a free level, the season's by harmonic, both columns alike."""
    season = np.where(level_only[:, None], HELD_AT_NOUGHT, season)
    return np.concatenate([np.zeros((len(season), 1)), np.repeat(season, 2, axis=1)], axis=1)


def _season_precision(first: Fit, dispersion: np.ndarray, rules: ExpectedRules) -> np.ndarray:
    """By harmonic: how firmly it is held to 0, the dispersion over its estimated mean square."""
    squares = first.coefficients[:, 1:] ** 2
    by_chance = dispersion[:, None] * np.diagonal(first.covariance, axis1=1, axis2=2)[:, 1:]
    real = ((squares - by_chance)[:, 0::2] + (squares - by_chance)[:, 1::2]) / 2
    return dispersion[:, None] / np.maximum(real, rules.tightest_season**2)


def _moderated(
    fitted: Fit, tells: np.ndarray, kind: Kind, pack: np.ndarray, rules: ExpectedRules
) -> tuple[np.ndarray, np.ndarray]:
    """The dispersion moderated across the pack, and at least what the kind of value has."""
    level = fitted.coefficients[:, 0] if kind == "count" else None
    least = rules.least_spread**2 if kind == "continuous" else 1.0
    own = fitted.dispersion
    tells = tells & (own > NO_SCATTER)
    dispersion, freedom = moderate(own, fitted.freedom, pack, level, rules.most_pack_freedom, tells)
    return np.maximum(dispersion, least), freedom


def _months_wandered(weights: np.ndarray) -> np.ndarray:
    """How many months' wandering lies between the history's weighted level and the judged month.

    Each month's step counts by the square of the share of weight that lies before it.
    """
    total = np.maximum(weights.sum(1, keepdims=True), 1e-12)
    before = np.cumsum(weights[:, ::-1], axis=1)[:, ::-1] / total
    return (before**2).sum(1)


def _predicted(
    histories: Histories,
    centre: np.ndarray,
    size: np.ndarray,
    dispersion: np.ndarray,
    unsure: np.ndarray,
    freedom: np.ndarray,
) -> Predicted:
    """From the link's scale to the scale of the values: their mean and predictive variance."""
    if histories.kind == "count":
        mean = size * np.exp(centre)
        variance = dispersion * mean + mean**2 * unsure
    elif histories.kind == "proportion":
        share = expit(centre)
        mean, binomial = size * share, size * share * (1 - share)
        variance = dispersion * binomial + binomial**2 * unsure
    else:
        mean, variance = centre, dispersion + unsure
    return Predicted(histories.kind, mean, variance, size, freedom)
