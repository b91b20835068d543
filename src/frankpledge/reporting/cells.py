"""From a finding to the cell that prints it: one way for each name, in every table."""

from __future__ import annotations

from datetime import date

from frankpledge.analysis.conditions import Condition, Origin
from frankpledge.analysis.findings import NAMES
from frankpledge.analysis.periods import month_name
from frankpledge.reporting import numbers
from frankpledge.reporting.document import Cell, Emphasis, FindingRef, Sparkline
from frankpledge.reporting.readings import FindingsRow, Reading

LIMITS = frozenset({"upper_limit", "lower_limit", "limit_mean"})
_ORIGINS = {
    "value": "origin",
    "previous_month": "previous_month_origin",
    "same_month_last_year": "same_month_last_year_origin",
}
"""Figures of a single month, and where their origin stands; of all others a note says it."""
NONE = "none"
"""What stands where no limit is drawn and no 12 months are complete."""


def finding(reading: Reading, name: str) -> Cell:
    """The finding of this name at the report's month, printed."""
    row = reading.newest
    cell = _cell(reading, row, name, reading.month, _why(reading, name))
    origin = row.get(_ORIGINS[name]) if name in _ORIGINS else None
    if cell.value is None or cell.emphasis or origin != Origin.RECONSTRUCTED:
        return cell
    return _marked(cell, "reconstructed")


def of_month(reading: Reading, row: FindingsRow, name: str) -> Cell:
    """A finding of an earlier month (a row of the history)."""
    why = row.get("reason") if name == "value" else None
    cell = _cell(reading, row, name, row["month"], why)
    if name == "value" and row["origin"] == Origin.RECONSTRUCTED:
        return _marked(cell, "reconstructed")
    return cell


def projected(reading: Reading, row: FindingsRow, name: str) -> Cell:
    """A finding of a month to come (a row of the projection)."""
    return _cell(reading, row, name, row["month"], None)


def _cell(reading: Reading, row: FindingsRow, name: str, month: date, why: str | None) -> Cell:
    ref = reading.ref(name, month)
    value = row.get(name)
    if name == "value":
        return _value(reading, row, ref, why)
    places = _places(reading, name)
    condition = Condition.OBSERVED if value is not None else Condition.NOT_APPLICABLE
    if value is None and row.get("condition") == Condition.SUPPRESSED:
        condition = Condition.SUPPRESSED
    return Cell(
        text=_text(reading, row, name, value, places, condition, why),
        finding=ref,
        value=value,
        places=places,
        condition=condition,
    )


def _value(reading: Reading, row: FindingsRow, ref: FindingRef, why: str | None) -> Cell:
    condition = Condition(row["condition"])
    value = row["value"] if condition.has_number else None
    measure = reading.measure
    text = numbers.measured(value, measure.unit, measure.decimals, condition, why)
    note = {Condition.PROVISIONAL: "provisional", Condition.REVISED: "revised"}.get(condition, "")
    if why and why.lower() != text:
        note = f"{note}, {why}" if note else why
    return Cell(text, ref, value, measure.decimals, condition, note=note)


def _text(
    reading: Reading,
    row: FindingsRow,
    name: str,
    value: float | None,
    places: int,
    condition: Condition,
    why: str | None,
) -> str:
    unit, decimals = reading.measure.unit, reading.measure.decimals
    if name.endswith("_change_pct"):
        comparison = name.removesuffix("_change_pct")
        return numbers.percentage_change(
            value, row[f"{comparison}_change"], bool(row[f"{comparison}_small_base"])
        )
    if (
        value is None
        and (name in LIMITS or name == "rolling_12")
        and condition != Condition.SUPPRESSED
    ):
        return NONE
    if value is None:
        return numbers.without_number(condition if condition == Condition.SUPPRESSED else None, why)
    if name.endswith("_change_points"):
        return numbers.point_change(value, places)
    if name.endswith("_change"):
        return numbers.signed(value, places)
    if name in LIMITS:
        return numbers.limit(value, unit, decimals)
    if name == "likelihood":
        return numbers.probability(value)
    if name == "p_value":
        return numbers.p_value(value)
    if NAMES[name] == "percentage":
        return numbers.measured(value, "percentage", places)
    if NAMES[name] == "yes or no":
        return "yes" if value else "no"
    if NAMES[name] in {"word"}:
        return str(value)
    own = unit if NAMES[name] == "of the measure" else "count"
    return numbers.measured(value, own, places)


def _places(reading: Reading, name: str) -> int:
    """How many decimals the finding of this name prints."""
    if name.endswith(("_pct", "_points")) or name in {"interval_lower", "interval_upper"}:
        return 1
    if name in LIMITS:
        return numbers.limit_places(reading.measure.unit, reading.measure.decimals)
    if name in {"rate_per_1000", "group_mean"}:
        return 2
    if NAMES[name] == "of the measure":
        return reading.measure.decimals
    return 0


def _why(reading: Reading, name: str) -> str | None:
    if name == "value":
        return reading.newest.get("reason")
    return reading.newest.get(f"{name}_reason")


def _marked(cell: Cell, emphasis: Emphasis) -> Cell:
    return Cell(
        cell.text, cell.finding, cell.value, cell.places, cell.condition, emphasis, cell.note
    )


def outside(reading: Reading) -> Cell:
    """Whether a reading lies outside its limits, as a word and a shape."""
    ref = reading.ref("exceptional")
    exceptional = reading.newest["exceptional"]
    if reading.condition == Condition.SUPPRESSED:
        return Cell("withheld, not judged", ref, None, condition=Condition.SUPPRESSED)
    if reading.has_limits and exceptional is None:
        return Cell("not judged", ref, None, condition=Condition.NOT_APPLICABLE)
    if not reading.has_limits:
        return Cell("no limits yet", ref, None, condition=Condition.NOT_APPLICABLE)
    if not exceptional:
        return Cell("within", ref, False, condition=Condition.OBSERVED)
    strong = ", strong evidence" if reading.newest["strong"] else ""
    return Cell(
        f"{reading.crossing}{strong}", ref, True, condition=Condition.OBSERVED,
        emphasis=reading.crossing or "",
    )  # fmt: skip


def spark(reading: Reading) -> Cell:
    """The last 12 months as a small line, with the months to come."""
    rows = reading.last_12
    values = tuple(row["value"] for row in rows)
    known = [(row["month"], row["value"]) for row in rows if row["value"] is not None]
    if len(known) < 2:
        return Cell("one month only" if known else "not available")
    said = [
        f"{month_name(month)} {numbers.measured(value, reading.measure.unit, reading.measure.decimals)}"
        for month, value in (known[0], known[-1])
    ]
    alt = f"{reading.measure.short_title}, {reading.area}, last {len(rows)} months: from {said[0]} to {said[1]}."
    hollow = any(row["origin"] == Origin.RECONSTRUCTED for row in rows)
    if hollow:
        alt += " Some months are reconstructed."
    return Cell(
        "",
        sparkline=Sparkline(
            values,
            alt,
            tuple(row["projection"] for row in reading.projection),
            reading.newest["lower_limit"],
            reading.newest["upper_limit"],
            hollow,
        ),
    )
