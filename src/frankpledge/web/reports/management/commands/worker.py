"""`frankpledge site worker`: does what is queued, and queues again what another worker left."""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection

from frankpledge.web.reports.tasks import requeue_stale_runs

LOOK_EVERY = 15.0
"""Seconds between two looks for runs whose worker is gone."""

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Do what is queued (reports, findings), until stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--look-every", type=float, default=LOOK_EVERY, metavar="SECONDS")

    def handle(self, *, look_every: float, **_: Any) -> None:
        over = threading.Event()
        threading.Thread(target=_look, args=(over, look_every), daemon=True).start()
        try:
            call_command("db_worker", queue_name="*", interval=1.0)
        finally:
            over.set()


def _look(over: threading.Event, every: float) -> None:
    try:
        while True:
            try:
                requeue_stale_runs()
            except OperationalError as busy:  # the database is busy: the next look will do
                log.warning("No look for stale runs this time: %s", busy)
            if over.wait(every):
                return
    finally:
        connection.close()
