"""What a file is, told by what stands in it; its name is not asked."""

from __future__ import annotations

import re
from enum import StrEnum

from frankpledge.intake.problems import Problem


class Kind(StrEnum):
    """The kinds of file that can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PARQUET = "parquet"

    @property
    def words(self) -> str:
        """The kind as a person calls it."""
        return {
            Kind.CSV: "a CSV file",
            Kind.XLSX: "an Excel workbook",
            Kind.DOCX: "a Word document",
            Kind.PARQUET: "a Parquet file",
        }[self]


SAVE_AS = {
    Kind.CSV: "CSV (.csv)",
    Kind.XLSX: "Excel Workbook (.xlsx)",
    Kind.DOCX: "Word Document (.docx)",
    Kind.PARQUET: "Parquet (.parquet)",
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|script|style)\b", re.IGNORECASE)
_KNOWN = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"\xfd7zXZ", "a compressed archive"),
    (b"BZh", "a compressed archive"),
    (b"\x28\xb5\x2f\xfd", "a compressed archive"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)


def may_be(allowed: frozenset[Kind]) -> str:
    """The kinds that are taken here, in words: "CSV (.csv) or Excel Workbook (.xlsx)"."""
    names = [SAVE_AS[kind] for kind in Kind if kind in allowed]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def kind_of(data: bytes, name: str, allowed: frozenset[Kind]) -> Kind | Problem | None:
    """What the file is. None is a zip archive, which has to be looked into."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        return Problem(name, "The file is empty.", "Choose the file that holds your table.")
    if data.startswith(b"PK"):
        return None
    if data.startswith(b"PAR1") and data.endswith(b"PAR1") and len(data) > 12:
        return Kind.PARQUET
    found = _other(data)
    if found is None:
        return Kind.CSV
    what, to_do = found
    return Problem(name, f"This is {what}.", to_do or f"Save it as {may_be(allowed)}.")


def _other(data: bytes) -> tuple[str, str | None] | None:
    """A kind that is never read, with what to do about it where that is its own."""
    if data.startswith(_OLE):
        return _of_compound_file(data)
    head = data[:2048].lstrip(b"\xef\xbb\xbf\t\r\n ")
    for signature, what in _KNOWN:
        if head.startswith(signature):
            return what, None
    if b"%PDF-" in data[:1024]:
        return "a PDF", None
    if head.startswith(b"<") and _HTML.search(head):
        again = "Open it in Excel or Word and use Save as, in place of renaming it."
        return "a web page (HTML), whatever its name says", again
    if head.startswith((b"<?xml", b"<Workbook")):
        return "an XML file, not a workbook or a document", None
    return None


def _of_compound_file(data: bytes) -> tuple[str, str | None]:
    """What the old Office container holds: an encrypted file, or one of the old formats."""

    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return "protected with a password", "Take the password off, save it and upload it again."
    if has("WordDocument"):
        return "an old Word document (.doc)", None
    if has("Workbook") or has("Book"):
        return "an old Excel workbook (.xls)", None
    return "an old Office file or a message, not a workbook or a document", None
