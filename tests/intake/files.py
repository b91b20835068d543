"""Files of every kind that somebody may hand in, made in the test: honest ones and others."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import docx
import openpyxl


def workbook(*rows, change: Callable | None = None) -> bytes:
    """A workbook of one sheet with these rows; `change` is given the book before it is saved."""
    book = openpyxl.Workbook()
    for row in rows or (["Ref", "What"], ["1.1", "Publish the charter"]):
        book.active.append(row)
    if change:
        change(book)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def document(*rows, change: Callable | None = None) -> bytes:
    """A document of one table with these rows; `change` is given the document before it is saved."""
    rows = rows or (["Ref", "What"], ["1.1", "Publish the charter"])
    made = docx.Document()
    table = made.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(number, place).text = text
    if change:
        change(made)
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def repacked(data: bytes, add: dict[str, bytes] | None = None, **changes: Callable) -> bytes:
    """An Office file with parts added, or changed by part: `sheet1=lambda xml: ...` by its stem."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            stem = info.filename.rsplit("/", 1)[-1].removesuffix(".xml").replace(".", "_")
            content = old.read(info)
            if stem in changes:
                before, content = content, changes[stem](content)
                assert content != before, f"{info.filename} was to be changed and was not"
            new.writestr(info.filename, content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def overlapping_bomb(copies: int = 1000, unpacked: int = 10_000_000) -> bytes:
    """An archive whose list names the same packed zeros over and over: 10 kB of them make 10 GB."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(unpacked)
    packed, crc = squeeze.compress(zeros) + squeeze.flush(), zlib.crc32(zeros)
    name = b"xl/workbook.xml"
    sizes = struct.pack("<III", crc, len(packed), unpacked)
    head = b"\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00" + sizes + struct.pack("<HH", len(name), 0)
    local = b"PK\x03\x04" + head + name + packed
    record = b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    listing = record * copies
    end = struct.pack("<HHHHIIH", 0, 0, copies, copies, len(listing), len(local), 0)
    return local + listing + b"PK\x05\x06" + end


def lying_bomb(unpacked: int = 100_000_000, claimed: int = 1_000) -> bytes:
    """A workbook with a part of 100 MB that says it is of 1,000 bytes."""
    data = repacked(workbook(), add={"xl/media/a.bin": bytes(unpacked)})
    return data.replace(struct.pack("<I", unpacked), struct.pack("<I", claimed))
