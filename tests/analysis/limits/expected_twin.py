"""Expected limits once more, slowly: one series at a time, one month at a time, in plain Python.

Nothing of the fast code is used. The fit is a general optimiser's, the pack's dispersion is found
by halving an interval, tails are sums of single probabilities, and limits are looked for one whole
number after another.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from math import cos, exp, lgamma, log, pi, sin, sqrt

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.special import digamma, polygamma
from scipy.stats import norm, t

LEVEL, DISCOUNT, GUARD, PACK_WORTH, WANDER = 0.015, 0.94, 2, 5.0, 0.012


@dataclass
class Fitted:
    level: float
    season: list[float]
    covariance: np.ndarray
    dispersion: float
    freedom: float
    weights: list[float]


@dataclass
class Judged:
    expected: float
    lower: float
    upper: float
    p_value: float
    dispersion: float


def judge_counts(pack: list[tuple[list[float | None], float]]) -> list[Judged]:
    """A pack of counts: each series' months before the judged one (oldest first), and its value."""
    loose = [[4.0, 4.0] if _seasonal(before) else None for before, _ in pack]
    first = [_fit(before, held) for (before, _), held in zip(pack, loose, strict=True)]
    usual = _moderated(first, pack)
    held = [
        _believed(f, d) if h else None for f, (d, _), h in zip(first, usual, loose, strict=True)
    ]
    second = [_fit(before, h) for (before, _), h in zip(pack, held, strict=True)]
    return [
        _judge(fitted, dispersion, freedom, value)
        for fitted, (dispersion, freedom), (_, value) in zip(
            second, _moderated(second, pack), pack, strict=True
        )
    ]


def _months(before: list[float | None]) -> list[tuple[int, float, float]]:
    """How many months back, its weight and its count, of every month that is used."""
    used = []
    for back, value in enumerate(reversed(before), start=1):
        if value is not None and back > GUARD and back <= 60:
            used.append((back, DISCOUNT ** (back - 1 - GUARD), value))
    return used


def _mean(before: list[float | None]) -> float:
    used = _months(before)
    return sum(w * y for _, w, y in used) / sum(w for _, w, _ in used)


def _seasonal(before: list[float | None]) -> bool:
    usable = sum(value is not None for value in before)
    return usable >= 24 and _mean(before) >= 3


def _row(back: int, season: bool) -> list[float]:
    if not season:
        return [1.0]
    angle = 2 * pi * back / 12
    return [1.0, cos(angle), -sin(angle), cos(2 * angle), -sin(2 * angle)]


def _fit(before: list[float | None], held: list[float] | None) -> Fitted:
    used = _months(before)
    season = held is not None
    prior = [0.0] if held is None else [0.0, held[0], held[0], held[1], held[1]]
    rows = [_row(back, season) for back, _, _ in used]

    def scale(c: np.ndarray, row: list[float]) -> float:
        return sum(a * b for a, b in zip(c, row, strict=True))

    def loss(c: np.ndarray) -> float:
        total = -0.5 * c[0] + sum(p * b * b for p, b in zip(prior, c, strict=True)) / 2
        for (_, w, y), row in zip(used, rows, strict=True):
            total -= w * (y * scale(c, row) - exp(min(scale(c, row), 50)))
        return total

    def slope(c: np.ndarray) -> np.ndarray:
        answer = np.array([p * b for p, b in zip(prior, c, strict=True)])
        answer[0] -= 0.5
        for (_, w, y), row in zip(used, rows, strict=True):
            answer -= w * (y - exp(min(scale(c, row), 50))) * np.array(row)
        return answer

    start = np.zeros(len(prior))
    start[0] = log(_mean(before) + 0.5)
    size = max(1.0, _mean(before))
    found = minimize(
        lambda c: loss(c) / size,
        start,
        jac=lambda c: slope(c) / size,
        method="BFGS",
        options={"gtol": 1e-10, "maxiter": 1000},
    ).x
    means = [exp(scale(found, row)) for row in rows]
    information = np.diag(prior).astype(float)
    doubly = np.zeros_like(information)
    for (_, w, _), row, m in zip(used, rows, means, strict=True):
        information += w * m * np.outer(row, row)
        doubly += w * w * m * np.outer(row, row)
    covariance = np.linalg.inv(information)
    weights = [w for _, w, _ in used]
    worth = sum(weights) - np.trace(covariance @ doubly)
    squares = sum(w * (y - m) ** 2 / m for (_, w, y), m in zip(used, means, strict=True))
    return Fitted(
        level=float(found[0]),
        season=[float(c) for c in found[1:]],
        covariance=covariance,
        dispersion=squares / worth,
        freedom=max(1.0, worth**2 / sum(w * w for w in weights)),
        weights=weights,
    )


