"""Making a report in the background. The task holds nothing: the run is a row of ours."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from django.utils import timezone
from django_tasks import task

from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError
from frankpledge.web.reports.acts import (
    begin_run,
    fail_run,
    keep_comparison,
    keep_report,
    requeue_run,
)
from frankpledge.web.reports.building import SAME_EACH_TIME, build, digest_of
from frankpledge.web.reports.gathering import NothingToReportError, gather
from frankpledge.web.reports.inputs import keep, kept
from frankpledge.web.reports.models import ReportRun
from frankpledge.web.reports.progress import Lost, Progress

log = logging.getLogger(__name__)


@task()
def make_report(run_id: int, attempt: int) -> str:
    """Make the report of a run; how it ended, in a word. An attempt that is no longer the run's does nothing."""
    run = begin_run(by=THE_SYSTEM, run=ReportRun.objects.get(pk=run_id))
    if run is None or run.attempt != attempt:
        return "not ours"
    progress = Progress(run)
    try:
        with progress.beating():
            if run.purpose == ReportRun.Purpose.REBUILD:
                _compare(run, progress)
            else:
                _build(run, progress)
    except (Lost, ChangedMeanwhileError):
        return "taken by another"
    except NothingToReportError as nothing:
        fail_run(by=THE_SYSTEM, run=run, told=str(nothing))
        return "failed"
    except Exception:
        log.exception("Run %s of a report failed", run.pk)
        fail_run(
            by=THE_SYSTEM, run=run,
            told="A fault of ours stopped it. Ask again; if it stops again, tell whoever keeps the site.",
        )  # fmt: skip
        return "failed"
    return "done"


def _build(run: ReportRun, progress: Progress) -> None:
    progress("Gathering figures, definitions and words")
    report = run.report
    inputs = gather(report)
    keep(inputs, report.folder / "inputs")
    files = build(inputs, report.folder / "files", progress)
    keep_report(by=THE_SYSTEM, run=run, inputs=inputs, files=files)


def _compare(run: ReportRun, progress: Progress) -> None:
    progress("Opening what the report was made from")
    report = run.report
    inputs = kept(report.folder / "inputs")
    faults = [] if inputs.digest() == report.inputs_digest else ["its inputs"]
    with tempfile.TemporaryDirectory() as scratch:
        files = {path.name: path for path in build(inputs, Path(scratch), progress)}
        published = {file.name: file.sha256 for file in report.files.all()}
        faults += [n for n in SAME_EACH_TIME if digest_of(files[n]) != published.get(n)]
    faults += [
        f"{file.name} as it is kept" for file in report.files.all()
        if digest_of(report.folder / "files" / file.name) != file.sha256
    ]  # fmt: skip
    told = (
        f"Not as it was: {', '.join(faults)}." if faults
        else "Made again from its inputs, it is the same to the byte, and no file has changed since."
    )  # fmt: skip
    keep_comparison(by=THE_SYSTEM, run=run, same=not faults, told=told)


def requeue_stale_runs() -> int:
    """Queue again every run whose worker has not been heard of; how many there were."""
    stale = list(ReportRun.objects.stale(timezone.now()))
    for run in stale:
        requeue_run(by=THE_SYSTEM, run=run)
    return len(stale)
