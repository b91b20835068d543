"""Blocks of the grid: cells that are simulated together because they stand in the same packs.

A **pack** has one series of each cell of its block, so that dispersion is moderated among series
that differ in level, scatter and season, as in a force's own report. Every series has a history, a
year of twelve judged months, and for each size of step three months in which the step has happened.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from frankpledge.analysis.limits.expected_rules import EXPECTED
from frankpledge.analysis.limits.expected_tails import Predicted, two_sided
from limits_simulation.made_series import Cell, counts, means
from limits_simulation.methods import expected_newest, fixed_year_sds, xmr_newest

MEANS = (5.0, 20.0, 100.0, 400.0)
DISPERSIONS = (1.2, 2.0, 2.4, 3.0)
SEASONS = (0.0, 0.07, 0.15, 0.25)
DRIFTS = (0.0, 0.01, 0.02)
HISTORIES = (24, 36)
STEPS = (0.15, 0.25, 0.50, -0.20)
WITHIN = (1, 2, 3)
YEAR = 12
REPLICATES_AT_ONCE = 48


@dataclass(frozen=True)
class Block:
    """Cells of one history, and how many series of each are made."""

    name: str
    cells: tuple[Cell, ...]
    replicates: int

    @property
    def history(self) -> int:
        return self.cells[0].history


@dataclass(frozen=True)
class Scores:
    """How far out every method finds every judged month, of the shape (cells, replicates, months).

    `fixed` is in standard deviations, signed; `xmr` the direction of a signal; `expected` the
    two-sided p-value. Those of steps have one axis before: the step; all are on the step's own side
    (`step_fixed` and `step_xmr` above 0 where on it, `step_expected` twice the tail on it).
    """

    fixed: np.ndarray
    xmr: np.ndarray
    expected: np.ndarray
    step_fixed: np.ndarray
    step_xmr: np.ndarray
    step_expected: np.ndarray


def blocks(replicates: int) -> list[Block]:
    """The whole grid in six blocks, then what lies beside it with half as many series."""
    grid = [
        Block(
            f"level wanders {drift:.0%} a month, {history} months",
            _cells(drift=drift, history=history),
            replicates,
        )
        for drift, history in product(DRIFTS, HISTORIES)
    ]
    few = max(12, replicates // 2 // 12 * 12)
    steady = [
        Block(
            f"level drifts {drift:.0%} every month, {history} months",
            _cells(drift=drift, history=history, drifting="steady", seasons_of=(0.0, 0.15)),
            few,
        )
        for drift, history in product(DRIFTS[1:], HISTORIES)
    ]
    irregular = Block(
        "irregular season, 36 months",
        _cells(history=36, seasons="irregular", seasons_of=SEASONS[1:]),
        few,
    )
    small = Block(
        "small counts, 36 months",
        _cells(history=36, means_of=(0.3, 1.0, 2.0, 3.0), seasons_of=(0.0, 0.15)),
        few,
    )
    return [*grid, *steady, irregular, small]


def _cells(
    history: int,
    drift: float = 0.0,
    drifting: str = "wanders",
    seasons: str = "waves",
    means_of: tuple[float, ...] = MEANS,
    seasons_of: tuple[float, ...] = SEASONS,
) -> tuple[Cell, ...]:
    return tuple(
        Cell(mean, dispersion, season, drift, history, drifting, seasons)
        for mean, dispersion, season in product(means_of, DISPERSIONS, seasons_of)
    )


def simulate(block: Block, seed: int, progress: Callable[[int], None]) -> Scores:
    """The scores of a block; `progress` is told after how many series."""
    rng = np.random.default_rng([seed, *block.name.encode()])
    parts = []
    for first in range(0, block.replicates, REPLICATES_AT_ONCE):
        replicates = min(REPLICATES_AT_ONCE, block.replicates - first)
        parts.append(_simulate_some(rng, replace(block, replicates=replicates)))
        progress(replicates * len(block.cells))
    names = Scores.__annotations__
    return Scores(
        **{name: np.concatenate([getattr(part, name) for part in parts], axis=-2) for name in names}
    )


def _simulate_some(rng: np.random.Generator, block: Block) -> Scores:
    months = block.history + YEAR
    mean = [means(rng, cell, block.replicates, months) for cell in block.cells]
    scatter = [cell.dispersion for cell in block.cells]
    made = _Made(
        values=np.concatenate([counts(rng, m, d) for m, d in zip(mean, scatter, strict=True)]),
        place=np.tile(np.arange(block.replicates) % YEAR, len(block.cells)),
        pack=np.tile(np.arange(block.replicates), len(block.cells)),
        history=block.history,
    )
    judged = range(block.history, months)
    predicted = {column: made.expected(column) for column in judged}
    shape = (len(block.cells), block.replicates, -1)
    quiet = [
        np.stack([judge(column) for column in judged], axis=1).reshape(shape)
        for judge in (made.fixed, made.xmr, lambda c: two_sided(predicted[c], made.values[:, c]))
    ]
    stepped = []
    for step in STEPS:
        after = [counts(rng, m * (1 + step), d) for m, d in zip(mean, scatter, strict=True)]
        stepped.append(
            _step_scores(made.stepped(np.concatenate(after)), predicted, shape, np.sign(step))
        )
    return Scores(*quiet, *(np.stack(found) for found in zip(*stepped, strict=True)))


def _step_scores(
    made: _Made, predicted: dict[int, Predicted], shape: tuple[int, int, int], side: float
) -> list[np.ndarray]:
    """The scores of the months since a step, on its side: 1 for a rise, -1 for a fall.

    Months that the guard keeps out of the fit cannot change it, so the prediction made before the
    step still stands; later ones are predicted anew from histories with the step in them.
    """

    def tail(column: int) -> np.ndarray:
        guarded = column - made.history <= EXPECTED.guard
        known = predicted[column] if guarded else made.expected(column)
        value = made.values[:, column]
        return 2 * (known.at_least(value) if side > 0 else known.at_most(value))

    columns = [made.history + month - 1 for month in WITHIN]
    return [
        np.stack([judge(column) for column in columns], axis=1).reshape(shape)
        for judge in (lambda c: side * made.fixed(c), lambda c: side * made.xmr(c), tail)
    ]


@dataclass(frozen=True)
class _Made:
    """Series of a block with their place in the financial year and their pack."""

    values: np.ndarray
    place: np.ndarray
    pack: np.ndarray
    history: int

    def stepped(self, after: np.ndarray) -> _Made:
        """The same series with the judged months from after the step."""
        values = np.concatenate([self.values[:, : self.history], after[:, self.history :]], axis=1)
        return replace(self, values=values)

    def fixed(self, column: int) -> np.ndarray:
        place = (self.place + column - self.history) % YEAR
        return fixed_year_sds(self.values, column, place)

    def xmr(self, column: int) -> np.ndarray:
        return xmr_newest(self.values[:, column - self.history : column + 1])

    def expected(self, column: int) -> Predicted:
        return expected_newest(self.values[:, column - self.history : column], self.pack)