def _believed(fitted: Fitted, dispersion: float) -> list[float]:
    """How firmly each harmonic is held: the dispersion over its mean square in excess of chance."""
    held = []
    for harmonic in (0, 1):
        real = 0.0
        for column in (2 * harmonic, 2 * harmonic + 1):
            chance = dispersion * fitted.covariance[column + 1, column + 1]
            real += (fitted.season[column] ** 2 - chance) / 2
        held.append(dispersion / max(real, 0.01**2))
    return held


def _moderated(
    fits: list[Fitted], pack: list[tuple[list[float | None], float]]
) -> list[tuple[float, float]]:
    tells = [
        f
        for f, (before, _) in zip(fits, pack, strict=True)
        if _mean(before) >= 3 and f.dispersion > 1e-9
    ]
    if len(tells) < 3:
        return [(max(f.dispersion, 1.0), f.freedom) for f in fits]
    logs = [log(f.dispersion) - digamma(f.freedom / 2) + log(f.freedom / 2) for f in tells]
    levels = [f.level for f in tells]
    middle, mean = sum(levels) / len(levels), sum(logs) / len(logs)
    across = sum((x - middle) ** 2 for x in levels)
    slope = 0.0
    if len(tells) >= 10 and across > 1e-6:
        slope = sum((x - middle) * y for x, y in zip(levels, logs, strict=True)) / across

    def usual(level: float) -> float:
        return mean + slope * (min(max(level, min(levels)), max(levels)) - middle)

    spread = sum((y - usual(x)) ** 2 for x, y in zip(levels, logs, strict=True)) / (len(logs) - 1)
    excess = max(spread - sum(polygamma(1, f.freedom / 2) for f in tells) / len(tells), 1e-6)
    half = brentq(lambda h: polygamma(1, h) - excess, 1e-4, 1e8)
    worth = min(2 * half, PACK_WORTH)
    return [
        (
            max(
                (worth * exp(usual(f.level)) + f.freedom * f.dispersion) / (worth + f.freedom), 1.0
            ),
            worth + f.freedom,
        )
        for f in fits
    ]


def _judge(fitted: Fitted, dispersion: float, freedom: float, value: float) -> Judged:
    now = np.array([1.0, 1.0, 0.0, 1.0, 0.0][: 1 + len(fitted.season)])
    mean = exp(float(now @ np.array([fitted.level, *fitted.season])))
    unsure = dispersion * float(now @ fitted.covariance @ now) + WANDER**2 * _wandered(fitted)
    variance = max(dispersion * mean + mean**2 * unsure, mean * (1 + 1e-4))
    chances = _negative_binomial(mean, variance)

    def widened(tail: float) -> float:
        return float(t.cdf(norm.ppf(tail), freedom))

    from_here_on = list(accumulate(reversed(chances)))[::-1]
    up_to_here = list(accumulate(chances))

    def at_least(y: int) -> float:
        return widened(min(1.0, from_here_on[y])) if y > 0 else 1.0

    def at_most(y: int) -> float:
        return widened(min(1.0, up_to_here[y]))

    upper = 0
    while at_least(upper + 1) > LEVEL / 2:
        upper += 1
    lower = 0
    while at_most(lower) <= LEVEL / 2:
        lower += 1
    whole = int(value)
    p_value = min(1.0, 2 * at_least(whole), 2 * at_most(whole))
    return Judged(mean, lower, upper, p_value, dispersion)


def _wandered(fitted: Fitted) -> float:
    """Months of wandering, the guard's two and the judged month's own among them."""
    total = sum(fitted.weights)
    return GUARD + sum((sum(fitted.weights[i:]) / total) ** 2 for i in range(len(fitted.weights)))


def _negative_binomial(mean: float, variance: float) -> list[float]:
    """The probability of 0, 1, 2 and so on, to far beyond where any is left."""
    probability = mean / variance
    successes = mean * probability / (1 - probability)
    last = int(mean + 60 * sqrt(variance) + 400)
    return [
        exp(
            lgamma(successes + y)
            - lgamma(successes)
            - lgamma(y + 1)
            + successes * log(probability)
            + y * log(1 - probability)
        )
        for y in range(last)
    ]
