"""The text of a CSV file as lines, and lines as cells, without losing count of the rows.

Polars' own CSV reader passes over what matters here: rows that are too short or too long, quotation
marks that never close, blank lines that shift the row numbers. So lines are read as lines, and
parted into cells by expressions over all lines at once.
"""

from __future__ import annotations

import codecs
import csv
import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

import polars as pl

from frankpledge.figures.forms import Header, find_header
from frankpledge.figures.problems import Problems

SEPARATORS = (",", ";", "\t", "|")
LINES_AT_ONCE = 1 << 18
_CHUNK = 1 << 22
_QUOTE = pl.col("line").str.count_matches('"', literal=True)


def lines_of(path: Path, shown: str, problems: Problems, notes: list[str]) -> pl.DataFrame | None:
    """The records of a text file: columns `row` and `line`; None where it is not text.

    UTF-8 with or without a byte order mark, UTF-16 with one, and otherwise Windows-1252, which
    Excel on Windows writes (a superset of Latin-1 for everything that prints).
    """
    try:
        encoding = _encoding(path)
    except (OSError, EOFError):
        problems.add(shown, "a compressed CSV file, and this cannot be opened", "Fetch it again.")
        return None
    if encoding is None:
        problems.add(
            shown,
            "a text file, and this holds something else",
            "Save the table as CSV UTF-8 or as an Excel workbook (.xlsx).",
        )
        return None
    if encoding == "utf-8":
        lines = pl.read_lines(path, glob=False)
    else:
        with _open(path) as file:
            text = file.read().decode(encoding, errors="replace")
        lines = pl.read_lines(text.encode())
    if encoding == "cp1252":
        notes.append(f"{shown} is not UTF-8 and was read as Windows-1252; check accented names.")
    return _records(_without_mark(_old_mac(lines)), shown, problems)


def _open(path: Path) -> IO[bytes]:
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def _encoding(path: Path) -> str | None:
    with _open(path) as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        valid = True
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                return None
            if valid:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    valid = False
        if valid:
            try:
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                valid = False
    return "utf-8" if valid else "cp1252"


def _old_mac(lines: pl.DataFrame) -> pl.DataFrame:
    """A file whose lines end in a carriage return alone comes as one line."""
    if lines.height != 1 or "\r" not in (lines["line"][0] or ""):
        return lines
    return lines.select(pl.col("line").str.strip_chars_end("\r").str.split("\r")).explode("line")


def _without_mark(lines: pl.DataFrame) -> pl.DataFrame:
    """The byte order mark is no part of the first header."""
    if lines.height == 0 or not lines["line"][0].startswith("\ufeff"):
        return lines
    first = lines.head(1).with_columns(pl.col("line").str.strip_prefix("\ufeff"))
    return pl.concat([first, lines.slice(1)])


def _records(lines: pl.DataFrame, shown: str, problems: Problems) -> pl.DataFrame | None:
    """Lines to records: a quoted cell may hold a line break, and counts as one row."""
    numbered = lines.with_row_index("row", offset=1)
    odd = numbered.select((_QUOTE % 2 == 1).alias("odd"))["odd"]
    if not odd.any():
        return numbered
    if odd.sum() % 2:
        opened = numbered.filter(odd).tail(1)
        problems.add_rows(
            shown,
            opened.with_columns(pl.col("line").str.slice(0, 60)),
            column=None,
            value="line",
            explain=(
                "quotation marks in pairs",
                "Close the quotation mark, or take it out, in this row or above it.",
            ),
        )
        return None
    inside = odd.cum_sum().shift(1, fill_value=0) % 2 == 1
    return (
        numbered.with_columns((~inside).cum_sum().alias("row"))
        .group_by("row", maintain_order=True)
        .agg(pl.col("line").str.join("\n"))
        .with_columns(pl.col("row").cast(pl.UInt32))
    )


