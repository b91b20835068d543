"""Makes the Word and Excel copies of the three action plans from their CSV files.

    .venv/bin/python demo/office/make_examples.py

The same CSV gives the same bytes on every run. Cells are merged as a person would merge them: a
heading across the whole table, and a commitment or an aim down the rows that belong to it. The
second and later rows of a merged cell are blank in the CSV.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docx.table import Table
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

HERE = Path(__file__).resolve().parent
WRITTEN_ON = "2022-07-11T09:00:00Z"
EARLIEST_IN_ZIP = (1980, 1, 1, 0, 0, 0)

Rows = list[list[str]]


@dataclass(frozen=True)
class Plan:
    """One of the action plans: its file name, its title, and how its columns look."""

    name: str
    title: str
    merged_down: int
    """How many columns, from the left, are merged down over the rows that leave them blank."""
    widths: tuple[int, ...]
    """Of the columns, in characters."""


PLANS = (
    Plan("delivery-plan", "Delivery plan extract, June 2022", 2, (7, 38, 52, 52, 26)),
    Plan("charter", "Local policing charter: delivery plan, July 2022", 0, (5, 56, 26, 20, 6, 56)),
    Plan(
        "engagement",
        "Community engagement action plan, 2022 to 2024",
        3,
        (8, 30, 30, 12, 40, 30, 28, 20, 22, 24, 12),
    ),
)


def main() -> None:
    for plan in PLANS:
        rows = read_rows(HERE / f"{plan.name}.csv")
        (HERE / f"{plan.name}.xlsx").write_bytes(unchanging(excel(plan, rows)))
        (HERE / f"{plan.name}.docx").write_bytes(unchanging(word(plan, rows)))


def read_rows(path: Path) -> Rows:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def is_heading(row: list[str]) -> bool:
    return bool(row[0]) and not any(row[1:])


def merges(plan: Plan, rows: Rows) -> list[tuple[int, int, int, int]]:
    """First row, first column, last row, last column of each merged cell, counted from nought."""
    found = [(i, 0, i, len(row) - 1) for i, row in enumerate(rows) if is_heading(row)]
    for column in range(plan.merged_down):
        start = None
        for i, row in enumerate([*rows, rows[0]]):
            begins = bool(row[column]) or is_heading(row)
            if begins and start is not None and i - start > 1:
                found.append((start, column, i - 1, column))
            if begins:
                start = None if is_heading(row) or row == rows[0] else i
    return found


def excel(plan: Plan, rows: Rows) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "Plan"
    book.properties.title = plan.title
    for i, row in enumerate(rows, start=1):
        for j, text in enumerate(row, start=1):
            cell = sheet.cell(i, j, text or None)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row == rows[0] or is_heading(row):
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="E7E9EC")
    for top, left, bottom, right in merges(plan, rows):
        sheet.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    for j, width in enumerate(plan.widths, start=1):
        sheet.column_dimensions[get_column_letter(j)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def word(plan: Plan, rows: Rows) -> bytes:
    document = Document()
    document.core_properties.title = plan.title
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(9)
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    document.add_heading(plan.title, level=1)
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    fill(table, plan, rows)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def fill(table: Table, plan: Plan, rows: Rows) -> None:
    grid = [list(row.cells) for row in table.rows]
    share = Mm(267) / sum(plan.widths)
    table.autofit = False
    for column, width in zip(table.columns, plan.widths, strict=True):
        column.width = int(share * width)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            grid[i][j].text = text
            if row == rows[0] or is_heading(row):
                for run in grid[i][j].paragraphs[0].runs:
                    run.bold = True
    for top, left, bottom, right in merges(plan, rows):
        merged = grid[top][left].merge(grid[bottom][right])
        # Merging keeps an empty paragraph for each cell it took in.
        for spare in merged.paragraphs[1:]:
            spare._element.getparent().remove(spare._element)
    repeat_on_each_page(table)


def repeat_on_each_page(table: Table) -> None:
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def unchanging(file: bytes) -> bytes:
    """The same file without the hour at which it was written."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(file)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(
                    rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*",
                    rb"\g<1>" + WRITTEN_ON.encode(),
                    content,
                )
            part = zipfile.ZipInfo(name, EARLIEST_IN_ZIP)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, content)
    return held.getvalue()


if __name__ == "__main__":
    main()
