"""A report is read by the office and the force until it is published, and by everybody then."""

from __future__ import annotations

import base64
import hashlib
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.visibility import THE_PUBLIC
from frankpledge.web.measures.acts import share_measures, undo_upload
from frankpledge.web.measures.models import Measure
from frankpledge.web.reports.acts import (
    NotReadyToPublishError,
    publish_report,
    withdraw_report,
)
from frankpledge.web.reports.models import Audience, Report
from tests.web.measures.making import committed
from tests.web.reports.stocked import JUNE, KNOWN, ask, made, stock

pytestmark = pytest.mark.django_db
ADDRESS = "/northshire/reports/2022-06/1/"


@pytest.fixture
def run(people, bodies):
    stock(people, bodies["force"])
    return ask(people, bodies)


def test_nobody_outside_reads_a_report_before_it_is_published(run, as_role):
    made(run)
    for role in (
        "public",
        "panel_chair",
        "panel_officer",
        "other_office_officer",
        "other_force_analyst",
    ):
        client = as_role(role)
        assert client.get(ADDRESS).status_code == 404, role
        assert client.get(f"{ADDRESS}files/report.html").status_code == 404, role
        assert b"2022-06" not in client.get("/northshire/reports/").content, role
    for role in ("office_officer", "commissioner", "force_analyst", "chief_officer"):
        assert as_role(role).get(ADDRESS).status_code == 200, role


def test_everybody_reads_it_once_it_is_published(run, people, as_role):
    publish_report(by=people["office_officer"], report=made(run))
    page = as_role("public").get(ADDRESS)
    assert page.status_code == 200
    assert b"was published on" in page.content
    assert set(Measure.objects.values_list("public_month", "public_as_at")) == {(JUNE, KNOWN)}


def test_the_force_asks_and_the_office_publishes(run, people):
    report = made(run)
    for role in ("force_analyst", "chief_officer", "panel_chair", "other_office_officer"):
        with pytest.raises(PermissionDenied):
            publish_report(by=people[role], report=report)


def test_a_report_that_is_not_made_is_not_published(run, people):
    with pytest.raises(NotReadyToPublishError, match="not been made yet"):
        publish_report(by=people["office_officer"], report=run.report)


def test_a_report_with_measures_that_are_not_public_is_not_published(people, bodies, run):
    report = made(ask(people, bodies, audience=Audience.OWN))
    with pytest.raises(NotReadyToPublishError, match="not public"):
        publish_report(by=people["office_officer"], report=report)


def test_an_edition_with_a_measure_that_was_closed_since_is_not_published(run, people, bodies):
    report = made(run)
    share_measures(
        by=people["force_analyst"], force=bodies["force"], keys=["shoplifting"], visibility="office"
    )
    with pytest.raises(NotReadyToPublishError, match="shoplifting may no longer be public"):
        publish_report(by=people["office_officer"], report=report)


def test_a_report_is_published_once(run, people):
    report = made(run)
    publish_report(by=people["office_officer"], report=report)
    with pytest.raises(ChangedMeanwhileError):
        publish_report(by=people["office_officer"], report=report)


def test_what_is_withdrawn_is_gone_from_the_public_with_its_measures(run, people, as_role):
    report = publish_report(by=people["office_officer"], report=made(run))
    withdraw_report(by=people["chief_executive"], report=report, why="Table 3 was wrong.")
    assert as_role("public").get(ADDRESS).status_code == 404
    assert not Measure.objects.visible_to(THE_PUBLIC).exists()
    assert b"Table 3 was wrong." in as_role("office_officer").get(ADDRESS).content


def test_a_withdrawn_report_leaves_what_an_earlier_one_tells(run, people, bodies):
    publish_report(by=people["office_officer"], report=made(run))
    second = publish_report(by=people["office_officer"], report=made(ask(people, bodies)))
    withdraw_report(by=people["office_officer"], report=second, why="A slip.")
    assert set(Measure.objects.values_list("public_month", flat=True)) == {JUNE}


def test_a_further_report_of_a_month_is_a_further_edition(run, people, bodies):
    ask(people, bodies)
    assert list(Report.objects.order_by("edition").values_list("edition", flat=True)) == [1, 2]


def test_the_page_form_may_use_its_own_styles_and_nothing_else(run, as_role):
    made(run)
    answer = as_role("office_officer").get(f"{ADDRESS}files/report.html")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    style = b"p {color: red}"
    assert base64.b64encode(hashlib.sha256(style).digest()).decode() in policy


def test_a_file_comes_with_a_name_that_says_what_it_is(run, as_role):
    made(run)
    answer = as_role("office_officer").get(f"{ADDRESS}files/report.xlsx")
    answer.close()
    assert "northshire-police-report-2022-06-edition-1.xlsx" in answer["Content-Disposition"]


def test_the_pages_to_ask_publish_and_withdraw(run, people, as_role):
    client = as_role("office_officer")
    wrong = client.post("/northshire/reports/new/", {"title": ""})
    assert wrong.status_code == 422
    assert b"There is a problem" in wrong.content
    made(run)
    assert client.post(f"{ADDRESS}publish/").status_code == 302
    assert client.get(f"{ADDRESS}withdraw/").status_code == 200
    assert client.post(f"{ADDRESS}withdraw/", {"why": "A slip."}).status_code == 302
    assert Report.objects.get().withdrawn_at is not None


def test_a_report_cannot_be_known_before_its_month_has_ended(run, as_role):
    asked = {"month-month": "6", "month-year": "2022", "as_at-day": "20", "as_at-month": "6", "as_at-year": "2022",
             "title": "Report", "audience": "everybody"}  # fmt: skip
    answer = as_role("office_officer").post("/northshire/reports/new/", asked)
    assert answer.status_code == 422


def test_a_month_of_which_everything_was_undone_is_not_the_first_guess(people, bodies, as_role):
    force, analyst = bodies["force"], people["force_analyst"]
    stock(people, force)
    later = committed(analyst, force, ("shoplifting", "East", "2022-07", 9), known_at=None)
    office = as_role("office_officer")

    def guess():
        return office.get("/northshire/reports/new/").context["form"].initial["month"]

    assert guess() == date(2022, 7, 1)
    undo_upload(by=analyst, upload=later, why="Wrong.")
    assert guess() == date(2022, 6, 1)


@pytest.mark.parametrize("role", ["panel_chair", "other_office_officer", "auditor"])
def test_others_are_not_shown_the_builder(run, as_role, role):
    assert as_role(role).get("/northshire/reports/new/").status_code == 404
