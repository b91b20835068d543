"""A measure's page: what does this figure say, and can I trust it?"""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.analysis.periods import month_name
from frankpledge.definitions.schema import Measure
from frankpledge.reporting import cells, numbers, plots
from frankpledge.reporting.document import (
    Block,
    Definition,
    DefinitionList,
    Figure,
    KeyPoints,
    Notice,
)
from frankpledge.reporting.key_points import (
    first_sentence,
    key_points,
    met_this_month,
    rank,
    target_in_words,
)
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import exceptional, explanations, measures, notices, words
from frankpledge.web.measures.addresses import Addresses
from frankpledge.web.measures.presenters.parts import Part, about_reconstructed, leading_to


@dataclass(frozen=True)
class MeasurePage:
    """What the page says. `figure` is None where too few months are known to draw."""

    title: str
    lead: str
    notices: tuple[Notice, ...]
    figure: Figure | None
    parts: tuple[Part, ...]


def present(measure: Measure, area: str, material: Material, to: Addresses) -> MeasurePage:
    """The page of a measure in an area; the force is an area too."""
    of_force = area == material.force
    reading = material.reading(measure.id, area)
    title = measure.title if of_force else f"{measure.title}, {area}"
    if reading is None:
        return _without_reading(title, measure, area, material, to)
    parts = (
        _points(reading, material),
        _evidence(reading, material),
        _good(reading),
        _compared(reading),
        _areas(reading, material, to) if of_force else None,
        _similar(reading, material),
        _revisions(material),
        _held_back(material),
        _about(reading, material),
        *about_reconstructed(material),
    )
    drawn = plots.figure(reading, "chart") if plots.can_be_drawn(reading) else None
    return MeasurePage(
        title,
        first_sentence(reading),
        notices.of_reading(reading, material),
        drawn,
        tuple(part for part in parts if part is not None),
    )


def _without_reading(
    title: str, measure: Measure, area: str, material: Material, to: Addresses
) -> MeasurePage:
    """A page of a measure that has no figure here: what it is, and the areas that have one."""
    readings = _readings_of_areas(measure, material)
    where = "for areas only; the force has none" if readings else f"for {area}"
    held = "has figures" if readings else "has no figures"
    parts = [_table_of_areas(readings, to)] if readings else []
    some = readings or list(material.readings())
    parts += [_about(some[0], material)] if some else []
    lead = f"{measure.title} {held} {where} in {month_name(material.month)}."
    return MeasurePage(title, lead, (), None, tuple(parts))


def _part(heading: str, anchor: str, *blocks: Block | None) -> Part | None:
    there = tuple(block for block in blocks if block is not None)
    return Part(heading, anchor, there) if there else None


def _points(reading: Reading, material: Material) -> Part | None:
    points = key_points(reading, material)
    return _part("Key points", "key-points", KeyPoints(points, "") if points else None)


def _evidence(reading: Reading, material: Material) -> Part | None:
    """How sure it is, where the figure lies outside its limits."""
    if reading.crossing is None or reading.newest["strong"] is None:
        return None
    said = exceptional.evidence(reading, material)
    return _part("Could this be chance?", "evidence", KeyPoints(said, ""))


def _good(reading: Reading) -> Part | None:
    """What good looks like, and how likely it is with the working behind the word."""
    aim = words.good(reading)
    if aim is None:
        return None
    met, month = met_this_month(reading), month_name(reading.month)
    now = () if met is None else (Definition(f"In {month}", ("Met" if met else "Not met",)),)
    box = DefinitionList((*aim.items, *now), boxed=True)
    return _part("What good looks like", "good", box, _working(reading))


def _working(reading: Reading) -> DefinitionList | None:
    """What the likelihood was worked out from."""
    row = reading.newest
    if row["likelihood"] is None:
        return None
    months = f"{row['months_of_history']:,} months of figures up to {month_name(reading.month)}"
    items = [
        ("Asked", f"Whether it will be {target_in_words(reading.measure)}"),
        ("From", months),
        ("How", "The share of simulated paths of this series that meet it, put right by how often such"
                " shares came true."),
        ("Probability", numbers.probability(row["likelihood"])),
        ("Band of the yardstick", f"{row['likelihood_word']}, {row['likelihood_band']}"),
        ("Confidence", str(row["likelihood_confidence"] or "not stated")),
    ]  # fmt: skip
    terms = tuple(Definition(term, (text,)) for term, text in items)
    return DefinitionList(terms, "How the likelihood was worked out")


def _compared(reading: Reading) -> Part | None:
    if not measures.has_comparisons(reading):
        return None
    return _part("Compared with before", "compared", measures.comparisons(reading, "measure"))


def _readings_of_areas(measure: Measure, material: Material) -> list[Reading]:
    found = (material.reading(measure.id, area) for area in material.settings.areas)
    return [reading for reading in found if reading is not None]


def _areas(reading: Reading, material: Material, to: Addresses) -> Part | None:
    found = _readings_of_areas(reading.measure, material)
    return _table_of_areas(found, to) if found else None


def _table_of_areas(readings: list[Reading], to: Addresses) -> Part:
    table = measures.of_areas(readings, "areas-table")
    addresses = [to.measure(reading.measure.id, reading.area) for reading in readings]
    return Part("By area", "areas", (leading_to(table, addresses),))


def _similar(reading: Reading, material: Material) -> Part | None:
    """The force's place among similar forces, where their figures are held."""
    said = rank(reading, material)
    if not said:
        return None
    mean = cells.finding(reading, "group_mean")
    lines = ((said,), (f"The mean of the group is {mean.text}.",))
    return _part("Similar forces", "similar-forces", KeyPoints(lines, ""))


def _revisions(material: Material) -> Part | None:
    if material.findings.revisions.is_empty():
        return None
    return Part("Revisions", "revisions", explanations.revisions(material).blocks)


def _held_back(material: Material) -> Part | None:
    if material.findings.held_back.is_empty():
        return None
    return Part("Values held back", "held-back", explanations.held_back(material).blocks)


def _about(reading: Reading, material: Material) -> Part | None:
    """What the measure is, and who answers for it."""
    listed, *late = words.about(reading, material)
    assert isinstance(listed, DefinitionList)
    return _part("About this measure", "about", *late, DefinitionList(listed.items))
