"""Dispersion, moderated across the pack: no series' scatter is judged by its own few months alone.

The empirical Bayes of Smyth (2004, Statistical Applications in Genetics and Molecular Biology
3(1):3): the dispersions of a pack scatter about a common one, or about a line in the level, as a
scaled inverse chi-squared with some degrees of freedom; these are estimated from the pack, and each
series' own estimate is averaged with what is usual in the pack by the degrees of freedom of both.
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, polygamma

FEWEST = 3
FEWEST_FOR_A_LINE = 10
LEAST = 1e-8


def moderate(
    dispersion: np.ndarray,
    freedom: np.ndarray,
    pack: np.ndarray,
    level: np.ndarray | None,
    most_freedom: float,
    tells: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """The moderated dispersion of each series and the degrees of freedom it has.

    `pack` numbers the pack that each series belongs to, from 0. `level` is the logarithm of the
    series' mean, for a line in it, or None. `most_freedom` is the most that the pack may be worth.
    `tells` is true of the series that the pack is learnt from; where they are fewer than three
    the pack's series are left alone.
    """
    packs = int(pack.max(initial=-1)) + 1
    tells = tells.astype(float)
    size = np.bincount(pack, tells, packs)
    logs = np.log(np.maximum(dispersion, LEAST)) - digamma(freedom / 2) + np.log(freedom / 2)
    usual = _usual(logs, pack, size, tells, level)
    spread = np.bincount(pack, tells * (logs - usual) ** 2, packs) / np.maximum(size - 1, 1)
    by_chance = np.bincount(pack, tells * polygamma(1, freedom / 2), packs) / np.maximum(size, 1)
    worth = _freedom_from_spread(spread - by_chance, most_freedom)
    worth = np.where(size < FEWEST, 0.0, worth)[pack]
    moderated = (worth * np.exp(usual) + freedom * dispersion) / (worth + freedom)
    return moderated, worth + freedom


def _usual(
    logs: np.ndarray,
    pack: np.ndarray,
    size: np.ndarray,
    tells: np.ndarray,
    level: np.ndarray | None,
) -> np.ndarray:
    """The usual log dispersion at each series' level: its pack's mean, or a line fitted to it.

    The line is held level beyond the lowest and the highest series that it was learnt from.
    """
    packs = len(size)
    divisor = np.maximum(size, 1)
    mean = np.bincount(pack, tells * logs, packs) / divisor
    if level is None:
        return mean[pack]
    middle = (np.bincount(pack, tells * level, packs) / divisor)[pack]
    lowest, highest = np.full(packs, np.inf), np.full(packs, -np.inf)
    told = tells > 0
    np.minimum.at(lowest, pack[told], level[told])
    np.maximum.at(highest, pack[told], level[told])
    away = np.clip(level, lowest[pack], highest[pack]) - middle
    away = np.where(np.isfinite(away), away, 0.0)
    across = np.bincount(pack, tells * away**2, packs)
    slope = np.bincount(pack, tells * away * logs, packs) / np.maximum(across, 1e-12)
    slope = np.where((size >= FEWEST_FOR_A_LINE) & (across > 1e-6), slope, 0.0)
    return mean[pack] + slope[pack] * away


def _freedom_from_spread(excess: np.ndarray, most: float) -> np.ndarray:
    """Degrees of freedom whose log chi-squared scatters by `excess` (trigamma, inverted).

    Newton's steps of Smyth's appendix; none in excess of chance means the most there may be.
    """
    scatter = np.maximum(excess, 1e-6)
    half = 0.5 + 1 / scatter
    for _ in range(30):
        trigamma = polygamma(1, half)
        half = half + trigamma * (1 - trigamma / scatter) / polygamma(2, half)
    return np.minimum(2 * half, most)
