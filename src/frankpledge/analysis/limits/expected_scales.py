"""The scale on which each series is fitted, and the way back from it.

| scale | of which series | what is fitted |
|---|---|---|
| count | counts | the counts, with the logarithm as link |
| proportion | percentages with numerator and denominator | numerators, with the logit as link |
| angle | percentages without | 2 × arcsine of the root of the share, whose scatter is level |
| logarithm | times, rates and money that are above 0 throughout | the logarithm |
| plain | all else | the values, in units of their own scatter |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from frankpledge.analysis.limits.expected_fit import Histories, Kind
from frankpledge.analysis.limits.expected_model import month_weights
from frankpledge.analysis.limits.expected_rules import ExpectedRules
from frankpledge.analysis.limits.expected_windows import Windows

Scale = Literal["count", "proportion", "angle", "logarithm", "plain"]
SCALES: tuple[Scale, ...] = ("count", "proportion", "angle", "logarithm", "plain")
LEAST_POSITIVE = 1e-9


@dataclass(frozen=True)
class Scaled:
    """Histories on their scale, with the judged month and the size it is judged at.

    `origin` and `unit` are those of the plain scale: value = origin + unit × scaled.
    """

    scale: Scale
    histories: Histories
    judged: np.ndarray
    size: np.ndarray
    months: np.ndarray
    origin: np.ndarray
    unit: np.ndarray

    def back(self, scaled: np.ndarray) -> np.ndarray:
        """From the scale to the measure's own unit."""
        if self.scale == "proportion":
            return 100 * scaled / self.size
        if self.scale == "angle":
            return 100 * np.sin(np.clip(scaled, 0, np.pi) / 2) ** 2
        if self.scale == "logarithm":
            return np.exp(scaled)
        return self.origin + self.unit * scaled


def scale_of(found: Windows, unit: np.ndarray, rules: ExpectedRules) -> np.ndarray:
    """The scale of each row, by its unit and by what its history has."""
    paired = (~np.isnan(found.denominators)).sum(1) >= rules.fewest_months
    judged_paired = np.isnan(found.value) | ~np.isnan(found.denominator)
    positive = np.all(np.isnan(found.values) | (found.values > 0), axis=1)
    return np.select(
        [
            unit == "count",
            (unit == "percentage") & paired & judged_paired,
            unit == "percentage",
            positive,
        ],
        ["count", "proportion", "angle", "logarithm"],
        default="plain",
    )


def scaled(found: Windows, scale: Scale, rules: ExpectedRules) -> Scaled:
    """Windows of one scale, put on it."""
    ones = np.ones(len(found.value))
    values, judged, sizes, size = found.values, found.value, np.ones_like(found.values), ones
    origin, unit = 0 * ones, ones
    if scale == "proportion":
        values, judged = found.numerators, found.numerator
        sizes, size = found.denominators, _size(found)
    elif scale == "angle":
        values, judged = _angle(values), _angle(judged)
    elif scale == "logarithm":
        values, judged = _logarithm(values), _logarithm(judged)
    usable = ~np.isnan(values)
    weights = month_weights(usable, rules)
    if scale == "plain":
        origin, unit = _origin_and_unit(values, weights)
        values = (values - origin[:, None]) / unit[:, None]
        judged = (judged - origin) / unit
    kind: Kind = scale if scale in ("count", "proportion") else "continuous"
    histories = Histories(
        kind, np.where(usable, values, 0.0), np.where(usable, sizes, 1.0), weights
    )
    return Scaled(scale, histories, judged, size, usable.sum(1), origin, unit)


def _size(found: Windows) -> np.ndarray:
    """The judged month's denominator, or the newest known where it has none."""
    known = ~np.isnan(found.denominators)
    newest = found.denominators[np.arange(len(known)), known.argmax(1)]
    return np.where(
        np.isnan(found.denominator), np.where(known.any(1), newest, 1), found.denominator
    )


def _angle(percentage: np.ndarray) -> np.ndarray:
    return 2 * np.arcsin(np.sqrt(np.clip(percentage, 0, 100) / 100))


def _logarithm(value: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(value, LEAST_POSITIVE))


def _origin_and_unit(values: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The weighted mean and the weighted scatter; a hundredth of the mean, and of 1, at the least."""
    total = np.maximum(weights.sum(1), 1e-12)
    filled = np.where(np.isnan(values), 0.0, values)
    mean = (weights * filled).sum(1) / total
    scatter = np.sqrt((weights * (filled - mean[:, None]) ** 2).sum(1) / total)
    return mean, np.maximum(scatter, 0.01 * np.maximum(np.abs(mean), 1))
