"""A month's figures, from the file an analyst brings to the workbook somebody at home opens."""

from __future__ import annotations

import base64
from time import time

import openpyxl
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect

from frankpledge.web.measures.acts import (
    commit_upload,
    give_owner,
    load_definitions,
    upload_figures,
)
from frankpledge.web.measures.models import Commentary, Measure
from frankpledge.web.measures.outcomes import fingerprint
from frankpledge.web.measures.previewing import preview_of
from tests.web.conftest import PASSWORD
from tests.web.reports.stocked import KEYS, KNOWN, figures

SECRET = base64.b32encode(b"twenty bytes of key!").decode()
NEW_FIGURE = 173
WORDS = "Three shops on one street were stolen from again and again."


def of_june() -> bytes:
    """The newest month of the invented figures, with one figure that no other month has."""
    head, *rows = figures().decode().splitlines()
    june = [row for row in rows if ",2022-06-01," in row]
    june = [
        f"shoplifting,East,2022-06-01,{NEW_FIGURE}" if row.startswith("shoplifting,East") else row
        for row in june
    ]
    return "\n".join([head, *june]).encode()


def history() -> bytes:
    return b"\n".join(row for row in figures().splitlines() if b",2022-06-01," not in row)


@pytest.fixture
def force(bodies, people):
    """A force with its two measures and their figures to May; one measure has an owner."""
    analyst, force = people["force_analyst"], bodies["force"]
    load_definitions(by=analyst, force=force, keys=KEYS, visibility="public")
    past = upload_figures(
        by=analyst, force=force, data=history(), name="to-may.csv", known_at=KNOWN
    )
    commit_upload(by=analyst, upload=past, seen=fingerprint(preview_of(analyst, past).judged))
    shoplifting = Measure.objects.get(body=force, key="shoplifting")
    give_owner(by=analyst, measure=shoplifting, owner=people["measure_owner"])
    return force


def worker_works() -> None:
    """The worker does what is queued, and goes home."""
    call_command("db_worker", queue_name="*", interval=0, batch=True, startup_delay=False)
    state, errors = zip(
        *DBTaskResult.objects.values_list("status", "exception_class_path"), strict=True
    )
    assert (set(state), set(errors)) == ({"SUCCESSFUL"}, {""})


def signs_in(page, person) -> None:
    """By the page: password, then the code of the telephone."""
    person.set_password(PASSWORD)
    person.save()
    TOTP.activate(person, SECRET)
    assert Authenticator.objects.filter(user=person).exists()
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail address").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(SECRET, int(time()) // 30)))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def brings_june(page) -> None:
    page.goto("/northshire/figures/")
    page.get_by_role("link", name="Upload figures").click()
    page.get_by_label("File of figures").set_input_files(
        {"name": "june.csv", "mimeType": "text/csv", "buffer": of_june()}
    )
    page.get_by_role("button", name="Look at what it would do").click()
    expect(page.get_by_role("row", name="East").filter(has_text=str(NEW_FIGURE))).to_be_visible()
    page.get_by_role("button", name="Commit these figures").click()
    expect(page.get_by_role("alert")).to_contain_text("Committed: 6 new figures")


def writes(page) -> None:
    page.goto("/my/measures/")
    page.get_by_label("What does this mean?").fill(WORDS)
    page.get_by_role("button", name="Save all").click()
    expect(page.get_by_role("alert")).to_contain_text("Saved: words on 1 measure")


def passes(page, button: str, said: str) -> None:
    """Somebody else's words await this person: they read them, and say so."""
    page.goto("/my/measures/")
    page.get_by_role("link", name="June 2022").click()
    expect(page.locator("main")).to_contain_text(WORDS)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("alert")).to_contain_text(said)


def asks_for_the_report(page) -> None:
    page.goto("/northshire/reports/")
    page.get_by_role("button", name="Make a report").click()
    expect(page.get_by_label("Month", exact=True).last).to_be_visible()
    page.get_by_role("button", name="Make the report").click()
    expect(page.get_by_role("heading", name="How far it is")).to_be_visible()


def publishes(page) -> None:
    page.reload()
    page.get_by_role("button", name="Publish the report").click()
    expect(page.get_by_role("alert")).to_contain_text("everybody can read it")


def reads_and_takes(page, folder):
    """The public's way: the place, its reports, the newest, the workbook."""
    page.goto("/")
    page.locator("main").get_by_role("link", name="Northshire").first.click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Reports").click()
    page.get_by_role("link", name="Performance report").first.click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Excel").click()
    path = folder / downloading.value.suggested_filename
    downloading.value.save_as(path)
    return openpyxl.load_workbook(path)


def test_a_month_goes_from_the_analyst_to_everybody(opened, force, people, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    analyst = opened()
    signs_in(analyst, people["force_analyst"])
    brings_june(analyst)

    writes(opened("measure_owner"))
    passes(analyst, "Reviewed: they are right", "The words were reviewed.")
    passes(opened("chief_officer"), "Sign them off", "The words were signed off.")
    assert Commentary.objects.get().state == Commentary.State.FINAL

    public, officer = opened(), opened("office_officer")
    public.goto("/northshire/measures/shoplifting/")
    assert WORDS not in public.locator("main").inner_text()
    asks_for_the_report(officer)
    worker_works()
    publishes(officer)
    worker_works()

    public.reload()
    assert WORDS in public.locator("main").inner_text()
    book = reads_and_takes(public, tmp_path)
    cells = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
    assert NEW_FIGURE in cells
    assert [page.complaints for page in (analyst, officer)] == [[], []]
