"""What leaves in a file, for whom; and that it comes back as it went."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.intake import open_upload, tables_in, write_list
from frankpledge.intake.cleaning import clean
from frankpledge.web.actions.exporting.facts import Facts
from frankpledge.web.actions.exporting.layouts import LAYOUTS, cell, written
from frankpledge.web.actions.importing.formats import KNOWN_NAMES, guess
from frankpledge.web.actions.importing.previewing import preview_of
from frankpledge.web.actions.importing.reading import Kind, read_rows
from frankpledge.web.actions.rules.references import plain_reference
from frankpledge.web.organisations.models import Forum
from tests.web.actions.importing import AS_AT, FORMS, a_charter, brought, example, handed_in
from tests.web.actions.making import a_list, an_action
from tests.web.plans.plans import make_plan

FULL = [name for _, name in LAYOUTS["full"]]
AT = "/northshire/actions/export"


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def rows_in(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_a_list_leaves_in_the_columns_of_its_kind_and_is_named_after_itself(
    as_role, people, bodies
):
    charter = a_charter(people, bodies)
    brought(people, charter, example("charter.csv"))
    client = as_role("office_officer")
    answer = client.get(f"{AT}.csv", {"list": charter.pk})
    rows = rows_in(answer)
    assert rows[0] == ["#", "Recommendation", "Owner/s", "Date", "RAG", "Update"]
    assert rows[1] == ["Responding to communities", "", "", "", "", ""]
    assert rows[2][2:] == [
        "Chief inspectors, safer neighbourhood teams", "Start immediately, BAU by Oct 22", "A",
        "290622 - Calendar being changed so that what was raised can be recorded beside each stop.",
    ]  # fmt: skip
    assert len(rows) == 1 + 6 + 36
    assert answer["Content-Disposition"] == 'attachment; filename="northshire-charter.csv"'
    assert answer["Cache-Control"] == "no-store"
    full = rows_in(client.get(f"{AT}.csv", {"list": charter.pk, "columns": "full"}))
    assert full[0] == [name for _, name in LAYOUTS["full"]]
    assert full[1][1] == "Responding to communities"


def test_the_forms_hold_the_same(as_role, people, delivery_plan):
    an_action(people, delivery_plan, "B.1", what="Light the park\nand the path", heading="Parks")
    client = as_role("office_officer")
    expected = rows_in(client.get(f"{AT}.csv", {"list": delivery_plan.pk}))
    book = openpyxl.load_workbook(
        BytesIO(client.get(f"{AT}.xlsx", {"list": delivery_plan.pk}).content)
    )
    lines = [[str(v or "") for v in row] for row in book.active.iter_rows(values_only=True)]
    assert lines[0][0] == "Delivery plan"
    assert lines[2:] == expected
    document = docx.Document(BytesIO(client.get(f"{AT}.docx", {"list": delivery_plan.pk}).content))
    assert [[c.text for c in row.cells] for row in document.tables[0].rows] == expected
    assert "1 action on" in document.paragraphs[1].text


@pytest.mark.parametrize(
    ("role", "references"),
    [("public", ["1"]), ("panel_chair", ["1", "2"]), ("treasurer", ["1", "2", "3"]), ("chief_officer", ["1"])],
)  # fmt: skip
def test_each_exports_what_they_may_see(role, references, as_role, people, delivery_plan):
    for reference, visibility in (("1", "public"), ("2", "panel"), ("3", "office")):
        an_action(people, delivery_plan, reference, visibility=visibility)
    rows = rows_in(as_role(role).get(f"{AT}.csv"))
    assert [row[0] for row in rows[1:]] == references


def test_the_public_is_given_posts_and_no_names(as_role, people, delivery_plan, owner):
    an_action(people, delivery_plan, "1", owner=owner, post="Superintendent")
    an_action(people, delivery_plan, "2", owner=owner)
    column = FULL.index("Owner")
    public = rows_in(as_role("public").get(f"{AT}.csv"))
    assert [row[column] for row in public[1:]] == ["Superintendent", "An officer"]
    officer = rows_in(as_role("office_officer").get(f"{AT}.csv"))
    assert [row[column] for row in officer[1:]] == ["Superintendent", owner.name]


def test_a_list_that_is_not_to_be_seen_is_not_there(as_role, people, bodies):
    kept = a_list(people, bodies["panel"], name="Own", visibility="panel")
    an_action(people, kept, "1")
    for asked in (kept.pk, 999, "x"):
        assert as_role("office_officer").get(f"{AT}.csv", {"list": asked}).status_code == 404
    assert as_role("panel_chair").get(f"{AT}.csv", {"list": kept.pk}).status_code == 200


def test_what_is_asked_of_the_ledger_is_what_leaves(as_role, people, delivery_plan):
    an_action(people, delivery_plan, "1", what="Light the park", status="in_progress")
    an_action(people, delivery_plan, "2", what="Mend the gate", status="done")
    client = as_role("office_officer")
    asked = rows_in(client.get(f"{AT}.csv", {"text": "gate"}))
    assert [row[0] for row in asked[1:]] == ["2"]
    asked = rows_in(client.get(f"{AT}.csv", {"list": delivery_plan.pk, "standing": "finished"}))
    assert (asked[0][0], [row[0] for row in asked[1:]]) == ("Reference", ["2"])


@pytest.mark.parametrize("danger", ["=1+1", "@SUM(A1)", "+44", "-2+3", "\t=1"])
def test_nothing_in_a_file_runs(danger, as_role, people, delivery_plan):
    an_action(people, delivery_plan, "1", what=f"{danger} x")
    client = as_role("office_officer")
    rows = rows_in(client.get(f"{AT}.csv"))
    assert rows[1][FULL.index("What is to be done")].startswith(
        ("'", "=") if danger[0] == "\t" else "'"
    )
    book = openpyxl.load_workbook(BytesIO(client.get(f"{AT}.xlsx").content))
    assert {c.data_type for row in book.active.iter_rows() for c in row} <= {"s", "n"}


FORM_OF_EACH = [
    pytest.param(kind, form, marks=() if form == quick else pytest.mark.slow)
    for kind, quick in (("delivery-plan", "csv"), ("charter", "docx"), ("engagement", "xlsx"))
    for form in FORMS
]


@pytest.mark.parametrize(("kind", "form"), FORM_OF_EACH)
def test_what_was_exported_comes_back_unchanged(kind, form, as_role, people, bodies, scheme):
    """In the columns of its kind and with everything, after things were changed by hand."""
    make_plan(bodies, people)
    Forum.objects.create(
        body=bodies["office"], name="Victims' board", slug="v", visibility="office"
    )
    kept = a_list(people, bodies["office"], kind=kind.replace("-", "_"), scheme=scheme, name="L")
    brought(people, kept, example(f"{kind}.csv"))
    client = as_role("office_officer")
    for columns in ("", "full"):
        data = client.get(f"{AT}.{form}", {"list": kept.pk, "columns": columns}).content
        imported = handed_in(people, kept, data, f"back.{form}", as_at=AS_AT)
        assert imported.format == (columns or kept.kind)
        preview = preview_of(people["office_officer"], imported)
        assert preview.problems == ()
        assert preview.counts == {"new": 0, "revised": 0, "unchanged": kept.actions.count()}
        assert preview.not_in_file == ()


LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs"), exclude_characters="\x85")
TEXTS = st.lists(st.text(LETTERS, max_size=30), max_size=3).map("\n".join).map(clean)
WORDS = TEXTS.filter(bool)
ACTIONS = st.builds(
    Facts,
    reference=st.from_regex(r"[A-Z]?[0-9]{1,2}(\.[0-9]){0,2}", fullmatch=True),
    what=WORDS | WORDS.map("(A1.2) {}\n(B3) and more".format),
    aim=TEXTS,
    heading=st.sampled_from(["", "Parks", "PARKS", "Parks: ", "OUR PARKS / Gates:", "x / y"]).map(clean),
    commitment=st.sampled_from(["", "A.1", "3.1", "7"]),
    owners=st.lists(WORDS.map(lambda text: " ".join(text.split())).filter(bool), max_size=2).map(tuple),
    due_words=TEXTS,
    rag=st.sampled_from(["", "Amber"]),
    updates=st.lists(st.tuples(st.dates(date(2000, 1, 1), date(2030, 1, 1)), WORDS), max_size=2).map(tuple),
    named_forums=st.sampled_from([(), ("A board", "Another board")]),
    particulars=st.dictionaries(st.sampled_from(["outcome", "details", "oversight", "status"]), WORDS),
)  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(ACTIONS, min_size=1, max_size=5, unique_by=lambda one: plain_reference(one.reference))
)
def test_every_cell_that_is_written_is_read_again(layout, actions):
    """Whatever the words: so many actions, each under its heading, each cell as it was written."""
    table = written(actions, layout)
    data = write_list(table.header, table.rows, "csv", title="A list")
    read = tables_in(open_upload(data, "list.csv"), known=KNOWN_NAMES)
    taken = guess(read[0].header, layout)
    rows = read_rows(read, taken.format, taken.proposal.mapping)
    rows = [r for r in rows if r.kind not in (Kind.HEADING, Kind.HEADER)]
    assert taken.format.key == layout
    assert all(row.kind is Kind.ACTION for row in rows)
    by_reference = {plain_reference(row.reference): row for row in rows}
    assert len(by_reference) == len(rows) == len(actions)
    for each in actions:
        row = by_reference[plain_reference(each.reference)]
        assert (row.heading or row.texts.get("heading", "")) == clean(each.heading)
        for name, text in row.texts.items():
            expected = {clean(cell(name, each, layout))}
            # A reference that stands inside the words is taken from them.
            assert text in expected | ({clean(each.what)} if name == "what" else set())
