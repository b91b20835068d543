"""Which form a table has, by its header: tidy, wide, counts from data.police.uk, or none of these."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

import polars as pl

from frankpledge.figures.months import like_a_month, month_in

REQUIRED = ("measure", "area", "month", "value")
OPTIONAL = ("numerator", "denominator", "known_at", "condition", "origin", "reason")
COUNTS = ("month", "area", "force", "crime_type", "records")
STREET = ("crime_id", "lsoa_code", "crime_type")
KNOWN = frozenset((*REQUIRED, *OPTIONAL, *COUNTS, *STREET, "force_code"))

# What other tables call our columns: used to suggest a name, never to take one for another.
OFTEN_CALLED = {
    "measure": ("indicator", "offence", "crime", "metric", "measures", "minortext"),
    "area": ("borough", "district", "lpa", "force", "lookup_boroughname", "areas"),
    "month": ("date", "period", "months", "month_year"),
    "value": ("count", "records", "number", "proportion", "figure", "values", "total"),
}


class Form(StrEnum):
    """How a table lays its figures out."""

    TIDY = "tidy"
    WIDE = "wide"
    COUNTS = "counts from data.police.uk"
    STREET = "street-level records from data.police.uk"


@dataclass(frozen=True)
class Header:
    """Where the header stands (0 is the first row looked at) and the form it announces, if any."""

    position: int
    cells: tuple[str, ...]
    form: Form | None
    known: int


def header_name(text: str, columns: Mapping[str, str] | None = None) -> str:
    """A header as the name of a column: "Known at" is "known_at"; `columns` renames as asked."""
    asked = {_plain(old): new for old, new in (columns or {}).items()}
    return asked.get(_plain(text), _plain(text))


def _plain(text: str) -> str:
    return re.sub(r"[\s_]+", "_", text.strip().lstrip("\ufeff").lower())


def form_of(headers: Sequence[str], columns: Mapping[str, str] | None = None) -> Form | None:
    """The form a row of headers announces, None where it is none that we read."""
    names = {header_name(h, columns) for h in headers}
    if {"measure", "area", "month"} <= names and (
        "value" in names or {"numerator", "denominator"} <= names
    ):
        return Form.TIDY
    if {"month", "crime_type", "records"} <= names and names & {"area", "force"}:
        return Form.COUNTS
    if set(STREET) <= names:
        return Form.STREET
    if {"measure", "area"} <= names and any(like_a_month(h) for h in headers):
        return Form.WIDE
    return None


def find_header(rows: Sequence[Sequence[str]], columns: Mapping[str, str] | None = None) -> Header:
    """The first row that announces a form; failing that, the one with the most names we know.

    A title or a date may stand above the header. Where no row has a name we know, the first that
    holds anything is taken for the header.
    """
    best: Header | None = None
    for position, row in enumerate(rows):
        cells = _without_empty_end(row)
        if not cells:
            continue
        known = len({header_name(c, columns) for c in cells} & KNOWN)
        found = Header(position, cells, form_of(cells, columns), known)
        if found.form is not None:
            return found
        if best is None or known > best.known:
            best = found
    return best or Header(0, (), None, 0)


def _without_empty_end(row: Sequence[str]) -> tuple[str, ...]:
    cells = [(c or "").strip() for c in row]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def suggestion(missing: str, headers: Sequence[str]) -> str:
    """What to do about a column that is missing: rename the one that is meant, or add it."""
    for header in headers:
        if header_name(header) in OFTEN_CALLED.get(missing, ()):
            return f"If {header!r} holds it, rename that column to {missing}."
    near = get_close_matches(missing, [header_name(h) for h in headers], n=1, cutoff=0.75)
    if near:
        header = next(h for h in headers if header_name(h) == near[0])
        return f"If {header!r} holds it, rename that column to {missing}."
    return f"Add a column named {missing}."


def months_of(headers: Sequence[str]) -> dict[str, date]:
    """Each header that names a month clearly, with the month."""
    months = pl.select(month_in(pl.Series("header", list(headers), dtype=pl.String))).to_series()
    return {h: m for h, m in zip(headers, months.to_list(), strict=True) if m is not None}
