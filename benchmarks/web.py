"""How quickly pages are served with 43 forces, 24 measures, 60 months and 5,000 actions loaded.

    .venv/bin/python benchmarks/web.py --database postgres:///test [--forces 43] [--seconds 10]

wrk asks for one page after another without pause over 20 connections, on the same machine, of gunicorn
with PostgreSQL. The database named is only connected to; the benchmark makes one of its own and drops it.

What is cached: the decoded findings of a page and its rows, in each process, by the row they were made
from and the reader's own key; the reader's visibility is asked for before the cache, in every request.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from timing import machine

HERE = Path(__file__).resolve().parent
ALLOWED_MS = 150.0
CONNECTIONS = 20
DATABASE = "frankpledge_benchmark"
BIND = "127.0.0.1:8765"
PERCENTILE = """
done = function(summary, latency, requests)
  io.write(string.format("p50 %.1f p95 %.1f p99 %.1f rate %.1f errors %d\\n",
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    summary.requests / (summary.duration / 1e6),
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument(
        "--database", default=os.environ.get("FRANKPLEDGE_TEST_POSTGRES", "postgres:///test")
    )
    asked.add_argument("--forces", type=int, default=43)
    asked.add_argument("--seconds", type=int, default=10)
    options = asked.parse_args()
    print(machine())
    made = _own_database(options.database)
    with tempfile.TemporaryDirectory() as folder:
        settings = os.environ | {
            "DATABASE_URL": made, "FRANKPLEDGE_DATA": folder, "FRANKPLEDGE_BIND": BIND,
            "DJANGO_SETTINGS_MODULE": "frankpledge.web.site.settings",
        }  # fmt: skip
        began = time.perf_counter()
        loaded = subprocess.run(
            [sys.executable, HERE / "web_load.py", str(options.forces)],
            env=settings, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        told = json.loads(loaded.stdout.splitlines()[-1])
        print(f"loaded in {time.perf_counter() - began:.0f} s: {options.forces} forces")
        server = subprocess.Popen(
            [
                Path(sys.executable).with_name("gunicorn"),
                "-c",
                "python:frankpledge.web.site.gunicorn",
            ],
            env=settings,
        )
        try:
            _wait()
            _measure_all(told, options.seconds, folder)
        finally:
            server.terminate()
            server.wait()


def _own_database(address: str) -> str:
    """A database of the benchmark's own, empty, beside the one named."""
    with psycopg.connect(
        address.replace("postgres://", "postgresql://"), autocommit=True
    ) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    return urlunsplit(urlsplit(address)._replace(path=f"/{DATABASE}"))


def _wait() -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://{BIND}/health", timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not answer.")


def _measure_all(told: dict[str, str], seconds: int, folder: str) -> None:
    script = Path(folder) / "percentile.lua"
    script.write_text(PERCENTILE, encoding="utf-8")
    pages = {
        "scorecard": "/shire-00/scorecard/",
        "measure": f"/shire-00/measures/{told['measure']}/",
        "ledger": "/shire-00/actions/",
        "report": "/shire-00/reports/2022-06/1/",
    }
    for who, cookie in (("signed in", told["cookie"]), ("the public", "")):
        for name, path in pages.items():
            _measure(f"{name}, {who}", path, cookie, seconds, script)


def _measure(name: str, path: str, cookie: str, seconds: int, script: Path) -> None:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-s", str(script)]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    address = f"http://{BIND}{path}"
    subprocess.run([*command, "-d2s", address], check=True, capture_output=True)
    ran = subprocess.run(
        [*command, f"-d{seconds}s", address], check=True, capture_output=True, text=True
    )
    found = re.search(
        r"p50 ([\d.]+) p95 ([\d.]+) p99 ([\d.]+) rate ([\d.]+) errors (\d+)", ran.stdout
    )
    p50, p95, p99, rate, errors = (float(x) for x in found.groups())
    print(
        f"{name:28} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  p99 {p99:6.1f} ms  {rate:6.1f} a second"
        f"  {p95 / ALLOWED_MS:.2f} of what is allowed{'  ERRORS' if errors else ''}",
        flush=True,
    )


if __name__ == "__main__":
    main()
