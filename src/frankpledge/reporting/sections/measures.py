"""A page for each measure: what does this figure say, and can I trust it?"""

from __future__ import annotations

from frankpledge.analysis.periods import add_months, month_name
from frankpledge.definitions.schema import Measure
from frankpledge.reporting import cells, plots
from frankpledge.reporting.document import (
    Block,
    Cell,
    Column,
    KeyPoints,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
)
from frankpledge.reporting.grammar import capitalised, year_to_date_name
from frankpledge.reporting.key_points import breaks_between, first_sentence, key_points
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import notices, words

WITHOUT_OBJECTIVE = "Volumes"


def anchor(measure: Measure) -> str:
    return f"measure-{measure.id}"


def sections(material: Material) -> list[Section]:
    """The measures that have figures, a part for each strategic objective and one for volumes."""
    found: list[Section] = []
    by_objective: dict[str, list[Measure]] = {}
    for measure in sorted(_with_figures(material), key=lambda m: (m.scorecard_order, m.id)):
        by_objective.setdefault(_objective(measure), []).append(measure)
    for objective, measures in by_objective.items():
        pages = [page(measure, material) for measure in measures]
        found += [_part(objective, len(pages)), *pages]
    return found


def _with_figures(material: Material) -> list[Measure]:
    present = {reading.measure.id for reading in material.readings()}
    return [measure for measure in material.library if measure.id in present]


def _objective(measure: Measure) -> str:
    return measure.strategic_objective or WITHOUT_OBJECTIVE


def _part(objective: str, pages: int) -> Section:
    number = "This measure has" if pages == 1 else f"These {pages} measures have"
    lead = Paragraph((f"{number} figures for the month of this report.",))
    slug = "".join(c if c.isalnum() else "-" for c in objective.lower())
    return Section(f"Measures: {_lower_first(objective)}", f"part-{slug}", (lead,))


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def page(measure: Measure, material: Material) -> Section:
    """The page of one measure: of the force or, where it has no figure, of its areas."""
    reading = material.reading(measure.id, material.force)
    if reading is None:
        return _page_of_areas(measure, material)
    drawn = plots.can_be_drawn(reading)
    return Section(
        _heading(measure),
        anchor(measure),
        tuple(_blocks(reading, material)),
        level=3,
        new_page=drawn,
    )


def _heading(measure: Measure) -> str:
    reference = measure.reference or measure.part_of
    return f"{reference} {measure.title}" if reference else measure.title


def _blocks(reading: Reading, material: Material) -> list[Block]:
    name = anchor(reading.measure)
    good = words.good(reading)
    points = key_points(reading, material)
    return [
        Paragraph((first_sentence(reading),), lead=True),
        *notices.of_reading(reading, material),
        *([plots.figure(reading, name)] if plots.can_be_drawn(reading) else []),
        *([KeyPoints(points)] if points else []),
        *([good] if good else []),
        *words.commentary(reading),
        *([comparisons(reading, name)] if has_comparisons(reading) else []),
        *words.about(reading, material),
    ]


def has_comparisons(reading: Reading) -> bool:
    """Whether there is any earlier figure to compare with: a table of nothing else says nothing."""
    earlier = ("previous_month", "same_month_last_year", "last_year_to_date", "rolling_12_before")
    return reading.months_known > 1 and any(reading.newest[name] is not None for name in earlier)


def comparisons(reading: Reading, page_anchor: str) -> Table:
    """This month and its totals beside earlier ones, as numbers."""
    month = reading.month
    in_points = reading.measure.unit == "percentage"
    rows = [
        ("previous_month", "value", "previous_month", f"On {month_name(add_months(month, -1))}"),
        ("same_month_last_year", "value", "same_month_last_year",
         f"On {month_name(add_months(month, -12))}"),
        ("year_to_date", "year_to_date", "last_year_to_date",
         f"{capitalised(year_to_date_name(month))} on the year before"),
        ("rolling_12", "rolling_12", "rolling_12_before",
         f"12 months to {month_name(month)} on the 12 before"),
    ]  # fmt: skip
    endings = ("change_points",) if in_points else ("change", "change_pct")
    changes = (
        (Column("Change", "number", hint="percentage points"),)
        if in_points
        else (Column("Change", "number"), Column("Change, per cent", "number"))
    )
    printed = tuple(
        Row(
            (
                Cell(said),
                cells.finding(reading, now),
                cells.finding(reading, then),
                *(cells.finding(reading, f"{name}_{ending}") for ending in endings),
            )
        )
        for name, now, then, said in rows
    )
    return Table(
        f"{reading.title}, {reading.area}: comparisons",
        (
            Column("Comparison", heads_row=True),
            Column("Now", "number"),
            Column("Then", "number"),
            *changes,
        ),
        printed,
        f"{page_anchor}-comparisons",
        notes=(
            *breaks_between(reading),
            *notices.on_percentages(printed),
            *notices.on_reconstructed([reading]),
        ),
    )


def _page_of_areas(measure: Measure, material: Material) -> Section:
    readings = [
        reading
        for area in material.settings.areas
        if (reading := material.reading(measure.id, area)) is not None
    ]
    lead = f"{measure.title} has figures for areas only; the force has none."
    return Section(
        _heading(measure),
        anchor(measure),
        (
            Paragraph((lead,), lead=True),
            *notices.of_readings(readings),
            of_areas(readings, f"{anchor(measure)}-areas"),
            *words.about(readings[0], material),
        ),
        level=3,
        new_page=False,
    )


def of_areas(readings: list[Reading], table_anchor: str) -> Table:
    """One measure in several areas, a row each."""
    measure, month = readings[0].measure, readings[0].month
    names = ("lower_limit", "upper_limit", "value", "same_month_last_year", "year_to_date")
    return Table(
        f"{measure.title} by area, {month_name(month)}",
        (
            Column("Area", heads_row=True),
            Column("Lower limit", "number"),
            Column("Upper limit", "number"),
            Column(month_name(month), "number"),
            Column(month_name(add_months(month, -12)), "number"),
            Column("Year to date", "number"),
            Column("Outside limits"),
        ),
        tuple(
            Row(
                (
                    Cell(reading.area),
                    *(cells.finding(reading, name) for name in names),
                    cells.outside(reading),
                ),
                emphasis=reading.crossing or "",
            )
            for reading in readings
        ),
        table_anchor,
        notes=(*notices.on_breaks(readings), *notices.on_reconstructed(readings)),
    )


def link(reading: Reading, text: str = "") -> Link:
    """A link to the measure's page."""
    return Link(text or reading.title, f"#{anchor(reading.measure)}")
