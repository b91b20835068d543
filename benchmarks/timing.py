"""How benchmarks take time, which figures they take it on, and what they print about both."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from frankpledge.analysis.periods import add_months

PUBLISHED = (
    Path(os.environ.get("FRANKPLEDGE_SHARED", Path(__file__).resolve().parents[2] / "shared/data"))
    / "police-uk"
    / "force-month.csv"
)
FIRST, MONTHS, FORCES, TYPES = date(2023, 5, 1), 32, 43, 14


@dataclass(frozen=True)
class Taken:
    """How long something took: the best and the median of so many runs, in seconds.

    `processor` is the median of processor time, all threads together: on a machine that others use
    too it says more than the clock does, and it hides nothing that threads win.
    """

    best: float
    median: float
    processor: float
    runs: int

    def __str__(self) -> str:
        clock = f"best {self.best:.4f} s, median {self.median:.4f} s of {self.runs}"
        return f"{clock}; processor {self.processor:.4f} s"


def take(what: Callable[[], object], runs: int) -> Taken:
    """The time of `what`, run once to warm up and then `runs` times."""
    what()
    clock, processor = [], []
    for _ in range(runs):
        begin, busy = time.perf_counter(), time.process_time()
        what()
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - busy)
    return Taken(min(clock), statistics.median(clock), statistics.median(processor), runs)


def monthly_counts() -> tuple[pl.DataFrame, str]:
    """`measure, area, month, value` of 602 series, and the words for where they come from."""
    if not PUBLISHED.is_file():
        return _made_counts(), "made figures of the same shape (the published ones are not there)"
    counts = pl.read_csv(PUBLISHED).select(
        pl.col("crime_type").alias("measure"),
        pl.col("force").alias("area"),
        (pl.col("month") + "-01").str.to_date().alias("month"),
        pl.col("records").cast(pl.Float64).alias("value"),
    )
    return counts, "published figures, data.police.uk"


def _made_counts() -> pl.DataFrame:
    rng = np.random.default_rng(1)
    level = np.exp(rng.uniform(1, 8, size=(TYPES, FORCES, 1)))
    counts = rng.poisson(level * rng.gamma(50, 1 / 50, size=(TYPES, FORCES, MONTHS)))
    rows = [
        (f"type {t + 1}", f"force {f + 1}", add_months(FIRST, m), float(counts[t, f, m]))
        for t in range(TYPES)
        for f in range(FORCES)
        for m in range(MONTHS)
    ]
    schema = {"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def machine() -> str:
    """What this ran on, and when."""
    name = platform.processor() or platform.machine()
    lines = Path("/proc/cpuinfo")
    if lines.is_file():
        models = [s for s in lines.read_text().splitlines() if s.startswith("model name")]
        name = models[0].split(":", 1)[1].strip() if models else name
    load = os.getloadavg()[0]
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"Polars {pl.__version__} on {pl.thread_pool_size()} threads, {date.today().isoformat()}; "
        f"load before {load:.1f}"
    )
