"""A page for the force and one for each area: how is my place?"""

from __future__ import annotations

from frankpledge.analysis.periods import add_months, financial_year, month_name
from frankpledge.reporting import cells, numbers, sentences
from frankpledge.reporting.document import (
    Block,
    Cell,
    Column,
    Emphasis,
    KeyPoints,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
)
from frankpledge.reporting.grammar import lowered
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import exceptional, measures, notices


def anchor(area: str) -> str:
    return f"area-{area.lower().replace(' ', '-').replace('&', 'and')}"


def sections(material: Material) -> list[Section]:
    """The part on volumes: the force, then its areas in the order of the settings."""
    settings = material.settings
    pages = [page(material.force, settings.force_table, material)]
    pages += [page(area, settings.area_table, material) for area in settings.areas]
    pages = [found for found in pages if found is not None]
    if not pages:
        return []
    said = (
        "Each table has a row for each volume: its limits, this month, last year and what is ahead."
    )
    return [Section("Volumes by area", "volumes", (Paragraph((said,)),), landscape=True), *pages]


def page(area: str, table_name: str, material: Material) -> Section | None:
    """One area's page; None where there are no figures for it."""
    readings = material.of_area(area, table_name)
    if not readings:
        return None
    name = anchor(area)
    apart = differences(readings, material) if area == material.force else ()
    blocks: list[Block] = [
        Paragraph((lead(area, readings, material),), lead=True),
        *notices.of_readings(readings),
        table(area, readings, f"{name}-volumes"),
        *([KeyPoints(apart, "Where the areas do not add up to the force")] if apart else []),
    ]
    return Section(area, name, tuple(blocks), level=3, landscape=True)


def lead(area: str, readings: tuple[Reading, ...], material: Material) -> str:
    """The sentence that answers how the place is: which of these readings lie outside their limits."""
    judged = [r for r in readings if r.has_limits and r.value is not None]
    above, below = (
        [lowered(r.title) for r in judged if r.crossing == side] for side in ("above", "below")
    )
    return sentences.outside_list(
        material.month, above, below, len(judged), f"{area}'s", len(readings) - len(judged)
    )


def differences(readings: tuple[Reading, ...], material: Material) -> tuple[Words, ...]:
    """Each volume whose areas add up to something else than the force."""
    found: list[Words] = []
    for reading in readings:
        row = material.difference_of_areas(reading.measure.id)
        if row is None or not row["difference"]:
            continue
        said = (
            f"{reading.title}: the force's figure is {numbers.figure(row['force_value'])}, its areas add"
            f" up to {numbers.figure(row['areas_value'])}"
            f" ({numbers.signed(row['difference'])} for the force)."
        )
        found.append((said,))
    return tuple(found)


def table(area: str, readings: tuple[Reading, ...], table_anchor: str) -> Table:
    """The area's volumes, a row each."""
    month = readings[0].month
    year_before = add_months(month, -12)
    ahead = next((r.projection[-1]["month"] for r in readings if r.projection), None)
    columns = (
        Column("Volume", heads_row=True),
        Column("Lower limit", "number"),
        Column("Upper limit", "number"),
        Column(month_name(month), "number"),
        Column("Outside limits"),
        Column(month_name(year_before), "number"),
        Column("Year to date", "number", hint=financial_year(month)),
        Column("Year to date", "number", hint=financial_year(year_before)),
        Column("Change", "number", hint="year to date"),
        Column("Change, per cent", "number", hint="year to date"),
        Column("Last 12 months", "sparkline", hint="and six to come"),
        Column("Projected", "number", hint=month_name(ahead) if ahead else ""),
    )
    rows = tuple(_row(reading) for reading in readings)
    return Table(
        f"Volumes in {area}, {month_name(month)}",
        columns,
        rows,
        table_anchor,
        notes=(
            "▲ above the upper limit; ▼ below the lower limit. Limits are printed as whole numbers"
            " and judged unrounded.",
            *notices.on_breaks(readings),
            *notices.on_percentages(rows),
            *notices.on_reconstructed(readings),
        ),
    )


def _row(reading: Reading) -> Row:
    target = exceptional.anchor(reading) if reading.crossing else measures.anchor(reading.measure)
    before = (cells.finding(reading, name) for name in ("lower_limit", "upper_limit", "value"))
    after = (
        cells.finding(reading, name)
        for name in (
            "same_month_last_year",
            "year_to_date",
            "last_year_to_date",
            "year_to_date_change",
            "year_to_date_change_pct",
        )
    )
    emphasis: Emphasis = reading.crossing or ""
    return Row(
        (
            Cell(reading.measure.short_title, link=f"#{target}"),
            *before,
            cells.outside(reading),
            *after,
            cells.spark(reading),
            _projected(reading),
        ),
        emphasis=emphasis,
    )


def _projected(reading: Reading) -> Cell:
    if not reading.projection:
        return Cell("not projected")
    return cells.projected(reading, reading.projection[-1], "projection")
