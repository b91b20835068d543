"""From scores to rates: false alarms and power of each method in each cell, at its own rate and at 2%."""

from __future__ import annotations

import numpy as np
import polars as pl

from frankpledge.analysis.limits.expected_rules import EXPECTED
from frankpledge.analysis.limits.rule_sets import FIXED_YEAR
from limits_simulation.blocks import STEPS, WITHIN, Block, Scores

EQUAL_RATE = 0.02
POWER = [
    f"power_{'down' if step < 0 else 'up'}_{round(100 * abs(step))}_within_{months}"
    for step in STEPS
    for months in WITHIN
]


def measured(block: Block, scores: Scores) -> pl.DataFrame:
    """A row a cell, method and rate: rates as shares, with the standard error of the first."""
    rows = []
    for place, cell in enumerate(block.cells):
        fixed, p_value = np.abs(scores.fixed[place]), scores.expected[place]
        step_fixed, step_p = scores.step_fixed[:, place], scores.step_expected[:, place]
        xmr, step_xmr = scores.xmr[place] != 0, scores.step_xmr[:, place] > 0
        wide = _beyond_which(fixed, highest=True)
        low = _beyond_which(p_value, highest=False)
        own = FIXED_YEAR.multiplier
        truth = {
            "block": block.name,
            "level": cell.drifting,
            "season_is": cell.seasons,
            "history": cell.history,
            "drift": cell.drift,
            "mean": cell.mean,
            "dispersion": cell.dispersion,
            "season": cell.season,
            "series": block.replicates,
        }
        rows += [
            truth | _named("fixed year", "own", own, fixed > own, step_fixed > own),
            truth | _named("fixed year", "2%", wide, fixed > wide, step_fixed > wide),
            truth | _named("xmr", "own", None, xmr, step_xmr),
            truth
            | _named(
                "expected",
                "own",
                EXPECTED.level,
                p_value <= EXPECTED.level,
                step_p <= EXPECTED.level,
            ),
            truth | _named("expected", "2%", low, p_value < low, step_p < low),
        ]
    return pl.DataFrame(rows)


def _named(
    method: str, rate: str, threshold: float | None, false: np.ndarray, found: np.ndarray
) -> dict[str, object]:
    """The rates of one method: `false` is (series, months), `found` (steps, series, months)."""
    by_series = false.mean(1)
    within = np.maximum.accumulate(found, axis=2).mean(1).ravel()
    return {
        "method": method,
        "rate": rate,
        "threshold": threshold,
        "false_newest": float(false.mean()),
        "false_newest_error": float(by_series.std(ddof=1) / np.sqrt(len(by_series))),
        "false_any_of_12": float(false.any(1).mean()),
        **dict(zip(POWER, within.tolist(), strict=True)),
    }


def _beyond_which(scores: np.ndarray, highest: bool) -> float:
    """The score strictly beyond which at most 2% of quiet months lie."""
    ordered = np.sort(scores, axis=None)
    allowed = int(EQUAL_RATE * ordered.size)
    return float(ordered[-allowed - 1] if highest else ordered[allowed])
