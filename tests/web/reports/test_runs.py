"""A run is begun by one worker, is found when that worker is gone, and ends once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.reports.acts import (
    ask_again,
    begin_run,
    fail_run,
    keep_comparison,
    requeue_run,
)
from frankpledge.web.reports.models import ReportRun
from frankpledge.web.reports.progress import Lost, Progress
from frankpledge.web.reports.tasks import make_report, requeue_stale_runs
from tests.web.reports.stocked import ask, made, stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(people, bodies):
    return ask(people, bodies)


def silent(run) -> ReportRun:
    """A run whose worker has not been heard of for longer than is usual."""
    begun = begin_run(by=THE_SYSTEM, run=run)
    ReportRun.objects.filter(pk=run.pk).update(heartbeat=timezone.now() - 2 * ReportRun.SILENCE)
    return begun


def test_two_workers_do_not_take_the_same_run(run):
    assert begin_run(by=THE_SYSTEM, run=run).state == "running"
    assert begin_run(by=THE_SYSTEM, run=run) is None


def test_a_run_that_is_heard_of_is_left_alone(run):
    begin_run(by=THE_SYSTEM, run=run)
    assert requeue_stale_runs() == 0
    requeue_run(by=THE_SYSTEM, run=run)
    assert ReportRun.objects.get().state == "running"


def test_a_run_whose_worker_is_gone_is_queued_again(run):
    silent(run)
    assert requeue_stale_runs() == 1
    again = ReportRun.objects.get()
    assert (again.state, again.attempt) == ("queued", 2)


def test_the_worker_taken_for_dead_cannot_write_any_more(run):
    slow = Progress(silent(run))
    requeue_stale_runs()
    begin_run(by=THE_SYSTEM, run=ReportRun.objects.get())
    with pytest.raises(Lost):
        slow("Setting the PDF")
    with pytest.raises(ChangedMeanwhileError):
        fail_run(by=THE_SYSTEM, run=slow.run, told="too late")
    assert ReportRun.objects.get().state == "running"


def test_a_run_is_given_up_after_three_workers(run):
    for _ in range(ReportRun.MOST_ATTEMPTS):
        silent(ReportRun.objects.get())
        requeue_stale_runs()
    given_up = ReportRun.objects.get()
    assert (given_up.state, given_up.attempt) == ("failed", 3)
    assert "stopped 3 times" in given_up.told


def test_the_task_of_an_earlier_attempt_does_nothing(run):
    silent(run)
    requeue_stale_runs()
    before = ReportRun.objects.values().get()
    ReportRun.objects.update(state="running")
    assert make_report.func(run.pk, 1) == "not ours"
    assert ReportRun.objects.values().get() == before | {"state": "running"}


def test_no_second_run_of_a_report_is_under_way(run, people):
    with pytest.raises(ChangedMeanwhileError):
        ask_again(by=people["office_officer"], report=run.report)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportRun.objects.create(report=run.report)


def test_a_month_without_figures_fails_with_words(run):
    assert make_report.func(run.pk, 1) == "failed"
    failed = ReportRun.objects.get()
    assert "No figure of June 2022 is known on 20 July 2022" in failed.told
    assert Event.objects.last().verb == "report.run_failed"


def test_asking_again_makes_a_report_once_more_to_compare(run, people, bodies):
    stock(people, bodies["force"])
    report = made(run)
    again = ask_again(by=people["office_officer"], report=report)
    assert again.purpose == "rebuild"
    begun = begin_run(by=THE_SYSTEM, run=again)
    keep_comparison(by=THE_SYSTEM, run=begun, same=True, told="The same.")
    assert ReportRun.objects.filter(same=True, state="done").count() == 1


def test_progress_counts_the_stages(run):
    progress = Progress(begin_run(by=THE_SYSTEM, run=run))
    for stage in ("Gathering", "Comparing"):
        progress(stage)
    told = ReportRun.objects.get()
    assert (told.stage, told.done) == ("Comparing", 1)
    assert timezone.now() - told.heartbeat < timedelta(seconds=5)


def test_a_page_says_how_far_a_run_is_though_that_is_no_act(run, as_role):
    """Pages are kept until an act; of what is under way nothing is."""
    client, report = as_role("office_officer"), run.report
    progress = Progress(begin_run(by=THE_SYSTEM, run=run))
    address = f"/northshire/reports/{report.month:%Y-%m}/{report.edition}/"
    for stage in ("Gathering figures", "Drawing charts"):
        progress(stage)
        assert stage in client.get(address).content.decode()
