"""A front page in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from frankpledge.analysis.periods import month_name
from frankpledge.web.plans.contributions import Line
from frankpledge.web.publication.reads import Front


@dataclass(frozen=True)
class Card:
    """One objective: its number and title, why it matters, and what is said of its keeping."""

    ref: str
    title: str
    why: str
    lines: tuple[Line, ...]
    anchor: str


def cards(front: Front) -> list[Card]:
    return [
        Card(
            str(o.ref),
            o.title,
            o.why_it_matters,
            front.said.get(o.objective_id, ()),
            o.objective.key,
        )
        for o in front.objectives
    ]


def first_sentence(front: Front, name: str) -> str:
    """What a visitor reads first."""
    if front.version is None:
        return f"No plan of {name} is in force yet."
    told = f"{len(front.objectives)} objectives of the plan, and how far each is kept"
    if front.report:
        return f"{told}, with the figures of {month_name(front.report.month)}."
    return f"{told}."


@dataclass(frozen=True)
class Owed:
    """One thing that awaits the reader: in words, where to do it, and what more to know of it."""

    text: str
    address: str
    tone: Any = "quiet"
    more: str = ""


TONES = ("bad", "caution", "quiet")


def most_pressing_first(owed: list[Owed]) -> list[Owed]:
    """Those that are late before those that wait, and those to read last; else as they were."""
    return sorted(owed, key=lambda each: TONES.index(each.tone))
