"""The door: a file that was handed in is opened, or refused with every reason, before it is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pyarrow
import pyarrow.parquet

from frankpledge.intake.contents import Kind, kind_of, may_be
from frankpledge.intake.limits import LIMITS, MEGABYTE, Limits
from frankpledge.intake.office import look_into
from frankpledge.intake.problems import Problem, RefusedError
from frankpledge.intake.separated import Separated, look_into_separated
from frankpledge.intake.sheets import Sheet

__all__ = ["Kind", "Opened", "open_upload"]

EVERYDAY = frozenset({Kind.CSV, Kind.XLSX, Kind.DOCX})
_ENDINGS = {".csv": Kind.CSV, ".txt": Kind.CSV, ".tsv": Kind.CSV, ".xlsx": Kind.XLSX}
_ENDINGS |= {".docx": Kind.DOCX, ".parquet": Kind.PARQUET}


@dataclass(frozen=True)
class Opened:
    """A file that was looked through and may be read: its kind by content, and what was noticed.

    `remarks` are sentences for the person: what was told from the file and what is left aside.
    """

    name: str
    kind: Kind
    data: bytes = field(repr=False)
    remarks: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = field(default=(), repr=False)
    separated: Separated | None = field(default=None, repr=False)
    limits: Limits = field(default=LIMITS, repr=False)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the file, by which its provenance is recorded."""
        return hashlib.sha256(self.data).hexdigest()


def open_upload(
    upload: Path | str | bytes | BinaryIO,
    name: str,
    allowed: Collection[str] = EVERYDAY,
    limits: Limits = LIMITS,
) -> Opened:
    """A file somebody handed in, by its path, its bytes or anything that reads bytes.

    What it is told by its content, never by its name. Raises RefusedError with all that is wrong.
    """
    kinds = frozenset(Kind(one) for one in allowed)
    shown = _shown(name)
    data = _bytes_of(upload, shown, limits)
    kind = kind_of(data, shown, kinds)
    if isinstance(kind, Problem):
        raise RefusedError([kind])
    if kind is None:
        seen = look_into(data, shown, kinds, limits)
        remarks = (*_named_otherwise(shown, seen.kind), *seen.remarks)
        return Opened(shown, seen.kind, data, remarks, seen.sheets, limits=limits)
    if kind not in kinds:
        what = f"This is {kind.words}, which is not taken here."
        raise RefusedError([Problem(shown, what, f"Save it as {may_be(kinds)}.")])
    if kind is Kind.PARQUET:
        _check_parquet(data, shown, limits)
        return Opened(shown, kind, data, _named_otherwise(shown, kind), limits=limits)
    separated = look_into_separated(data, shown, limits)
    remarks = (*_named_otherwise(shown, kind), *separated.remarks)
    return Opened(shown, kind, data, remarks, separated=separated, limits=limits)


def _shown(name: str) -> str:
    """The file's name as it may be shown: no folders, no characters that mislead."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).strip()
    return plain[:120] or "the file"


def _bytes_of(upload: Path | str | bytes | BinaryIO, name: str, limits: Limits) -> bytes:
    """The whole file, of which never more is read than may be."""
    if isinstance(upload, bytes):
        data = upload
    elif isinstance(upload, str | Path):
        with Path(upload).open("rb") as file:
            data = file.read(limits.size + 1)
    else:
        upload.seek(0)
        data = upload.read(limits.size + 1)
    if len(data) > limits.size:
        what = f"The file is larger than {limits.size // MEGABYTE} MB."
        to_do = (
            "Leave out what is not needed (pictures, old sheets), or upload it in several files."
        )
        raise RefusedError([Problem(name, what, to_do)])
    return data


def _named_otherwise(name: str, kind: Kind) -> tuple[str, ...]:
    ending = Path(name).suffix.lower()
    if ending == "" or _ENDINGS.get(ending) == kind:
        return ()
    return (f"It is named {ending}, but it is {kind.words} and was read as one.",)


def _check_parquet(data: bytes, name: str, limits: Limits) -> None:
    """A Parquet file's own account of itself; its rows are counted again as they are read."""
    try:
        about = pyarrow.parquet.ParquetFile(BytesIO(data)).metadata
    except (pyarrow.ArrowException, OSError, ValueError):
        what = "The Parquet file is damaged or not whole."
        raise RefusedError([Problem(name, what, "Write it again and upload that.")]) from None
    groups = [about.row_group(number) for number in range(about.num_row_groups)]
    problems = []
    if about.num_rows > limits.rows or about.num_columns > limits.columns:
        what = f"It has {about.num_rows:,} rows and {about.num_columns:,} columns."
        to_do = f"At most {limits.rows:,} rows and {limits.columns} columns are taken at once."
        problems.append(Problem(name, what, to_do))
    if sum(group.total_byte_size for group in groups) > limits.unpacked:
        what = f"Unpacked it is larger than {limits.unpacked // MEGABYTE} MB."
        problems.append(Problem(name, what, "Upload it in several files."))
    if about.num_rows == 0:
        problems.append(Problem(name, "The file has no rows.", "Choose the file with your table."))
    if problems:
        raise RefusedError(problems)
