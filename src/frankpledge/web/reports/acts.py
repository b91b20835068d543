"""What may be done with a report: ask for it, make it, publish it, withdraw it, make it again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from frankpledge.web.audit.acts import ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.measures.acts import close_to_public, open_to_public
from frankpledge.web.organisations.models import Body, Person
from frankpledge.web.reports.building import digest_of
from frankpledge.web.reports.gathering import measures_of
from frankpledge.web.reports.inputs import Inputs, kept
from frankpledge.web.reports.models import Audience, Report, ReportFile, ReportRun
from frankpledge.web.reports.reads import newest_published


class NotReadyToPublishError(Exception):
    """The report cannot be published yet. The words are for a person."""


@act("report.asked", needs="reports.ask", on="body")
def ask_for_report(
    *, by: Person, body: Body, force: Body, month: date, as_at: date, title: str, audience: str
) -> ReportRun:
    """Ask for the performance report of a month, as known on a day: a new edition, and a run to make it."""
    locked(force)
    last = (
        Report.objects.filter(force=force, month=month).aggregate(last=Max("edition"))["last"] or 0
    )
    report = Report.objects.create(
        body=body, force=force, month=month, edition=last + 1, title=title, audience=audience,
        as_at=as_at, asked_by=by, visibility=Visibility.FORCE,
    )  # fmt: skip
    run = ReportRun.objects.create(report=report, asked_by=by)
    record(report)
    _queue(run)
    return run


@act("report.asked_again", needs="reports.ask", on="report")
def ask_again(*, by: Person, report: Report) -> ReportRun:
    """Ask for a run of a report that has none under way: to finish it, or to make it again and compare."""
    report = locked(report)
    if report.runs.filter(state__in=["queued", "running"]).exists():
        raise ChangedMeanwhileError(
            "A run of this report is under way already: wait until it has ended."
        )
    purpose = ReportRun.Purpose.REBUILD if report.built_at else ReportRun.Purpose.BUILD
    run = ReportRun.objects.create(report=report, purpose=purpose, asked_by=by)
    record(report, became={"run": run.pk, "purpose": purpose})
    _queue(run)
    return run


@act("report.run_begun")
def begin_run(*, by: object, run: ReportRun) -> ReportRun | None:
    """A worker takes a run; None where it is no longer to be taken."""
    run = locked(run)
    taken = run.state == ReportRun.State.QUEUED
    if taken:
        run.state, run.heartbeat = ReportRun.State.RUNNING, timezone.now()
        run.stage, run.done = "Beginning", 0
        run.save()
    record(run, became={"attempt": run.attempt, "taken": taken})
    return run if taken else None


@act("report.run_requeued")
def requeue_run(*, by: object, run: ReportRun) -> ReportRun:
    """A run whose worker has not been heard of is queued again, or given up after the third attempt."""
    run = locked(run)
    was = snapshot(run)
    if run.state != ReportRun.State.RUNNING or run.heartbeat >= timezone.now() - ReportRun.SILENCE:
        record(run, was=was, why="its worker was heard of after all")
        return run
    if run.attempt >= ReportRun.MOST_ATTEMPTS:
        run.state, run.ended_at = ReportRun.State.FAILED, now()
        run.told = f"The worker stopped {run.attempt} times while making this report. Tell whoever keeps the site."
    else:
        run.state, run.attempt = ReportRun.State.QUEUED, run.attempt + 1
        run.stage, run.done = "Waiting: the worker before stopped", 0
        _queue(run)
    run.save()
    record(run, was=was, why="its worker was not heard of")
    return run


@act("report.built")
def keep_report(*, by: object, run: ReportRun, inputs: Inputs, files: list) -> Report:
    """The run has ended: the report has its files, each with its digest."""
    report = locked(run.report)
    was = snapshot(report)
    report.built_at, report.inputs_digest = now(), inputs.digest()
    report.save()
    for path in files:
        ReportFile.objects.update_or_create(
            report=report, name=path.name,
            defaults={"size": path.stat().st_size, "sha256": digest_of(path)},
        )  # fmt: skip
    _end(run, ReportRun.State.DONE)
    digests = {file.name: file.sha256 for file in report.files.all()}
    record(report, was=was, became={"inputs": report.inputs_digest, "files": digests})
    return report


@act("report.compared")
def keep_comparison(*, by: object, run: ReportRun, same: bool, told: str) -> ReportRun:
    """The report was made again, and is the same or is not."""
    _end(run, ReportRun.State.DONE, told, same)
    record(run)
    return run


@act("report.run_failed")
def fail_run(*, by: object, run: ReportRun, told: str) -> ReportRun:
    """The run has ended without a report. `told` is for a person."""
    _end(run, ReportRun.State.FAILED, told)
    record(run)
    return run


@act("report.published", needs="reports.publish", on="report")
def publish_report(*, by: Person, report: Report) -> Report:
    """Everybody may read the report, and of its measures what it tells."""
    report = locked(report)
    was = snapshot(report)
    if report.built_at is None:
        raise NotReadyToPublishError(
            "The report has not been made yet: wait until its run has ended."
        )
    if report.audience != Audience.EVERYBODY:
        raise NotReadyToPublishError(
            "This edition holds measures that are not public. Make one for everybody, and publish that."
        )
    if report.withdrawn_at is not None:
        raise NotReadyToPublishError(
            "This edition was withdrawn. Make a new one, and publish that."
        )
    if report.published_at is not None:
        raise ChangedMeanwhileError(
            f"Somebody published this report on {report.published_at:%-d %B %Y at %H:%M}."
        )
    if closed := sorted(
        {m.id for m in kept(report.folder / "inputs").library} - set(measures_of(report))
    ):
        raise NotReadyToPublishError(
            f"Since this edition was made, {', '.join(closed)} may no longer be public. Make a new one,"
            " and publish that."
        )
    report.published_by, report.published_at = by, now()
    report.visibility = Visibility.PUBLIC
    report.save()
    open_to_public(by=by, force=report.force, month=report.month, as_at=report.as_at)
    record(report, was=was)
    return report


@act("report.withdrawn", needs="reports.withdraw", on="report")
def withdraw_report(*, by: Person, report: Report, why: str) -> Report:
    """The report is taken from the public, with the reason; its files stay. The public pages of its
    measures go back to what the newest report that is still published tells."""
    report = locked(report)
    was = snapshot(report)
    if not report.is_published:
        raise ChangedMeanwhileError("This report is not published: there is nothing to withdraw.")
    report.withdrawn_by, report.withdrawn_at, report.why_withdrawn = by, now(), why
    report.visibility = Visibility.FORCE
    report.save()
    left = newest_published(report.force)
    month, as_at = (left.month, left.as_at) if left else (None, None)
    close_to_public(by=by, force=report.force, why=why, month=month, as_at=as_at)
    record(report, was=was, why=why)
    return report


def _queue(run: ReportRun) -> None:
    from frankpledge.web.reports.tasks import make_report

    transaction.on_commit(lambda: make_report.enqueue(run.pk, run.attempt))


def _end(run: ReportRun, state: str, told: str = "", same: bool | None = None) -> None:
    """The run is over, if it is still this attempt's."""
    ours = ReportRun.objects.filter(pk=run.pk, attempt=run.attempt, state=ReportRun.State.RUNNING)
    if not ours.update(state=state, ended_at=now(), told=told, same=same, stage="Done"):
        raise ChangedMeanwhileError("Another worker has this run now.")
    run.refresh_from_db()
