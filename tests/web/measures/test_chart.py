"""The chart: a still picture drawn once, and what the moving one is drawn from."""

from __future__ import annotations

import os
import time

import pytest

from frankpledge.reporting import charts as drawing
from frankpledge.web.measures import charts
from frankpledge.web.measures.models import Figure
from tests.web.measures.showing import HOSPITAL, JUNE, SHOPLIFTING, made, published, with_figures

pytestmark = pytest.mark.django_db

ADDRESS = "/northshire/measures/shoplifting/"


@pytest.fixture
def force(bodies, people, settings, tmp_path):
    settings.DATA = tmp_path
    with_figures(bodies["force"], people, (SHOPLIFTING, HOSPITAL))
    published(bodies["force"], people)
    made(bodies["force"], JUNE)
    return bodies["force"]


@pytest.fixture
def drawn(monkeypatch):
    """The pictures that were drawn."""
    done = []

    def svg(chart, alt, own_id):
        done.append(chart)
        return f'<svg xmlns="http://www.w3.org/2000/svg"><title id="{own_id}">{alt}</title></svg>'

    monkeypatch.setattr(drawing, "svg", svg)
    return done


def test_the_picture_is_drawn_once_and_again_when_a_figure_changes(force, as_role, drawn):
    client = as_role("public")
    first = client.get(ADDRESS + "chart.svg")
    assert first["Content-Type"] == "image/svg+xml"
    assert first.content == client.get(ADDRESS + "chart.svg").content
    assert len(drawn) == 1
    figure = Figure.objects.get(measure__key=SHOPLIFTING, area_name="Northshire", month=JUNE)
    figure.pk, figure.number, figure.value = None, 2, 640.0
    figure.save()
    made(force, JUNE)
    assert client.get(ADDRESS + "chart.svg").status_code == 200
    assert len(drawn) == 2


def test_two_readers_who_see_the_same_share_a_picture(force, as_role, drawn):
    as_role("public").get(ADDRESS + "chart.svg")
    as_role("office_officer").get(ADDRESS + "chart.svg", {"month": "2022-06"})
    assert len(drawn) == 1


def test_the_page_draws_no_picture(force, as_role, drawn):
    assert as_role("public").get(ADDRESS).status_code == 200
    assert drawn == []


def test_the_picture_has_words_and_no_style(force, as_role):
    picture = as_role("public").get(ADDRESS + "chart.svg").content.decode()
    assert picture.startswith("<svg ")
    assert 'xmlns="http://www.w3.org/2000/svg"' in picture
    assert "<title" in picture
    assert "style=" not in picture
    assert "<script" not in picture


def test_the_moving_chart_says_each_month_in_words(force, as_role):
    told = as_role("public").get(ADDRESS + "chart.json").json()
    assert told["name"].startswith(
        "Shoplifting, Northshire: 636 in June 2022, above the upper limit"
    )
    said = {each["month"]: each["said"] for each in told["readings"]}
    assert said["2022-06-01"].startswith("June 2022: 636, above the limits of ")
    assert said["2022-05-01"].startswith("May 2022: ")
    assert said["2022-07-01"].startswith("July 2022: projected at ")
    assert told["spec"]["vconcat"]


def test_too_few_months_have_no_chart(force, as_role):
    Figure.objects.filter(measure__key=SHOPLIFTING).exclude(month=JUNE).delete()
    made(force, JUNE)
    client = as_role("public")
    assert client.get(ADDRESS + "chart.svg").status_code == 404
    page = client.get(ADDRESS).content.decode()
    assert "<figure" not in page
    assert "as CSV" in page


def test_charts_are_drawn_ahead_of_the_first_reader(force, as_role, drawn):
    from frankpledge.web.audit.visibility import THE_PUBLIC
    from frankpledge.web.measures.findings.shown import findings_of
    from frankpledge.web.organisations.reads import place_or_404

    shown = findings_of(place_or_404("northshire"), THE_PUBLIC)
    assert charts.draw_ahead(shown.material()) == len(drawn) == 2
    as_role("public").get(ADDRESS + "chart.svg")
    assert len(drawn) == 2


def test_pictures_of_long_ago_are_deleted_and_drawn_again_when_asked_for(force, as_role, settings):
    client = as_role("public")
    before = client.get(ADDRESS + "chart.svg").content
    (picture,) = settings.DATA.glob("charts/*/*.svg")
    assert charts.forget_old_pictures() == 0
    long_ago = time.time() - (charts.KEPT_DAYS + 1) * 24 * 60 * 60
    os.utime(picture, (long_ago, long_ago))
    assert charts.forget_old_pictures() == 1
    assert not picture.exists()
    assert client.get(ADDRESS + "chart.svg").content == before


def test_the_task_draws_the_newest_charts(force, drawn):
    from frankpledge.web.measures.findings.refreshing import make_findings

    make_findings.call(force.pk, [])
    assert len(drawn) == 4, "July for the force, June for everybody, of each the two of the force"
