"""The scorecard: how are we doing against what good looks like? A row a measure, by plan objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from frankpledge.analysis.likelihood import Basis
from frankpledge.analysis.periods import day_name, month_name
from frankpledge.analysis.yardstick import BANDS, EVEN
from frankpledge.reporting import cells
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

ELSEWHERE = "Measures that belong to no objective of the plan"
VOLUMES = "Volumes"
LIKELY = frozenset(band.word for band in BANDS if band.low > EVEN)


@dataclass(frozen=True)
class Scorecard:
    """What the page says."""

    lead: str
    notices: tuple[Notice, ...]
    parts: tuple[Part, ...]


def present(material: Material, to: Addresses) -> Scorecard:
    """The scorecard of the material's month: the plan's objectives, then what belongs to none."""
    last = (ELSEWHERE, VOLUMES)
    readings = sorted(material.of_force(), key=lambda r: (_objective(r) in last, _objective(r)))
    parts = tuple(
        _part(number, objective, list(found), material, to)
        for number, (objective, found) in enumerate(groupby(readings, key=_objective), start=1)
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


def _objective(reading: Reading) -> str:
    measure = reading.measure
    return measure.plan_objective or (ELSEWHERE if measure.scorecard_order < (10**6,) else VOLUMES)


def _part(
    number: int, objective: str, readings: list[Reading], material: Material, to: Addresses
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
        tuple(_row(reading, material) for reading in readings),
        f"{anchor}-table",
    )
    addresses = [to.measure(reading.measure.id) for reading in readings]
    return Part(objective, anchor, (leading_to(table, addresses),), captions_shown=False)


def _row(reading: Reading, material: Material) -> Row:
    good = reading.measure.good_looks_like
    return Row(
        (
            Cell(reading.title),
            cells.finding(reading, "value"),
            cells.spark(reading),
            Cell(first_sentence(reading)),
            Cell(good.text if good else "Not set"),
            scorecard.likelihood(reading),
            reviewed(reading, material),
        ),
        emphasis=reading.crossing or "",
    )


def reviewed(reading: Reading, material: Material) -> Cell:
    """When it was last reviewed; marked where the review of its definition is overdue."""
    cell = scorecard.reviewed(reading.measure, reading)
    if notices.overdue(reading, material) is None:
        return cell
    due = f"review overdue since {day_name(reading.measure.next_review)}"
    return replace(cell, text=f"{cell.text}; {due}", emphasis="overdue")
