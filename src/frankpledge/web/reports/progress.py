"""How a run says how far it is, and that its worker still lives.

Progress is not an act: it changes nothing that anybody answers for. What began and how it ended is.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.utils import timezone

from frankpledge.web.reports.building import STAGES
from frankpledge.web.reports.models import ReportRun

BEAT_SECONDS = 10.0
"""How often a worker says that it lives. A run is given up after `ReportRun.SILENCE` without."""

log = logging.getLogger(__name__)


class Lost(Exception):  # noqa: N818 - it is no error: another worker has the run now
    """This worker's attempt is no longer the run's: it was taken for dead and another has begun."""


class Progress:
    """Counts the stages of one attempt and writes them down."""

    def __init__(self, run: ReportRun) -> None:
        self.run = run
        self.done = 0

    def __call__(self, stage: str) -> None:
        """A stage begins. Raises Lost if the run is no longer this worker's."""
        ours = self._ours().update(
            stage=stage[:120], done=min(self.done, STAGES), total=STAGES, heartbeat=timezone.now()
        )
        if not ours:
            raise Lost
        self.done += 1

    def _ours(self):
        return ReportRun.objects.filter(
            pk=self.run.pk, attempt=self.run.attempt, state=ReportRun.State.RUNNING
        )

    @contextmanager
    def beating(self) -> Iterator[None]:
        """A heartbeat from a thread of its own, while a stage takes long."""
        over = threading.Event()
        beats = threading.Thread(target=self._beat, args=(over,), daemon=True)
        beats.start()
        try:
            yield
        finally:
            over.set()
            beats.join()

    def _beat(self, over: threading.Event) -> None:
        try:
            while not over.wait(BEAT_SECONDS):
                try:
                    self._ours().update(heartbeat=timezone.now())
                except OperationalError as missed:  # the database is busy: the next beat will do
                    log.warning("A heartbeat of run %s was missed: %s", self.run.pk, missed)
        finally:
            connection.close()
