"""Files as they come: encodings, line ends, quotation marks, workbooks, folders, and wrong files."""

from __future__ import annotations

import gzip
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.figures import read

HEADER = "measure,area,month,value\n"
ROW = "shoplifting,West Mercia,2022-06,636\n"


def only(reading):
    assert reading.observations.height == 0
    (problem,) = reading.problems
    return problem


def taken(reading) -> list[tuple]:
    assert reading.problems == ()
    return reading.observations.select("measure", "area", "month", "value").rows()


EXPECTED = [("shoplifting", "West Mercia", date(2022, 6, 1), 636.0)]


@pytest.mark.parametrize(
    "data",
    [
        (HEADER + ROW).encode("utf-8-sig"),
        (HEADER + ROW).replace("\n", "\r\n").encode(),
        (HEADER + ROW).replace("\n", "\r").encode(),
        (HEADER + ROW).encode("utf-16"),
        (HEADER + ROW).replace(",", ";").encode(),
        (HEADER + ROW).replace(",", "\t").encode(),
        (HEADER + ROW.rstrip()).encode(),
        (HEADER + "\n\n" + ROW + "\n,,,\n").encode(),
        (" Measure , AREA ,Month,Value\n" + ROW).encode(),
        (HEADER.strip() + ",,\n" + ROW.strip() + ",,\n").encode(),
        (HEADER + ROW.replace("West Mercia", '"West Mercia"')).encode(),
        ("Recorded crime\nmade on 1 July\n\n" + HEADER + ROW).encode(),
        ("sep=;\n" + (HEADER + ROW).replace(",", ";")).encode(),
    ],
    ids=[
        "BOM", "Windows line ends", "old Mac line ends", "UTF-16", "semicolons", "tabs",
        "no last line end", "blank lines", "header in capitals", "empty columns", "quoted",
        "title above", "sep line",
    ],
)  # fmt: skip
def test_a_csv_in_any_clothes(reading_of, data):
    assert taken(reading_of(data)) == EXPECTED


def test_a_compressed_csv(reading_of):
    data = gzip.compress((HEADER + ROW).encode())
    assert taken(reading_of(data, "figures.csv.gz")) == EXPECTED
    problem = only(reading_of(data[:30], "figures.csv.gz"))
    assert "cannot be opened" in problem.expected


def test_latin_1_is_read_and_said(reading_of):
    reading = reading_of((HEADER + "shoplifting,Ynys Môn,2022-06,636\n").encode("latin-1"))
    assert reading.observations["area"].to_list() == ["Ynys Môn"]
    assert any("Windows-1252" in note for note in reading.notes)


def test_row_numbers_are_those_a_person_sees(reading_of):
    text = "A title\n\n" + HEADER + ROW + "\n" + "shoplifting,West Mercia,2022-05,many\n"
    assert only(reading_of(text)).row == 6


def test_a_name_with_a_comma_a_quotation_mark_and_a_line_break(reading_of):
    text = HEADER + 'shoplifting,"Hereford, ""the"" city\nand county",2022-06,1\n' + ROW + ",,,x\n"
    reading = reading_of(text)
    assert {p.row for p in reading.problems} == {4}
    reading = reading_of(text.replace(",,,x\n", ""))
    assert reading.observations["area"][0] == 'Hereford, "the" city\nand county'


def test_a_quotation_mark_out_of_place(reading_of):
    problem = only(reading_of(HEADER + ROW + 'shoplifting,The "Bull" Ring,2022-06,1\n'))
    assert problem.row == 3
    assert "quotation marks" in problem.expected


def test_a_quotation_mark_that_never_closes(reading_of):
    problem = only(reading_of(HEADER + ROW + 'shoplifting,"Bull Ring,2022-06,1\n' + ROW))
    assert problem.row == 3
    assert "in pairs" in problem.expected


@pytest.mark.parametrize(
    ("row", "than"),
    [
        ("shoplifting,West Mercia,2022-06", "fewer"),
        ("shoplifting,Hereford, city,2022-06,1", "more"),
    ],
)
def test_a_ragged_row(reading_of, row, than):
    problem = only(reading_of(HEADER + ROW + row + "\n"))
    assert problem.row == 3
    assert than in problem.expected


