"""What is written as CSV, Excel or Word is read back as it was, runs nothing, and can be read aloud."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from time import sleep

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.intake.cleaning import clean
from frankpledge.intake.opening import open_upload
from frankpledge.intake.separated import guard, unguard
from frankpledge.intake.tables import tables_in
from frankpledge.intake.writing import write_list

COLUMNS = ("Reference", "What is to be done", "Due")
TITLE = "Actions"
NOTES = ("Two actions are withheld: they name a person.",)
FORMS = ("csv", "xlsx", "docx")


def written(rows, kind: str) -> bytes:
    return write_list(COLUMNS, rows, kind, title=TITLE, notes=NOTES)


def read_back(data: bytes) -> list[tuple[str, ...]]:
    (table,) = tables_in(open_upload(data, "actions"))
    assert table.header == COLUMNS
    return [row.cells for row in table.rows]


AWKWARD = st.sampled_from(
    [
        "=1+1",
        "@SUM(A1)",
        "+44",
        "-5",
        "- a point",
        "'=x",
        "''-",
        "'tis",
        "_x000D_",
        "_x_x0041_",
        "a\nb",
        "a\n\nb",
        '"',
        '""',
        "a,b;c\td",
        "Reference",
        "Prevention",
        "Police:",
        "007",
        "1e5",
        "TRUE",
        "22 Oct",
        "＝1",
        "#N/A",
    ]
)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | AWKWARD
ROW = st.tuples(TEXT, TEXT, TEXT).map(lambda row: tuple(map(clean, row))).filter(any)


@pytest.mark.parametrize("kind", FORMS)
@settings(max_examples=60)
@given(rows=st.lists(ROW, min_size=1, max_size=5))
def test_what_is_written_is_read_back_the_same(kind, rows):
    assert read_back(written(rows, kind)) == rows


@pytest.mark.parametrize("kind", FORMS)
def test_the_same_list_gives_the_same_bytes(kind):
    rows = [("1", "a", "b")]
    first = written(rows, kind)
    second = datetime.now().second
    while datetime.now().second == second:
        sleep(0.05)
    assert written(rows, kind) == first


@given(TEXT)
def test_no_cell_of_a_csv_file_begins_as_a_formula_and_all_come_back(text):
    assert unguard(guard(text)) == text
    safe = guard(text)
    assert not safe.startswith(("=", "@", "\t", "\r", "＝", "＠"))
    if safe.startswith(("+", "-")):
        float(safe.rstrip("%").replace(",", ""))


def test_csv_has_the_mark_by_which_excel_knows_its_encoding():
    data = written([("1", "£5", "=cmd")], "csv")
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert rows == [list(COLUMNS), ["1", "£5", "'=cmd"]]


def test_a_workbook_says_its_title_and_notes_and_has_a_table_that_runs_nothing():
    page = openpyxl.load_workbook(BytesIO(written([("1", "=1+1", "")], "xlsx"))).active
    assert (page["A1"].value, page["A2"].value) == (TITLE, NOTES[0])
    assert [cell.value for cell in page[3]] == list(COLUMNS)
    assert (page["B4"].value, page["B4"].data_type) == ("=1+1", "s")
    assert page.tables["List"].ref == "A3:C4"
    assert page.freeze_panes == "A4"


def test_a_document_can_be_read_aloud():
    made = docx.Document(BytesIO(written([("1", "a", "b")], "docx")))
    assert made.core_properties.language == "en-GB"
    assert [(p.style.name, p.text) for p in made.paragraphs[:2]] == [
        ("Heading 1", TITLE),
        ("Normal", NOTES[0]),
    ]
    xml = made.element.xml
    assert 'w:tblCaption w:val="Actions"' in xml
    assert xml.count("<w:tblHeader/>") == 1
    assert 'w:val="en-GB"' in made.styles.element.xml


@pytest.mark.parametrize("kind", FORMS)
def test_an_empty_list_is_a_table_with_its_header(kind):
    (table,) = tables_in(open_upload(written([], kind), "actions"))
    assert (table.header, table.rows) == (COLUMNS, ())


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (("A", ""), []),
        (("A", "a"), []),
        ((), []),
        (("A", "B"), [("1",)]),
        (("A",), [("a" * 32_768,)]),
    ],
)
def test_what_cannot_be_a_table_is_a_mistake_of_the_code(columns, rows):
    with pytest.raises(ValueError, match=r"column|row|cell"):
        write_list(columns, rows, "csv", title="x")
    with pytest.raises(ValueError, match="csv, xlsx or docx"):
        write_list(("A",), [], "parquet", title="x")


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_office_files_are_packed_small(kind):
    assert len(written([("1", "the same words", "again")] * 300, kind)) < 60_000
