"""The web server and the worker of a demonstration: started together, stopped together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from frankpledge.cli.telling import OUR_FAULT, err, out

WAIT_FOR_SERVER = 60.0
WAIT_FOR_END = 8.0
KEPT = ("FRANKPLEDGE_TRACEBACK",)


def is_taken(port: int) -> bool:
    """Whether something on this machine listens there already."""
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def surroundings(data: Path, day: str) -> None:
    """The settings of the demonstration, here and for what is started from here; no others of the site."""
    for name in [n for n in os.environ if n.startswith("FRANKPLEDGE_") and n not in KEPT]:
        del os.environ[name]
    os.environ.pop("DATABASE_URL", None)
    os.environ |= {
        "FRANKPLEDGE_DATA": str(data),
        "FRANKPLEDGE_DEMONSTRATION": "on",
        "FRANKPLEDGE_DEMONSTRATION_DAY": day,
        "DJANGO_SETTINGS_MODULE": "frankpledge.web.site.settings",
    }


class Processes:
    """While it stands, both run; afterwards neither does."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log
        self.running: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> Processes:
        signal.signal(signal.SIGTERM, _like_ctrl_c)
        signal.signal(signal.SIGHUP, _like_ctrl_c)
        self._start("web server", ["-m", "gunicorn", "frankpledge.web.site.wsgi:application",
                    "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4",
                    "--no-control-socket", "--log-level", "warning"])  # fmt: skip
        self._start(
            "worker", ["-c", "from frankpledge.cli.main import run; run()", "site", "worker"]
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        out.print("Stopping.")
        for process in self.running.values():
            process.terminate()
        until = time.monotonic() + WAIT_FOR_END
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except (
                subprocess.TimeoutExpired
            ):  # a report under way: its run is taken up again next time
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        out.print("Stopped.")
        return kind is KeyboardInterrupt

    def wait_until_serving(self) -> None:
        until = time.monotonic() + WAIT_FOR_SERVER
        while time.monotonic() < until:
            self._check()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accessibility", timeout=20)
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.2)
            else:
                return
        self._give_up("The web server did not answer in time.")

    def watch(self, look: Callable[[], bool]) -> None:
        """Stand by until Ctrl-C. `look` is asked every second until it says that it is done."""
        done = False
        while True:
            self._check()
            done = done or look()
            time.sleep(1)

    def _start(self, name: str, words: list[str]) -> None:
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *words],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _check(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                self._give_up(f"The {name} ended by itself.")

    def _give_up(self, why: str) -> None:
        err.print(f"{why} What it said last, of {self.log}:", markup=False)
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]:
            err.print(f"  {line}", markup=False)
        sys.exit(OUR_FAULT)


def _like_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt
