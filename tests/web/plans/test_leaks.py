"""What stands in a draft alone reaches nobody but the office, whatever page is asked for."""

from __future__ import annotations

import pytest

from frankpledge.web.plans import acts
from frankpledge.web.plans.models import (
    Commitment,
    Consultation,
    DroppedCommitment,
    FocusArea,
    Objective,
    Outcome,
    Plan,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)
from tests.web.plans.conftest import ADOPTED
from tests.web.plans.plans import words_of_pdf

pytestmark = pytest.mark.django_db

PLANTED = "Quicksilver"
OFFICE = {"office_officer", "chief_executive", "treasurer", "deputy_commissioner", "commissioner",
          "auditor", "administrator"}  # fmt: skip
PANEL = {"panel_officer", "panel_monitoring_officer", "panel_member_substantive", "panel_member_coopted",
         "panel_member_lay", "panel_substitute", "panel_chair"}  # fmt: skip
ADDRESSES = (
    "", "versions/", "versions/2/", "compare/", "compare/?from=1&to=2", "compare/?to=2", "commitments/1-1/",
    "commitments/quicksilver/", "plan.pdf?version=2", "versions/2/edit/", "versions/2/words/",
    "versions/2/commitments/quicksilver/edit/", "versions/2/send/", "versions/2/adopt/",
    "versions/2/panel-report/", "versions/2/withdraw/", "draft/",
)  # fmt: skip


@pytest.fixture
def planted(draft, people):
    """The draft, with a word planted in each of its parts."""
    by = people["office_officer"]
    acts.word_version(
        by=by, version=draft, vision=PLANTED, foreword=PLANTED, label=PLANTED, why=PLANTED
    )
    added = acts.state_objective(
        by=by, version=draft, ref="9", title=PLANTED, why_it_matters=PLANTED, focus_areas=[PLANTED],
        outcomes=[PLANTED], key="quicksilver",
    )  # fmt: skip
    acts.state_commitment(
        by=by, version=draft, objective=added.objective, ref="9.1", text=PLANTED, party="office",
        why=PLANTED, key="quicksilver",
    )  # fmt: skip
    acts.state_commitment(
        by=by, version=draft, commitment=Commitment.objects.get(key="1-1"),
        objective=Objective.objects.get(key="victims"), ref="1.1", text=PLANTED, party="office",
    )  # fmt: skip
    acts.drop_commitment(
        by=by, version=draft, commitment=Commitment.objects.get(key="2-2"), why=PLANTED
    )
    acts.record_consultation(
        by=by, version=draft, name=PLANTED, starts=ADOPTED, ends=ADOPTED, heard=PLANTED
    )
    return draft


def read(client, address: str) -> str:
    response = client.get(f"/northshire/plan/{address}", follow=True)
    if response.get("Content-Type") == "application/pdf":
        return words_of_pdf(response.content)
    return response.content.decode()


@pytest.mark.parametrize(
    "role",
    ["public", "force_analyst", "chief_officer", "panel_chair", "panel_officer", "other_office_officer",
     "other_panel_officer", "other_commissioner"],
)  # fmt: skip
def test_a_draft_is_not_shown_to_others(planted, as_role, role):
    client = as_role(role)
    for address in ADDRESSES:
        page = read(client, address).lower()
        shown = page.replace(address.lower(), "")
        assert PLANTED.lower() not in shown, address
        assert "version 2" not in shown, address


def test_the_office_reads_its_draft(planted, as_role):
    client = as_role("office_officer")
    for address in (
        "versions/2/",
        "compare/?from=1&to=2",
        "commitments/1-1/",
        "plan.pdf?version=2",
    ):
        assert PLANTED in read(client, address), address
    assert PLANTED not in read(client, ""), "the plan in force does not say what a draft says"


MODELS = (Plan, Objective, Commitment, PlanVersion, StatedObjective, StatedCommitment,
          DroppedCommitment, FocusArea, Outcome, Consultation)  # fmt: skip


def seen_by(person) -> dict[str, int]:
    return {model.__name__: model.objects.visible_to(person).count() for model in MODELS}


def test_who_sees_what_as_a_version_goes_its_way(planted, people):
    before = seen_by(None)
    assert {role for role, p in people.items() if seen_by(p) != before} == OFFICE
    sent = acts.send_to_panel(by=people["office_officer"], version=planted, on=ADOPTED)
    assert {role for role, p in people.items() if seen_by(p) != before} == OFFICE | PANEL
    reported = acts.record_panel_report(
        by=people["panel_officer"], version=sent, report="Yes.", on=ADOPTED
    )
    answered = acts.answer_panel(
        by=people["office_officer"], version=reported, response="Thanks.", on=ADOPTED
    )
    acts.adopt_version(by=people["commissioner"], version=answered, on=ADOPTED)
    assert seen_by(None) == seen_by(people["office_officer"])
    assert {role for role, p in people.items() if seen_by(p) != seen_by(None)} == set()
