"""An import by hand, step by step; whose it is; and what is refused with nothing stored."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from frankpledge.web.actions.importing.acts import choose_words
from frankpledge.web.actions.models import Action, ActionList, Import
from frankpledge.web.audit.models import Event
from tests.web.actions.importing import a_charter, as_csv, example, handed_in

CHARTER = as_csv(
    "#,Recommendation,Owner/s,Date,RAG,Update",
    '1,Light the park,"Head of parks',
    'Head of lights",Oct 22,A,290622 - Lamps ordered.',
    "2,Mend the gate,Head of parks,TBC,G,",
)


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def send(client, action_list, data=CHARTER, name="charter.csv", **more):
    return client.post(
        "/northshire/actions/import/",
        {
            "action_list": action_list.pk,
            "file": SimpleUploadedFile(name, data),
            "as_at-day": "30",
            "as_at-month": "6",
            "as_at-year": "2022",
        }
        | more,
    )


def test_a_file_is_brought_step_by_step(as_role, people, bodies, scheme):
    charter = a_charter(people, bodies, scheme=scheme)
    client = as_role("office_officer")
    answer = send(client, charter)
    imported = Import.objects.get()
    at = f"/northshire/actions/import/{imported.pk}/"
    assert answer.url == f"{at}columns/"

    page = client.get(answer.url).text
    assert "Taken for “Reference”: another name for it." in page
    columns = dict(enumerate(("reference", "what", "owners", "due", "rag", "updates")))
    answer = client.post(
        answer.url, {"format": "charter", **{f"column-{n}": f for n, f in columns.items()}}
    )
    assert answer.url == f"{at}words/"

    form = client.get(answer.url).context["form"]
    assert [field.label for field in form] == [
        "Rating “A”", "Rating “G”", "Owner “Head of parks”", "Owner “Head of lights”",
    ]  # fmt: skip
    said = {name: field.initial for name, field in form.fields.items()}
    answer = client.post(answer.url, said)
    assert answer.url == at

    page = client.get(at)
    assert "This file would add 2 actions. Nothing is stored yet." in page.text
    assert Action.objects.count() == 0
    answer = client.post(at, {"decision": "take", "seen": page.context["preview"].fingerprint})
    assert answer.url == at
    assert "It added 2 actions to Charter" in client.get(at).text
    lit = Action.objects.get(reference="1")
    assert (lit.rag.word, lit.due_kind, lit.due_on) == ("Amber", "month", date(2022, 10, 31))
    assert [(u.dated, u.text) for u in lit.updates.all()] == [(date(2022, 6, 29), "Lamps ordered.")]
    assert [(o.named_as, o.part) for o in lit.owners.all()] == [
        ("Head of parks", "answers"), ("Head of lights", "helps"),
    ]  # fmt: skip


def test_a_choice_of_columns_is_refused_with_everything_that_is_wrong(as_role, people, bodies):
    imported = handed_in(people, a_charter(people, bodies), CHARTER)
    client = as_role("office_officer")
    page = client.post(
        f"/northshire/actions/import/{imported.pk}/columns/",
        {"format": "charter", "column-0": "what", "column-1": "what"},
    )
    assert "No column is chosen for Reference." in page.text
    assert "Action is chosen for more than one column" in page.text
    assert Import.objects.get().columns == imported.columns


def test_what_is_wrong_in_rows_is_said_at_once_and_leads_to_them(as_role, people, bodies):
    data = as_csv(
        "#,Recommendation,Owner/s,Date",
        "1,Light the park,Head of parks,Oct 22",
        ",Mend the gate,Head of parks,",
        "1,Paint the fence,Head of parks,",
        f"4,Plant trees,{'x' * 161},",
    )
    imported = handed_in(people, a_charter(people, bodies), data)
    page = as_role("office_officer").get(f"/northshire/actions/import/{imported.pk}/")
    assert [error["text"].split(".")[0] for error in page.context["errors"]] == [
        "Row 3, column “#”: It has no reference",
        "Row 4, column “#”: The reference 1 stands in row 2 too",
        "Row 5, column “Owner/s”: It has 161 characters; at most 160 can be kept here",
    ]
    for error in page.context["errors"]:
        assert f'id="{error["href"].removeprefix("#")}"' in page.text
    assert "three" not in page.text
    assert "3 things are wrong with it. Nothing of it is stored." in page.text
    assert 'value="take"' not in page.text
    seen = page.context["preview"].fingerprint
    again = as_role("office_officer").post(
        page.request["PATH_INFO"], {"decision": "take", "seen": seen}
    )
    assert again.status_code == 200
    assert Action.objects.count() == 0


def _workbook(change) -> bytes:
    book = openpyxl.Workbook()
    for row in (["Ref", "Action", "Owner", "Due"], ["1", "Light the park", "Head", "Oct 22"]):
        book.active.append(row)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _formula(book):
    book.active["D2"] = "=TODAY()"


def _hidden(book):
    book.create_sheet("Secret").sheet_state = "hidden"


def _with_part(name: str, content: bytes) -> bytes:
    """A workbook with one more part in its archive."""
    out = BytesIO(_workbook(lambda book: None))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


WRONG = {
    "empty": (b"", "plan.csv", "file chosen is empty"),
    "blank": (b"\n\n  \n", "plan.csv", "The file is empty."),
    "a PDF": (b"%PDF-1.7 ...", "plan.docx", "This is a PDF."),
    "no header": (as_csv("1,2,3", "4,5,6"), "plan.csv", "no row of column names"),
    "no rows": (as_csv("Ref,Action,Owner"), "plan.csv", "no rows below them"),
    "a panel": (
        as_csv("Name,Council,Party", "A,B,C"),
        "panel.csv",
        "does not look like a list of actions",
    ),
    "measures": (
        as_csv("measure,area,month,value", "a,b,2022-06,3"),
        "m.csv",
        "does not look like a list",
    ),
    "wide": (as_csv(",".join(["Ref", "Action"] * 5000), "1,2"), "wide.csv", "columns"),
    "formulas": (_workbook(_formula), "plan.xlsx", "formula"),
    "macros": (_with_part("xl/vbaProject.bin", b"macro"), "plan.xlsx", "macros"),
    "a bomb": (_with_part("xl/worksheets/sheet9.xml", b" " * 30_000_000), "plan.xlsx", "swells"),
    "hidden sheets": (_workbook(_hidden), "plan.xlsx", "hidden"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_is_refused_in_words_and_nothing_is_stored(
    wrong, as_role, people, bodies, settings
):
    charter = a_charter(people, bodies)
    client = as_role("office_officer")
    data, name, said = WRONG[wrong]
    before = Event.objects.count()
    page = send(client, charter, data, name)
    assert page.status_code == 200
    assert "There is a problem" in page.text
    assert 'href="#id_file"' in page.text
    assert said in page.text
    assert (Import.objects.count(), Event.objects.count()) == (0, before)
    assert [p for p in Path(settings.MEDIA_ROOT).rglob("*") if p.is_file()] == []


def test_an_import_is_for_its_own_body_and_discarding_it_deletes_the_file(
    as_role, people, bodies, settings
):
    imported = handed_in(people, a_charter(people, bodies), CHARTER)
    at = f"/northshire/actions/import/{imported.pk}/"
    for role in ("chief_officer", "force_analyst", "panel_officer", "other_office_officer"):
        assert as_role(role).get(at).status_code == 404
    assert as_role("treasurer").get(at).status_code == 403
    assert (
        imported.file_name not in as_role("chief_officer").get("/northshire/actions/import/").text
    )
    assert as_role("public").get(at).status_code == 302
    client = as_role("office_officer")
    assert client.post(at, {"decision": "discard"}).url == at
    assert "nothing of it was kept" in client.get(at).text
    assert Import.objects.get().state == "discarded"


@pytest.mark.parametrize(
    ("role", "lists"),
    [("office_officer", ["Charter"]), ("force_analyst", ["Force"]), ("panel_officer", ["Panel"]), ("treasurer", None)],
)  # fmt: skip
def test_each_brings_files_for_the_lists_of_their_own_body(role, lists, as_role, people, bodies):
    from tests.web.actions.making import a_list

    a_charter(people, bodies)
    a_list(people, bodies["force"], name="Force", visibility="panel")
    a_list(people, bodies["panel"], name="Panel", visibility="force")
    page = as_role(role).get("/northshire/actions/import/?" + urlencode({"list": "x"}))
    if lists is None:
        assert page.status_code == 403
    else:
        assert [each.name for each in page.context["lists"]] == lists


def test_an_example_file_of_each_form_is_taken_for_what_it_is(as_role, people, bodies):
    charter = a_charter(people, bodies)
    client = as_role("office_officer")
    for name in ("charter.docx", "charter.xlsx"):
        send(client, charter, example(name), name)
    assert {each.format for each in Import.objects.all()} == {"charter"}


def test_owners_who_could_not_see_their_actions_are_told_once_and_before(as_role, people, bodies):
    """The file is right; how the list is shared is what has to change."""
    charter = a_charter(people, bodies, visibility="office")
    imported = handed_in(people, charter, CHARTER)
    owner, at = people["measure_owner"], f"/northshire/actions/import/{imported.pk}/"
    choose_words(by=people["office_officer"], imported=imported, owners={"Head of parks": owner.pk})
    client = as_role("office_officer")
    page = client.get(at)
    (error,) = page.context["errors"]
    assert f"{owner} could not see the actions they would own" in error["text"]
    assert "Share the list with their body first" in error["text"]
    assert error["href"] == f"/northshire/actions/lists/{charter.pk}/change/"
    assert page.text.count("could not see the actions they would own") == 1
    assert 'value="take"' not in page.text
    assert "would add" not in page.text
    assert "Bring the file again" not in page.text
    seen = page.context["preview"].fingerprint
    again = client.post(at, {"decision": "take", "seen": seen})
    assert again.text.count("could not see the actions they would own") == 1
    assert Action.objects.count() == 0

    ActionList.objects.filter(pk=charter.pk).update(visibility="force")
    page = client.get(at)
    assert page.context["errors"] == []
    seen = page.context["preview"].fingerprint
    assert client.post(at, {"decision": "take", "seen": seen}).url == at
    assert {
        each.person for a in Action.objects.all() for each in a.owners.filter(part="answers")
    } == {owner}
