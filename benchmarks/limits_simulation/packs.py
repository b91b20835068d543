"""Packs with real steps among quiet series: is the false discovery rate what it is said to be?

A pack is 20 measures in 5 areas, with the force's 20 totals where areas add up. In **together**
packs all areas of a measure also share a monthly shock of 5%, so that the force scatters more than
its areas do. A step multiplies the judged month of one area by 1.25, 1.5 or 2, or divides it by as
much; the force's total is then really different too, and flagging it is not false.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import polars as pl
from scipy.stats import false_discovery_control

from frankpledge.analysis.exceptions import LEVEL
from frankpledge.analysis.limits.expected_rules import EXPECTED
from frankpledge.analysis.limits.expected_tails import limits, outside, two_sided
from frankpledge.analysis.limits.fixed_year import two_sided as fixed_year_p_value
from frankpledge.analysis.limits.rule_sets import FIXED_YEAR
from limits_simulation.made_series import counts
from limits_simulation.methods import expected_newest, fixed_year_sds

MEASURES, AREAS, HISTORY = 20, 5, 36
KINDS = ("independent", "areas and force", "together")
SHARES = (0.0, 0.05, 0.25)
DRIFTS = (0.0, 0.01)
SHARED_SHOCK = 0.05
FACTORS = (1.25, 1.5, 2.0)


@dataclass(frozen=True)
class _Packs:
    """`values` is (packs, series, months); `real` (packs, series) true where the month is stepped."""

    values: np.ndarray
    real: np.ndarray


def measured_packs(packs: int, seed: int, at_once: int = 100) -> pl.DataFrame:
    """A row a kind of pack, share of measures with a step, drift and method."""
    rows = []
    for kind, share, drift in product(KINDS, SHARES, DRIFTS):
        rng = np.random.default_rng([seed, KINDS.index(kind), int(100 * share), int(100 * drift)])
        parts = []
        for first in range(0, packs, at_once):
            made = _made(rng, min(at_once, packs - first), kind, share, drift)
            parts.append(_judged(rng, made))
        for method in parts[0]:
            found = [
                np.concatenate(arrays) for arrays in zip(*(p[method] for p in parts), strict=True)
            ]
            rows.append(
                {"pack": kind, "steps": share, "drift": drift, "method": method, "packs": packs}
                | _rates(*found)
            )
    return pl.DataFrame(rows)


def _made(rng: np.random.Generator, packs: int, kind: str, share: float, drift: float) -> _Packs:
    shape = (packs, MEASURES, AREAS)
    month = np.arange(HISTORY + 1)
    size = np.exp(rng.uniform(np.log(5), np.log(200), (packs, MEASURES, 1)))
    mean = size * np.exp(rng.normal(0, 0.4, shape))
    dispersion = rng.uniform(1.2, 3, (packs, MEASURES, 1, 1))
    season = rng.uniform(0, 0.25, (packs, MEASURES, 1, 1))
    phase = rng.uniform(0, 2 * np.pi, (packs, MEASURES, 1, 1))
    wandering = np.exp(np.cumsum(rng.normal(0, drift, (*shape, HISTORY + 1)), axis=-1))
    mean = mean[..., None] * (1 + season * np.cos(2 * np.pi * month / 12 + phase)) * wandering
    if kind == "together":
        shock = rng.gamma(SHARED_SHOCK**-2, SHARED_SHOCK**2, (packs, MEASURES, 1, HISTORY + 1))
        mean = mean * shock
    stepped = np.zeros(shape, dtype=bool)
    chosen = rng.uniform(size=(packs, MEASURES)) < share
    where = rng.integers(0, AREAS, (packs, MEASURES))
    np.put_along_axis(stepped, where[..., None], chosen[..., None], axis=2)
    factor = rng.choice(FACTORS, shape) ** rng.choice([-1, 1], shape)
    mean[..., -1] *= np.where(stepped, factor, 1.0)
    values = _overdispersed(rng, mean, dispersion)
    real = stepped
    if kind != "independent":
        values = np.concatenate([values, values.sum(2, keepdims=True)], axis=2)
        real = np.concatenate([stepped, stepped.any(2, keepdims=True)], axis=2)
    return _Packs(values.reshape(packs, -1, HISTORY + 1), real.reshape(packs, -1))


def _overdispersed(
    rng: np.random.Generator, mean: np.ndarray, dispersion: np.ndarray
) -> np.ndarray:
    scale = dispersion - 1
    return counts(rng, rng.gamma(mean / scale, scale), 1.0)


def _judged(rng: np.random.Generator, made: _Packs) -> dict[str, tuple[np.ndarray, ...]]:
    """For each method: p-values, crossings, chances and what is real, each (packs, series)."""
    packs, series = made.real.shape
    flat = made.values.reshape(packs * series, -1)
    pack = np.repeat(np.arange(packs), series)
    predicted = expected_newest(flat[:, :-1], pack)
    p_value = two_sided(predicted, flat[:, -1])
    lower, upper = limits(predicted, EXPECTED.level)
    chance = outside(predicted, lower, upper, EXPECTED.level)
    crossed = (flat[:, -1] < lower) | (flat[:, -1] > upper)
    place = np.repeat(rng.integers(0, 12, packs), series)
    away = np.abs(fixed_year_sds(flat, HISTORY, place))
    fixed_p = fixed_year_p_value(away, 12, FIXED_YEAR.sd)
    fixed_chance = np.full_like(away, fixed_year_p_value(FIXED_YEAR.multiplier, 12, FIXED_YEAR.sd))
    shape = (packs, series)
    return {
        "expected": (
            p_value.reshape(shape),
            crossed.reshape(shape),
            chance.reshape(shape),
            made.real,
        ),
        "fixed year": (
            fixed_p.reshape(shape),
            (away > FIXED_YEAR.multiplier).reshape(shape),
            fixed_chance.reshape(shape),
            made.real,
        ),
    }


def _rates(
    p_value: np.ndarray, crossed: np.ndarray, chance: np.ndarray, real: np.ndarray
) -> dict[str, float]:
    adjusted = false_discovery_control(p_value, axis=1, method="bh")
    strong = crossed & (adjusted <= LEVEL)
    false = (strong & ~real).sum(1)
    share = false / np.maximum(strong.sum(1), 1)
    steps = max(int(real.sum()), 1)
    return {
        "series": float(real.shape[1]),
        "chance_said": float((chance * ~real).sum(1).mean()),
        "false_crossings": float((crossed & ~real).sum(1).mean()),
        "false_discovery_rate": float(share.mean()),
        "false_discovery_error": float(share.std(ddof=1) / np.sqrt(len(share))),
        "strong": float(strong.sum(1).mean()),
        "steps_listed": float((crossed & real).sum() / steps) if real.any() else None,
        "steps_strong": float((strong & real).sum() / steps) if real.any() else None,
    }
