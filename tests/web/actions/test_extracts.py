"""The panel is shown each update once, and only what it may see."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from frankpledge.web.actions.acts import (
    NotAsAskedError,
    change_action,
    make_extract,
    update_action,
)
from frankpledge.web.actions.models import Extract, ExtractedUpdate
from frankpledge.web.audit.models import Event
from tests.web.actions.making import a_list, an_action, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(people, bodies):
    def made(since=days(-1), **more):
        return make_extract(by=people["office_officer"], panel=bodies["panel"], since=since, **more)

    return made


def texts(extract) -> list[str]:
    return [each.update.text for each in extract.extracted.all()]


def test_an_extract_holds_what_the_panel_has_not_been_shown(owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="First.")
    one = extract()
    assert (one.number, texts(one)) == (1, ["First."])
    event = Event.objects.latest("number")
    assert (event.verb, len(event.became["updates"])) == ("extract.made", 1)
    update_action(by=owner, action=action, seen=2, text="Second.")
    two = extract()
    assert (two.number, texts(two)) == (2, ["Second."])
    with pytest.raises(NotAsAskedError, match="nothing since then"):
        extract()


def test_what_is_older_than_the_day_asked_for_waits(people, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="Old.", dated=days(-40))
    update_action(by=owner, action=action, seen=2, text="New.")
    assert texts(extract(days(-30))) == ["New."]
    assert texts(extract(days(-40))) == ["Old."]


def test_what_came_after_the_preview_waits_for_the_next(owner, action, extract):
    shown = update_action(by=owner, action=action, seen=1, text="In the preview.")
    update_action(by=owner, action=action, seen=2, text="After it.")
    assert texts(extract(up_to=shown.pk)) == ["In the preview."]
    assert texts(extract()) == ["After it."]


def test_the_panel_is_not_shown_what_it_may_not_see(people, bodies, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="Public.")
    for number, (body, visibility) in enumerate((
        ("office", "office"), ("office", "force"), ("force", "panel"), ("force", "office"),
        ("other_office", "public"), ("panel", "panel"),
    )):  # fmt: skip
        hidden = a_list(people, bodies[body], name=f"List {number}", visibility=visibility)
        other = an_action(people, hidden, str(number))
        keeper = other.added_by
        update_action(by=keeper, action=other, seen=1, text=f"{body} to {visibility}.")
    assert set(texts(extract())) == {"Public.", "force to panel.", "panel to panel."}


def test_what_is_shared_with_the_panel_later_is_shown_later(people, bodies, extract):
    private = a_list(people, bodies["office"], name="Open later", visibility="panel")
    action = an_action(people, private, visibility="office")
    officer = people["office_officer"]
    update_action(by=officer, action=action, seen=1, text="In private.")
    with pytest.raises(NotAsAskedError):
        extract()
    change_action(
        by=officer, action=action, seen=2, changes={"visibility": "panel"}, why="It may be known"
    )
    assert texts(extract()) == ["In private."]


@pytest.mark.parametrize(
    "role",
    ["chief_officer", "panel_chair", "auditor", "other_office_officer", "other_panel_officer"],
)
def test_an_extract_is_made_by_the_office_or_the_panels_officer(people, bodies, role):
    with pytest.raises(PermissionDenied):
        make_extract(by=people[role], panel=bodies["panel"], since=days(-1))


def test_an_extract_is_read_by_the_panel_and_the_office(people, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="It goes.")
    extract()
    for role, sees in (("panel_member_lay", 1), ("commissioner", 1), ("chief_officer", 0),
                       ("other_panel_chair", 0)):  # fmt: skip
        assert Extract.objects.visible_to(people[role]).count() == sees
    assert Extract.objects.visible_to(None).count() == 0


def test_the_database_refuses_to_show_a_panel_an_update_twice(bodies, owner, action, extract):
    update = update_action(by=owner, action=action, seen=1, text="It goes.")
    made = extract()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtractedUpdate.objects.create(extract=made, update=update, panel=bodies["panel"], order=2)


AT = "/northshire/actions/extracts"


def test_an_extract_leaves_as_a_file_with_just_its_updates(as_role, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="In the first.")
    extract()
    update_action(by=owner, action=action, seen=2, text="In the second.")
    extract()
    client = as_role("panel_member_lay")
    answer = client.get(f"{AT}/1/extract.csv")
    header, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert header == [
        "List", "Reference", "What is to be done", "Due", "Rating then", "Status then",
        "Date of the update", "By", "Corrects", "Update", "Evidence",
    ]  # fmt: skip
    (row,) = rows
    told = dict(zip(header, row, strict=True))
    assert (told["Reference"], told["Update"]) == (action.reference, "In the first.")
    assert str(owner) not in row
    assert answer["Content-Disposition"] == 'attachment; filename="northshire-extract-1.csv"'
    page = client.get(f"{AT}/1/").content.decode()
    for form in ("csv", "xlsx", "docx"):
        assert f'href="extract.{form}"' in page
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"{AT}/2/extract.xlsx").content)).active
    cells = {cell for line in sheet.values for cell in line}
    assert "In the second." in cells
    assert "In the first." not in cells
    document = docx.Document(BytesIO(client.get(f"{AT}/2/extract.docx").content))
    assert [line.cells[9].text for line in document.tables[0].rows] == ["Update", "In the second."]


@pytest.mark.parametrize(
    "role", ["public", "chief_officer", "other_panel_chair", "other_office_officer"]
)
def test_the_file_of_an_extract_is_not_there_for_others(as_role, owner, action, extract, role):
    update_action(by=owner, action=action, seen=1, text="It goes.")
    extract()
    client = as_role(role)
    for form in ("csv", "xlsx", "docx"):
        assert client.get(f"{AT}/1/extract.{form}").status_code == 404


def test_the_file_leaves_out_what_its_reader_may_no_longer_see(
    as_role, people, owner, action, extract
):
    update_action(by=owner, action=action, seen=1, text="Seen no more.")
    extract()
    change_action(
        by=people["office_officer"], action=action, seen=2, changes={"visibility": "office"},
        why="It names somebody",
    )  # fmt: skip
    lines = as_role("panel_chair").get(f"{AT}/1/extract.csv").content.decode("utf-8-sig")
    assert "Seen no more." not in lines
    assert "Seen no more." in as_role("office_officer").get(f"{AT}/1/extract.csv").content.decode()
