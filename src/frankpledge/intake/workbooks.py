"""The sheets of a workbook as rows of text, as Excel shows them, with dates the ISO way."""

from __future__ import annotations

import logging
import re
import warnings
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape

from frankpledge.intake.grids import Grid, GridRow, Texts
from frankpledge.intake.opening import Opened
from frankpledge.intake.problems import Problem, RefusedError, listed
from frankpledge.intake.sheets import Sheet, letters

logger = logging.getLogger(__name__)

_PLAIN_NUMBER = re.compile(r'"?([£$€]?)"?(#,##)?(0+)(?:\.(0+))?(%?)')
_IN_QUOTES = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def workbook_grids(opened: Opened) -> list[Grid]:
    """Each sheet that holds anything."""
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves aside (extensions, validation) is nothing a table needs.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(
                BytesIO(opened.data), read_only=True, data_only=True, keep_links=False
            )
            texts = Texts(opened.name, opened.limits)
            return [_grid(book, sheet, texts) for sheet in opened.sheets if sheet.last_row]
    except RefusedError:
        raise
    except Exception:
        # What a library may say of a stranger's damaged file cannot be listed.
        logger.warning("A workbook could not be read", exc_info=True)
        what = "The workbook is damaged: a sheet of it cannot be read."
        to_do = "Open it in Excel, save it again and upload that."
        raise RefusedError([Problem(opened.name, what, to_do)]) from None


def _grid(book: Any, sheet: Sheet, texts: Texts) -> Grid:
    page = book[sheet.name]
    # Whatever the sheet says of its own size, these are the cells that hold something.
    cells = page.iter_rows(1, sheet.last_row, 1, sheet.last_column)
    rows, no_year = [], []
    for number, row in enumerate(cells, start=1):
        found = _Shown(number, texts)
        line = [found.text(cell, position) for position, cell in enumerate(row, start=1)]
        no_year += found.no_year
        rows.append(GridRow(number, line, bold=found.is_bold(row, line)))
    _spread(rows, sheet, texts)
    where = f"sheet {sheet.name!r}"
    grid = Grid(sheet.name, where, rows, header_row=sheet.table_header)
    if no_year:
        grid.remarks.append(
            f"{where} shows a day without its year in {listed(no_year)}. Excel turns “Oct 22” into "
            "the 22nd of October of the year it was typed in: look whether a month was meant."
        )
    return grid


class _Shown:
    """The cells of one row, as Excel shows them."""

    def __init__(self, row: int, texts: Texts) -> None:
        self.row, self.texts = row, texts
        self.no_year: list[str] = []

    def text(self, cell: Any, column: int) -> str:
        value = cell.value
        if value is None:
            return ""
        if isinstance(value, str):
            return self.texts.of(unescape(value) if "_x" in value else value, self.row, column)
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float):
            return _number(value, cell.number_format)
        if isinstance(value, date):
            return self._date(value, cell.number_format, column)
        return _other_time(value)

    def _date(self, value: date, number_format: str, column: int) -> str:
        """A date the ISO way; a month where the cell shows no day."""
        shown = _IN_QUOTES.sub("", number_format).lower().split(";")[0]
        if isinstance(value, datetime) and (value.hour or value.minute or value.second):
            return value.isoformat(sep=" ", timespec="minutes")
        if "d" not in shown and "m" in shown and "y" in shown:
            return f"{value:%Y-%m}"
        if "y" not in shown and "d" in shown:
            self.no_year.append(f"{letters(column)}{self.row}")
        return f"{value:%Y-%m-%d}"

    @staticmethod
    def is_bold(row: tuple[Any, ...], line: list[str]) -> bool:
        """Whether everything that stands in the row is bold. Only short rows are looked at."""
        held = [cell for cell, text in zip(row, line, strict=True) if text]
        return 0 < len(held) <= 2 and all(cell.has_style and cell.font.b for cell in held)


def _number(value: float, number_format: str) -> str:
    """A number as it is printed, in the plain formats; otherwise as it is, to Excel's 15 figures."""
    shape = _PLAIN_NUMBER.fullmatch(number_format)
    if shape is None:
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    sign, comma, whole, decimals, percent = shape.groups()
    places = len(decimals or "")
    exact = Decimal(f"{value:.15g}") * (100 if percent else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    width = 0 if comma else len(whole) + (places + 1 if places else 0)
    body = f"{abs(rounded):{'0' + str(width) if width else ''}{',' if comma else ''}.{places}f}"
    return f"{'-' if rounded < 0 else ''}{sign}{body}{percent}"


def _other_time(value: Any) -> str:
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value)


def _spread(rows: list[GridRow], sheet: Sheet, texts: Texts) -> None:
    """Merged cells: repeated downwards, left empty to the right, both marked as carried on."""
    for span in sheet.merged:
        text = rows[span.top - 1].cells[span.left - 1]
        for number in range(span.top, span.bottom + 1):
            row = rows[number - 1]
            carried = set(range(span.left, span.right))
            if number > span.top:
                carried.add(span.left - 1)
                row.cells[span.left - 1] = text
                texts.count(text, number, span.left)
            row.continued |= carried
        if span.left == 1 and span.right >= sheet.last_column > 1 and span.top == span.bottom:
            rows[span.top - 1].across = True
