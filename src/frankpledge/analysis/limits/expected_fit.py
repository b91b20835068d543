"""A level and a season, fitted to the histories of many series at once.

A **history** is one row of a matrix: the months before the one judged, the newest first, so that
column `a` lies `a + 1` months back. Since every row is counted back from its own judged month, one
set of season columns serves all rows. Each month has a weight: discount to the power of its age, 0
where it may not be used.

The fit is weighted quasi-likelihood with the natural link of its kind (log for counts, logit for
proportions, none for continuous values), a Gaussian prior on the season's columns, by Newton's
steps (McCullagh and Nelder, Generalized Linear Models, 2nd ed., chapters 2 and 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import expit, logit

Kind = Literal["count", "proportion", "continuous"]

MONTHS_IN_YEAR = 12
FURTHEST_STEP = 1.0
ENOUGH = 1e-5
MOST_STEPS = 25


@dataclass(frozen=True)
class Histories:
    """Values, sizes (denominators; 1 where there are none) and weights, a row a judged month.

    All three have the shape (rows, months back). A month of weight 0 may hold any finite number.
    """

    kind: Kind
    values: np.ndarray
    sizes: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class Fit:
    """What was fitted, a row a history.

    `coefficients` are the level and, for each harmonic, a cosine and a sine; the level on the scale
    of the link. `covariance` is theirs, for a dispersion of 1. `dispersion` is the weighted Pearson
    estimate and `freedom` how many independent residuals it is worth. `total` is the sum of weights.
    """

    coefficients: np.ndarray
    covariance: np.ndarray
    dispersion: np.ndarray
    freedom: np.ndarray
    total: np.ndarray

    @property
    def centre(self) -> np.ndarray:
        """The judged month on the scale of the link: its level and its season."""
        return self.coefficients @ judged_month(self.coefficients.shape[1])

    @property
    def variance(self) -> np.ndarray:
        """How uncertain the centre is, for a dispersion of 1."""
        month = judged_month(self.coefficients.shape[1])
        return np.einsum("i,rij,j->r", month, self.covariance, month)


def season_columns(months_back: int, harmonics: int) -> np.ndarray:
    """The design: 1, then a cosine and a sine of each harmonic; one row a month back."""
    back = np.arange(1, months_back + 1)
    columns = [np.ones(months_back)]
    for harmonic in range(1, harmonics + 1):
        angle = -2 * np.pi * harmonic * back / MONTHS_IN_YEAR
        columns += [np.cos(angle), np.sin(angle)]
    return np.stack(columns, axis=1)


def judged_month(columns: int) -> np.ndarray:
    """The design of the judged month itself, 0 months back: 1, then cosine 1 and sine 0."""
    return np.array([1.0] + [float(i % 2) for i in range(1, columns)])


def mean_and_variance(
    kind: Kind, scale: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The mean on the scale of the values, and the variance were the dispersion 1."""
    if kind == "count":
        mean = sizes * np.exp(scale)
        return mean, mean
    if kind == "proportion":
        share = expit(scale)
        return sizes * share, sizes * share * (1 - share)
    return scale, np.ones_like(scale)


def starting_level(histories: Histories) -> np.ndarray:
    """The weighted mean on the scale of the link, half an event away from none and from all."""
    weights = histories.weights
    total = np.maximum((weights * histories.values).sum(1), 0)
    sizes = np.maximum((weights * histories.sizes).sum(1), 1e-12)
    if histories.kind == "count":
        return np.log((total + 0.5) / sizes)
    if histories.kind == "proportion":
        return logit((total + 0.5) / (sizes + 1))
    return (weights * histories.values).sum(1) / np.maximum(weights.sum(1), 1e-12)


def half_an_event(kind: Kind, level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The slope and information of half an event more, and of half a failure more.

    Keeps the level of a series of noughts, or of all, finite (Jeffreys' prior of a lone level). It
    is half an event in the whole history, not in each month.
    """
    if kind == "continuous":
        return np.zeros_like(level), np.zeros_like(level)
    if kind == "count":
        return np.full_like(level, 0.5), np.zeros_like(level)
    share = expit(level)
    return 0.5 - share, share * (1 - share)


def fit(
    histories: Histories,
    harmonics: int,
    precision: np.ndarray,
    start: np.ndarray | None = None,
) -> Fit:
    """The fit of every history.

    `precision` is the prior's, of shape (rows, columns), times the dispersion: 0 leaves a
    coefficient free, a very large one holds it at 0. `start` are coefficients to begin from.
    """
    values, sizes, weights = histories.values, histories.sizes, histories.weights
    rows, months_back = values.shape
    design = season_columns(months_back, harmonics)
    columns = design.shape[1]
    squares = (design[:, :, None] * design[:, None, :]).reshape(months_back, columns * columns)
    prior = precision[:, :, None] * np.eye(columns)
    if start is None:
        start = np.zeros((rows, columns))
        start[:, 0] = starting_level(histories)
    coefficients = start
    for _ in range(MOST_STEPS):
        mean, variance = mean_and_variance(histories.kind, coefficients @ design.T, sizes)
        information = ((weights * variance) @ squares).reshape(rows, columns, columns) + prior
        slope = (weights * (values - mean)) @ design - precision * coefficients
        push, firmness = half_an_event(histories.kind, coefficients[:, 0])
        slope[:, 0] += push
        information[:, 0, 0] += firmness
        step = np.linalg.solve(information, slope[:, :, None])[:, :, 0]
        if histories.kind != "continuous":
            step = np.clip(step, -FURTHEST_STEP, FURTHEST_STEP)
        coefficients = coefficients + step
        if np.abs(step).max(initial=0) < ENOUGH:
            break
    return _fitted(histories, design, squares, prior, coefficients)


def _fitted(
    histories: Histories,
    design: np.ndarray,
    squares: np.ndarray,
    prior: np.ndarray,
    coefficients: np.ndarray,
) -> Fit:
    """The covariance and the dispersion at the fitted coefficients.

    A weighted residual's expectation is the dispersion × (1 - its own pull on the fit), so the sum
    of weighted squares is divided by the sum of weights less those pulls.
    """
    rows, columns = coefficients.shape
    weights = histories.weights
    mean, variance = mean_and_variance(histories.kind, coefficients @ design.T, histories.sizes)
    shape = (rows, columns, columns)
    information = ((weights * variance) @ squares).reshape(shape) + prior
    covariance = np.linalg.inv(information)
    doubly = ((weights**2 * variance) @ squares).reshape(shape)
    pulls = np.einsum("rij,rji->r", covariance, doubly)
    total = weights.sum(1)
    worth = np.maximum(total - pulls, 1e-9)
    squared = (histories.values - mean) ** 2 / np.maximum(variance, 1e-12)
    return Fit(
        coefficients=coefficients,
        covariance=covariance,
        dispersion=(weights * squared).sum(1) / worth,
        freedom=np.maximum(worth**2 / np.maximum((weights**2).sum(1), 1e-12), 1.0),
        total=total,
    )