def test_a_file_of_ragged_rows_alone_is_not_called_empty(reading_of):
    assert "fewer" in only(reading_of(HEADER + "shoplifting,West Mercia\n")).expected


@pytest.mark.parametrize("text", ["", "\n\n", HEADER, HEADER + "\n,,,\n"])
def test_an_empty_file_or_only_a_header(reading_of, text):
    assert "there is none" in only(reading_of(text)).expected


def test_missing_columns_are_told_with_the_column_that_may_be_meant(reading_of):
    reading = reading_of("Measure,Borough,Date,Number\nshoplifting,Barnet,2022-06,1\n")
    assert [p.column for p in reading.problems] == ["area", "month", "value"]
    assert [p.what_to_do for p in reading.problems] == [
        "If 'Borough' holds it, rename that column to area.",
        "If 'Date' holds it, rename that column to month.",
        "If 'Number' holds it, rename that column to value.",
    ]


def test_a_misspelt_column_is_suggested(reading_of):
    reading = reading_of("measure,aera,month,value\nshoplifting,Barnet,2022-06,1\n")
    (problem,) = reading.problems
    assert "'aera'" in problem.what_to_do


def test_columns_may_be_renamed_by_the_caller(reading_of):
    reading = reading_of(
        "Offence,Borough,Date,Number\nshoplifting,West Mercia,2022-06,636\n",
        columns={"offence": "measure", "Borough": "area", "Date": "month", "Number": "value"},
    )
    assert taken(reading) == EXPECTED


def test_unknown_columns_are_said_and_not_read(reading_of):
    reading = reading_of(HEADER.strip() + ",Colour\n" + ROW.strip() + ",red\n")
    assert taken(reading) == EXPECTED
    assert any("'Colour'" in note for note in reading.notes)


def test_a_header_twice(reading_of):
    problem = only(reading_of("measure,area,month,value,Value\n" + ROW.strip() + ",1\n"))
    assert problem.column == "value"
    assert problem.expected == "each column once"


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("figures.pdf", b"%PDF-1.7\n", "this is a PDF"),
        ("figures.csv", b"%PDF-1.7\n", "this is a PDF"),
        ("figures.docx", b"PK\x03\x04", "a CSV, Excel or Parquet file"),
        ("figures.xlsx", b"not a workbook", "cannot be opened as one"),
        ("figures.parquet", b"not Parquet, but long enough", "cannot be opened as one"),
        ("figures.csv", b"PK\x03\x04\x00\x00", "holds something else"),
    ],
)
def test_a_file_given_by_mistake(reading_of, name, data, expected):
    assert expected in only(reading_of(data, name)).expected


def test_a_file_that_does_not_exist(tmp_path, library):
    problem = only(read(tmp_path / "figures.csv", library))
    assert "there is none" in problem.expected


def test_a_folder_with_nothing_in_it(tmp_path, library):
    assert "there is none" in only(read(tmp_path, library)).expected


def test_a_folder_is_read_whole_and_what_is_not_figures_is_left(tmp_path, library):
    (tmp_path / "a.csv").write_text(HEADER + ROW)
    pl.DataFrame(
        {"measure": ["burglary"], "area": ["X"], "month": [date(2022, 6, 1)], "value": [3]}
    ).write_parquet(tmp_path / "b.parquet")
    for name in ("report.toml", "commentary.toml", "README.md", "~$a.xlsx", ".hidden.csv"):
        (tmp_path / name).write_text("not figures")
    (tmp_path / "notes.docx").write_text("not figures")
    (tmp_path / "printed").mkdir()
    (tmp_path / "printed" / "force.csv").write_text("not figures")
    calls = []
    reading = read(tmp_path, library, progress=lambda *call: calls.append(call))
    assert reading.problems == ()
    assert reading.observations["measure"].to_list() == ["shoplifting", "burglary"]
    assert reading.notes == ("notes.docx is no CSV, Excel or Parquet file and was not read.",)
    assert [call[:2] for call in calls] == [(0, 2), (1, 2), (2, 2)]


def workbook(tmp_path, fill) -> str:
    book = openpyxl.Workbook()
    fill(book)
    book.save(tmp_path / "figures.xlsx")
    book.close()
    return tmp_path / "figures.xlsx"


