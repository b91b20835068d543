"""The pages of the ledger: who sees what, and that a person's words are never lost."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frankpledge.web.actions.acts import (
    change_action,
    close_action,
    update_action,
    withdraw_action,
)
from frankpledge.web.actions.acts.updating import Evidence
from frankpledge.web.actions.models import Action, ActionList, ActionUpdate, Extract, RagScheme
from frankpledge.web.actions.rules import Due
from frankpledge.web.organisations.models import Forum
from tests.web.actions.making import a_list, an_action, days, overdue

pytestmark = pytest.mark.django_db
LEDGER = "/northshire/actions/"


def page_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def references(response) -> list[str]:
    rows = page_of(response).select("table.app-ledger tbody th a")
    return [row.contents[0].strip() for row in rows]


def filled(response, within: str = "main form[method=post]") -> dict[str, str]:
    """What a browser would send of the page's form if nothing were touched."""
    form, sent = page_of(response).select_one(within), {}
    for field in form.select("input, textarea, select"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen["value"]
        elif field.get("type") in ("radio", "checkbox"):
            if field.has_attr("checked"):
                sent[field["name"]] = field["value"]
        elif field.get("type") != "file":
            sent[field["name"]] = (
                field.text.lstrip("\n") if field.name == "textarea" else field.get("value", "")
            )
    return sent


# The ledger


def test_the_ledger_answers_first_and_shows_overdue_first(as_role, people, delivery_plan, action):
    an_action(people, delivery_plan, "2", due=overdue(3))
    an_action(people, delivery_plan, "3", due=overdue(9))
    an_action(people, delivery_plan, "4", due=Due.ongoing())
    an_action(people, delivery_plan, "5", status="done", done_on=days(0))
    response = as_role("office_officer").get(LEDGER)
    assert page_of(response).select_one("p.app-lead").text == "2 of 5 actions are overdue."
    assert references(response) == ["3", "2", "1", "4", "5"]


def test_the_public_sees_public_actions_and_no_name(
    client, people, bodies, delivery_plan, action, owner
):
    hidden = a_list(people, bodies["office"], name="Private list", visibility="office")
    an_action(people, hidden, "77", what="A secret plan", owner=people["office_officer"])
    update_action(by=owner, action=action, seen=1, text="The lamps are ordered.")
    for address in (
        LEDGER,
        f"{LEDGER}{action.pk}/",
        f"{LEDGER}{action.pk}/history/",
        f"{LEDGER}lists/",
    ):
        body = client.get(address).content.decode()
        assert "A secret plan" not in body
        assert "Private list" not in body
        assert owner.name not in body
    assert "Superintendent, local policing" in client.get(LEDGER).content.decode()
    assert "The lamps are ordered." in client.get(f"{LEDGER}{action.pk}/").content.decode()


WHO_SEES = (
    # visibility of an action of the office, who sees it
    (
        "public",
        {"public", "office_officer", "chief_officer", "panel_chair", "other_office_officer"},
    ),
    ("panel", {"office_officer", "panel_chair"}),
    ("force", {"office_officer", "chief_officer"}),
    ("office", {"office_officer"}),
)


@pytest.mark.parametrize(("visibility", "sees"), WHO_SEES)
@pytest.mark.parametrize(
    "role", ["public", "office_officer", "chief_officer", "panel_chair", "other_office_officer"]
)
def test_who_may_not_see_an_action_is_told_that_there_is_none(
    as_role, people, bodies, role, visibility, sees
):
    theirs = a_list(people, bodies["office"], name="L", visibility=visibility)
    action = an_action(people, theirs, "77", what="A certain plan")
    client = as_role(role)
    for address in (f"{LEDGER}{action.pk}/", f"{LEDGER}{action.pk}/history/"):
        assert client.get(address).status_code == (200 if role in sees else 404)
    assert (references(client.get(LEDGER)) == ["77"]) is (role in sees)
    assert client.get(f"{LEDGER}?text=certain").content.count(b"A certain plan") == (role in sees)


def test_an_action_of_another_place_is_not_on_this_ones_pages(client, people, bodies):
    theirs = an_action(people, a_list(people, bodies["other_office"]), "8")
    assert references(client.get(LEDGER)) == []
    assert client.get(f"{LEDGER}{theirs.pk}/").status_code == 404
    assert client.get(f"/southshire/actions/{theirs.pk}/").status_code == 200


def test_an_action_of_the_alliance_is_on_the_pages_of_each_member(client, people, bodies):
    from frankpledge.web.actions.acts import add_action

    made = ActionList.objects.create(
        body=bodies["alliance"], name="Joint", slug="joint", visibility="public"
    )
    add_action(
        by=people["chief_officer"], action_list=made, reference="J1", what="Share a dog unit"
    )
    assert (
        references(client.get(LEDGER)) == references(client.get("/southshire/actions/")) == ["J1"]
    )


def test_the_filters_find(as_role, people, bodies, delivery_plan, scheme, action, owner):
    board = Forum.objects.create(
        body=bodies["office"], name="Board", slug="board", visibility="public"
    )
    charter = a_list(people, bodies["force"], name="Charter", visibility="public")
    an_action(people, charter, "C1", what="Recruit cadets", forums=[board], post="Inspector")
    an_action(people, delivery_plan, "2", due=overdue(), status="done", done_on=days(-9))
    an_action(people, delivery_plan, "3", due=overdue())
    client = as_role("office_officer")
    found = {
        "standing=overdue": ["3"],
        "standing=finished": ["2"],
        "standing=under_way": ["3", "1", "C1"],
        "standing=wanting": ["3", "C1"],
        f"list={charter.pk}": ["C1"],
        f"forum={board.pk}": ["C1"],
        "owner=post:Inspector": ["C1"],
        "owner=none": ["3"],
        "rag=Amber": ["1"],
        "rag=none": ["3", "C1", "2"],
        "text=CADETS": ["C1"],
        "text=lights+1": ["1"],
        f"text=lights&standing=overdue&list={delivery_plan.pk}": ["3"],
        "list=999999&forum=x&rag=Purple": [
            "3",
            "1",
            "C1",
            "2",
        ],  # what is not offered is not asked for
    }
    for query, expected in found.items():
        response = client.get(f"{LEDGER}?{query}")
        assert references(response) == expected, query


def test_a_standing_there_is_not_is_no_page(client, action):
    assert client.get(f"{LEDGER}?standing=asleep").status_code == 404
    assert client.get(f"{LEDGER}?standing=").status_code == 200


def test_the_ways_to_what_stands_badly_keep_the_other_filters(
    client, people, delivery_plan, action
):
    an_action(people, delivery_plan, "2", due=overdue())
    page = page_of(client.get(f"{LEDGER}?list={delivery_plan.pk}&page=1"))
    ways = {a.text: a["href"] for a in page.select("ul.app-buttons a")}
    assert ways["1 overdue"] == f"?list={delivery_plan.pk}&standing=overdue"
    shown = page_of(client.get(LEDGER + ways["1 overdue"]))
    assert "1 overdue (shown below)" in shown.select_one("ul.app-buttons").text
    assert shown.select("ul.app-buttons a")[-1]["href"] == f"?list={delivery_plan.pk}"


def test_the_filter_by_objective_finds_what_serves_its_commitments(
    as_role, people, action, commitment
):
    action.commitment = commitment.commitment
    action.save()
    response = as_role("office_officer").get(
        f"{LEDGER}?objective={commitment.stated_objective.objective_id}"
    )
    assert references(response) == ["1"]
    assert "Serves A1 A safe park" in page_of(response).select_one("tbody").text


def test_the_number_of_queries_does_not_grow(as_role, people, delivery_plan, scheme, owner, bodies):
    forums = [
        Forum.objects.create(body=bodies["office"], name=n, slug=n.lower(), visibility="public")
        for n in ("Board", "Group")
    ]

    def add(first, last):
        for n in range(first, last):
            an_action(
                people,
                delivery_plan,
                str(n),
                owner=owner,
                forums=forums,
                rag=scheme.meanings.first(),
            )

    def queries(client) -> int:
        client.get(f"{LEDGER}?text=lights")
        with CaptureQueriesContext(connection) as asked:  # what is searched for is not kept
            assert client.get(f"{LEDGER}?text=lights").status_code == 200
        return len(asked)

    add(0, 3)
    few = queries(as_role("public")), queries(as_role("office_officer"))
    add(3, 60)
    assert (queries(as_role("public")), queries(as_role("office_officer"))) == few
    assert few[0] <= 12


def test_what_the_ledger_keeps_ends_with_the_next_act_and_is_nobody_elses(
    as_role, people, bodies, delivery_plan, action, owner
):
    hidden = a_list(people, bodies["office"], name="Private list", visibility="office")
    an_action(people, hidden, "77")
    assert references(as_role("office_officer").get(LEDGER)) == ["1", "77"]
    assert references(as_role("chief_officer").get(LEDGER)) == ["1"]
    assert references(as_role("public").get(LEDGER)) == ["1"]
    update_action(by=owner, action=action, seen=1, text="The lamps are ordered.")
    for role in ("public", "office_officer"):
        assert b"The lamps are ordered." in as_role(role).get(LEDGER).content


def test_the_ledger_is_kept_while_nothing_happens(as_role, action):
    client = as_role("public")
    client.get(LEDGER)
    with CaptureQueriesContext(connection) as asked:
        client.get(LEDGER)
    assert not [each for each in asked if "actions_action" in each["sql"]]


# One action


def test_an_action_page_shows_where_its_references_lead(client, people, delivery_plan):
    one = an_action(
        people, delivery_plan, "2.1", what="Answer calls (cross reference to 3.4 and 9.9)"
    )
    two = an_action(people, delivery_plan, "3.4", what="Build the centre")
    page = page_of(client.get(f"{LEDGER}{one.pk}/"))
    assert page.select_one(f'dd a[href="{LEDGER}{two.pk}/"]').text == "3.4 Build the centre"
    assert "9.9: not found" in page.text
    assert "Referred to by" in page_of(client.get(f"{LEDGER}{two.pk}/")).text


def test_a_reference_to_what_the_reader_may_not_see_is_not_found(
    client, people, bodies, delivery_plan
):
    one = an_action(people, delivery_plan, "2.1", what="Answer calls (cross reference to 3.4)")
    an_action(people, delivery_plan, "3.4", what="A secret plan", visibility="office")
    text = page_of(client.get(f"{LEDGER}{one.pk}/")).text
    assert "3.4: not found" in text
    assert "secret" not in text


def test_updating_on_the_actions_page(as_role, action, scheme):
    client, address = as_role("measure_owner"), f"{LEDGER}{action.pk}/"
    sent = filled(client.get(address))
    sent |= {"text": "The lamps are late.", "rag": str(scheme.meanings.get(key="red").pk)}
    assert client.post(address, sent).status_code == 302
    update = ActionUpdate.objects.get()
    assert (update.text, update.rag.key, update.status) == (
        "The lamps are late.",
        "red",
        "in_progress",
    )


def test_an_update_with_a_file_can_be_downloaded_by_who_sees_the_action(
    as_role, client, action, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    owner, address = as_role("measure_owner"), f"{LEDGER}{action.pk}/"
    sent = filled(owner.get(address)) | {"text": "See the order."}
    wrong = owner.post(address, sent | {"evidence_file": SimpleUploadedFile("x.html", b"<script>")})
    assert b"must be one of: PDF" in wrong.content
    owner.post(address, sent | {"evidence_file": SimpleUploadedFile("x.pdf", b"%PDF-")})
    response = as_role("public").get(f"{address}evidence/1/")
    assert response["Content-Disposition"].startswith('attachment; filename="action-1-update-1')
    assert b"".join(response.streaming_content) == b"%PDF-"
    Action.objects.update(visibility="office")
    assert client.get(f"{address}evidence/1/").status_code == 404


def test_whoever_may_not_update_has_no_form_and_is_refused(as_role, action):
    for role, status in (("panel_chair", 403), ("public", 403), ("other_office_officer", 403)):
        client, address = as_role(role), f"{LEDGER}{action.pk}/"
        assert page_of(client.get(address)).select_one("main form[method=post]") is None
        assert client.post(address, {"text": "It", "seen": "1"}).status_code == status
    assert not ActionUpdate.objects.exists()


def test_the_second_of_two_keeps_their_words_and_overwrites_nothing(
    as_role, people, action, scheme
):
    client, address = as_role("measure_owner"), f"{LEDGER}{action.pk}/"
    sent = filled(client.get(address)) | {"text": "Nobody pays."}
    red = scheme.meanings.get(key="red")
    update_action(
        by=people["office_officer"], action=action, seen=1, text="The council pays.", rag=red
    )
    again = client.post(address, sent)
    page = page_of(again)
    assert "The council pays." in page.select_one(".govuk-error-summary").text
    assert page.select_one("textarea[name=text]").text.strip() == "Nobody pays."
    assert page.select_one("select[name=rag] option[selected]").text == "Red"
    assert client.post(address, filled(again)).status_code == 302
    action.refresh_from_db()
    assert (action.rag, action.latest.text, action.updates.count()) == (red, "Nobody pays.", 2)


def test_the_history_says_what_changed_and_not_what_was_not_shared(as_role, people, bodies):
    officer = people["office_officer"]
    action = an_action(
        people, a_list(people, bodies["office"]), what="Ask Mr Smith", visibility="office"
    )
    change_action(
        by=officer, action=action, seen=1, changes={"what": "Ask everybody"}, why="Fairer"
    )
    change_action(by=officer, action=action, seen=2, changes={"visibility": "public"}, why="Ready")
    address = f"{LEDGER}{action.pk}/history/"
    told = page_of(as_role("office_officer").get(address)).text
    assert "Ask Mr Smith" in told
    assert "Fairer" in told
    public = page_of(as_role("public").get(address)).text
    assert "Ask Mr Smith" not in public
    assert "Version 3" in public


# Keeping the ledger


def test_adding_an_action_by_its_form(as_role, people, delivery_plan, bodies):
    client, address = as_role("office_officer"), f"{LEDGER}lists/{delivery_plan.pk}/add/"
    sent = filled(client.get(address)) | {
        "reference": "A1", "what": "Publish the charter", "due_kind": "month", "due_month-month": "2",
        "due_month-year": "2030", "person": str(people["measure_owner"].pk), "named_as": "Superintendent",
        "p_oversight": "The board",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    made = Action.objects.get()
    assert (made.due_on.isoformat(), made.particulars) == ("2030-02-28", {"oversight": "The board"})
    assert made.owners.get().person == people["measure_owner"]
    assert b"already has an action A1" in client.post(address, sent).content
    wrong = client.post(address, sent | {"reference": "", "what": "", "due_month-month": ""})
    assert len(page_of(wrong).select(".govuk-error-summary a")) == 3


def test_changing_an_action_by_its_form_changes_only_what_was_changed(as_role, people, action):
    client, address = as_role("office_officer"), f"{LEDGER}{action.pk}/change/"
    sent = filled(client.get(address)) | {"aim": "Light", "why": "It had none"}
    change_action(
        by=people["office_officer"],
        action=action,
        seen=1,
        changes={"what": "All lights"},
        why="More",
    )
    again = client.post(address, sent)
    assert "More" in page_of(again).select_one(".govuk-error-summary").text
    assert client.post(address, filled(again)).status_code == 302
    action.refresh_from_db()
    assert (action.aim, action.what, action.due_on, action.version) == (
        "Light",
        "All lights",
        days(30),
        3,
    )


def test_closing_withdrawing_opening_and_giving_by_their_forms(as_role, people, action, commitment):
    client = as_role("office_officer")

    def send(what, **said):
        address = f"{LEDGER}{action.pk}/{what}/"
        return client.post(address, filled(client.get(address)) | said).status_code

    assert send("owner", named_as="Inspector", person="") == 302
    assert send("commitment", commitment=str(commitment.commitment_id)) == 302
    assert send("close") == 200  # it asks for evidence
    assert send("close", evidence_words="Photographs") == 302
    assert send("reopen", why="They went out again") == 302
    assert send("withdraw", why="The park is closed") == 302
    action.refresh_from_db()
    assert (action.status, action.version, action.commitment) == (
        "withdrawn",
        6,
        commitment.commitment,
    )
    assert page_of(client.get(f"{LEDGER}{action.pk}/")).select_one("dd a").text == "A1 A safe park"


@pytest.mark.parametrize("what", ["change", "owner", "commitment", "close", "withdraw", "reopen"])
def test_keeping_is_not_for_owners_nor_the_public(as_role, action, what):
    address = f"{LEDGER}{action.pk}/{what}/"
    assert as_role("measure_owner").get(address).status_code == 403
    assert as_role("public").get(address).status_code == 302  # to sign in


def test_making_a_list_and_ratings_by_their_forms(as_role):
    client = as_role("office_officer")
    address = f"{LEDGER}ratings/add/"
    assert client.post(address, filled(client.get(address)) | {"name": "Ours"}).status_code == 302
    scheme = RagScheme.objects.get()
    assert scheme.meanings.count() == 4
    address = f"{LEDGER}lists/add/"
    sent = filled(client.get(address)) | {"name": "Strategy", "scheme": str(scheme.pk)}
    assert client.post(address, sent).status_code == 302
    made = ActionList.objects.get()
    address = f"{LEDGER}lists/{made.pk}/change/"
    assert (
        client.post(address, filled(client.get(address)) | {"stale_after_days": "30"}).status_code
        == 302
    )
    made.refresh_from_db()
    assert (made.stale_after_days, made.scheme) == (30, scheme)
    assert as_role("measure_owner").get(f"{LEDGER}lists/add/").status_code == 403


# My actions


def own(client) -> dict[str, str]:
    return filled(client.get("/my/actions/"))


def test_my_actions_saves_only_the_rows_that_were_changed(
    as_role, people, delivery_plan, action, owner, scheme
):
    second, third = (an_action(people, delivery_plan, n, owner=owner) for n in ("2", "3"))
    an_action(people, delivery_plan, "4", owner=people["chief_officer"])
    client = as_role("measure_owner")
    sent = own(client) | {
        f"a{action.pk}-text": "One.",
        f"a{second.pk}-text": "Two.",
        f"a{second.pk}-rag": str(scheme.meanings.get(key="green").pk),
        f"a{second.pk}-next_update_due": days(9).strftime("%d/%m/%Y"),
    }
    assert client.post("/my/actions/", sent).status_code == 302
    assert set(ActionUpdate.objects.values_list("action__reference", flat=True)) == {"1", "2"}
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.rag.word, second.next_update_due, third.version) == ("Green", days(9), 1)
    assert "2 actions updated." in client.get("/my/actions/").content.decode()


def test_a_rating_that_the_list_does_not_have_is_told_where_it_was_chosen(as_role, action):
    client, row = as_role("measure_owner"), f"a{action.pk}"
    again = client.post("/my/actions/", own(client) | {f"{row}-text": "One.", f"{row}-rag": "none"})
    summary = page_of(again).select(".govuk-error-summary a")
    assert [link["href"] for link in summary] == [f"#id_{row}-rag"]
    assert not ActionUpdate.objects.exists()


def test_my_actions_keeps_all_words_when_one_row_was_changed_by_another(
    as_role, people, delivery_plan, action, owner, scheme
):
    second = an_action(people, delivery_plan, "2", owner=owner)
    client = as_role("measure_owner")
    sent = own(client) | {f"a{action.pk}-text": "One.", f"a{second.pk}-text": "Two."}
    red = scheme.meanings.get(key="red")
    update_action(by=people["office_officer"], action=second, seen=1, text="Meanwhile.", rag=red)
    again = client.post("/my/actions/", sent)
    assert ActionUpdate.objects.count() == 1
    summary = page_of(again).select(".govuk-error-summary a")
    assert len(summary) == 1
    assert "Meanwhile." in summary[0].text
    assert page_of(again).select_one(summary[0]["href"]) is not None
    kept = filled(again)
    assert (kept[f"a{action.pk}-text"], kept[f"a{second.pk}-text"]) == ("One.", "Two.")
    assert client.post("/my/actions/", kept).status_code == 302
    second.refresh_from_db()
    assert (second.rag, ActionUpdate.objects.count()) == (red, 3)


def test_my_actions_tells_every_slip_at_once_and_stores_nothing(
    as_role, people, delivery_plan, action, owner
):
    second = an_action(people, delivery_plan, "2", owner=owner)
    client = as_role("measure_owner")
    wrong = client.post(
        "/my/actions/",
        own(client)
        | {f"a{action.pk}-next_update_due": "soon", f"a{action.pk}-text": "One.", f"a{second.pk}-next_update_due": "31 June 2030",
           f"a{second.pk}-text": "x" * 4001},
    )  # fmt: skip
    told = [each.text for each in page_of(wrong).select(".govuk-error-summary a")]
    assert len(told) == 3
    assert all(each.startswith(("Action 1: ", "Action 2: ")) for each in told)
    assert not ActionUpdate.objects.exists()


@pytest.mark.parametrize("what", ["next_update_due", "rag", "status"])
def test_my_actions_asks_for_words_where_only_a_date_or_a_choice_was_changed(
    what, as_role, action, scheme
):
    """A date alone would be an empty update in public, and would make a stale action look fresh."""
    client = as_role("measure_owner")
    choice = {
        "next_update_due": days(9).strftime("%d/%m/%Y"),
        "rag": str(scheme.meanings.get(key="green").pk),
        "status": "done",
    }[what]
    again = client.post("/my/actions/", own(client) | {f"a{action.pk}-{what}": choice})
    (told,) = page_of(again).select(".govuk-error-summary a")
    assert told.text == "Action 1: Say how it goes: enter what has happened"
    assert told["href"] == f"#id_a{action.pk}-text"
    assert filled(again)[f"a{action.pk}-{what}"] == choice
    stale = action.stale_from
    action.refresh_from_db()
    assert (action.stale_from, action.version, ActionUpdate.objects.exists()) == (stale, 1, False)


def test_my_actions_without_a_change_saves_nothing_and_says_so(as_role, action):
    client = as_role("measure_owner")
    assert client.post("/my/actions/", own(client)).status_code == 302
    assert "Nothing was changed" in client.get("/my/actions/").content.decode()
    assert not ActionUpdate.objects.exists()


def test_somebody_who_owns_nothing_has_nothing_due(as_role, action):
    page = page_of(as_role("panel_chair").get("/my/actions/"))
    assert page.select_one("p.app-lead").text == "Nothing is due from you."
    assert as_role("public").get("/my/actions/").status_code == 302


def test_my_actions_leaves_out_what_is_finished(as_role, people, delivery_plan, action, owner):
    gone = an_action(people, delivery_plan, "2", owner=owner)
    withdraw_action(by=people["office_officer"], action=gone, seen=1, why="No park")
    closed = an_action(people, delivery_plan, "3", owner=owner)
    close_action(by=people["office_officer"], action=closed, seen=1, evidence=Evidence("It"))
    assert len(page_of(as_role("measure_owner").get("/my/actions/")).select("fieldset")) == 1


# The extract


def test_the_extract_is_previewed_and_made(as_role, action, owner):
    update_action(by=owner, action=action, seen=1, text="Before.", dated=days(-200))
    update_action(by=owner, action=action, seen=2, text="It goes.")
    client, address = as_role("office_officer"), f"{LEDGER}extract/"
    response = client.get(address)
    assert page_of(response).select_one("p.app-lead").text.startswith("1 update since")
    assert "1 earlier update was never shown" in page_of(response).text
    made = client.post(address, filled(response))
    assert made["Location"] == f"{LEDGER}extracts/1/"
    text = page_of(as_role("panel_member_lay").get(made["Location"])).text
    assert "It goes." in text
    assert "Before." not in text
    assert Extract.objects.get().updates.count() == 1
    assert as_role("public").get(made["Location"]).status_code == 302
    assert as_role("chief_officer").get(made["Location"]).status_code == 404
    assert as_role("chief_officer").get(address).status_code == 403


def test_an_extract_from_a_date_that_is_none_is_refused_in_words(as_role, bodies):
    response = as_role("panel_officer").get(
        f"{LEDGER}extract/?since-day=31&since-month=6&since-year=2022"
    )
    assert page_of(response).select(".govuk-error-summary a")[0]["href"] == "#id_since-day"


# All of them


def test_no_page_has_a_style_or_a_script_of_its_own(as_role, action, owner, delivery_plan):
    update_action(by=owner, action=action, seen=1, text="<script>alert(1)</script>")
    client = as_role("office_officer")
    for address in ("", f"{action.pk}/", f"{action.pk}/history/", f"{action.pk}/change/", "lists/", "ratings/",
                    "extract/", "extracts/", f"lists/{delivery_plan.pk}/add/", "add/", "ratings/add/"):  # fmt: skip
        response = client.get(LEDGER + address)
        assert response.status_code == 200
        page = page_of(response)
        assert not page.select("[style], style, script:not([src])"), address
        assert len(page.select("h1")) == 1
        ids = [each["id"] for each in page.select("[id]")]
        assert len(ids) == len(set(ids)), address
        for label in page.select("label[for]"):
            assert page.find(id=label["for"]), (address, label)
        for table in page.select("table"):
            assert table.select_one("caption")
        assert not re.search(r"\{\{|\{%|\bNone\b(?! of)", page.get_text()), address
