"""How quickly pages are served with 43 forces, 24 measures, 60 months and 5,000 actions loaded.

    .venv/bin/python benchmarks/web.py --database postgres:///test [--forces 43] [--seconds 10]

wrk asks for one page after another without pause over 20 connections, on the same machine, of gunicorn
with PostgreSQL. The database named is only connected to; the benchmark makes one of its own,
which stands until the next run. With --keep a further run uses what the last one loaded.

What is kept from one request to the next, and why nobody is given what is another's by it, stands in
docs/speed.md. While it is measured nobody acts: a first page after an act costs more, and says so there.
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
    asked.add_argument(
        "--keep", type=Path, metavar="FOLDER",
        help="keep what is loaded, and use what was kept there before by as many forces",
    )  # fmt: skip
    options = asked.parse_args()
    print(machine())
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        _run(options, options.keep.resolve())
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(options, Path(folder))


def _run(options: argparse.Namespace, folder: Path) -> None:
    settings = os.environ | {
        "DATABASE_URL": urlunsplit(urlsplit(options.database)._replace(path=f"/{DATABASE}")),
        "FRANKPLEDGE_DATA": str(folder),
        "FRANKPLEDGE_BIND": BIND,
        "DJANGO_SETTINGS_MODULE": "frankpledge.web.site.settings",
    }
    told = _loaded(options, folder, settings)
    server = subprocess.Popen(
        [Path(sys.executable).with_name("gunicorn"), "-c", "python:frankpledge.web.site.gunicorn"],
        env=settings,
    )
    try:
        _wait()
        cookie = _loader("session", settings)
        _measure_all(told["measure"], cookie, options.seconds, folder, server.pid)
    finally:
        server.terminate()
        server.wait()
        print(f"load after {os.getloadavg()[0]:.1f}")


def _loaded(options: argparse.Namespace, folder: Path, settings: dict[str, str]) -> dict[str, str]:
    """What the loader tells of a site of so many forces; loaded only where none was kept."""
    kept = folder / f"loaded-{options.forces}.json"
    if kept.exists():
        print(f"kept from before: {options.forces} forces")
        return json.loads(kept.read_text(encoding="utf-8"))
    for other in folder.glob("loaded-*.json"):
        other.unlink()
    _make_database(options.database)
    began = time.perf_counter()
    told = _loader(str(options.forces), settings)
    print(f"loaded in {time.perf_counter() - began:.0f} s: {options.forces} forces")
    kept.write_text(told, encoding="utf-8")
    return json.loads(told)


def _loader(asked: str, settings: dict[str, str]) -> str:
    """The last line that the loader prints."""
    command = [sys.executable, HERE / "web_load.py", asked]
    ran = subprocess.run(command, env=settings, check=True, stdout=subprocess.PIPE, text=True)
    return ran.stdout.splitlines()[-1]


def _make_database(address: str) -> None:
    """A database of the benchmark's own, empty, beside the one named."""
    with psycopg.connect(
        address.replace("postgres://", "postgresql://"), autocommit=True
    ) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")


def _wait() -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://{BIND}/health", timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not answer.")


def _measure_all(measure: str, cookie: str, seconds: int, folder: Path, server: int) -> None:
    script = folder / "percentile.lua"
    script.write_text(PERCENTILE, encoding="utf-8")
    pages = {
        "scorecard": "/shire-00/scorecard/",
        "measure": f"/shire-00/measures/{measure}/",
        "ledger": "/shire-00/actions/",
        "report": "/shire-00/reports/2022-06/1/",
    }
    for who, given in (("signed in", cookie), ("the public", "")):
        for name, path in pages.items():
            _measure(f"{name}, {who}", path, given, seconds, script, server)


def _measure(name: str, path: str, cookie: str, seconds: int, script: Path, server: int) -> None:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-s", str(script)]
    command += ["-H", f"Cookie: {cookie}"] if cookie else []
    address = f"http://{BIND}{path}"
    subprocess.run([*command, "-d2s", address], check=True, capture_output=True)
    busy = _processor_ms(server)
    ran = subprocess.run(
        [*command, f"-d{seconds}s", address], check=True, capture_output=True, text=True
    )
    found = re.search(
        r"p50 ([\d.]+) p95 ([\d.]+) p99 ([\d.]+) rate ([\d.]+) errors (\d+)", ran.stdout
    )
    p50, p95, p99, rate, errors = (float(x) for x in found.groups())
    busy = (_processor_ms(server) - busy) / (rate * seconds)
    print(
        f"{name:28} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  p99 {p99:6.1f} ms  {rate:6.1f} a second"
        f"  {p95 / ALLOWED_MS:.2f} of what is allowed  {busy:.1f} ms of processor a page"
        f"  load {os.getloadavg()[0]:.1f}{'  ERRORS' if errors else ''}",
        flush=True,
    )


def _processor_ms(server: int) -> float:
    """What the server's workers have used of the processors: steadier than the clock on a shared machine."""
    workers = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii").split()
    used = [Path(f"/proc/{worker}/stat").read_text(encoding="ascii") for worker in workers]
    ticks = sum(sum(map(int, each.rpartition(")")[2].split()[11:13])) for each in used)
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
