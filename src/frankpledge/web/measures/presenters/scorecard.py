"""The scorecard: how are we doing against what good looks like? A row a measure, by plan objective."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from frankpledge.analysis.likelihood import Basis
from frankpledge.analysis.periods import day_name, month_name
from frankpledge.analysis.yardstick import BANDS, EVEN
from frankpledge.definitions.schema import Measure
from frankpledge.reporting import cells, numbers
from frankpledge.reporting.document import Cell, Column, Notice, Row, Table
from frankpledge.reporting.grammar import counted
from frankpledge.reporting.key_points import first_sentence
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import notices, scorecard
from frankpledge.web.measures.addresses import Addresses
from frankpledge.web.measures.presenters.parts import (
    NAME,
    Part,
    about_reconstructed,
    leading_to,
)
from frankpledge.web.measures.reads.objectives import Objectives

ELSEWHERE = "Measures that belong to no objective of the plan"
VOLUMES = "Volumes"
IN_AREAS = "Figures are held for areas only."
NOT_SET = "Not set"
LIKELY = frozenset(band.word for band in BANDS if band.low > EVEN)


@dataclass(frozen=True)
class Scorecard:
    """What the page says."""

    lead: str
    notices: tuple[Notice, ...]
    parts: tuple[Part, ...]


def present(
    material: Material,
    to: Addresses,
    in_areas: frozenset[str] = frozenset(),
    objectives: Objectives = Objectives(),
) -> Scorecard:
    """The scorecard of the material's month: the plan's objectives, then what belongs to none.

    `in_areas` are the measures of which areas have figures; the material is the force's alone.
    """

    def under(measure: Measure) -> str:
        return objectives.of(measure) or (ELSEWHERE if _on_scorecard(measure) else VOLUMES)

    readings = material.of_force()
    with_figures = {reading.measure.id for reading in readings}
    wanting = [m for m in material.library if m.id not in with_figures and _on_scorecard(m)]
    rows: dict[str, list[tuple[Measure, Row]]] = defaultdict(list)
    for reading in readings:
        rows[under(reading.measure)].append((reading.measure, _row(reading, material)))
    for measure in sorted(wanting, key=lambda m: m.scorecard_order):
        said = IN_AREAS if measure.id in in_areas else scorecard.NO_FIGURES
        rows[under(measure)].append((measure, _wanting(measure, said)))
    ordered = [name for name in (*objectives.titles, ELSEWHERE, VOLUMES) if name in rows]
    parts = tuple(
        _part(number, objective, rows[objective], material, to)
        for number, objective in enumerate(ordered, start=1)
    )
    return Scorecard(
        lead(readings, material),
        notices.of_readings(readings),
        (*parts, *about_reconstructed(material)),
    )


def lead(readings: Sequence[Reading], material: Material) -> str:
    """The sentence that answers the page: how many are out of line, how many are likely to be met."""
    month = month_name(material.month)
    if not readings:
        return f"No figures are held for {month}."
    judged = [r for r in readings if r.has_limits and r.value is not None]
    of_all = f"Of {counted(len(readings), 'measure', 'measures')} with figures for {month},"
    if not judged:
        return f"{of_all} none could be judged against an expected range.{_chances(readings)}"
    could = f"{len(judged):,} could be judged against an expected range"
    return f"{of_all} {could} and {_outside(judged)}.{_chances(readings)}"


def _outside(judged: list[Reading]) -> str:
    """ "3 were above it and 1 below", "none was outside it"."""
    above, below = (sum(r.crossing == side for r in judged) for side in ("above", "below"))
    if not above and not below:
        return "none was outside it"
    first, *second = [(n, side) for n, side in ((above, "above"), (below, "below")) if n]
    said = f"{first[0]:,} {'was' if first[0] == 1 else 'were'} {first[1]} it"
    return " and ".join([said, *(f"{n:,} {side}" for n, side in second)])


def _chances(readings: Sequence[Reading]) -> str:
    known = [r for r in readings if r.newest["likelihood"] is not None or _met(r) is not None]
    if not known:
        return ""
    if len(known) == 1:
        likely = _met(known[0]) or known[0].newest["likelihood_word"] in LIKELY
        verdict = "is met, or likely to be," if likely else "is not likely to be met"
        return f" What good looks like {verdict} on the one measure whose likelihood is known."
    well = sum(bool(_met(r)) or r.newest["likelihood_word"] in LIKELY for r in known)
    return (
        " What good looks like is met, or likely to be, on"
        f" {f'{well:,}' if well else 'none'} of {counted(len(known), 'measure', 'measures')} whose"
        " likelihood is known."
    )


def _met(reading: Reading) -> bool | None:
    """Whether what good looks like was met at its date; None before it."""
    basis = reading.newest["likelihood_basis"]
    return {Basis.MET: True, Basis.NOT_MET: False}.get(basis)


def _on_scorecard(measure: Measure) -> bool:
    return bool(measure.reference or measure.part_of)


def _part(
    number: int,
    objective: str,
    rows: list[tuple[Measure, Row]],
    material: Material,
    to: Addresses,
) -> Part:
    anchor = f"objective-{number}"
    table = Table(
        f"{objective}, {month_name(material.month)}",
        (
            NAME,
            Column(month_name(material.month), "number"),
            Column("Last 12 months", "sparkline"),
            Column("Finding"),
            Column("What good looks like"),
            Column("Likelihood"),
            Column("Last reviewed"),
        ),
        tuple(row for _, row in rows),
        f"{anchor}-table",
    )
    addresses = [to.measure(measure.id) for measure, _ in rows]
    return Part(objective, anchor, (leading_to(table, addresses),), captions_shown=False)


def _row(reading: Reading, material: Material) -> Row:
    good = reading.measure.good_looks_like
    return Row(
        (
            Cell(reading.title),
            cells.finding(reading, "value"),
            cells.spark(reading),
            Cell(first_sentence(reading)),
            Cell(good.text if good else NOT_SET),
            scorecard.likelihood(reading),
            reviewed(reading, material),
        ),
        emphasis=reading.crossing or "",
    )


def _wanting(measure: Measure, said: str) -> Row:
    """The row of a measure of which the force has no figure: it stands there all the same."""
    good = measure.good_looks_like
    none = Cell(cells.NONE)
    return Row(
        (
            Cell(measure.title),
            Cell(numbers.without_number(None)),
            none,
            Cell(said),
            Cell(good.text if good else NOT_SET),
            none,
            scorecard.reviewed(measure, None),
        )
    )


def reviewed(reading: Reading, material: Material) -> Cell:
    """When it was last reviewed; marked where the review of its definition is overdue."""
    cell = scorecard.reviewed(reading.measure, reading)
    if notices.overdue(reading, material) is None:
        return cell
    due = f"review overdue since {day_name(reading.measure.next_review)}"
    return replace(cell, text=f"{cell.text}; {due}", emphasis="overdue")
