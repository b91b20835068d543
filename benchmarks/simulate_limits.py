"""False alarms and power of each kind of control limits, on made-up series whose truth is known.

    python benchmarks/simulate_limits.py                  the whole grid: under 12 minutes on one core
    python benchmarks/simulate_limits.py --quick          the same in small: under a minute, not kept
    python benchmarks/simulate_limits.py --real FOLDER    and how often published series cross limits
    python benchmarks/simulate_limits.py --only-real --real FOLDER

FOLDER holds `mps-borough-monthly/` and `police-uk/`, as published. Every block is kept as it is done
(`--work`), so a run that is stopped goes on where it was; a block made with other code or other
settings is made again. The same seed gives the same tables. Writes the CSV files in
`docs/methods/limits/` and the tables in `docs/methods/limits.md`.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import re
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(name, "1")

import polars as pl  # noqa: E402
from rich.progress import Progress, TimeElapsedColumn  # noqa: E402

from limits_simulation import page_tables  # noqa: E402
from limits_simulation.blocks import Block, blocks, simulate  # noqa: E402
from limits_simulation.measured import measured  # noqa: E402
from limits_simulation.packs import measured_packs  # noqa: E402
from limits_simulation.real_series import (  # noqa: E402
    band,
    measured_boroughs,
    measured_forces,
    period,
    summary,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/methods/limits.md"
RESULTS = ROOT / "docs/methods/limits"
SEED = 20220601
REPLICATES, PACKS, REAL_EVERY = 960, 300, 1
QUICK_REPLICATES, QUICK_PACKS, QUICK_REAL_EVERY = 48, 10, 11
MADE_WITH = (
    "src/frankpledge/analysis/limits/expected*.py",
    "src/frankpledge/analysis/limits/rule_sets.py",
    "benchmarks/limits_simulation/[bmp]*.py",
)


def main() -> None:
    options = arguments()
    started = time.time()
    if not options.only_real:
        simulated(options, started)
    if options.real:
        on_real_series(options)
    print(f"{machine()}: {time.time() - started:.0f} s")


def simulated(options: argparse.Namespace, started: float) -> None:
    """The grid and the packs, kept block by block, then written."""
    replicates = QUICK_REPLICATES if options.quick else REPLICATES
    packs = QUICK_PACKS if options.quick else PACKS
    work = options.work / fingerprint(replicates, packs, options.seed)
    work.mkdir(parents=True, exist_ok=True)
    planned = blocks(replicates)
    with Progress(*Progress.get_default_columns(), TimeElapsedColumn()) as progress:
        parts = []
        for block in planned:
            task = progress.add_task(block.name, total=block.replicates * len(block.cells))
            parts.append(
                kept(work / f"{slug(block.name)}.csv", block_rates(block, options, progress, task))
            )
            progress.update(task, completed=block.replicates * len(block.cells))
        task = progress.add_task("packs", total=1)
        found_packs = kept(work / "packs.csv", lambda: measured_packs(packs, options.seed))
        progress.update(task, completed=1)
    grid = rounded(pl.concat(parts).drop("block"))
    found_packs = rounded(found_packs)
    made = page_tables.tables(grid, found_packs)
    for name in ("requirements", "false alarms", "equal", "packs"):
        print(f"\n{name}\n{made[name]}")
    if options.quick:
        return
    seconds = time.time() - started
    made["machine"] = (
        f"Made by `python benchmarks/simulate_limits.py` (seed {options.seed}, {replicates} series a cell, "
        f"{packs} packs a kind) on {machine()}, in {seconds / 60:.0f} minutes."
    )
    RESULTS.mkdir(parents=True, exist_ok=True)
    grid.write_csv(RESULTS / "grid.csv")
    found_packs.write_csv(RESULTS / "packs.csv")
    page_tables.put(PAGE, made)


def block_rates(
    block: Block, options: argparse.Namespace, progress: Progress, task: int
) -> Callable[[], pl.DataFrame]:
    return lambda: measured(
        block, simulate(block, options.seed, lambda done: progress.advance(task, done))
    )


def on_real_series(options: argparse.Namespace) -> None:
    """Rates of crossings on published series."""
    every = QUICK_REAL_EVERY if options.quick else REAL_EVERY
    boroughs = measured_boroughs(options.real, every)
    forces = measured_forces(options.real, every)
    quiet = boroughs.filter(period().str.starts_with("1"))
    parts = [
        _named(summary(quiet, band()), "London boroughs, before March 2020"),
        _named(summary(boroughs, period()), "London boroughs"),
        _named(summary(forces, band()), "Forces of England and Wales, May to December 2025"),
    ]
    found = rounded(pl.concat(parts))
    made = {
        "real": page_tables.real_rates(found),
        "real machine": f"Made by `python benchmarks/simulate_limits.py --only-real --real FOLDER` on {machine()}.",
    }
    print(f"\nreal\n{made['real']}")
    if not options.quick:
        found.write_csv(RESULTS / "real.csv")
        page_tables.put(PAGE, made)


def _named(found: pl.DataFrame, figures: str) -> pl.DataFrame:
    group = found.columns[0]
    return found.select(
        pl.lit(figures).alias("figures"), pl.col(group).alias("group"), pl.exclude(group)
    )


def kept(file: Path, make: Callable[[], pl.DataFrame]) -> pl.DataFrame:
    """The frame of a file, made and put there whole if it is not there yet."""
    if not file.exists():
        begun = file.with_suffix(".part")
        make().write_csv(begun)
        begun.replace(file)
    return pl.read_csv(file, infer_schema_length=None)


def fingerprint(replicates: int, packs: int, seed: int) -> str:
    """Names the code and the settings that a result was made with."""
    code = hashlib.sha256(f"{replicates} {packs} {seed}".encode())
    for pattern in MADE_WITH:
        for file in sorted(ROOT.glob(pattern)):
            if file.name != "page_tables.py":
                code.update(file.read_bytes())
    return code.hexdigest()[:16]


def rounded(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Float64).round(4))


def slug(name: str) -> str:
    return re.sub(r"\W+", "-", name)


def machine() -> str:
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores (one used), "
        f"Python {platform.python_version()}, {date.today():%-d %B %Y}"
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a small run; nothing is written")
    parser.add_argument("--real", type=Path, help="folder of the published figures")
    parser.add_argument("--only-real", action="store_true", help="leave the simulation out")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--work", type=Path, default=ROOT / "build/simulate_limits")
    options = parser.parse_args()
    if options.only_real and not options.real:
        parser.error("--only-real needs --real FOLDER")
    return options


if __name__ == "__main__":
    main()
