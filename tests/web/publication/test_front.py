"""The front pages: what anybody may read, and what awaits whoever signed in."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db import DatabaseError, connection

from frankpledge.web.reports.acts import publish_report
from tests.web.reports.stocked import ask, made, stock

pytestmark = pytest.mark.django_db


def test_the_places_are_there_for_everybody(client, bodies):
    page = client.get("/").content.decode()
    assert "Northshire Police" in page
    assert 'href="/southshire/"' in page


def test_a_place_without_a_plan_says_so(client, bodies):
    page = client.get("/northshire/")
    assert page.status_code == 200
    assert (
        "No plan of Northshire Police and Crime Commissioner is in force yet."
        in page.content.decode()
    )


def test_a_place_that_is_not_there_is_not_found(client, bodies):
    assert client.get("/eastshire/").status_code == 404


def test_a_report_is_on_the_front_page_once_it_is_published(client, people, bodies):
    stock(people, bodies["force"])
    report = made(ask(people, bodies))
    assert "/northshire/reports/2022-06/1/" not in client.get("/northshire/").content.decode()
    publish_report(by=people["office_officer"], report=report)
    assert "/northshire/reports/2022-06/1/" in client.get("/northshire/").content.decode()


def test_the_office_is_told_of_a_report_to_publish_and_the_panel_is_not(as_role, people, bodies):
    stock(people, bodies["force"])
    made(ask(people, bodies))
    told = "The report of June 2022 is made and can be published"
    assert told in as_role("office_officer").get("/").content.decode()
    for role in ("panel_chair", "other_office_officer", "force_analyst"):
        assert told not in as_role(role).get("/").content.decode(), role


def test_health_says_that_the_database_answers_and_when_it_does_not(client, db):
    assert client.get("/health").json() == {"database": "answers"}
    with mock.patch.object(connection, "cursor", side_effect=DatabaseError):
        assert client.get("/health").status_code == 503
