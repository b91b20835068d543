"""Made-up series of counts whose truth is known.

A month's count is negative binomial about a mean that is a level times a season; its variance is
`dispersion` times its mean. The **season** is a yearly wave that reaches `season` above and below
the level, with a half-yearly wave of a third of that, both beginning anywhere; an **irregular** one
is twelve independent monthly factors with that standard deviation. The level **wanders**: its
logarithm takes a Gaussian step of standard deviation `drift` each month. A **steady** drift is the
same share up, or down, every month. The level is `mean` in the month before the first judged one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

HALF_YEARLY_SHARE = 1 / 3


@dataclass(frozen=True)
class Cell:
    """One kind of series: its truth, and how many months lie before the first judged one."""

    mean: float
    dispersion: float
    season: float
    drift: float
    history: int
    drifting: str = "wanders"
    seasons: str = "waves"


def means(rng: np.random.Generator, cell: Cell, series: int, months: int) -> np.ndarray:
    """The true mean of every month, of the shape (series, months)."""
    return cell.mean * _season(rng, cell, series, months) * _level(rng, cell, series, months)


def counts(rng: np.random.Generator, mean: np.ndarray, dispersion: float) -> np.ndarray:
    """Counts about a mean whose variance is `dispersion` times it; 1 is Poisson."""
    if dispersion > 1:
        mean = rng.gamma(mean / (dispersion - 1), dispersion - 1)
    return rng.poisson(mean).astype(float)


def _season(rng: np.random.Generator, cell: Cell, series: int, months: int) -> np.ndarray:
    month = np.arange(months)
    if cell.seasons == "irregular":
        factors = np.exp(rng.normal(0, cell.season, (series, 12)) - cell.season**2 / 2)
        return factors[:, month % 12]
    yearly, half_yearly = rng.uniform(0, 2 * np.pi, (2, series, 1))
    wave = np.cos(2 * np.pi * month / 12 + yearly)
    small_wave = HALF_YEARLY_SHARE * np.cos(4 * np.pi * month / 12 + half_yearly)
    return 1 + cell.season * (wave + small_wave)


def _level(rng: np.random.Generator, cell: Cell, series: int, months: int) -> np.ndarray:
    if cell.drifting == "steady":
        up_or_down = rng.choice([-1, 1], (series, 1))
        logarithm = np.log1p(cell.drift) * up_or_down * np.arange(months)
    else:
        logarithm = np.cumsum(rng.normal(0, cell.drift, (series, months)), axis=1)
    return np.exp(logarithm - logarithm[:, [cell.history - 1]])
