"""A worker that is killed loses nothing: its run is found by its silence and made by another."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

PATIENCE = 150.0


@pytest.fixture
def site(tmp_path):
    """The environment of a site on its own SQLite, in which a report has been asked for."""
    told = {
        k: v for k, v in os.environ.items() if not k.startswith(("FRANKPLEDGE_", "DATABASE_URL"))
    }
    told |= {
        "FRANKPLEDGE_DATA": str(tmp_path), "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "frankpledge.web.site.settings",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-m", "tests.web.reports.a_site"], env=told, cwd=ROOT, check=True
    )
    return told


def worker(site) -> subprocess.Popen:
    command = [Path(sys.executable).with_name("frankpledge"), "site", "worker", "--look-every", "1"]
    return subprocess.Popen(command, env=site, cwd=ROOT, start_new_session=True)


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def asked(site, statement: str) -> list[tuple]:
    with sqlite3.connect(
        Path(site["FRANKPLEDGE_DATA"]) / "frankpledge.sqlite3", timeout=20
    ) as database:
        return database.execute(statement).fetchall()


def run_of(site) -> tuple[str, int, int]:
    return asked(site, "SELECT state, attempt, done FROM reports_reportrun")[0]


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.2)


@pytest.mark.slow
def test_the_report_of_a_killed_worker_is_made_by_another(site):
    first = worker(site)
    try:
        wait_until(lambda: run_of(site)[0] == "running" and run_of(site)[2] >= 3)
    finally:
        kill(first)
    assert run_of(site)[:2] == ("running", 1)
    asked(site, "UPDATE reports_reportrun SET heartbeat = '2000-01-01 00:00:00'")
    second = worker(site)
    try:
        wait_until(lambda: run_of(site)[0] in ("done", "failed"))
    finally:
        kill(second)
    assert run_of(site)[:2] == ("done", 2)
    verbs = [verb for (verb,) in asked(site, "SELECT verb FROM audit_event ORDER BY number")]
    assert [v for v in verbs if v.startswith("report.")] == [
        "report.asked", "report.run_begun", "report.run_requeued", "report.run_begun", "report.built",
    ]  # fmt: skip
    assert len(asked(site, "SELECT name FROM reports_reportfile")) == 6
