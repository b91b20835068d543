"""A table of a file into rows: which are actions, which go on with the one above, which are headings.

| row | Ref | Commitment | Activity         | Progress      | becomes                        |
|  11 | A.1 | Publish a… | (A1.1) Consult…  | Done.         | action A1.1 of commitment A.1  |
|  12 |     |            | (A1.2) Check …   | Four of seven | action A1.2 of commitment A.1  |
|  13 |     |            |                  | The other …   | goes on with row 12            |
|  90 | C.1 | Oversee …  |                  | See 3.1       | a cross-reference, no action   |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from frankpledge.intake import RawTable, RowKind
from frankpledge.web.actions.importing.formats import Format
from frankpledge.web.actions.rules.references import references_in

_INSIDE = re.compile(
    r"^[ \t]*\(\s*([A-Z]\.?\d{1,3}(?:\.\d{1,3})*|\d{1,3}(?:\.\d{1,3})+)\s*\)[ \t]*",
    re.MULTILINE | re.IGNORECASE,
)
_AS_ABOVE = frozenset({'"', "”", "ditto", "as above", "same as above"})
HEADINGS_JOINED = " / "
NOTHING = "–"
"""Stands in a column that says once what holds for the rows below, where it says nothing for this row."""


class Kind(StrEnum):
    """What a row of the file is."""

    ACTION = "an action"
    CONTINUED = "goes on with the row above"
    CROSS_REFERENCE = "a cross-reference only"
    HEADING = "a heading"
    HEADER = "the names of the columns again"
    LEFT = "left out"


@dataclass
class ReadRow:
    """A row of the file. `texts` are by field; `also` are further references that its words begin with.

    `goes_on` are the rows below whose texts were added to this one's.
    """

    where: str
    number: int
    kind: Kind
    heading: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    reference: str = ""
    also: tuple[str, ...] = ()
    goes_on: list[int] = field(default_factory=list)
    why: str = ""


def read_rows(tables: Iterable[RawTable], fmt: Format, mapping: Mapping[int, str]) -> list[ReadRow]:
    """All rows of the tables, in order. `mapping` is from a column's position to a field."""
    tables = list(tables)
    rows: list[ReadRow] = []
    for table in tables:
        rows += _read_table(table, fmt, mapping, table.where if len(tables) > 1 else "")
    return rows


def _read_table(
    table: RawTable, fmt: Format, mapping: Mapping[int, str], where: str
) -> list[ReadRow]:
    columns = {name: column for column, name in mapping.items() if name}
    rows: list[ReadRow] = []
    above: dict[str, str] = {}
    action: ReadRow | None = None
    for raw in table.rows:
        at = f"{where}, row {raw.number}" if where else f"Row {raw.number}"
        if raw.kind is not RowKind.ROW:
            heading = raw.kind is RowKind.HEADING
            kind = Kind.HEADING if heading else Kind.HEADER
            rows.append(ReadRow(at, raw.number, kind, raw.heading if heading else ""))
            if heading:
                above, action = {}, None
            continue
        texts = {name: raw.cells[column] for name, column in columns.items()}
        own = {name for name in columns if texts[name] and columns[name] not in raw.continued}
        _carry(texts, own, fmt, above)
        row = ReadRow(at, raw.number, Kind.ACTION, HEADINGS_JOINED.join(raw.headings), texts)
        row.kind, row.why = _kind_of(row, own, fmt, action)
        if row.kind is Kind.CONTINUED:
            _go_on(action, row, own)
        elif row.kind is Kind.ACTION:
            _name(row, fmt)
            action = row
        else:
            action = None
        rows.append(row)
    return rows


def _carry(texts: dict[str, str], own: set[str], fmt: Format, above: dict[str, str]) -> None:
    """Fill what stands once for several rows. A new aim does not take the action of the aim before."""
    changed = False
    for name in fmt.carried:
        if name not in texts:
            continue
        if texts[name].strip().lower() in _AS_ABOVE:
            texts[name] = ""
            own.discard(name)
        if name in own:
            changed = True
            texts[name] = "" if texts[name] == NOTHING else texts[name]
        elif not changed:
            texts[name] = texts[name] or above.get(name, "")
        above[name] = texts[name]


def _kind_of(row: ReadRow, own: set[str], fmt: Format, action: ReadRow | None) -> tuple[Kind, str]:
    texts = row.texts
    if fmt.within:
        return _kind_within(row, own, action)
    if texts.get("reference"):
        return Kind.ACTION, ""
    if "what" not in own and action is not None and own:
        return Kind.CONTINUED, ""
    # Without a reference it is an action that lacks one, which is told.
    return (
        (Kind.ACTION, "")
        if "what" in own
        else (Kind.LEFT, "It says nothing in the columns chosen.")
    )


def _kind_within(row: ReadRow, own: set[str], action: ReadRow | None) -> tuple[Kind, str]:
    if "what" in own:
        return Kind.ACTION, ""
    if not own & {"commitment", "aim"}:
        if action is not None and own:
            return Kind.CONTINUED, ""
        return Kind.LEFT, "It says nothing in the columns chosen."
    said = " ".join(row.texts.get(name, "") for name in ("updates", "what"))
    if references_in(said):
        named = ", ".join(one.reference for one in references_in(said))
        return (
            Kind.CROSS_REFERENCE,
            f"Commitment {row.texts.get('commitment', '')} refers to {named}.",
        )
    return Kind.LEFT, "It has a commitment and no activity."


def first_reference(what: str) -> str:
    """The reference that an activity's words begin with, if they do."""
    begins = _INSIDE.match(what)
    return begins[1] if begins else ""


def _go_on(action: ReadRow, row: ReadRow, own: set[str]) -> None:
    """Add a row's texts to those of the action above, a line each."""
    for name in own:
        action.texts[name] = "\n".join(filter(None, (action.texts.get(name, ""), row.texts[name])))
    action.goes_on.append(row.number)
    row.reference, row.why = action.reference, f"Added to {action.reference or action.where}."


def _name(row: ReadRow, fmt: Format) -> None:
    """The reference of an action: in its own column, inside its words, else that of the commitment."""
    row.reference = row.texts.get("reference", "").strip()
    if row.reference or not fmt.within:
        return
    what = row.texts["what"]
    inside = [match[1] for match in _INSIDE.finditer(what)]
    row.reference = inside[0] if inside else row.texts.get("commitment", "").strip()
    row.also = tuple(inside[1:])
    if len(inside) == 1 and _INSIDE.match(what):
        row.texts["what"] = _INSIDE.sub("", what, count=1)
