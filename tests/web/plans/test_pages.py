"""The plan's pages: what they say, what they ask the database, and what a form does."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frankpledge.web.plans import acts, reads
from frankpledge.web.plans.contributions import Line, Progress, Section, contributes, withdraw
from frankpledge.web.plans.models import Commitment, Objective, PlanVersion
from tests.web.plans.conftest import ADOPTED, SENT
from tests.web.plans.plans import make_plan, state_all

pytestmark = pytest.mark.django_db

PLAN = "/northshire/plan/"


def many(count: int):
    """As many objectives, each with as many commitments."""
    return tuple(
        (f"more-{n}", f"M{n}", f"More {n}", tuple(
            (f"m-{n}-{m}", f"M{n}.{m}", f"Promise {m}.", "commissioner") for m in range(count)
        ))
        for n in range(count)
    )  # fmt: skip


def test_the_plan_says_what_was_promised_by_party(plan, client):
    page = client.get(PLAN).content.decode()
    assert "The plan in force makes 5 commitments under 2 objectives." in page
    assert "It was adopted on 24 January 2022." in page
    for words in ("Help those who were harmed", "Answering every call for help.", "Focus of victims",
                  "The chief constable is held to account for", "Together we will",
                  "The panel supports the plan.", "in time", "6 May 2021"):  # fmt: skip
        assert words in page, words
    assert 'href="/northshire/plan/commitments/1-1/"' in page


def test_a_place_without_a_plan_says_so(bodies, client):
    response = client.get(PLAN)
    assert (response.status_code, "No plan has been published here yet." in response.content.decode()) == (
        200, True,
    )  # fmt: skip
    assert client.get(f"{PLAN}versions/").status_code == 404


@pytest.mark.parametrize(
    "address", ["", "versions/", "versions/1/", "compare/", "commitments/1-1/"]
)
@pytest.mark.parametrize("role", ["public", "office_officer"])
def test_a_page_asks_as_often_for_a_long_plan_as_for_a_short_one(
    plan, draft, as_role, address, role
):
    client = as_role(role)
    client.get(PLAN + address)
    with CaptureQueriesContext(connection) as short:
        client.get(PLAN + address)
    for version in plan.versions.all():
        state_all(version, many(4)) if version.number == 1 else None
    with CaptureQueriesContext(connection) as long:
        assert client.get(PLAN + address).status_code == 200
    assert len(long) == len(short)
    assert len(short) < 40, "other apps contribute their own"


def test_a_commitments_page_shows_its_words_in_every_version(answered, people, client):
    acts.adopt_version(by=people["commissioner"], version=answered, on=ADOPTED)
    by, plan = people["office_officer"], answered.plan
    third = acts.draft_version(by=by, plan=plan, why="Plainer.", on=ADOPTED)
    commitment = Commitment.objects.get(key="2-2")
    acts.state_commitment(
        by=by, version=third, commitment=commitment, objective=Objective.objects.get(key="secure"),
        ref="2.2", text="Preventing burglary and robbery.", party="chief_officer", why="Asked for.",
    )  # fmt: skip
    acts.send_to_panel(by=by, version=third, on=ADOPTED)
    acts.record_panel_report(by=by, version=third, report="Yes.", on=ADOPTED)
    acts.answer_panel(by=by, version=third, response="Thanks.", on=ADOPTED)
    acts.adopt_version(by=people["commissioner"], version=third, on=ADOPTED)
    page = client.get(f"{PLAN}commitments/2-2/").content.decode()
    assert "This commitment stands in the plan in force." in page
    assert [f"Version {n}</a>" in page for n in (1, 2, 3)] == [True] * 3
    assert "<ins>" in page
    assert "[added: </span> and robbery" in page


def test_comparing_shows_what_was_added_removed_reworded_and_why(draft, people, as_role):
    by, secure = people["office_officer"], Objective.objects.get(key="secure")
    acts.drop_commitment(
        by=by, version=draft, commitment=Commitment.objects.get(key="2-2"), why="The same as 2.1."
    )
    acts.state_commitment(
        by=by, version=draft, objective=secure, ref="2.9", text="Less fraud.", party="together",
        why="It rose.",
    )  # fmt: skip
    page = as_role("office_officer").get(f"{PLAN}compare/?from=1&to=2").content.decode()
    assert "From version 1 to version 2: 1 added and 1 removed." in page
    for words in ("Less fraud.", "It rose.", "Preventing burglary.", "The same as 2.1.", "<del>"):
        assert words in page, words


@pytest.mark.parametrize("asked", ["from=x", "to=99", "from=-1", "to=%C2%B2"])
def test_comparing_what_there_is_not_is_not_found(plan, client, asked):
    assert client.get(f"{PLAN}compare/?{asked}").status_code == 404


@pytest.fixture
def contributions():
    registered = []

    def register(slot, function):
        registered.append(contributes(slot)(function))

    yield register
    for function in registered:
        withdraw(function)


def test_other_apps_show_whether_a_promise_is_kept(plan, client, contributions):
    asked = []

    def progress(plan, reader):
        asked.append(reader.is_public)
        return Progress(
            objectives={
                Objective.objects.get(key="victims").pk: (Line("2 of 3 actions are done"),)
            },
            commitments={Commitment.objects.get(key="1-1").pk: (Line("Overdue", tone="bad"),)},
        )

    contributions("plan", progress)
    contributions("commitment", lambda commitment, reader: None)
    contributions(
        "commitment",
        lambda commitment, reader: Section(
            "Actions", "plans/parts/line.html", {"line": Line("Shown for " + commitment.key)}
        ),
    )
    page = client.get(PLAN).content.decode()
    assert "2 of 3 actions are done" in page
    assert page.count("app-status--bad") == 1
    assert asked == [True]
    commitment = client.get(f"{PLAN}commitments/1-1/").content.decode()
    assert ">Actions</h2>" in commitment
    assert "Shown for 1-1" in commitment


def test_there_is_no_slot_of_another_name():
    with pytest.raises(LookupError, match="commitment, plan"):
        contributes("objective")


def test_words_of_gives_the_latest_published_wording(draft, people):
    commitment = Commitment.objects.get(key="1-1")
    acts.state_commitment(
        by=people["office_officer"], version=draft, commitment=commitment, ref="1.1", text="Secret.",
        objective=Objective.objects.get(key="victims"), party="office",
    )  # fmt: skip
    reader = people["office_officer"].as_reader()
    assert (
        reads.words_of([commitment.pk], reader)[commitment.pk].text
        == "Answering every call for help."
    )
    assert len(reads.commitments_of(draft.body, reader)) == 5


def test_the_office_drafts_on_pages_sends_and_adopts(plan, as_role):
    client = as_role("chief_executive")
    assert client.get(f"{PLAN}draft/").status_code == 200
    begun = client.post(f"{PLAN}draft/", {"why": "Two gaps.", "label": "First variation"})
    assert begun["Location"] == f"{PLAN}versions/2/edit/"
    at = f"{PLAN}versions/2/"
    wrong = client.post(f"{at}commitments/add/", {"ref": "2.1", "objective": "secure", "party": "together", "text": "Twice."})  # fmt: skip
    assert (wrong.status_code, 'href="#id_ref"' in wrong.content.decode()) == (422, True)
    added = client.post(f"{at}commitments/add/", {"ref": "2.3", "objective": "secure", "party": "together", "text": "Less fraud."}, follow=True)  # fmt: skip
    assert "Less fraud." in added.content.decode()
    client.post(f"{at}commitments/2-2/drop/", {"why": "The same."})
    client.post(f"{at}commitments/2-3/edit/", {"seen": "1", "ref": "2.3", "objective": "secure", "party": "office", "text": "No fraud."})  # fmt: skip
    stale = client.post(f"{at}commitments/2-3/edit/", {"seen": "1", "ref": "2.3", "objective": "secure", "party": "office", "text": "Some fraud."})  # fmt: skip
    assert "Somebody else changed" in stale.content.decode()
    day = {"on-day": "10", "on-month": "6", "on-year": "2022"}
    PlanVersion.objects.filter(number=2).update(drafted_on=SENT)
    for step, words in (("send", {}), ("panel-report", {"report": "Yes."}), ("response", {"response": "Thanks."})):  # fmt: skip
        assert client.get(f"{at}{step}/").status_code == 200
        assert client.post(f"{at}{step}/", {**words, **day}).status_code == 302, step
    refused = client.post(f"{at}adopt/", day)
    assert "Only the commissioner can issue a plan." in refused.content.decode()
    assert client.post(f"{at}adopt/", {**day, "on_record": "Notice 14"})["Location"] == PLAN
    assert "No fraud." in client.get(PLAN).content.decode()
    assert client.get(f"{at}edit/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"),
    [("public", 404), ("force_analyst", 403), ("auditor", 403), ("office_officer", 200)],
)
def test_who_may_begin_a_draft(plan, as_role, role, status):
    assert as_role(role).get(f"{PLAN}draft/").status_code == status


@pytest.mark.parametrize("page", ["edit", "words", "objectives/add", "objectives/victims/edit",
                                  "commitments/1-1/edit", "commitments/1-1/drop", "consultations/add",
                                  "send", "withdraw"])  # fmt: skip
def test_an_auditor_reads_the_draft_and_changes_nothing(draft, as_role, page):
    client = as_role("auditor")
    assert client.get(f"{PLAN}versions/2/").status_code == 200
    assert client.get(f"{PLAN}versions/2/{page}/").status_code == 403
    assert as_role("chief_executive").get(f"{PLAN}versions/2/{page}/").status_code == 200


def test_an_earlier_plan_is_reached_by_its_key(bodies, people, plan, client):
    make_plan(bodies, people, key="older")
    page = client.get(f"{PLAN}versions/?plan=older").content.decode()
    assert f"{PLAN}versions/1/?plan=older" in page
    assert client.get(f"{PLAN}?plan=nothing").status_code == 404
