"""What awaits whoever signs in: each thing to whom it falls, and to nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup

from frankpledge.web.measures.acts import (
    discard_upload,
    give_owner,
    return_commentary,
    review_commentary,
    share_measures,
    sign_off_commentary,
    write_commentary,
)
from frankpledge.web.measures.models import Measure
from frankpledge.web.plans.acts import answer_panel, record_panel_report, send_to_panel
from frankpledge.web.plans.models import PlanVersion
from frankpledge.web.publication.presenters import Owed, most_pressing_first
from tests.web.actions.making import a_list, an_action
from tests.web.measures.making import JUNE, committed, uploaded, with_measures
from tests.web.measures.showing import made, published, with_figures
from tests.web.plans.plans import make_plan, state_all

pytestmark = pytest.mark.django_db

UPLOADS = "/northshire/figures/"


def owed(client) -> dict[str, str]:
    """What the page says awaits the reader, each with where it leads."""
    page = BeautifulSoup(client.get("/").content, "html.parser")
    links = page.select("main .govuk-list--spaced a")
    return {" ".join(link.get_text(" ").split()): link["href"] for link in links}


@pytest.fixture
def measures(bodies, people):
    measures = with_measures(bodies["force"], ("shoplifting", "rape"))
    return {
        key: give_owner(by=people["force_analyst"], measure=measure, owner=people["measure_owner"])
        for key, measure in measures.items()
    }


@pytest.fixture
def with_june(bodies, people, measures):
    return committed(
        people["force_analyst"], bodies["force"],
        ("shoplifting", "Northshire", "2022-06", 111), ("rape", "Northshire", "2022-06", 9),
    )  # fmt: skip


def test_nothing_awaits_whoever_has_nothing_to_do(as_role, bodies, people):
    for role in people:
        client = as_role(role)
        assert owed(client) == {}, role
        assert "Nothing awaits you." in client.get("/").content.decode()


# Words


def test_an_owner_is_told_of_the_measures_that_want_words(as_role, people, measures, with_june):
    client = as_role("measure_owner")
    assert owed(client) == {"2 measures of yours await words on June 2022": "/my/measures/"}
    words = write_commentary(
        by=people["measure_owner"], measure=measures["rape"], month=JUNE, seen=0,
        what_does_this_mean="Fewer.",
    )  # fmt: skip
    assert owed(client) == {"1 measure of yours awaits words on June 2022": "/my/measures/"}
    return_commentary(by=people["force_analyst"], words=words, why="Say since when.")
    assert owed(client) == {"2 measures of yours await words on June 2022": "/my/measures/"}


def test_words_await_those_who_may_look_at_them_and_not_those_who_did(
    as_role, people, measures, with_june
):
    told = {"Words on 1 measure await your review or signing off": "/my/measures/"}
    words = write_commentary(
        by=people["measure_owner"], measure=measures["rape"], month=JUNE, seen=0,
        what_does_this_mean="Fewer.",
    )  # fmt: skip
    assert owed(as_role("force_analyst")) == told
    assert owed(as_role("chief_officer")) == told
    assert owed(as_role("office_officer")) == {}
    assert owed(as_role("other_force_analyst")) == {}
    words = review_commentary(by=people["force_analyst"], words=words)
    assert owed(as_role("force_analyst")) == {}
    assert owed(as_role("chief_officer")) == told
    sign_off_commentary(by=people["chief_officer"], words=words)
    assert owed(as_role("chief_officer")) == {}


# Files of figures


def test_a_file_awaits_those_who_may_decide(as_role, bodies, people, measures):
    row = ("shoplifting", "Northshire", "2022-06", 111)
    upload = uploaded(people["measure_owner"], bodies["force"], row)
    told = {"The file june.csv awaits a decision": f"{UPLOADS}uploads/{upload.pk}/"}
    assert owed(as_role("measure_owner")) == told
    assert owed(as_role("force_analyst")) == told
    for role in ("chief_officer", "office_officer", "other_force_analyst", "panel_chair"):
        assert owed(as_role(role)) == {}, role
    again = uploaded(people["force_analyst"], bodies["force"], row)
    assert owed(as_role("force_analyst")) == {"2 files of figures await a decision": UPLOADS}
    assert owed(as_role("measure_owner")) == told
    for each in (upload, again):
        discard_upload(by=people["force_analyst"], upload=each)
    assert owed(as_role("force_analyst")) == {}


# Exceptions


EXCEPTIONS = {
    "9 figures were outside their limits in July 2022": "/northshire/exceptions/?month=2022-07"
}


@pytest.fixture
def with_exceptions(bodies, people):
    with_figures(bodies["force"], people, ("drug-offences", "rape", "shoplifting"))
    published(bodies["force"], people)
    made(bodies["force"], JUNE)


def strongest(client) -> str:
    """The title of the measure that the page of exceptions ranks first."""
    page = BeautifulSoup(client.get("/northshire/exceptions/").content, "html.parser")
    return page.select_one("tbody a").get_text(strip=True).split(",")[0]


def test_the_newest_exceptions_are_told_to_those_who_ask_about_them(as_role, with_exceptions):
    for role in ("force_analyst", "office_officer", "commissioner"):
        client = as_role(role)
        assert owed(client) == EXCEPTIONS, role
        assert f"The strongest evidence: {strongest(client)}" in client.get("/").content.decode()
    for role in (
        "measure_owner",
        "panel_chair",
        "auditor",
        "other_force_analyst",
        "other_office_officer",
    ):
        assert owed(as_role(role)) == {}, role


def test_of_a_measure_they_do_not_see_they_are_told_no_exception(
    as_role, bodies, people, with_exceptions
):
    client = as_role("office_officer")
    assert owed(client) == EXCEPTIONS
    first = strongest(client)
    hidden = Measure.objects.get(body=bodies["force"], title=first)
    share_measures(
        by=people["force_analyst"], force=bodies["force"], keys=[hidden.key], visibility="force"
    )
    client = as_role("office_officer")
    (told,) = owed(client)
    assert told == "6 figures were outside their limits in July 2022"
    assert first not in client.get("/").content.decode()
    assert owed(as_role("force_analyst")) == EXCEPTIONS


# The plan


@pytest.fixture
def variation(bodies, people):
    plan = make_plan(bodies, people)
    draft = PlanVersion.objects.create(
        plan=plan, number=2, label="Variation", state="draft", vision="Nobody is harmed.",
        drafted_by=people["office_officer"], drafted_on=date(2022, 6, 1), why_varied="A new duty.",
    )  # fmt: skip
    state_all(draft, (("roads", "9", "Roads", (("r-1", "9.1", "Safer roads.", "commissioner"),)),))
    return draft


def test_a_version_awaits_the_panel_and_then_the_office(as_role, people, variation):
    at = "/northshire/plan/versions/2"
    officer = people["office_officer"]
    assert owed(as_role("panel_officer")) == {}
    version = send_to_panel(by=officer, version=variation)
    told = {"Version 2 of A Safer Shire awaits the panel’s report": f"{at}/panel-report/"}
    assert owed(as_role("panel_officer")) == told
    for role in ("office_officer", "panel_chair", "other_panel_officer"):
        assert owed(as_role(role)) == {}, role
    version = record_panel_report(by=people["panel_officer"], version=version, report="Good.")
    assert owed(as_role("panel_officer")) == {}
    told = {"Version 2 of A Safer Shire awaits an answer to the panel’s report": f"{at}/response/"}
    for role in ("office_officer", "commissioner"):
        assert owed(as_role(role)) == told, role
    assert owed(as_role("other_office_officer")) == {}
    answer_panel(by=officer, version=version, response="Thank you.")
    assert owed(as_role("office_officer")) == {}


# The page


def test_what_is_late_stands_first():
    waits, late, read = Owed("a", "/", "caution"), Owed("b", "/", "bad"), Owed("c", "/")
    assert most_pressing_first([read, waits, late]) == [late, waits, read]


def test_the_page_asks_no_more_with_more_to_tell(
    as_role, bodies, people, with_exceptions, django_assert_max_num_queries
):
    force, analyst = bodies["force"], people["force_analyst"]
    for measure in Measure.objects.filter(body=force):
        give_owner(by=analyst, measure=measure, owner=people["measure_owner"])
    kept = a_list(people, bodies["office"], visibility="office")
    for number in range(5):
        an_action(people, kept, str(number), by=people["office_officer"])
        uploaded(analyst, force, ("rape", "Northshire", f"2022-0{number + 1}", 9 + number),
                 known_at=date(2022, 7, 21))  # fmt: skip
    for role in ("force_analyst", "measure_owner", "office_officer"):
        client = as_role(role)
        client.get("/")
        with django_assert_max_num_queries(30):
            client.get("/")
