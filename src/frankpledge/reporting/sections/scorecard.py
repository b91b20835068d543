"""The gold scorecard: how are we doing against what good looks like?"""

from __future__ import annotations

from itertools import groupby

from frankpledge.analysis.periods import day_name, month_name
from frankpledge.definitions.schema import Measure
from frankpledge.reporting import cells
from frankpledge.reporting.document import Cell, Column, Paragraph, Row, Section, Table
from frankpledge.reporting.grammar import counted
from frankpledge.reporting.key_points import comparisons, first_sentence
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import measures, notices, words

NO_FIGURES = "No figures are held for this indicator."
IN_PARTS = "Shown by its parts, below."


def section(material: Material) -> Section:
    """The scorecard: a table for each strategic objective, a row for each indicator."""
    rows = [
        measure
        for whole in material.library.scorecard()
        for measure in (whole, *material.library.parts_of(whole.reference or ""))
    ]
    if not rows:
        return _sentence("No indicators are defined.")
    readings = [r for m in rows if (r := material.reading(m.id, material.force)) is not None]
    if not readings:
        return _sentence(
            f"The scorecard is left out: the figures hold none of its indicators for {material.force}."
        )
    tables = [
        _table(objective, list(measures_of), number, material)
        for number, (objective, measures_of) in enumerate(
            groupby(rows, key=lambda m: m.strategic_objective or ""), start=1
        )
    ]
    return Section(
        "Scorecard",
        "scorecard",
        (
            Paragraph((_lead(rows, readings, material),), lead=True),
            *notices.of_readings(readings),
            *tables,
        ),
        landscape=True,
    )


def _sentence(text: str) -> Section:
    """What stands where the scorecard would."""
    return Section("Scorecard", "scorecard", (Paragraph((text,)),))


def _lead(rows: list[Measure], readings: list[Reading], material: Material) -> str:
    references = [m.reference for m in rows if m.reference]
    with_figures = {r.measure.reference or r.measure.part_of for r in readings}
    have = sum(reference in with_figures for reference in references)
    return (
        f"Of {counted(len(references), 'indicator', 'indicators')} on the scorecard, {have:,}"
        f" {'has' if have == 1 else 'have'} figures for {month_name(material.month)}."
    )


def _table(objective: str, rows: list[Measure], number: int, material: Material) -> Table:
    return Table(
        f"Strategic objective: {objective}",
        (
            Column("Reference"),
            Column("Indicator", heads_row=True),
            Column("What good looks like"),
            Column(month_name(material.month), "number"),
            Column("Update"),
            Column("Last 12 months", "sparkline"),
            Column("Likelihood"),
            Column("Reviewed"),
        ),
        tuple(_row(measure, material) for measure in rows),
        f"scorecard-{number}",
    )


def _row(measure: Measure, material: Material) -> Row:
    reading = material.reading(measure.id, material.force)
    reference = measure.reference or f"{measure.part_of} (part)"
    good = Cell(measure.good_looks_like.text if measure.good_looks_like else "Not set")
    if reading is None:
        parts = material.library.parts_of(measure.reference) if measure.reference else ()
        shown = any(material.reading(part.id, material.force) for part in parts)
        said = Cell(IN_PARTS if shown else NO_FIGURES)
        blank = Cell("none")
        title = Cell(measure.indicator or measure.title)
        return Row(
            (Cell(reference), title, good, blank, said, blank, blank, reviewed(measure, None))
        )
    return Row(
        (
            Cell(reference),
            Cell(measure.title, link=f"#{measures.anchor(measure)}"),
            good,
            cells.finding(reading, "value"),
            Cell(update(reading)),
            cells.spark(reading),
            likelihood(reading),
            reviewed(measure, reading),
        ),
        emphasis=reading.crossing or "",
    )


def update(reading: Reading) -> str:
    """The finding in a sentence or two."""
    return " ".join([first_sentence(reading), *comparisons(reading)[:1]])


def likelihood(reading: Reading) -> Cell:
    """How likely what good looks like is, in a word and a number."""
    if reading.measure.good_looks_like is None:
        return Cell("not applicable")
    row = reading.newest
    ref = reading.ref("likelihood") if row["likelihood"] is not None else None
    return Cell(words.likelihood_words(reading), ref, row["likelihood"])


def reviewed(measure: Measure, reading: Reading | None) -> Cell:
    """When somebody last reviewed it, or that somebody has to."""
    comment = reading.comment if reading else None
    if comment and comment.reviewed:
        return Cell(day_name(comment.reviewed))
    good = measure.good_looks_like
    return Cell(month_name(good.reviewed) if good and good.reviewed else "awaiting a person")
