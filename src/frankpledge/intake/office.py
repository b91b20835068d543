"""Excel workbooks and Word documents, looked through part by part before anything is read."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from frankpledge.intake.contents import SAVE_AS, Kind, may_be
from frankpledge.intake.documents import DocumentWatcher
from frankpledge.intake.limits import Limits
from frankpledge.intake.package import Package, look_through, open_package
from frankpledge.intake.problems import Problem, RefusedError
from frankpledge.intake.relations import RelationWatcher, TypesWatcher, check_names
from frankpledge.intake.sheets import Sheet, SheetWatcher, check_sheet, span_of

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = frozenset(
    {"document", "hdr", "ftr", "footnotes", "endnotes", "comments", "glossaryDocument"}
)


@dataclass(frozen=True)
class Looked:
    """What was seen of an Office file that may be read."""

    kind: Kind
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...]


class _Rooms:
    """The watchers of a whole file, each made when its part goes by."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.remarks: list[str] = []
        self.types = TypesWatcher()
        self.relations: dict[str, RelationWatcher] = {}
        self.sheets: dict[str, Sheet] = {}
        self.documents: list[DocumentWatcher] = []
        self.book: _BookWatcher | None = None
        self.tables: dict[str, tuple[str, str]] = {}

    def watch(self, part: str, root: str, attributes: dict[str, str]) -> object | None:
        """The watcher for a part, by its root element: what a part is called may mislead."""
        name = root[root.rfind("}") + 1 :]
        if name == "Types":
            return self.types
        if name == "Relationships":
            return self.relations.setdefault(
                part, RelationWatcher(part, self.package, self.remarks)
            )
        if name in ("worksheet", "workbook", "document") and "purl.oclc.org" in root:
            self._strict()
        if name == "worksheet":
            name, state = self.names().get(part, ("", "visible"))
            sheet = self.sheets[part] = Sheet(part, name, state)
            return SheetWatcher(sheet, self.package)
        if name == "workbook":
            self.book = _BookWatcher()
            return self.book
        if name == "table":
            self.tables[part] = (attributes.get("ref", ""), attributes.get("headerRowCount", "1"))
        if name in _TEXTS and root.startswith(_WORD):
            self.documents.append(DocumentWatcher(self.package))
            return self.documents[-1]
        return None

    def names(self) -> dict[str, tuple[str, str]]:
        """Each sheet's part with its name and whether it is shown, in the order of the tabs."""
        targets = {
            joint: target
            for part, relation in self.relations.items()
            if part.endswith("workbook.xml.rels")
            for joint, target in relation.targets.items()
        }
        tabs = self.book.sheets if self.book else []
        return {targets.get(joint, joint): (name, state) for joint, name, state in tabs}

    def _strict(self) -> None:
        self.package.found(
            "It is saved in the strict form of Office's format, which cannot be read here.",
            f"Save it as {SAVE_AS[Kind.XLSX]} or {SAVE_AS[Kind.DOCX]}, without Strict.",
        )
        raise RefusedError(self.package.problems)


class _BookWatcher:
    """Watches xl/workbook.xml go by: the sheets, their names and whether they are shown."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{_SHEET}sheet":
            joint = next((v for k, v in attributes.items() if k.endswith("}id")), "")
            state = attributes.get("state", "visible")
            self.sheets.append((joint, attributes.get("name", ""), state))

    def end(self, tag: str) -> None:
        """Nothing is nested here."""


def look_into(data: bytes, name: str, allowed: frozenset[Kind], limits: Limits) -> Looked:
    """An Office file that may be read, or everything that is wrong with it."""
    package = open_package(data, name, limits)
    kind = _kind_by_parts(package, allowed)
    if kind not in allowed:
        what = f"This is {kind.words}, which is not taken here."
        raise RefusedError([Problem(name, what, f"Save it as {may_be(allowed)}.")])
    if (
        kind is Kind.DOCX
        and package.archive.getinfo("word/document.xml").file_size > limits.document
    ):
        package.found("It is too long a document.", "Copy the table alone into a new document.")
        raise RefusedError(package.problems)
    rooms = _Rooms(package)
    look_through(package, rooms.watch, _whole(package))
    rooms.remarks += check_names(package, rooms.types.types, SAVE_AS[kind])
    for document in rooms.documents:
        document.check()
    sheets = _in_order(rooms) if kind is Kind.XLSX else ()
    for sheet in rooms.sheets.values():
        check_sheet(sheet, package, limits)
    if kind is Kind.XLSX and not any(sheet.last_row for sheet in rooms.sheets.values()):
        package.found("There is nothing in its sheets.", "Choose the file that holds your table.")
    if package.problems:
        raise RefusedError(package.problems)
    return Looked(kind, sheets, tuple(dict.fromkeys(rooms.remarks)))


def _kind_by_parts(package: Package, allowed: frozenset[Kind]) -> Kind:
    """Whether the archive is a workbook or a document; refused where it is another thing."""
    parts = {part.lower() for part in package.parts}
    if "xl/workbook.xml" in parts:
        return Kind.XLSX
    if "word/document.xml" in package.parts:
        return Kind.DOCX
    what = "a zip archive"
    if "xl/workbook.bin" in parts:
        what = "a binary Excel workbook (.xlsb)"
    elif "ppt/presentation.xml" in parts:
        what = "a PowerPoint presentation"
    elif "mimetype" in parts:
        what = "an OpenDocument file"
    package.found(f"This is {what}.", f"Save it as {may_be(allowed)}.")
    raise RefusedError(package.problems)


def _check_texts(package: Package, limits: Limits) -> None:
    """The parts that hold words are read whole; more than these hold no table needs."""
    for info in package.archive.infolist():
        last = posixpath.basename(info.filename).lower()
        if last in ("document.xml", "sharedstrings.xml") and info.file_size > limits.document:
            package.found("It holds too much text.", "Upload it in several files.")
            raise RefusedError(package.problems)


def _whole(package: Package) -> frozenset[str]:
    """The parts that may be as large as a table is: sheets, their texts, a document's text."""
    folders = ("xl/worksheets/", "word/document")
    return frozenset(
        part
        for part in package.parts
        if part.startswith(folders) or posixpath.basename(part).lower() == "sharedstrings.xml"
    )


def _in_order(rooms: _Rooms) -> tuple[Sheet, ...]:
    """The worksheets in the order of their tabs, each with the header of the table on it."""
    in_order = []
    for part, (name, state) in rooms.names().items():
        sheet = rooms.sheets.get(part)
        if sheet is None and state != "visible":
            rooms.package.found(f"sheet {name!r} is hidden.", "Show it or delete it.")
        elif sheet is not None:
            sheet.table_header = _table_header(rooms, sheet)
            in_order.append(sheet)
    return tuple(in_order)


def _table_header(rooms: _Rooms, sheet: Sheet) -> int | None:
    """The header row of the sheet's Excel table, where it has exactly one."""
    folder, file = posixpath.split(sheet.part)
    relation = rooms.relations.get(f"{folder}/_rels/{file}.rels")
    found = [
        rooms.tables[t]
        for t in (relation.targets.values() if relation else ())
        if t in rooms.tables
    ]
    if len(found) != 1 or found[0][1] == "0":
        return None
    span = span_of(found[0][0])
    return span.top if span else None