def test_a_workbook_with_a_title_two_sheets_and_dates(tmp_path, library):
    def fill(book):
        sheet = book.active
        sheet.title = "June"
        sheet["A2"] = "Performance figures"
        sheet.append([])
        sheet.append(["measure", "area", "month", "value"])
        sheet.append(["shoplifting", "West Mercia", date(2022, 6, 1), 636])
        sheet.append(["response-time", "West Mercia", datetime(2022, 6, 1), 1 / 3])
        second = book.create_sheet("May")
        second.append(["measure", "area", "month", "value"])
        second.append(["shoplifting", "West Mercia", "May 2022", "<5"])
        book.create_sheet("Notes").append(["These are provisional."])
        hidden = book.create_sheet("Old")
        hidden.append(["measure", "area", "month", "value"])
        hidden.append(["nonsense", "West Mercia", "May 2022", 1])
        hidden.sheet_state = "hidden"

    reading = read(workbook(tmp_path, fill), library)
    assert reading.problems == ()
    assert reading.observations["value"].to_list() == [636.0, 1 / 3, None]
    assert reading.observations["condition"].to_list() == ["observed", "observed", "suppressed"]
    said = " ".join(reading.notes)
    assert "sheet 'Old' is hidden" in said
    assert "sheet 'Notes' holds no table" in said
    assert "the header stands in row 4" in said


def test_a_workbook_s_faults_have_the_sheet_and_the_row(tmp_path, library):
    def fill(book):
        book.active.title = "June"
        book.create_sheet("May")
        book["May"]["A3"] = "measure"
        book["May"].append(["shoplifting"])
        for column, name in enumerate(("measure", "area", "month", "value"), start=1):
            book["May"].cell(3, column, name)
        for column, cell in enumerate(("shoplifting", "X", "2022-05", True), start=1):
            book["May"].cell(6, column, cell)

    reading = read(workbook(tmp_path, fill), library)
    places = [(p.file, p.row, p.column, p.value) for p in reading.problems]
    assert ("figures.xlsx, sheet 'May'", 6, "value", "true") in places


def test_a_parquet_file_with_its_own_types(tmp_path, library):
    rows = pl.DataFrame(
        {
            "measure": ["shoplifting", "response-time", "burglary"],
            "area": ["X", "X", "X"],
            "month": [date(2022, 6, 1)] * 3,
            "value": [636.0, 1 / 3, None],
            "known_at": [date(2022, 7, 15)] * 3,
        }
    )
    rows.write_parquet(tmp_path / "figures.parquet")
    found = read(tmp_path / "figures.parquet", library).observations
    assert found["value"].to_list() == [636.0, 1 / 3, None]
    assert found["known_at"].to_list() == [date(2022, 7, 15)] * 3
    assert found["condition"].to_list() == ["observed", "observed", "missing"]


def test_records_themselves_are_not_figures(reading_of):
    text = "Crime ID,Month,LSOA code,Crime type\n,2022-06,E01000001,Burglary\n"
    assert "convert police-uk" in only(reading_of(text)).what_to_do


@pytest.mark.parametrize("name", ["figures[1].csv", "figures*.csv", "Ymddygiad é.csv"])
def test_a_name_as_browsers_give_it(reading_of, name):
    assert taken(reading_of(HEADER + ROW, name)) == EXPECTED


NOISE = st.sampled_from([
    "measure", "area", "month", "value", "shoplifting", "X", "2022-06", "Jun-22", "12,5", "636",
    "numerator", "confidence", "known_at", "condition", "*", "-1", "", ",", ";", '"', "\n", "\r",
    "\t", "|", "\ufeff", "\x00", "é", "=1", "month,area,crime_type,records\n", HEADER, ROW,
])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.binary(max_size=40), st.lists(NOISE, max_size=30).map("".join)))
def test_whatever_a_file_holds_it_is_taken_whole_or_refused_with_reasons(reading_of, data):
    reading = reading_of(data)
    assert bool(reading.problems) != bool(reading.observations.height)
    assert len(reading.problems) == min(reading.total, 1000)
    for problem in reading.problems:
        assert problem.what_to_do.endswith(".")
