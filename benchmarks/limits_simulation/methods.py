"""Each method of limits, on matrices: a row a series, a column a month, the judged month last.

The fixed-year and XmR methods are those of `frankpledge.analysis.limits`, in a form that judges
the newest month alone; `tests/benchmarks/test_limits_simulation.py` holds them equal. The expected
limits are the project's own code.
"""

from __future__ import annotations

import numpy as np

from frankpledge.analysis.limits.expected_fit import Histories
from frankpledge.analysis.limits.expected_model import month_weights, predict
from frankpledge.analysis.limits.expected_rules import EXPECTED, ExpectedRules
from frankpledge.analysis.limits.expected_tails import Predicted
from frankpledge.analysis.limits.rule_sets import PLOT_THE_DOTS, XmR
from frankpledge.analysis.limits.signals import LAST_DIGITS


def fixed_year_sds(values: np.ndarray, column: int, place: np.ndarray) -> np.ndarray:
    """How many of the previous financial year's standard deviations a month lies from its mean.

    `place` is the month's place in its financial year, 0 for April, one a series. A deviation of 0
    makes any other value infinitely far.
    """
    columns = column - place[:, None] - 12 + np.arange(12)[None, :]
    baseline = np.take_along_axis(values, columns, axis=1)
    away = values[:, column] - baseline.mean(1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num(away / baseline.std(1), nan=0.0)


def xmr_newest(window: np.ndarray, rules: XmR = PLOT_THE_DOTS) -> np.ndarray:
    """The direction of the signal that the newest point carries: 1 up, -1 down, 0 none."""
    mean = window.mean(1, keepdims=True)
    steps = np.diff(window, axis=1)
    ranges = np.abs(steps)
    kept = ranges < rules.screen * ranges.mean(1, keepdims=True)
    with np.errstate(invalid="ignore"):
        half = rules.multiplier * (ranges * kept).sum(1) / kept.sum(1)
    half = np.where(ranges.max(1) > 0, half, 0.0)[:, None]
    away = window - mean
    slack = LAST_DIGITS * np.abs(mean)
    side = np.where(np.abs(away) > slack, np.sign(away), 0)
    outside = np.abs(away) > half + slack
    near = (np.abs(away) > rules.near * half + slack) & ~outside
    rising = np.sign(steps[:, -(rules.trend_points - 1) :]).sum(1)
    trend = np.where(np.abs(rising) == rules.trend_points - 1, np.sign(rising), 0)
    three = (np.abs(side[:, -3:].sum(1)) == 3) & (near[:, -3:].sum(1) >= 2) & near[:, -1]
    shift = np.abs(side[:, -rules.shift_points :].sum(1)) == rules.shift_points
    newest = side[:, -1]
    return np.select([outside[:, -1], trend != 0, three | shift], [newest, trend, newest], 0)


def expected_newest(
    before: np.ndarray, pack: np.ndarray, rules: ExpectedRules = EXPECTED
) -> Predicted:
    """What is expected of the month after these; `pack` numbers each series' pack."""
    rows, months = before.shape
    ones = np.ones_like(before)
    histories = Histories("count", before[:, ::-1], ones, month_weights(ones > 0, rules))
    size = np.ones(rows)
    return predict(histories, size, np.full(rows, months), pack, rules).predicted
