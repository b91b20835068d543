"""How long the demonstration report takes in all four forms, stage by stage, and how much memory.

    .venv/bin/python benchmarks/report.py

Each run is a whole process, as a person starts it: reading, analysis, web page, PDF, Word and Excel.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from timing import machine

ROOT = Path(__file__).resolve().parents[1]
ALLOWED_SECONDS, ALLOWED_MEMORY = 60, 1.5
RUNS = 3


def once(folder: Path) -> tuple[float, str]:
    """One report: seconds by the clock, and what the command said of its stages."""
    command = [
        str(Path(sys.executable).with_name("frankpledge")), "report", "demo",
        "--month", "2022-06", "--out", str(folder), "--times",
    ]  # fmt: skip
    began = time.perf_counter()
    told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return time.perf_counter() - began, told.stderr


def stages(said: str) -> list[str]:
    return [line for line in said.splitlines() if line.startswith("  ") and line.endswith(" s")]


def main() -> None:
    print(machine())
    taken = []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            seconds, said = once(Path(folder))
            taken.append(seconds)
            print(f"run {run + 1}: {seconds:.1f} s", *stages(said), sep="\n")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    best, middle = min(taken), sorted(taken)[RUNS // 2]
    print(f"best {best:.1f} s, median {middle:.1f} s of {RUNS}; largest process {memory:.2f} GB")
    print(
        f"of what is allowed: {middle / ALLOWED_SECONDS:.2f} of the time, {memory / ALLOWED_MEMORY:.2f} of the memory"
    )


if __name__ == "__main__":
    main()
