"""A file of 200 MB: read whole, in a time (of the processor, not of the clock) and a memory that an office computer has."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

PROGRAM = """
import json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from conftest import Defined, SmallLibrary
from frankpledge.figures import read
library = SmallLibrary(*(Defined(f"measure-{i:02d}") for i in range(20)))
start = time.process_time()
reading = read(Path(sys.argv[1]), library)
print(json.dumps({
    "seconds": time.process_time() - start,
    "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    "rows": reading.observations.height,
    "total": reading.total,
    "listed": len(reading.problems),
}))
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> pl.DataFrame:
    months = pl.date_range(date(1995, 1, 1), date(2022, 12, 1), "1mo", eager=True)
    return (
        pl.DataFrame({"measure": [f"measure-{i:02d}" for i in range(20)]})
        .join(pl.DataFrame({"area": [f"Neighbourhood {i:04d}" for i in range(760)]}), how="cross")
        .join(pl.DataFrame({"month": months.dt.to_string("%Y-%m")}), how="cross")
        .with_columns((pl.int_range(pl.len()) * 7919 % 100_003).alias("value"))
    )


def run(path: Path) -> dict:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, str(path), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return json.loads(done.stdout)


@pytest.mark.slow
def test_a_file_of_200_mb(large, tmp_path):
    path = tmp_path / "large.csv"
    large.write_csv(path)
    assert path.stat().st_size > 200e6
    found = run(path)
    assert found["rows"] == large.height
    assert found["seconds"] < 60
    assert found["gigabytes"] < 2.5


@pytest.mark.slow
def test_a_file_of_200_mb_with_a_fault_in_every_row(large, tmp_path):
    path = tmp_path / "large.csv"
    large.with_columns(pl.col("value").cast(pl.String) + ",5").write_csv(path)
    found = run(path)
    assert (found["rows"], found["total"], found["listed"]) == (0, large.height, 1000)
    assert found["seconds"] < 60
    assert found["gigabytes"] < 2.5
