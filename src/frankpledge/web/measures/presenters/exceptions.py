"""The exceptions: what deserves a question this month? Ranked by evidence, chance said first."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.analysis.periods import month_name
from frankpledge.reporting import sentences
from frankpledge.reporting.document import Block, KeyPoints, Link, Notice, Paragraph
from frankpledge.reporting.grammar import counted
from frankpledge.reporting.key_points import first_sentence
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import exceptional, explanations, notices
from frankpledge.web.measures.addresses import Addresses
from frankpledge.web.measures.presenters.parts import Part, about_reconstructed, leading_to


@dataclass(frozen=True)
class Exceptions:
    """What the page says."""

    lead: str
    notices: tuple[Notice, ...]
    parts: tuple[Part, ...]


def present(material: Material, to: Addresses, *, whole: bool) -> Exceptions:
    """The exceptions of a month. `whole` is whether the reader sees every measure that was judged:
    where they do not, how many were judged and are to be expected by chance is not theirs to know."""
    found = material.exceptions
    parts = (
        _strong(found, material, to),
        _ranked(found, material, to),
        *(_reading_them(material) if found else ()),
    )
    return Exceptions(
        _lead(found, material, whole),
        notices.of_readings(found),
        tuple(part for part in parts if part is not None),
    )


def in_brief(material: Material) -> tuple[str, str]:
    """How many exceptions a month has, and of which the evidence is strongest; "" where there is none."""
    found = material.exceptions
    if not found:
        return "", ""
    said = counted(len(found), "figure was outside its limits", "figures were outside their limits")
    first = first_sentence(found[0])
    strongest = f"The strongest evidence: {first}" if found[1:] else first
    return f"{said} in {month_name(material.month)}", strongest


def _lead(found: tuple[Reading, ...], material: Material, whole: bool) -> str:
    month, pack = month_name(material.month), material.findings.pack
    if not found:
        return f"No figure was outside its limits in {month}."
    said = f"In {month} {counted(len(found), 'figure was', 'figures were')} outside their limits."
    chance = sentences.by_chance(pack.expected_by_chance, pack.judged, pack.crossings)
    return (chance if whole else "") or said


def _strong(found: tuple[Reading, ...], material: Material, to: Addresses) -> Part | None:
    """The ones to ask about first, in a sentence each."""
    strong = [reading for reading in found if reading.newest["strong"]]
    if not strong:
        return None
    said = tuple(
        (
            Link(f"{r.title}, {r.area}", to.measure(r.measure.id, r.area)),
            f": {first_sentence(r)}",
        )
        for r in strong
    )
    blocks: tuple[Block, ...] = (
        Paragraph((explanations.strong_flags(material),)),
        KeyPoints(said, ""),
    )
    return Part("Strong evidence", "strong", blocks)


def _ranked(found: tuple[Reading, ...], material: Material, to: Addresses) -> Part | None:
    if not found:
        return None
    table = exceptional.table(found, material.month)
    addresses = [to.measure(reading.measure.id, reading.area) for reading in found]
    said = (
        "A figure marked strong stands when all series are judged together; one that is not may well"
        " be chance."
    )
    return Part(
        "All of them, by evidence", "ranked", (Paragraph((said,)), leading_to(table, addresses))
    )


def _reading_them(material: Material) -> tuple[Part, ...]:
    """How the limits were drawn, and what a reconstructed month is."""
    limits = Paragraph((explanations.limits_summary(material.findings.pack.limits),))
    drawn = Part("How the limits are drawn", "limits", (limits,))
    return (drawn, *about_reconstructed(material))
