"""The tables of a Word document as rows of text, each with the heading that stands above it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from frankpledge.intake.cleaning import clean
from frankpledge.intake.grids import Grid, GridRow, Texts
from frankpledge.intake.opening import Opened
from frankpledge.intake.problems import Problem, RefusedError

logger = logging.getLogger(__name__)

_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_SKIPPED = {qn("w:del"), qn("w:pPr"), qn("w:rPr"), qn("w:instrText")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TABLE, _ROW, _CELL, _PARAGRAPH = qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:p")


def document_grids(opened: Opened) -> list[Grid]:
    """Each table of the document, in order."""
    try:
        body = docx.Document(BytesIO(opened.data)).element.body
    except Exception:
        # What a library may say of a stranger's damaged file cannot be listed.
        logger.warning("A document could not be read", exc_info=True)
        what = "The document is damaged and cannot be read."
        to_do = "Open it in Word, save it again and upload that."
        raise RefusedError([Problem(opened.name, what, to_do)]) from None
    texts = Texts(opened.name, opened.limits)
    grids: list[Grid] = []
    above: list[str] = []
    for block in _blocks(body):
        if block.tag == _PARAGRAPH:
            above += [words] if (words := clean(_text(block))) else []
            continue
        name = f"table {len(grids) + 1}"
        grids.append(_Table(opened, texts, name).grid(block, tuple(above[-3:])))
        above = []
    return grids


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls and the like too."""
    for child in parent:
        if child.tag in (_PARAGRAPH, _TABLE):
            yield child
        elif child.tag not in _SKIPPED and isinstance(child.tag, str):
            yield from _blocks(child)


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, inside content controls too, no table's inside it."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag not in (_TABLE, _PARAGRAPH) and isinstance(child.tag, str):
            yield from _inside(child, wanted)


def _text(node: Any) -> str:
    """All words below a node as they are read, without what is deleted or said twice."""
    pieces: list[str] = []
    _gather(node, pieces)
    return "".join(pieces)


def _gather(node: Any, pieces: list[str]) -> None:
    for child in node:
        if child.tag == qn("w:t"):
            pieces.append(child.text or "")
        elif child.tag in _BREAKS:
            pieces.append(_BREAKS[child.tag])
        elif child.tag == _FALLBACK or child.tag in _SKIPPED or _is_prompt(child):
            continue
        elif isinstance(child.tag, str):
            _gather(child, pieces)
            if child.tag == _PARAGRAPH:
                pieces.append("\n")


def _is_prompt(node: Any) -> bool:
    """Whether it is a field of a form that nobody filled: "Click or tap here to enter text"."""
    path = f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"
    return node.tag == qn("w:sdt") and node.find(path) is not None


class _Table:
    """One table being read."""

    def __init__(self, opened: Opened, texts: Texts, name: str) -> None:
        self.opened, self.texts, self.name = opened, texts, name
        self.limits = opened.limits
        self.numbered = self.nested = 0

    def grid(self, table: Any, above: tuple[str, ...]) -> Grid:
        """The table's rows. Cells merged downwards repeat the text they began with."""
        rows: list[GridRow] = []
        for number, row in enumerate(_inside(table, _ROW), start=1):
            if number > self.limits.rows:
                self._refuse(f"has more than {self.limits.rows:,} rows.")
            rows.append(self._row(row, number, rows[-1] if rows else None))
        width = max((len(row.cells) for row in rows), default=0)
        for row in rows:
            row.cells += [""] * (width - len(row.cells))
            row.across = (
                width > 1 and row.continued >= frozenset(range(1, width)) and bool(row.cells[0])
            )
        grid = Grid(self.name, self.name, rows, above)
        if self.numbered:
            grid.remarks.append(
                f"{self.name} has automatic numbers or bullets in {self.numbered} cells. They are no text and "
                "were not read. If they matter, type them, or select the table and press Ctrl+Shift+F9."
            )
        if self.nested:
            grid.remarks.append(f"{self.name} has tables inside cells; they were read as text.")
        return grid

    def _row(self, row: Any, number: int, before: GridRow | None) -> GridRow:
        properties = row.find(qn("w:trPr"))
        skipped = _count(properties, "w:gridBefore", 0)
        cells, continued, bold = [""] * self._bounded(skipped), set(), []
        for cell in _inside(row, _CELL):
            about = cell.find(qn("w:tcPr"))
            place, text = len(cells), self._cell_text(cell, number, len(cells) + 1)
            if _carries_on(about) and before is not None and place < len(before.cells):
                text = before.cells[place]
                self.texts.count(text, number, place + 1)
                continued.add(place)
            elif text:
                bold.append(_is_bold(cell))
            span = self._bounded(place + _count(about, "w:gridSpan", 1)) - place
            cells += [text] + [""] * (span - 1)
            continued |= set(range(place + 1, place + span))
        header = properties is not None and properties.find(qn("w:tblHeader")) is not None
        return GridRow(number, cells, frozenset(continued), bool(bold) and all(bold), False, header)

    def _cell_text(self, cell: Any, row: int, column: int) -> str:
        self.numbered += any(
            True
            for p in cell.iter(_PARAGRAPH)
            if p.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
        )
        self.nested += cell.find(_TABLE) is not None
        return self.texts.of(_text(cell), row, column)

    def _bounded(self, width: int) -> int:
        if width > self.limits.columns:
            self._refuse(f"has more than {self.limits.columns} columns.")
        return width

    def _refuse(self, what: str) -> None:
        to_do = "Leave out what is not needed."
        raise RefusedError([Problem(self.opened.name, f"{self.name} {what}", to_do)])


def _count(properties: Any, name: str, otherwise: int) -> int:
    found = None if properties is None else properties.find(qn(name))
    text = "" if found is None else found.get(qn("w:val"), "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _carries_on(properties: Any) -> bool:
    merged = None if properties is None else properties.find(qn("w:vMerge"))
    return merged is not None and merged.get(qn("w:val"), "continue") != "restart"


def _is_bold(cell: Any) -> bool:
    """Whether every run that has words is set bold."""
    runs = [run for run in cell.iter(qn("w:r")) if clean(_text(run))]
    settings = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    return bool(settings) and all(
        b is not None and b.get(qn("w:val"), "1") not in ("0", "false", "off") for b in settings
    )
