"""What was opened becomes plain tables: what is told from a file, and what is kept as it was."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from time import process_time

import polars as pl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.styles import Font
from tests.intake.files import document, repacked, workbook

from frankpledge.intake.cleaning import clean
from frankpledge.intake.limits import Limits
from frankpledge.intake.mapping import Wanted, propose
from frankpledge.intake.opening import open_upload
from frankpledge.intake.problems import RefusedError
from frankpledge.intake.tables import RawTable, RowKind, carried_down, tables_in
from frankpledge.intake.words_of_time import read_due

OFFICE = Path(__file__).resolve().parents[2] / "demo" / "office"


def tables(data: bytes | str, **more) -> list[RawTable]:
    raw = data.encode() if isinstance(data, str) else data
    return tables_in(open_upload(raw, "plan", allowed={"csv", "xlsx", "docx", "parquet"}), **more)


def cells(table: RawTable) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def test_a_csv_file_is_one_table_with_the_rows_numbered_as_a_spreadsheet_shows_them():
    (table,) = tables('Ref,What\n\n1,"two\nlines"\n2,last\n')
    assert table.header == ("Ref", "What")
    assert [(row.number, row.cells) for row in table.rows] == [
        (3, ("1", "two\nlines")),
        (4, ("2", "last")),
    ]


def test_every_sheet_with_something_on_it_is_a_table():
    def change(book):
        book.create_sheet("Empty")
        page = book.create_sheet("Second")
        page.append(["A", "B"])
        page.append(["x", "y"])

    found = tables(workbook(change=change))
    assert [table.where for table in found] == ["sheet 'Sheet'", "sheet 'Second'"]


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (date(2022, 6, 14), "dd/mm/yyyy", "2022-06-14"),
        (datetime(2022, 6, 14, 9, 30), "dd/mm/yyyy hh:mm", "2022-06-14 09:30"),
        (date(2022, 10, 1), "mmm-yy", "2022-10"),
        (date(2022, 10, 1), '[$-809]mmmm" day of "yyyy', "2022-10"),
        (time(9, 30), "hh:mm", "09:30"),
        (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
        (636, "General", "636"),
        (0.1 + 0.2, "General", "0.3"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.725, "0.0%", "72.5%"),
        (2.675, "0.00", "2.68"),
        (7, "000", "007"),
        (-1234, '"£"#,##0', "-£1,234"),
        (-1234.5, "#,##0", "-1,235"),
        (True, "General", "TRUE"),
        ("a_x000D_b_x005F_x000D_", "General", "a\nb_x000D_"),
    ],
)
def test_a_cell_is_read_as_it_is_printed_and_a_date_the_iso_way(value, number_format, printed):
    def change(book):
        book.active["B2"] = value
        book.active["B2"].number_format = number_format

    (table,) = tables(workbook(["Ref", "What"], ["1", "x"], change=change))
    assert cells(table) == [("1", printed)]


def test_a_day_shown_without_its_year_is_told_as_excel_makes_it_of_a_month():
    def change(book):
        book.active["B2"] = date(2026, 10, 22)
        book.active["B2"].number_format = "d-mmm"

    (table,) = tables(workbook(change=change))
    assert "a day without its year in B2" in table.remarks[0]


def test_merged_cells_repeat_downwards_and_are_marked():
    def change(book):
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("B4:C4")

    data = workbook(
        ["Ref", "What", "Who"],
        ["1", "a", "b"],
        [None, "c", "d"],
        ["2", "wide", None],
        change=change,
    )
    (table,) = tables(data)
    assert cells(table) == [("1", "a", "b"), ("1", "c", "d"), ("2", "wide", "")]
    assert [set(row.continued) for row in table.rows] == [set(), {0}, {2}]


def test_merged_cells_of_a_document_repeat_downwards_too():
    def change(made):
        table = made.tables[0]
        table.cell(2, 0).text = ""
        table.cell(1, 0).merge(table.cell(2, 0))

    (table,) = tables(document(["Ref", "What"], ["1", "a"], ["", "b"], change=change))
    assert cells(table) == [("1", "a"), ("1", "b")]
    assert table.rows[1].continued == {0}


def test_rows_merged_over_the_width_are_headings_in_a_workbook_and_in_a_document():
    rows = (["Ref", "What"], ["Prevention", ""], ["1", "a"])
    excel = workbook(*rows, change=lambda book: book.active.merge_cells("A2:B2"))

    def merge(made):
        made.tables[0].cell(1, 0).merge(made.tables[0].cell(1, 1))

    for data in (excel, document(*rows, change=merge)):
        (table,) = tables(data)
        assert [row.kind for row in table.rows] == [RowKind.HEADING, RowKind.ROW]
        assert table.body[0].heading == "Prevention"


def test_a_lone_first_cell_is_no_heading_unless_something_says_so():
    action_without_the_rest = [
        ["What", "Who", "Due"],
        ["Publish the charter", "", ""],
        ["a", "b", ""],
    ]
    (table,) = tables(workbook(*action_without_the_rest))
    assert [row.kind for row in table.rows] == [RowKind.ROW, RowKind.ROW]

    def embolden(book):
        book.active["A2"].font = Font(bold=True)

    (table,) = tables(workbook(*action_without_the_rest, change=embolden))
    assert table.rows[0].kind is RowKind.HEADING


def test_where_rows_have_references_a_lone_text_is_a_heading_and_a_lone_reference_is_not():
    (table,) = tables("Ref,What,Who\nYoung people,,\nce1,a,b\nce2,c,d\nce3,,\n")
    assert [row.kind for row in table.rows] == [RowKind.HEADING, *[RowKind.ROW] * 3]


def test_headings_that_follow_one_another_stand_below_one_another():
    plan = (
        "Ref,What,Who\nSAFE HOMES,,\nPolice:,,\n1,a,b\nCommissioner:,,\nRef,What,Who\n2,c,d\n"
        "SAFE ROADS,,\nRef,What,Who\nPolice:,,\n3,e,f\n"
    )
    (table,) = tables(plan)
    assert [row.headings for row in table.body] == [
        ("SAFE HOMES", "Police:"),
        ("SAFE HOMES", "Commissioner:"),
        ("SAFE ROADS", "Police:"),
    ]
    assert [row.number for row in table.rows if row.kind is RowKind.HEADER] == [6, 9]


def test_a_heading_cut_by_the_columns_is_put_together_and_told():
    (table,) = tables(
        "Ref\tWhat\tHow\tWho\n1\ta\tb\tc\nPolic\te and Crime Commissi\toner's part:\t\n2\td\te\tf\n"
    )
    assert table.rows[1].heading == "Police and Crime Commissioner's part:"
    assert "rows 3" in table.remarks[0]


def test_a_title_above_the_header_is_kept_beside_the_table():
    (table,) = tables(workbook(["Delivery plan"], [], ["Ref", "What", "Due"], ["1", "a", "Oct 22"]))
    assert (table.header_row, table.above) == (3, ("Delivery plan",))


def test_known_names_find_the_header_where_it_is_not_the_first_full_row():
    text = "Made by,the office,on,paper\nRef,What,Due,RAG\n1,a,Oct 22,R\n"
    assert tables(text)[0].header_row == 1
    assert tables(text, known=["Reference", "Due", "RAG"])[0].header_row == 2


def test_where_no_row_is_a_header_the_columns_are_lettered_and_it_is_told():
    (table,) = tables("2022-06,636\n2022-07,568\n")
    assert table.header == ("Column A", "Column B")
    assert table.header_row is None
    assert len(table.rows) == 2
    assert "no row of column names" in table.remarks[0]


def test_rows_wider_than_most_are_told():
    (table,) = tables("Ref,What\n1,a\n2,b, and c\n")
    assert "rows 3" in table.remarks[0]


def test_text_is_cleaned_of_what_nobody_sees_and_is_otherwise_as_it_was():
    (table,) = tables("Ref,What\n1,\u00a0Po\u00adlice  and\u00a0the\x0bpublic \u200b\n")
    assert cells(table) == [("1", "Police  and the\npublic")]


def test_a_long_run_of_spaces_costs_no_time():
    start = process_time()
    assert clean("a" + " " * 1_000_000 + "b\n").endswith(" b")
    assert read_due("1" * 1_000_000).kind == "unclear"
    assert propose(["a" * 30_000] * 20, [Wanted("ab" * 15_000, "b")]).mapping == {}
    assert process_time() - start < 1


def test_a_document_with_two_tables_gives_each_with_the_words_above_it():
    def change(made):
        made.add_heading("Young people", 2)
        second = made.add_table(2, 2)
        for place, text in enumerate(("Ref", "What", "2", "b")):
            second.cell(place // 2, place % 2).text = text

    first, second = tables(document(change=change))
    assert (first.where, second.where) == ("table 1", "table 2")
    assert second.above == ("Young people",)
    assert cells(second) == [("2", "b")]


CONTROL = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"<w:r><w:t>Publish the charter</w:t></w:r>", CONTROL),
        ("<w:p><w:r><w:t>Publish the charter</w:t></w:r></w:p>", CONTROL),
        ("<w:r><w:t>Publish the charter</w:t></w:r>", '<w:hyperlink r:id="x">{}</w:hyperlink>'),
        ("<w:t>Publish the charter</w:t>", "<w:t>Publish </w:t><w:t>the charter</w:t>"),
    ],
)
def test_words_in_content_controls_and_links_are_read(old, new):
    def rewrite(xml):
        return xml.replace(old.encode(), new.format(old).encode())

    (table,) = tables(repacked(document(), document=rewrite))
    assert cells(table) == [("1.1", "Publish the charter")]


def test_a_field_of_a_form_that_nobody_filled_is_empty():
    old = "<w:r><w:t>Publish the charter</w:t></w:r>"
    new = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{old}</w:sdtContent></w:sdt>"

    def rewrite(xml):
        return xml.replace(old.encode(), new.encode())

    (table,) = tables(repacked(document(), document=rewrite))
    assert cells(table) == [("1.1", "")]


def test_rows_inside_a_content_control_are_read():
    def rewrite(xml):
        head, _, last = xml.rpartition(b"<w:tr>")
        inside, _, tail = last.partition(b"</w:tr>")
        row = CONTROL.format("<w:tr>" + inside.decode() + "</w:tr>")
        return head + row.encode() + tail

    (table,) = tables(repacked(document(), document=rewrite))
    assert cells(table) == [("1.1", "Publish the charter")]


def test_lines_and_paragraphs_of_a_document_stay_apart():
    (table,) = tables(document(["Ref", "What"], ["1", "first\nsecond"]))
    assert cells(table) == [("1", "first\nsecond")]


def test_automatic_numbers_are_told_as_they_are_no_text():
    def change(made):
        properties = made.tables[0].cell(1, 0).paragraphs[0]._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="1"/></w:numPr>'))

    (table,) = tables(document(["Ref", "What"], ["", "a"], change=change))
    assert "automatic numbers or bullets in 1 cell" in table.remarks[0]


def test_a_cell_said_to_be_very_wide_is_refused():
    def change(made):
        made.tables[0].cell(1, 0)._tc.get_or_add_tcPr().grid_span = 100_000

    with pytest.raises(RefusedError, match="more than 200 columns"):
        tables(document(change=change))


def test_a_short_file_that_says_a_long_thing_many_times_is_refused():
    limits = Limits(characters=10_000)
    data = workbook(["Ref", "What"], *([str(n), "a" * 1000] for n in range(11)))
    with pytest.raises(RefusedError, match="more than 10,000 characters"):
        tables_in(open_upload(data, "plan.xlsx", limits=limits))


def test_an_empty_document_is_refused():
    def change(made):
        made.element.body.remove(made.tables[0]._tbl)

    with pytest.raises(RefusedError, match="no table in it"):
        tables(document(change=change))


def test_parquet_is_read_with_its_own_column_names():
    file = BytesIO()
    pl.DataFrame({"measure": ["a", None], "month": [date(2022, 6, 1)] * 2}).write_parquet(file)
    (table,) = tables(file.getvalue())
    assert table.header == ("measure", "month")
    assert cells(table) == [("a", "2022-06-01"), ("", "2022-06-01")]


def test_carrying_down_fills_what_a_plan_says_once_and_stops_at_a_heading():
    (table,) = tables(
        "Ref,Commitment,Activity\n1,Charter,write it\n,,print it\nVictims:,,\n,,meet them\n"
    )
    carried = carried_down(table, (0, 1))
    assert [row.cells for row in carried.body] == [
        ("1", "Charter", "write it"),
        ("1", "Charter", "print it"),
        ("", "", "meet them"),
    ]
    assert carried.body[1].continued == {0, 1}
    assert table.rows[1].cells == ("", "", "print it")


@pytest.mark.parametrize("name", ["charter", "delivery-plan", "engagement"])
def test_the_demonstrations_plans_read_alike_from_all_three_formats(name):
    read = [
        tables_in(open_upload(OFFICE / f"{name}.{kind}", f"{name}.{kind}"))[0]
        for kind in ("csv", "xlsx", "docx")
    ]
    assert len(read[0].body) >= 20
    assert any(row.kind is RowKind.HEADING for row in read[0].rows)
    assert len({table.header for table in read}) == 1
    assert said_once(read[0]) == said_once(read[1]) == said_once(read[2])


def said_once(table: RawTable) -> list:
    """The rows with what is carried on from above left out, as CSV leaves it out."""
    return [
        (
            row.kind,
            row.headings,
            tuple("" if c in row.continued else text for c, text in enumerate(row.cells)),
        )
        for row in table.rows
    ]