def header_in(lines: Sequence[str], columns: Mapping[str, str]) -> tuple[Header, str]:
    """The header among the first lines of a file, and the separator it is written with."""
    tried = [
        (find_header([_cells(line, separator) for line in lines], columns), separator)
        for separator in SEPARATORS
    ]

    def merit(one: tuple[Header, str]) -> tuple[bool, int, int]:
        header, _ = one
        return header.form is not None, header.known, len(header.cells)

    return max(tried, key=merit)


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line.replace("\n", " ")], delimiter=separator), [])
    except csv.Error:
        return line.split(separator)


def cells_of(
    records: pl.DataFrame, separator: str, width: int, shown: str, problems: Problems
) -> pl.DataFrame:
    """Records to cells: `row` and a column of text named "0", "1", … for each of `width`.

    Rows with too few or too many cells, or with a quotation mark out of place, become problems and
    are left out; rows without any text are left out. Empty cells past the header's end do no harm.
    """
    names = [str(i) for i in range(width)]
    parts = [
        _part_cells(part, separator, names, shown, problems)
        for part in records.iter_slices(LINES_AT_ONCE)
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=_schema(names))


def _schema(names: list[str]) -> dict[str, pl.DataType]:
    return {"row": pl.UInt32(), **dict.fromkeys(names, pl.String())}


def _part_cells(
    records: pl.DataFrame, separator: str, names: list[str], shown: str, problems: Problems
) -> pl.DataFrame:
    mark = _escaped(separator)
    kept = records.filter(~pl.col("line").str.contains(rf'^[\s{mark}"]*$'))
    quoted = pl.col("line").str.contains('"', literal=True)
    fields = pl.col("line").str.splitn(separator, len(names) + 1)
    plain = kept.filter(~quoted).select(
        "row", fields.struct.rename_fields([*names, "more"]).struct.unnest()
    )
    others = kept.filter(quoted)
    if others.height:
        others = _quoted_cells(others, separator, names, shown, problems)
        plain = pl.concat([plain, others]).sort("row")
    short = pl.col(names[-1]).is_null()
    over = pl.col("more").fill_null("").str.contains(rf"[^\s{mark}]")
    for wrong, than in ((short, "fewer"), (over, "more")):
        problems.add_rows(
            shown,
            plain.filter(wrong),
            column=None,
            value=None,
            explain=(
                f"{len(names)} cells, as in the header, and there are {than}",
                "Put a name that holds a comma in quotation marks; fill in the cells that lack.",
            ),
        )
    return plain.filter(~short & ~over).select("row", *names)


def _quoted_cells(
    lines: pl.DataFrame, separator: str, names: list[str], shown: str, problems: Problems
) -> pl.DataFrame:
    mark = _escaped(separator)
    field = rf'{mark}(?:\s*"(?:[^"]|"")*"\s*|[^{mark}"]*)'
    found = lines.with_columns(
        (pl.lit(separator) + pl.col("line")).str.extract_all(field).alias("cell")
    )
    whole = pl.col("cell").list.join("").str.len_bytes() == pl.col("line").str.len_bytes() + 1
    problems.add_rows(
        shown,
        found.filter(~whole).select("row", pl.col("line").str.slice(0, 60)),
        column=None,
        value="line",
        explain=(
            "quotation marks around a whole cell",
            "Double a quotation mark that is part of the text, or take it out.",
        ),
    )
    fields = pl.col("cell").list.eval(
        pl.element()
        .str.slice(1)
        .str.replace(r'^\s*"((?s:.*))"\s*$', "${1}")
        .str.replace_all('""', '"', literal=True)
    )
    rest = pl.col("cell").list.slice(len(names)).list.join("")
    return (
        found.filter(whole)
        .with_columns(fields)
        .select(
            "row",
            *(pl.col("cell").list.get(i, null_on_oob=True).alias(n) for i, n in enumerate(names)),
            rest.alias("more"),
        )
    )


def _escaped(separator: str) -> str:
    return {"\t": r"\t", "|": r"\|"}.get(separator, separator)
