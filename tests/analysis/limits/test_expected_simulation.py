"""The simulation behind the page on limits: its methods are the project's, its page its own."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.limits.made_series import all_series
from frankpledge.analysis.limits.expected import expected
from frankpledge.analysis.limits.expected_tails import limits, two_sided
from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.limits.xmr import xmr

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "benchmarks"))

from limits_simulation import page_tables  # noqa: E402
from limits_simulation.blocks import WITHIN, blocks, simulate  # noqa: E402
from limits_simulation.made_series import Cell, counts, means  # noqa: E402
from limits_simulation.measured import measured  # noqa: E402
from limits_simulation.methods import (  # noqa: E402
    expected_newest,
    fixed_year_sds,
    xmr_newest,
)

PAGE = ROOT / "docs/methods/limits.md"
RESULTS = ROOT / "docs/methods/limits"

tables = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).poisson(
        np.random.default_rng(seed + 1).choice([1, 4, 30]), (25, 37)
    )
)


def frame(values: np.ndarray) -> pl.DataFrame:
    return all_series(
        {("shoplifting", f"area {i:04d}"): row for i, row in enumerate(values.tolist())}
    )


@settings(max_examples=25, deadline=None)
@given(tables)
def test_xmr_of_the_newest_point_is_the_projects(values: np.ndarray) -> None:
    judged = xmr(frame(values))
    last = judged.filter(pl.col("month") == pl.col("month").max()).sort("area")
    theirs = last["xmr_direction"].replace_strict(
        {"above": 1, "rising": 1, "below": -1, "falling": -1}, default=0, return_dtype=pl.Int64
    )
    assert xmr_newest(values.astype(float)).tolist() == theirs.to_list()


@settings(max_examples=25, deadline=None)
@given(tables)
def test_fixed_year_is_the_projects(values: np.ndarray) -> None:
    judged = fixed_year(frame(values)).sort("area", "month")
    for column in (24, 30, 35):
        place = np.full(len(values), column % 12)
        ours = fixed_year_sds(values.astype(float), column, place)
        theirs = judged.filter(pl.col("month") == judged["month"].unique().sort()[column])
        crossed = theirs["crossing"].replace_strict(
            {"above": 1, "below": -1}, default=0, return_dtype=pl.Int64
        )
        assert (np.sign(ours) * (np.abs(ours) > 2)).astype(int).tolist() == crossed.to_list()


def test_expected_is_the_projects() -> None:
    values = np.random.default_rng(1).poisson(np.geomspace(1, 300, 40)[:, None], (40, 37))
    traits = pl.DataFrame({"measure": ["shoplifting"], "unit": ["count"]})
    theirs = expected(frame(values), traits).sort("area")
    ours = expected_newest(values[:, :-1].astype(float), np.zeros(40, dtype=int))
    lower, upper = limits(ours, 0.015)
    assert theirs["expected_lower"].to_list() == lower.tolist()
    assert theirs["expected_upper"].to_list() == upper.tolist()
    assert theirs["p_value"].to_list() == pytest.approx(
        two_sided(ours, values[:, -1].astype(float)).tolist()
    )


def test_made_series_have_the_truth_they_are_said_to_have() -> None:
    rng = np.random.default_rng(1)
    made = means(rng, Cell(100, 2.4, 0.15, 0.0, 36), 2000, 48)
    assert made.mean() == pytest.approx(100, rel=0.01)
    assert made.std(axis=1).mean() / 100 == pytest.approx(0.15 * np.sqrt((1 + 1 / 9) / 2), rel=0.02)
    values = counts(rng, made, 2.4)
    assert ((values - made) ** 2 / made).mean() == pytest.approx(2.4, rel=0.02)
    wandering = np.log(means(rng, Cell(100, 2.4, 0.0, 0.02, 36), 2000, 48))
    assert np.diff(wandering).std() == pytest.approx(0.02, rel=0.02)
    assert np.exp(wandering[:, 35]) == pytest.approx(np.full(2000, 100.0))


@pytest.mark.slow
def test_a_small_run_gives_rates_that_can_be() -> None:
    block = blocks(12)[0]
    told: list[int] = []
    found = measured(block, simulate(block, seed=1, progress=told.append))
    assert sum(told) == 12 * len(block.cells)
    assert found.height == 5 * len(block.cells)
    rates = found.select(pl.selectors.starts_with("false_", "power_")).to_numpy()
    assert rates.min() >= 0
    assert rates.max() <= 1
    at_equal = found.filter(pl.col("rate") == "2%")
    assert at_equal["false_newest"].max() <= 0.02
    for step in ("up_15", "up_25", "up_50", "down_20"):
        within = [found[f"power_{step}_within_{months}"] for months in WITHIN]
        assert (within[0] <= within[1]).all()
        assert (within[1] <= within[2]).all()


def test_the_page_says_what_the_results_say(tmp_path: Path) -> None:
    """No number of the page's tables is written by hand."""
    page = tmp_path / "limits.md"
    page.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    grid, packs, real = (
        pl.read_csv(RESULTS / f"{name}.csv", infer_schema_length=None)
        for name in ("grid", "packs", "real")
    )
    page_tables.put(page, page_tables.tables(grid, packs) | {"real": page_tables.real_rates(real)})
    assert page.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")


def test_the_requirements_hold_in_the_results() -> None:
    grid = pl.read_csv(RESULTS / "grid.csv", infer_schema_length=None).filter(page_tables.GRID)
    ours = grid.filter((pl.col("method") == "expected") & (pl.col("rate") == "own"))
    over = pl.col("false_newest") - page_tables.DOUBT * pl.col("false_newest_error")
    assert ours.filter((pl.col("drift") == 0) & (over > 0.02)).is_empty()
    assert ours.filter((pl.col("drift") > 0) & (over > 0.025)).is_empty()
