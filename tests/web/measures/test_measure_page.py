"""A measure's page: what does this figure say, and can I trust it? And the files that go with it."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from types import SimpleNamespace

import pytest

from frankpledge.analysis.findings import NAMES, PROJECTION_NAMES
from frankpledge.reporting import key_points
from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.measures.acts import (
    review_commentary,
    sign_off_commentary,
    write_commentary,
)
from frankpledge.web.measures.models import Commentary, Figure, Measure, WhatGoodLooksLike
from frankpledge.web.organisations.models import Area, SimilarForce, SimilarForcesGroup
from tests.web.measures.making import with_measures
from tests.web.measures.showing import (
    HOSPITAL,
    JULY,
    JUNE,
    MAY,
    RAPE,
    SHOPLIFTING,
    made,
    published,
    text_of,
    with_figures,
)

pytestmark = pytest.mark.django_db

JULYS = re.compile(r"(?<![\d.])(229|454|683)(?!\d)")
"""The figures of July, which is not published, as whole numbers."""
WITHOUT_TAGS = re.compile(r"<[^>]*>")
FILES = ("", "figures.csv", "figures.json", "chart.svg", "chart.json")


def at(key: str, file: str = "") -> str:
    return f"/northshire/measures/{key}/{file}"


@pytest.fixture
def force(bodies, people):
    with_figures(bodies["force"], people)
    published(bodies["force"], people)
    made(bodies["force"], JUNE, MAY)
    return bodies["force"]


def test_its_first_sentence_is_the_finding(force, as_role):
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    assert (
        '<p class="app-lead">Shoplifting was above its expected range in June 2022: 636 offences'
        in page
    )
    assert "Could this be chance?" in page
    assert "more than in May" in page


def test_without_a_projection_it_says_nothing_of_the_months_to_come():
    bare = {"month": JUNE, "projection": None, "lower_80": None, "upper_80": None}
    assert key_points.projection(SimpleNamespace(projection=(bare,))) == ""


def test_it_has_the_chart_as_a_picture_with_words_and_a_table_behind_it(force, as_role):
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    assert 'data-spec="/northshire/measures/shoplifting/chart.json?month=2022-06"' in page
    assert 'src="/northshire/measures/shoplifting/chart.svg?month=2022-06"' in page
    assert 'alt="Line chart of Shoplifting in Northshire' in page
    assert "Shoplifting, Northshire, by month" in page
    assert "charts.js" in page
    assert "style=" not in page


def test_it_says_what_the_measure_is_and_that_its_review_is_overdue(force, as_role):
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    for said in ("How it is calculated", "Source", "Caveats", "Author", "Checker", "(overdue)"):
        assert said in page


def test_it_leads_to_each_area_and_an_area_has_a_page_of_its_own(force, as_role):
    client = as_role("public")
    page = text_of(client.get(at(SHOPLIFTING)))
    assert 'href="/northshire/measures/shoplifting/?month=2022-06&amp;area=east"' in page
    east = text_of(client.get(at(SHOPLIFTING), {"area": "east"}))
    assert "Shoplifting, East" in east
    assert "197 offences" in east
    assert "636" not in east
    assert client.get(at(SHOPLIFTING), {"area": "atlantis"}).status_code == 404


def test_a_suppressed_figure_says_so_in_words_and_is_nowhere_a_number(force, as_role):
    for role in ("public", "force_analyst"):
        client = as_role(role)
        page = text_of(client.get(at(HOSPITAL), {"month": "2022-05"}))
        assert (
            "Hospital admissions for assault with a sharp object: fewer than 8 for May 2022" in page
        )
        later = text_of(client.get(at(HOSPITAL), {"month": "2022-06"}))
        assert '<span class="app-not-a-number">fewer than 8</span>' in later
        rows = csv_of(client, HOSPITAL, month="2022-06")
        (hidden,) = [r for r in rows if r["month"] == "2022-05" and r["name"] == "value"]
        assert (hidden["value"], hidden["condition"]) == ("", "suppressed")
        told = client.get(at(HOSPITAL, "figures.json"), {"month": "2022-06"}).json()["findings"]
        assert [f["value"] for f in told if f["month"] == "2022-05" and f["name"] == "value"] == [
            None
        ]
        assert not [f for f in told if f["value"] == 4]
        moving = client.get(at(HOSPITAL, "chart.json"), {"month": "2022-06"}).json()
        assert "May 2022: fewer than 8" in [r["said"].split(" (")[0] for r in moving["readings"]]
        assert '"y": 4.0' not in json.dumps(moving["spec"])


def csv_of(client, key, **asked):
    return list(csv.DictReader(StringIO(text_of(client.get(at(key, "figures.csv"), asked)))))


def test_the_files_hold_what_the_page_shows_by_names_that_may_leave(force, as_role):
    client = as_role("public")
    rows = csv_of(client, SHOPLIFTING)
    assert list(rows[0]) == [
        "measure", "area", "month", "name", "value", "unit", "condition", "origin",
    ]  # fmt: skip
    assert {row["measure"] for row in rows} == {SHOPLIFTING}
    assert {row["area"] for row in rows} == {"Northshire", "East", "West"}
    assert {row["name"] for row in rows} <= set(NAMES)
    told = client.get(at(SHOPLIFTING, "figures.json")).json()
    assert len(told["findings"]) == len(rows)
    assert set(told["names"]) == {row["name"] for row in rows}
    assert told["as_at"] == "2022-07-22"
    assert {r["origin"] for r in rows if r["name"] in PROJECTION_NAMES} == {"projected"}
    assert {r["origin"] for r in rows if r["name"] == "value"} == {"recorded"}
    only = csv_of(client, SHOPLIFTING, area="east")
    assert {row["area"] for row in only} == {"East"}
    answer = client.get(at(SHOPLIFTING, "figures.csv"), {"area": "east"})
    assert answer["Content-Disposition"] == 'attachment; filename="shoplifting-east-2022-06.csv"'


def test_what_is_not_public_is_like_what_does_not_exist(force, as_role):
    public = as_role("public")
    for file in FILES:
        there, nowhere = public.get(at(RAPE, file)), public.get(at("no-such-measure", file))
        assert there.status_code == nowhere.status_code == 404, file
        assert text_of(there).replace(RAPE, "") == text_of(nowhere).replace("no-such-measure", "")
    for role in ("other_force_analyst", "other_office_officer", "panel_chair", "other_panel_chair"):
        client = as_role(role)
        for file in FILES:
            assert client.get(at(RAPE, file)).status_code == 404, (role, file)
    office = as_role("office_officer")
    for file in FILES:
        assert office.get(at(RAPE, file)).status_code == 200, file


def test_a_month_that_is_not_published_is_in_no_file(force, as_role):
    public = as_role("public")
    for file in FILES:
        assert public.get(at(SHOPLIFTING, file), {"month": "2022-07"}).status_code == 404, file
        shown = text_of(public.get(at(SHOPLIFTING, file)))
        assert not JULYS.search(WITHOUT_TAGS.sub(" ", shown)), file
    own = as_role("force_analyst")
    for file in FILES:
        assert own.get(at(SHOPLIFTING, file), {"month": "2022-07"}).status_code == 200, file
        shown = text_of(own.get(at(SHOPLIFTING, file), {"month": "2022-07"}))
        assert JULYS.search(WITHOUT_TAGS.sub(" ", shown)), file


def test_another_place_has_nothing_of_it(force, as_role):
    client = as_role("force_analyst")
    for file in FILES:
        address = at(SHOPLIFTING, file).replace("northshire", "southshire")
        assert client.get(address).status_code == 404, file


def test_a_revision_is_shown_with_what_it_replaced(force, as_role):
    figure = Figure.objects.get(measure__key=SHOPLIFTING, area_name="East", month=MAY)
    figure.pk, figure.number, figure.value = None, 2, 187.0
    figure.known_at = "2022-07-21"
    figure.save()
    made(force, JUNE)
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    assert "1 figure replaced an earlier one." in page
    assert "21 July 2022" in page


def words(people, **more) -> Commentary:
    said = {
        "measure": Measure.objects.get(key=SHOPLIFTING), "month": JUNE,
        "written_by": people["measure_owner"], "what_does_this_mean": "A new shop opened.",
    }  # fmt: skip
    return Commentary.objects.create(**said | more)


def test_the_public_reads_words_signed_off_and_no_others(force, as_role, people):
    words(people)
    assert "A new shop opened." not in text_of(as_role("public").get(at(SHOPLIFTING)))
    own = text_of(as_role("office_officer").get(at(SHOPLIFTING), {"month": "2022-06"}))
    assert "A new shop opened." in own
    assert "Draft." in own
    newer = write_commentary(
        by=THE_SYSTEM, measure=Measure.objects.get(key=SHOPLIFTING), month=JUNE, seen=1,
        what_does_this_mean="Thefts by few people.",
    )  # fmt: skip
    review_commentary(by=people["force_analyst"], words=newer)
    sign_off_commentary(by=people["chief_officer"], words=newer)
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    assert "Thefts by few people." in page
    assert "A new shop opened." not in page


def test_words_on_an_area_stand_on_its_page_alone(force, as_role, people):
    words(people, area_name="East")
    client = as_role("office_officer")
    asked = {"month": "2022-06"}
    assert "A new shop opened." not in text_of(client.get(at(SHOPLIFTING), asked))
    assert "A new shop opened." in text_of(client.get(at(SHOPLIFTING), asked | {"area": "east"}))


def test_the_number_of_queries_does_not_grow(force, as_role, django_assert_max_num_queries):
    client = as_role("public")
    client.get(at(SHOPLIFTING))
    with django_assert_max_num_queries(8):
        client.get(at(SHOPLIFTING))
    for number in range(20):
        Area.objects.create(force=force, name=f"Beat {number}", slug=f"beat-{number}")
    made(force, *(month for month in (JUNE, MAY, JULY)))
    with django_assert_max_num_queries(9):
        assert client.get(at(SHOPLIFTING)).status_code == 200


def test_without_a_month_it_shows_the_newest_that_is_the_readers_to_see(force, as_role):
    Measure.objects.filter(key=SHOPLIFTING).update(public_month=MAY)
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    assert "within its expected range in May 2022" in page
    assert "636" not in page
    assert as_role("public").get(at(SHOPLIFTING), {"month": "2022-06"}).status_code == 404
    assert "Hospital" in text_of(as_role("public").get("/northshire/scorecard/"))


def test_a_measure_whose_findings_are_not_made_yet_says_so(force, as_role):
    with_measures(force, ("bicycle-theft",))
    page = as_role("force_analyst").get(at("bicycle-theft"))
    assert page.status_code == 200
    assert "The findings of this measure have not been made yet." in text_of(page)
    assert as_role("public").get(at("bicycle-theft")).status_code == 404


def test_a_likelihood_stands_with_its_working(force, as_role, people):
    WhatGoodLooksLike.objects.create(
        measure=Measure.objects.get(key=SHOPLIFTING), financial_year=2022, text="Fewer than before.",
        value=450, direction="at most", by_when=date(2022, 11, 30), set_by=people["office_officer"],
    )  # fmt: skip
    made(force, JUNE)
    page = text_of(as_role("public").get(at(SHOPLIFTING)))
    assert "Fewer than before." in page
    assert "How the likelihood was worked out" in page
    assert "Whether it will be at most 450" in page
    assert "15 months of figures up to June 2022" in page
    scorecard = text_of(as_role("public").get("/northshire/scorecard/"))
    assert "whose likelihood is known." in scorecard


def test_a_force_stands_beside_forces_like_it(force, as_role, people):
    measure = Measure.objects.get(key="public-confidence")
    own = Figure.objects.filter(measure=measure, month=JUNE).get()
    group = SimilarForcesGroup.objects.create(force=force, source="Most similar groups, 2022")
    for place, name in enumerate(("Eastshire", "Westshire"), start=1):
        SimilarForce.objects.create(group=group, name=name)
        own.pk, own.area_name, own.value = None, name, 90.0 + place
        own.save()
    made(force, JUNE)
    page = text_of(as_role("office_officer").get(at("public-confidence"), {"month": "2022-06"}))
    assert "Similar forces" in page
    assert "Northshire ranked 3rd of 3 similar forces" in page
    assert "The mean of the group is " in page
