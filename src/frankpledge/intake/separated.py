"""Values separated by commas, semicolons or tabs: in which encoding, by which mark, and whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from frankpledge.intake.limits import Limits
from frankpledge.intake.problems import Problem, RefusedError, listed
from frankpledge.intake.sheets import letters

_SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas"}
"""The rarer in words first: of two that fit as well, it is the one that is meant."""

_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_GUARDED = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_TO_GUARD = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9,]*(\.[0-9]+)?%?")
_SAVE = "In Excel choose Save as, CSV UTF-8 (Comma delimited)."


@dataclass(frozen=True)
class Separated:
    """The text of such a file, what separates its values, and what was noticed."""

    text: str
    separator: str
    encoding: str
    remarks: tuple[str, ...]


def guard(text: str) -> str:
    """The text so that a spreadsheet shows it and runs nothing; a number stays a number."""
    return f"'{text}" if _TO_GUARD.match(text) and not _NUMBER.fullmatch(text) else text


def unguard(text: str) -> str:
    """The text that was guarded."""
    return text[1:] if _GUARDED.match(text) else text


def look_into_separated(data: bytes, name: str, limits: Limits) -> Separated:
    """A CSV file that may be read, or everything that is wrong with it."""
    text, encoding, remarks = _decoded(data, name)
    if _BINARY.search(text):
        what = "It has characters that no text has (NUL or other control characters)."
        raise RefusedError(
            [Problem(name, what, f"It may be damaged or another kind of file. {_SAVE}")]
        )
    separator, start = _separator(text)
    if separator != ",":
        remarks = (*remarks, f"Its values are separated by {_SEPARATORS[separator]}.")
    separated = Separated(text[start:], separator, encoding, remarks)
    _check(separated, name, limits)
    return separated


def records(separated: Separated) -> Iterator[list[str]]:
    """The rows, each a list of what stands between the marks. Row 1 is the first."""
    return csv.reader(
        StringIO(separated.text, newline=""), delimiter=separated.separator, strict=True
    )


def _decoded(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding, name), encoding, ()
    try:
        return data.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        told = (
            "It is not in UTF-8; it was read as Windows-1252. Look at £ signs and quotation marks."
        )
        return _strictly(data, "cp1252", name), "cp1252", (told,)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        what = "It is text in no encoding that can be told (UTF-8 and Windows-1252 were tried)."
        raise RefusedError([Problem(name, what, _SAVE)]) from None


def _separator(text: str) -> tuple[str, int]:
    """The mark between values, and where the rows begin: Excel may declare it in a line of its own."""
    declared = _DECLARED.match(text)
    if declared and declared[1] in _SEPARATORS:
        return declared[1], declared.end()
    likely = max(_SEPARATORS, key=lambda mark: _evidence(text, mark))
    return (likely if _evidence(text, likely) > (0, 0) else ","), 0


def _evidence(text: str, mark: str) -> tuple[int, int]:
    """How many of the first rows are as wide as most are, and how wide that is; a lone column is none."""
    widths: list[int] = []
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=mark)
        widths = [len(row) for row in islice(rows, 50) if any(row)]
    except csv.Error:
        pass
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0, 0
    usual = max(set(wide), key=lambda width: (wide.count(width), width))
    return wide.count(usual), usual


def _check(separated: Separated, name: str, limits: Limits) -> None:
    """Reads the rows once: quotation marks, sizes and formulas."""
    problems: list[Problem] = []
    formulas: list[str] = []
    long: list[str] = []
    row = 0
    try:
        for row, cells in enumerate(records(separated), start=1):
            if row > limits.rows or len(cells) > limits.columns:
                problems.append(_too_many(name, row, limits))
                break
            for column, cell in enumerate(cells, start=1):
                if cell.startswith("=") and len(cell) > 1:
                    formulas.append(f"{letters(column)}{row}")
                if len(cell) > limits.cell:
                    long.append(f"{letters(column)}{row}")
    except csv.Error as error:
        problems.append(_unbalanced(name, row + 1, error, limits))
    if formulas:
        what = f"It has formulas in {listed(formulas)}."
        problems.append(Problem(name, what, "Copy the table and paste it as values, then save it."))
    if long:
        what = f"It has cells of more than {limits.cell:,} characters: {listed(long)}."
        problems.append(Problem(name, what, "Shorten them, or put what they say in a document."))
    if problems:
        raise RefusedError(problems)


def _too_many(name: str, row: int, limits: Limits) -> Problem:
    if row > limits.rows:
        what = f"It has more than {limits.rows:,} rows."
        return Problem(name, what, "Upload it in several files.")
    what = f"It has more than {limits.columns} columns."
    to_do = "Leave out the columns that are not needed, or put what they hold in rows."
    return Problem(f"{name}, row {row}", what, to_do)


def _unbalanced(name: str, row: int, error: csv.Error, limits: Limits) -> Problem:
    where = f"{name}, row {row}"
    if "field larger" in str(error):
        what = f"It has a cell of more than {limits.cell:,} characters."
        return Problem(where, what, "Look for a quotation mark that is opened and never closed.")
    what = "A quotation mark is opened and not closed, or stands in the middle of a quoted cell."
    return Problem(where, what, f"Close it, or write it twice inside a quoted cell. {_SAVE}")
