"""A page for each exceptional volume, and the list of them: what deserves a question this month?"""

from __future__ import annotations

from datetime import date

from frankpledge.analysis.periods import month_name
from frankpledge.reporting import cells, numbers, plots, sentences
from frankpledge.reporting.document import (
    Block,
    Cell,
    Column,
    KeyPoints,
    Paragraph,
    Row,
    Section,
    Table,
    Words,
)
from frankpledge.reporting.key_points import first_sentence, key_points
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import explanations, measures, notices, words

_ASSESSMENT = {
    "improvement": "an improvement",
    "concern": "a concern",
    "neither": "neither good nor bad in itself",
}


def anchor(reading: Reading) -> str:
    return f"exceptional-{reading.anchor}"


def sections(material: Material) -> list[Section]:
    """The pages of exceptional volumes: the force's in full, then the areas'."""
    found = sorted(material.exceptions, key=lambda r: r.area != material.force)
    if not found:
        return []
    lead = "Each volume outside its limits has a page. The force's come first, then the areas'."
    part = Section("Exceptional volumes", "exceptional-volumes", (Paragraph((lead,)),))
    return [part, *(page(reading, material) for reading in found)]


def page(reading: Reading, material: Material) -> Section:
    """The page of one exceptional volume; an area's leaves its comparisons to the sentences."""
    name = anchor(reading)
    of_force = reading.area == material.force
    compared = of_force and measures.has_comparisons(reading)
    areas = _areas(reading, material) if of_force else []
    blocks: list[Block] = [
        Paragraph((first_sentence(reading),), lead=True),
        *notices.of_reading(reading, material),
        *([plots.figure_of_the_past(reading, name)] if plots.can_be_drawn(reading) else []),
        KeyPoints((*key_points(reading, material), *evidence(reading, material))),
        *([measures.comparisons(reading, name)] if compared else []),
        *([measures.of_areas(areas, f"{name}-areas")] if areas else []),
        *words.commentary(reading),
        Paragraph(("What is counted, and by whom: ", measures.link(reading), ".")),
    ]
    heading = f"{reading.title}, {reading.area}"
    return Section(heading, name, tuple(blocks), level=3)


def _areas(reading: Reading, material: Material) -> list[Reading]:
    found = (material.reading(reading.measure.id, area) for area in material.settings.areas)
    return [area for area in found if area is not None]


def evidence(reading: Reading, material: Material) -> tuple[Words, ...]:
    """How sure it is that this is not chance, and whether it is good."""
    row = reading.newest
    said = []
    if row["p_value"] is not None:
        p = numbers.p_value(row["p_value"])
        said.append(
            f"A figure so far from what is expected, or further, has a probability of {p} if nothing"
            " has changed."
        )
    strong = "The evidence is strong" if row["strong"] else "The evidence is not strong"
    said.append(
        f"{strong}: it {'stands' if row['strong'] else 'does not stand'} when all series of the report"
        f" are judged together. {explanations.strong_flags(material)}"
    )
    if row["assessment"] in _ASSESSMENT:
        said.append(f"For this measure that is {_ASSESSMENT[row['assessment']]}.")
    return tuple((sentence,) for sentence in said)


def exceptions_list(material: Material) -> Section:
    """All crossings, ranked by evidence, with how many to expect by chance above them."""
    pack = material.findings.pack
    lead = sentences.by_chance(pack.expected_by_chance, pack.judged, pack.crossings)
    found = material.exceptions
    blocks: list[Block] = [Paragraph((lead,), lead=True)] if lead else []
    if not found:
        said = f"No series was outside its limits in {month_name(material.month)}."
        return Section("Exceptions", "exceptions", (*blocks, Paragraph((said,))))
    blocks += [
        *notices.of_readings(found),
        Paragraph(
            (
                "The list is ranked by evidence. A flag marked strong stands when all series are judged"
                " together; one that is not may well be chance.",
            )
        ),
        table(found, material.month),
    ]
    return Section("Exceptions", "exceptions", tuple(blocks))


def table(found: tuple[Reading, ...], month: date) -> Table:
    """Readings outside their limits in a month, a row each, in the order given."""
    return Table(
        f"Series outside their limits in {month_name(month)}",
        (
            Column("Volume", heads_row=True),
            Column("Area"),
            Column(month_name(month), "number"),
            Column("Lower limit", "number"),
            Column("Upper limit", "number"),
            Column("Outside"),
            Column("p-value", "number"),
            Column("Evidence"),
            Column("Direction"),
        ),
        tuple(_row(reading) for reading in found),
        "exceptions-table",
        notes=notices.on_reconstructed(found),
    )


def _direction(reading: Reading) -> str:
    """Whether it is good, and that recording changed where the figures compared are not alike."""
    changed = "recording changed" if reading.breaks_between else ""
    return "; ".join(said for said in (reading.newest["assessment"] or "", changed) if said)


def _row(reading: Reading) -> Row:
    strong = bool(reading.newest["strong"])
    judged = Cell(
        "strong" if strong else "may be chance",
        reading.ref("strong"),
        strong,
        emphasis="strong" if strong else "",
    )
    limits = (cells.finding(reading, name) for name in ("value", "lower_limit", "upper_limit"))
    crossing = Cell(
        reading.crossing or "", reading.ref("exceptional"), True, emphasis=reading.crossing or ""
    )
    return Row(
        (
            Cell(reading.measure.short_title, link=f"#{anchor(reading)}"),
            Cell(reading.area),
            *limits,
            crossing,
            cells.finding(reading, "p_value"),
            judged,
            Cell(_direction(reading)),
        )
    )
