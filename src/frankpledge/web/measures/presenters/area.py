"""An area's page: how is my place? Its rows, exceptional first."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.analysis.periods import month_name
from frankpledge.reporting.document import Block
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import areas, notices
from frankpledge.web.measures.addresses import Addresses
from frankpledge.web.measures.presenters.parts import Part, about_reconstructed, leading_to


@dataclass(frozen=True)
class AreaPage:
    """What the page says."""

    lead: str
    blocks: tuple[Block, ...]
    parts: tuple[Part, ...] = ()


def present(area: str, material: Material, to: Addresses) -> AreaPage:
    """The page of one area."""
    readings = _in_order(area, material)
    if not readings:
        return AreaPage(f"No figures are held for {area} in {month_name(material.month)}.", ())
    table = areas.table(area, readings, "area-table")
    addresses = [to.measure(reading.measure.id, reading.area) for reading in readings]
    blocks = (*notices.of_readings(readings), leading_to(table, addresses))
    return AreaPage(areas.lead(area, readings, material), blocks, about_reconstructed(material))


def _in_order(area: str, material: Material) -> tuple[Reading, ...]:
    """The area's readings: those outside their limits first, by evidence, the rest as tables go."""
    own = [reading for reading in material.readings() if reading.area == area]
    rank = {reading.anchor: place for place, reading in enumerate(material.exceptions)}
    last = len(rank)
    return tuple(
        sorted(
            own,
            key=lambda r: (
                rank.get(r.anchor, last),
                not r.has_limits,
                r.measure.table_order or 10**6,
                r.measure.id,
            ),
        )
    )
