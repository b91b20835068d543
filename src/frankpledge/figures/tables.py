"""Files to tables: rows and columns of text, each row with the number a person sees in the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import fastexcel
import polars as pl

from frankpledge.figures.cells import PLAIN
from frankpledge.figures.forms import Form, Header, find_header, header_name
from frankpledge.figures.lines import cells_of, header_in, lines_of
from frankpledge.figures.problems import Problems

CSV_SUFFIXES = (".csv", ".csv.gz", ".tsv", ".txt")
EXCEL_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
PARQUET_SUFFIXES = (".parquet",)
SUFFIXES = (*CSV_SUFFIXES, *EXCEL_SUFFIXES, *PARQUET_SUFFIXES)

IN_FOLDERS = tuple(s for s in SUFFIXES if s != ".txt")
"""Of a folder's files these are taken for figures; a .txt beside them is more often a note."""

LOOKED_AT_FOR_HEADER = 40

EMPTY = (
    "a header and at least one row of figures, and there is none",
    "Check that the export was finished, and export it again.",
)


@dataclass(frozen=True)
class Table:
    """One table of a file: its header, and its cells as text.

    `cells` has the column `row`, the row in the file, and a column of text for each header, named
    by its position, "0", "1", …; a column named "0 exact" holds the numbers of column "0" with all
    their digits, where the file keeps numbers. `names` are the headers as `header_name` has them.
    `thousands` says whether a comma in a number can only part thousands.
    """

    file: str
    form: Form | None
    header_row: int
    headers: tuple[str, ...]
    names: tuple[str, ...]
    cells: pl.DataFrame
    thousands: bool = True

    def position(self, name: str) -> str | None:
        """The column of `cells` that holds `name`, None where the table has no such column."""
        return str(self.names.index(name)) if name in self.names else None


def tables_in(
    path: Path, shown: str, problems: Problems, notes: list[str], columns: Mapping[str, str]
) -> list[Table]:
    """Every table of figures in a file; what is wrong with it goes to `problems`."""
    name = path.name.lower()
    if _is_pdf(path):
        problems.add(
            shown,
            "a table of figures, and this is a PDF",
            "Ask for the spreadsheet or the CSV file that the PDF was made from.",
        )
        return []
    if path.stat().st_size == 0:
        problems.add(shown, *EMPTY)
        return []
    for suffixes, read in (
        (CSV_SUFFIXES, _csv_tables),
        (EXCEL_SUFFIXES, _excel_tables),
        (PARQUET_SUFFIXES, _parquet_tables),
    ):
        if name.endswith(suffixes):
            return read(path, shown, problems, notes, columns)
    problems.add(
        shown,
        "a CSV, Excel or Parquet file",
        "Save the table as CSV or as an Excel workbook, its name ending in .csv or .xlsx.",
    )
    return []


def _is_pdf(path: Path) -> bool:
    with path.open("rb") as file:
        return path.suffix.lower() == ".pdf" or file.read(5) == b"%PDF-"


def _csv_tables(
    path: Path, shown: str, problems: Problems, notes: list[str], columns: Mapping[str, str]
) -> list[Table]:
    records = lines_of(path, shown, problems, notes)
    if records is None:
        return []
    header, separator = header_in(records.head(LOOKED_AT_FOR_HEADER)["line"].to_list(), columns)
    if not header.cells:
        problems.add(shown, *EMPTY)
        return []
    body = records.slice(header.position + 1)
    cells = cells_of(body, separator, len(header.cells), shown, problems)
    row = records["row"][header.position]
    return [_table(shown, header, row, cells, notes, columns, thousands=separator != ";")]


def _excel_tables(
    path: Path, shown: str, problems: Problems, notes: list[str], columns: Mapping[str, str]
) -> list[Table]:
    try:
        book = fastexcel.read_excel(path)
    except fastexcel.FastExcelError:
        problems.add(
            shown,
            "an Excel workbook, and this cannot be opened as one",
            "Open it in Excel, take off any password, and save it as an Excel workbook (.xlsx).",
        )
        return []
    several = len(book.sheet_names) > 1
    found: list[tuple[str, Header, pl.DataFrame]] = []
    for sheet in book.sheet_names:
        place = f"{shown}, sheet {sheet!r}" if several else shown
        loaded = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
        if loaded.visible != "visible":
            notes.append(f"{place} is hidden and was not read.")
            continue
        grid = loaded.to_polars()
        header = find_header(grid.head(LOOKED_AT_FOR_HEADER).rows(), columns)
        if header.cells:
            floats = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="float")
            found.append((place, header, _with_exact(grid, floats.to_polars())))
    if not found:
        problems.add(shown, *EMPTY)
        return []
    chosen = [f for f in found if f[1].form is not None] or found[:1]
    others = [f[0] for f in found if f not in chosen] if chosen[0][1].form else []
    notes.extend(f"{place} holds no table of figures and was not read." for place in others)
    return [
        _table(
            place, header, header.position + 1,
            grid.slice(header.position + 1), notes, columns,
        )
        for place, header, grid in chosen
    ]  # fmt: skip


def _with_exact(grid: pl.DataFrame, floats: pl.DataFrame) -> pl.DataFrame:
    """A sheet as text with its rows numbered; the text of a number is cut at nine decimals, so the
    number itself stands beside it."""
    names = [str(i) for i in range(grid.width)]
    text = grid.rename(dict(zip(grid.columns, names, strict=True)))
    exact = floats.rename(dict(zip(floats.columns, names, strict=True)))
    return text.with_row_index("row", offset=1).with_columns(
        pl.when(text[n].str.contains(PLAIN)).then(exact[n]).alias(f"{n} exact") for n in names
    )


def _parquet_tables(
    path: Path, shown: str, problems: Problems, notes: list[str], columns: Mapping[str, str]
) -> list[Table]:
    try:
        typed = pl.read_parquet(path, glob=False)
    except (pl.exceptions.PolarsError, OSError):
        problems.add(
            shown,
            "a Parquet file, and this cannot be opened as one",
            "Write it again, or give the figures as CSV.",
        )
        return []
    if typed.width == 0:
        problems.add(shown, *EMPTY)
        return []
    header = find_header([typed.columns], columns)
    numeric = [(i, c) for i, c in enumerate(typed.columns) if typed.schema[c].is_numeric()]
    cells = typed.select(
        *(
            pl.col(c).cast(pl.String, strict=False).alias(str(i))
            for i, c in enumerate(typed.columns)
        ),
        *(pl.col(c).cast(pl.Float64).alias(f"{i} exact") for i, c in numeric),
    ).with_row_index("row", offset=2)
    return [_table(shown, header, 1, cells, notes, columns)]


def _table(
    shown: str,
    header: Header,
    row: int,
    cells: pl.DataFrame,
    notes: list[str],
    columns: Mapping[str, str],
    *,
    thousands: bool = True,
) -> Table:
    if header.position and header.form is not None:
        notes.append(f"{shown}: the header stands in row {row}; what stands above it was not read.")
    names = tuple(header_name(h, columns) for h in header.cells)
    texts = [str(i) for i in range(len(names))]
    empty = pl.all_horizontal(pl.col(t).fill_null("").str.strip_chars() == "" for t in texts)
    return Table(
        shown, header.form, row, header.cells, names, cells.filter(~empty), thousands=thousands
    )
