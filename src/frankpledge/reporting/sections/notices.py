"""What a reader must know before the figures of a page."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.analysis.periods import day_name, month_name
from frankpledge.reporting import numbers
from frankpledge.reporting.document import Link, Notice, Row
from frankpledge.reporting.grammar import listed
from frankpledge.reporting.key_points import breaks_between, needs_more_months
from frankpledge.reporting.readings import Material, Reading

RECONSTRUCTED = Notice(
    "Reconstructed figures",
    (
        "Some months here, and all that rests on them, are reconstructed: ○ in tables, hollow in"
        " charts. ",
        Link("What that means", "#reconstructed-figures"),
        ".",
    ),
    "warning",
)


def of_reading(reading: Reading, material: Material) -> tuple[Notice, ...]:
    """The notices of one reading's page."""
    found = [
        RECONSTRUCTED if reading.reconstructed else None,
        _held_back(reading, material),
        _trial(reading),
        _breaks(reading),
        _short(reading),
    ]
    return tuple(notice for notice in found if notice is not None)


def of_readings(readings: Iterable[Reading]) -> tuple[Notice, ...]:
    """The notice of a page that shows many readings."""
    return (RECONSTRUCTED,) if any(reading.reconstructed for reading in readings) else ()


def _held_back(reading: Reading, material: Material) -> Notice | None:
    held = [
        month_name(row["month"])
        for row in material.findings.held_back.iter_rows(named=True)
        if (row["measure"], row["area"]) == (reading.measure.id, reading.area)
    ]
    if not held:
        return None
    said = (
        f"The {'figure' if len(held) == 1 else 'figures'} for {listed(held)} "
        f"{'is' if len(held) == 1 else 'are'} implausible and left out of every sum: see ",
        Link("values held back", "#held-back"),
        ".",
    )
    return Notice("Held back", said, "warning")


def _trial(reading: Reading) -> Notice | None:
    if reading.newest["limits_state"] != "trial":
        return None
    return Notice(
        "Trial limits", ("The control limits rest on few months and may move as more come in.",)
    )


def _breaks(reading: Reading) -> Notice | None:
    said = [f"{month_name(b.month)}: {b.reason}" for b in reading.breaks]
    restarted = any(b.restarts_baseline for b in reading.breaks)
    if not said:
        return None
    after = " The limits are worked out from the months after it." if restarted else ""
    return Notice("Recording changed", (f"{' '.join(said)}{after}",))


def _short(reading: Reading) -> Notice | None:
    said = needs_more_months(reading)
    return Notice("Too few months", (said,)) if said else None


def awaiting() -> Notice:
    """What stands where nobody has written yet."""
    said = (
        "What this means, the next steps and whether action is required have not been written yet."
    )
    return Notice("Awaiting a person", (said,), "awaiting")


def overdue(reading: Reading, material: Material) -> Notice | None:
    """A definition whose review fell due before the date of the report."""
    due = reading.measure.next_review
    if due >= material.settings.date:
        return None
    return Notice(
        "Review overdue", (f"The definition was due for review by {day_name(due)}.",), "warning"
    )


def on_reconstructed(readings: Iterable[Reading]) -> tuple[str, ...]:
    """The note below a table of figures that rest on reconstructed months."""
    if not any(reading.rests_on_reconstructed for reading in readings):
        return ()
    return (
        "○ a reconstructed month. Year to date, 12 months, limits, changes and projections rest in"
        " part on reconstructed months; where the force's own report printed them they come out as"
        " printed.",
    )


def on_breaks(readings: Iterable[Reading]) -> tuple[str, ...]:
    """The notes below a table of many measures, where recording changed between months compared."""
    said = [
        f"{reading.title}: {note[:1].lower()}{note[1:]}"
        for reading in readings
        for note in breaks_between(reading)
    ]
    return tuple(dict.fromkeys(said))


def on_percentages(rows: Iterable[Row]) -> tuple[str, ...]:
    """The notes below a table whose percentages need them: small bases, and changes from 0."""
    said = [cell.text for row in rows for cell in row.cells]
    notes = []
    if any("(small base)" in text for text in said):
        notes.append("A percentage change from a count below 10 is marked as from a small base.")
    if numbers.NO_PERCENTAGE in said:
        zero = numbers.NO_PERCENTAGE.capitalize()
        notes.append(f"“{zero}” stands where the earlier figure is 0.")
    return tuple(notes)
