"""A report is made from what was kept, and can be made again exactly as it was."""

from __future__ import annotations

import json

import pytest

from frankpledge.reporting.forms import FORMS
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.reports.acts import ask_again
from frankpledge.web.reports.gathering import gather
from frankpledge.web.reports.inputs import WORDS, keep, kept
from frankpledge.web.reports.models import ReportFile, ReportRun
from frankpledge.web.reports.tasks import make_report
from tests.web.reports.stocked import KEYS, ask, stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(people, bodies):
    stock(people, bodies["force"])
    return ask(people, bodies)


def test_the_inputs_come_back_as_they_were_kept(run, tmp_path):
    inputs = gather(run.report)
    keep(inputs, tmp_path)
    again = kept(tmp_path)
    assert again.digest() == inputs.digest()
    assert again.observations.equals(inputs.ordered())
    assert [m.id for m in again.library] == sorted(KEYS)
    assert again.settings == inputs.settings


def test_a_changed_input_has_another_digest(run, tmp_path):
    inputs = gather(run.report)
    keep(inputs, tmp_path)
    words = json.loads((tmp_path / WORDS).read_text(encoding="utf-8"))
    words["settings"]["limits"] = "expected-1"
    (tmp_path / WORDS).write_text(json.dumps(words), encoding="utf-8")
    assert kept(tmp_path).digest() != inputs.digest()


def test_measures_that_are_not_public_are_not_in_a_report_for_everybody(people, bodies):
    stock(people, bodies["force"], visibility="office")
    run = ask(people, bodies)
    assert make_report.func(run.pk, 1) == "failed"
    own = ask(people, bodies, audience="own")
    assert {m.id for m in gather(own.report).library} == set(KEYS)


@pytest.mark.slow
def test_a_report_is_made_in_every_form_and_again_to_the_byte(run, people):
    assert make_report.func(run.pk, 1) == "done"
    run.refresh_from_db()
    report = run.report
    report.refresh_from_db()
    names = set(ReportFile.objects.values_list("name", flat=True))
    assert names == {*FORMS.values(), "findings.json", "findings.schema.json"}
    assert (run.state, run.done >= 5) == ("done", True)
    page = (report.folder / "files" / "report.html").read_text(encoding="utf-8")
    assert "East" in page
    again = ask_again(by=people["office_officer"], report=report)
    assert make_report.func(again.pk, 1) == "done"
    again.refresh_from_db()
    assert again.same is True, again.told
    (report.folder / "files" / "report.pdf").write_bytes(b"another")
    third = ask_again(by=people["office_officer"], report=report)
    make_report.func(third.pk, 1)
    told = ReportRun.objects.get(pk=third.pk)
    assert (told.same, "report.pdf as it is kept" in told.told) == (False, True)
    assert verify_chain().faults == []
