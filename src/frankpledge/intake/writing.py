"""A list written out as CSV, Excel or Word, so that it can be read by people, by screen readers and
by us again: what is read back is what was written."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import docx
import openpyxl
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.table import Table, TableStyleInfo

from frankpledge.intake.cleaning import clean
from frankpledge.intake.contents import Kind
from frankpledge.intake.limits import LIMITS
from frankpledge.intake.separated import guard
from frankpledge.intake.sheets import letters

_WIDEST, _NARROWEST = 60, 8
_MARGIN, _PAGE = Mm(15), (Mm(297), Mm(210))
_MOMENT = datetime(2000, 1, 1)
_HOUR = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""In a file's properties, where openpyxl puts the hour whatever it is told."""
_LIKE_A_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads "_x000D_" as a line end; where it is meant as it stands, its first mark is coded."""


def write_list(
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    kind: str | Kind,
    *,
    title: str,
    notes: Sequence[str] = (),
) -> bytes:
    """The bytes of a file with one table: a name a column, a text a cell.

    `notes` stand between the title and the table (what is withheld and why); CSV holds neither.
    The same list gives the same bytes. Raises ValueError for columns without a name or named alike,
    for rows of another length, and for texts no cell can hold.
    """
    names = [clean(name) for name in columns]
    lines = [[clean(text) for text in row] for row in rows]
    _check(names, lines)
    words = [clean(note) for note in notes]
    write = {Kind.CSV: _csv, Kind.XLSX: _workbook, Kind.DOCX: _document}.get(Kind(kind))
    if write is None:
        raise ValueError(f"A list is written as csv, xlsx or docx, not as {kind}.")
    return write(names, lines, clean(title), words)


def _check(names: list[str], lines: list[list[str]]) -> None:
    if not names or not all(names) or len({name.lower() for name in names}) < len(names):
        raise ValueError("Every column needs a name of its own.")
    if any(len(line) != len(names) for line in lines):
        raise ValueError(f"Every row needs {len(names)} cells.")
    if any(len(text) > LIMITS.cell for line in lines for text in line):
        raise ValueError(f"No cell can hold more than {LIMITS.cell:,} characters.")


def _csv(names: list[str], lines: list[list[str]], title: str, notes: list[str]) -> bytes:
    """UTF-8 with the mark by which Excel knows it; nothing in it runs as a formula."""
    out = StringIO(newline="")
    # A row of one empty cell is written as quotation marks, so that it is not an empty line.
    writer = csv.writer(out)
    writer.writerows([guard(text) for text in line] for line in (names, *lines))
    return out.getvalue().encode("utf-8-sig")


def _workbook(names: list[str], lines: list[list[str]], title: str, notes: list[str]) -> bytes:
    """One sheet: title, notes, and below them an Excel table with its header row."""
    book = openpyxl.Workbook()
    book.properties.title, book.properties.language = title, "en-GB"
    book.properties.created = book.properties.modified = _MOMENT
    page = book.active
    page.title = _sheet_name(title)
    _put(page, 1, 1, title).font = Font(bold=True, size=15)
    for number, note in enumerate(notes, start=2):
        _put(page, number, 1, note)
    top = len(notes) + 2
    for number, line in enumerate((names, *lines), start=top):
        for column, text in enumerate(line, start=1):
            cell = _put(page, number, column, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == top:
                cell.font = Font(bold=True)
    _set_widths(page, names, lines)
    # An Excel table needs a row below its header.
    bottom = top + max(len(lines), 1)
    table = Table(displayName="List", ref=f"A{top}:{letters(len(names))}{bottom}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    page.add_table(table)
    page.freeze_panes = f"A{top + 1}"
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return _saved(book)


def _put(page: Any, row: int, column: int, text: str) -> Any:
    """A cell that holds a text and never a formula or a number, whatever the text looks like."""
    cell = page.cell(row, column)
    if text:
        cell.value = _LIKE_A_CODE.sub("_x005F_", text)
        cell.data_type = "s"
    return cell


def _sheet_name(title: str) -> str:
    return (
        "".join(" " if letter in r"[]:*?/\'" else letter for letter in title)[:31].strip() or "List"
    )


def _set_widths(page: Any, names: list[str], lines: list[list[str]]) -> None:
    for place, name in enumerate(names):
        longest = max((len(line[place]) for line in lines[:500]), default=0)
        width = min(max(longest, len(name) + 3, _NARROWEST), _WIDEST)
        page.column_dimensions[letters(place + 1)].width = width


def _document(names: list[str], lines: list[list[str]], title: str, notes: list[str]) -> bytes:
    """A heading, the notes, and a table whose header row stands on every page."""
    made = docx.Document()
    _set_page(made, title)
    made.add_heading(title, level=1)
    for note in notes:
        made.add_paragraph(note)
    table = made.add_table(0, len(names), style="Table Grid")
    _describe(table, title)
    for number, line in enumerate((names, *lines)):
        cells = table.add_row().cells
        for cell, text in zip(cells, line, strict=True):
            _fill(cell, text, bold=number == 0)
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(OxmlElement("w:tblHeader"))
    return _saved(made)


def _set_page(made: Any, title: str) -> None:
    made.core_properties.title, made.core_properties.language = title, "en-GB"
    made.core_properties.author = ""
    made.core_properties.created = made.core_properties.modified = _MOMENT
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = (
        _MARGIN
    )


def _describe(table: Any, title: str) -> None:
    """The table's own title, which is read aloud, and its first row said to be the header."""
    properties = table._tbl.tblPr
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), title)
    properties.append(caption)


def _fill(cell: Any, text: str, *, bold: bool) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.add_run(line).bold = bold or None


def _saved(made: Any) -> bytes:
    """The file, with nothing in it that tells the hour at which it was written."""
    raw, out = BytesIO(), BytesIO()
    made.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            plain = zipfile.ZipInfo(info.filename, _MOMENT.timetuple()[:6])
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = _HOUR.sub(_MOMENT.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            new.writestr(plain, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
