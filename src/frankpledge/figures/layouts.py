"""Tables to one layout: a row a figure, its cells still as they are written.

| row | column | measure | area | month | value | … |
|---|---|---|---|---|---|---|
| 2 | value | shoplifting | West Mercia | 2022-06 | 1,636 | |
| 3 | Jun-22 | shoplifting | Herefordshire | 2022-06-01 | * | |

`column` is the header of the column that the figure stands in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

import polars as pl

from frankpledge.figures.forms import (
    COUNTS,
    OPTIONAL,
    REQUIRED,
    Form,
    like_a_month,
    months_of,
    suggestion,
)
from frankpledge.figures.months import why_no_month
from frankpledge.figures.problems import Problems
from frankpledge.figures.tables import EMPTY, Table

WRITTEN = ("measure", "area", "month", "value", *OPTIONAL)
COUNTED = ("value", "numerator", "denominator")


def figures_of(table: Table, problems: Problems, notes: list[str]) -> pl.DataFrame | None:
    """The figures of a table, one a row; None where its header does not let them be found."""
    if _wrong_header(table, problems):
        return None
    if table.cells.height == 0:
        if table.file not in problems.files:
            problems.add(table.file, *EMPTY)
        return None
    if table.form is Form.WIDE:
        return _wide(table, problems, notes)
    _note_unknown(table, notes, _read_from(table))
    if table.form is Form.COUNTS:
        place = "area" if "area" in table.names else "force"
        return _tidy(table, {"measure": "crime_type", "area": place, "value": "records"})
    return _tidy(table, {})


def _wrong_header(table: Table, problems: Problems) -> bool:
    at = {"row": table.header_row}
    twice = [n for n, times in Counter(n for n in table.names if n).items() if times > 1]
    for name in twice:
        problems.add(
            table.file,
            "each column once",
            "Take out one of the two, or give it another name.",
            **at,
            column=name,
            value=name,
        )
    if table.form is Form.STREET:
        problems.add(
            table.file,
            "counts, and these are the records themselves",
            "Turn them into figures first: frankpledge figures convert police-uk --help.",
            **at,
        )
        return True
    if table.form is None:
        _missing_columns(table, problems)
        return True
    return bool(twice)


def _missing_columns(table: Table, problems: Problems) -> None:
    for name in REQUIRED:
        if name not in table.names:
            problems.add(
                table.file,
                f"a column named {name}",
                suggestion(name, table.headers),
                row=table.header_row,
                column=name,
            )
    for position, header in enumerate(table.headers):
        text = pl.col(str(position)).str.strip_chars()
        commas = table.cells.filter(text.str.contains(r"^\d+,(?:\d{1,2}|\d{4,})$|^0,\d+$"))
        if commas.height:
            problems.add_rows(
                table.file,
                commas.head(1),
                column=header,
                value=str(position),
                explain=(
                    "numbers with a decimal point, and this column has decimal commas",
                    f"Write 12.5 rather than 12,5 in all {commas.height:,} such cells.",
                ),
            )


def _read_from(table: Table) -> tuple[str, ...]:
    return COUNTS if table.form is Form.COUNTS else (*REQUIRED, *OPTIONAL)


def _note_unknown(
    table: Table, notes: list[str], read: tuple[str, ...], months: Collection[str] = ()
) -> None:
    known = {*read, "force_code"}
    pairs = zip(table.headers, table.names, strict=True)
    unknown = [h for h, name in pairs if h and name not in known and h not in months]
    if unknown:
        named = ", ".join(repr(h) for h in unknown)
        notes.append(f"{table.file}: not read, as no column we know: {named}.")


def _tidy(table: Table, called: dict[str, str]) -> pl.DataFrame:
    """The columns we read, under our names; `called` says which go by another name here."""
    columns = [pl.col("row"), pl.lit(None, dtype=pl.String).alias("column")]
    for name in WRITTEN:
        columns += _cell(table, name, called.get(name, name))
    if called:
        columns[1] = pl.lit(called["value"]).alias("column")
    return table.cells.select(columns)


def _cell(table: Table, name: str, header: str) -> list[pl.Expr]:
    position = header if header.isdigit() else table.position(header)
    nothing = pl.lit(None, dtype=pl.Float64)
    if position is None:
        text, exact = pl.lit(None, dtype=pl.String), nothing
    else:
        text = pl.col(position).str.strip_chars()
        kept = f"{position} exact" in table.cells.columns
        exact = pl.col(f"{position} exact") if kept else nothing
    return (
        [text.alias(name), exact.alias(f"{name} exact")] if name in COUNTED else [text.alias(name)]
    )


def _wide(table: Table, problems: Problems, notes: list[str]) -> pl.DataFrame | None:
    months = months_of(table.headers)
    unclear = [h for h in table.headers if h not in months and like_a_month(h)]
    for header in unclear:
        expected, to_do = why_no_month(header)
        problems.add(table.file, expected, to_do, row=table.header_row, column=header, value=header)
    twice = [m for m, times in Counter(months.values()).items() if times > 1]
    for month in twice:
        headers = [h for h, m in months.items() if m == month]
        problems.add(
            table.file,
            "one column a month",
            f"{' and '.join(headers)} are the same month: take one of them out.",
            row=table.header_row,
            column=headers[-1],
            value=headers[-1],
        )
    if unclear or twice:
        return None
    _note_unknown(table, notes, (*REQUIRED, *OPTIONAL), months)
    return _melted(table, months, problems, notes)


def _melted(
    table: Table, months: dict[str, date], problems: Problems, notes: list[str]
) -> pl.DataFrame | None:
    """A row a cell. A column without any figure is taken for a month yet to come, and left out."""
    positions = {str(table.headers.index(h)): h for h in months}
    filled = table.cells.select(
        pl.col(p).fill_null("").str.strip_chars().ne("").any() for p in positions
    ).row(0)
    used = {p: h for (p, h), any_text in zip(positions.items(), filled, strict=True) if any_text}
    if not used:
        problems.add(table.file, *EMPTY)
        return None
    if len(used) < len(positions):
        empty = [h for p, h in positions.items() if p not in used]
        notes.append(f"{table.file}: no figures in the columns {', '.join(empty)}.")
    about = {n: _cell(table, n, n) for n in WRITTEN if n not in ("month", "value")}
    return pl.concat(
        table.cells.select(
            "row",
            pl.lit(header).alias("column"),
            *about["measure"],
            *about["area"],
            pl.lit(months[header].isoformat()).alias("month"),
            *_cell(table, "value", position),
            *(c for n in OPTIONAL for c in about[n]),
        )
        for position, header in used.items()
    )
