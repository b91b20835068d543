"""The same number reads the same everywhere: all four forms and `findings.json`, read back.

Nothing here asks the code that wrote a form what it wrote: each file is opened with another library
and compared with the document and with the findings.
"""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal

import docx
import jsonschema
import openpyxl
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn

from frankpledge.reporting.document import Cell, Row, Table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]

WITHOUT_NUMBER = {"suppressed", "missing", "not applicable"}


@pytest.fixture(scope="module")
def published(demonstration) -> dict:
    return json.loads((demonstration.folder / "findings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def by_name(published) -> dict[str, dict]:
    return {
        f"{f['measure']}|{f['area']}|{f['month']}|{f['name']}": f for f in published["findings"]
    }


def test_the_findings_follow_their_published_schema(demonstration, published):
    schema = json.loads((demonstration.folder / "findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(published))
    assert errors == []


def test_every_finding_is_published_once(published, by_name):
    assert len(by_name) == len(published["findings"]) > 10_000


def test_every_printed_number_is_a_published_finding(demonstration, by_name):
    """What a table prints is in findings.json, with the same unrounded value or the same want of one."""
    printed = list(demonstration.report.printed())
    assert len(printed) > 3_000
    for ref, cell in printed:
        finding = by_name[str(ref)]
        if finding["condition"] in WITHOUT_NUMBER:
            assert cell.value is None, f"{ref} prints {cell.text!r} and is {finding['condition']}"
        else:
            assert cell.value == finding["value"], ref


def test_every_printed_number_is_its_finding_rounded_half_away_from_zero(demonstration, by_name):
    """A second opinion on every number: the published value, rounded by nobody but this test."""
    checked = 0
    for ref, cell in demonstration.report.printed():
        value = by_name[str(ref)]["value"]
        number = number_in(cell.text)
        if value is None:
            assert number is None, f"{ref} has no value and prints {cell.text!r}"
            continue
        if isinstance(value, bool | str) or number is None or ref.name in {"likelihood", "p_value"}:
            continue
        if ref.name in {"upper_limit", "lower_limit", "limit_mean"}:
            value = max(value, 0)
        places = Decimal(1).scaleb(-(cell.places or 0))
        expected = Decimal(repr(round(float(value), 10))).quantize(places, rounding=ROUND_HALF_UP)
        assert number == expected, f"{ref} is {value} and prints {cell.text!r}"
        checked += 1
    assert checked > 2_500


def number_in(text: str) -> Decimal | None:
    """The number that a cell prints; None where it prints none."""
    found = re.search(r"^([+−]?)£?(\d[\d,]*(?:\.\d+)?)", text)
    if not found:
        return None
    number = Decimal(found[2].replace(",", ""))
    return -number if found[1] == "−" else number


def squeezed(text: str) -> str:
    """Text without spaces, hyphens and the marks that stand for emphasis: what wrapping leaves alone."""
    return re.sub(r"[\s\u00ad\u200b▲▼◆○!-]+", "", text)


def test_the_web_page_prints_every_number_of_the_document(demonstration):
    page = BeautifulSoup((demonstration.folder / "report.html").read_text(encoding="utf-8"), "lxml")
    shown: dict[str, set[str]] = {}
    for cell in page.select("td[data-finding], th[data-finding]"):
        for why in cell.select(".why"):
            why.extract()
        shown.setdefault(cell["data-finding"], set()).add(squeezed(cell.get_text()))
    wanted: dict[str, set[str]] = {}
    for ref, cell in demonstration.report.printed():
        wanted.setdefault(str(ref), set()).add(squeezed(cell.text))
    assert shown == wanted


def test_the_word_file_prints_every_table_cell_for_cell(demonstration):
    document = docx.Document(str(demonstration.folder / "report.docx"))
    tables = [table for _, table in demonstration.report.tables()]
    assert len(document.tables) == len(tables)
    for written, table in zip(document.tables, tables, strict=True):
        shown = [i for i, column in enumerate(table.columns) if column.kind != "sparkline"]
        body = written._tbl.tr_lst[1:]
        assert len(body) == len(table.rows), table.caption
        for line, row in zip(body, table.rows, strict=True):
            texts = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in line.tc_lst]
            wanted = [row.cells[i] for i in shown]
            assert len(texts) == len(wanted), table.caption
            for text, cell in zip(texts, wanted, strict=True):
                assert squeezed(text) == squeezed(cell.text + cell.note), table.caption


def test_the_workbook_holds_every_number_as_printed(demonstration):
    """Every number that a table prints is in the workbook, as a number, in a row of its own kind."""
    book = openpyxl.load_workbook(demonstration.folder / "report.xlsx", read_only=True)
    rows = [
        [value for value in row if value is not None]
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]
    held = {tuple(as_held(v) for v in row) for row in rows if row}
    for _, table in demonstration.report.tables():
        for row in table.rows:
            wanted = [in_workbook(c, table, i) for i, c in enumerate(row.cells)]
            wanted = [w for w in wanted if w is not None]
            assert any(contains(line, wanted) for line in _candidates(held, wanted)), (
                table.caption,
                wanted,
            )


def _candidates(held: set[tuple[str, ...]], wanted: list[str]) -> list[tuple[str, ...]]:
    return [line for line in held if wanted[0] in line]


def contains(line: tuple[str, ...], wanted: list[str]) -> bool:
    """Whether the wanted values stand in a line one after the other."""
    n = len(wanted)
    return any(list(line[i : i + n]) == wanted for i in range(len(line) - n + 1))


def in_workbook(cell: Cell, table: Table, place: int) -> str | None:
    column = table.columns[place]
    if column.kind == "sparkline":
        return None
    if column.kind != "number":
        return cell.text or "none"
    if cell.value is None and cell.condition is not None:
        return {"suppressed": "[c]", "missing": "[x]", "not applicable": "[z]"}[cell.condition]
    if not cell.text:
        return "[z]"
    number = number_in(cell.text)
    if number is None or not re.fullmatch(
        r"[+−]?£?[\d,.]+(%| points?)?( \(small base\))?", cell.text
    ):
        return cell.text
    return str(number.normalize() + 0)


def as_held(value: object) -> str:
    """A number without the noughts that Excel does not keep, or the words."""
    if isinstance(value, int | float):
        return str(Decimal(repr(value)).normalize() + 0)
    return str(value)


def test_the_pdf_prints_every_row_of_every_table(demonstration):
    """Row by row and whole: a number that stood beside another name would break its row."""
    pdf = pypdfium2.PdfDocument(str(demonstration.folder / "report.pdf"))
    words = squeezed("".join(page.get_textpage().get_text_bounded() for page in pdf))
    broken = [
        (table.caption, in_print(row))
        for _, table in demonstration.report.tables()
        for row in table.rows
        if in_print(row) not in words
    ]
    assert broken == []


def in_print(row: Row) -> str:
    """A row's words one after the other; a sparkline is a picture and has none."""
    return squeezed("".join(c.text + c.note for c in row.cells if c.sparkline is None))


def test_no_form_is_larger_than_a_mailbox_takes(demonstration):
    for name in ("report.html", "report.pdf", "report.docx", "report.xlsx"):
        size = (demonstration.folder / name).stat().st_size
        assert 10_000 < size < 10_000_000, f"{name} has {size:,} bytes"
