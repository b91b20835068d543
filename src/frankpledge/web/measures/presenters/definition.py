"""A definition as a page tells it, and what a revision changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from frankpledge.analysis.periods import day_name, month_name
from frankpledge.definitions.schema import GoodLooksLike
from frankpledge.definitions.schema import Measure as Defined

BETTER = {"higher": "Higher is better", "lower": "Lower is better",
          "neither": "Neither higher nor lower is better by itself"}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One thing a definition says: its name, and its paragraphs."""

    name: str
    says: tuple[str, ...]


def told(defined: Defined) -> list[Part]:
    """The definition from what is counted to who stands behind it; what it does not say is left out."""
    parts = (
        ("What is counted", [defined.definition]),
        ("Why it matters", [defined.why_it_matters]),
        ("How it is calculated", [defined.how_calculated]),
        ("Source", [defined.source]),
        ("What it cannot tell", defined.caveats),
        ("What good looks like", _good(defined.good_looks_like)),
        ("Which way is good", [BETTER[defined.better]]),
        ("Unit", [defined.unit]),
        ("Small counts", [_hidden(defined)] if defined.suppress_below else []),
        ("Also called", [", ".join(defined.also_called)] if defined.also_called else []),
        ("Reference on the scorecard", _reference(defined)),
        ("Author", [defined.author_role]),
        ("Checker", [defined.checker_role]),
        ("Next review", [day_name(defined.next_review)]),
    )
    return [Part(name, tuple(says)) for name, says in parts if says]


def _good(good: GoodLooksLike | None) -> list[str]:
    if good is None:
        return []
    reviewed = (
        f"The subject lead last agreed it in {month_name(good.reviewed)}." if good.reviewed else ""
    )
    return [good.text, *([reviewed] if reviewed else [])]


def _hidden(defined: Defined) -> str:
    return (
        f"Counts from 1 to {defined.suppress_below - 1} are not shown. {defined.suppression_reason}"
    )


def _reference(defined: Defined) -> list[str]:
    if defined.part_of:
        return [f"Part of {defined.part_of}"]
    return [defined.reference] if defined.reference else []


@dataclass(frozen=True)
class Line:
    """A line of a definition that a revision took out or put in."""

    number: int
    text: str
    added: bool

    @property
    def word(self) -> str:
        return "Added" if self.added else "Taken out"


def changed_lines(earlier: str, later: str) -> Sequence[Line]:
    """The lines that differ, in their order; numbered as in the text they stand in."""
    before, after = earlier.splitlines(), later.splitlines()
    lines: list[Line] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            lines += [Line(n + 1, before[n], added=False) for n in range(a, b)]
            lines += [Line(n + 1, after[n], added=True) for n in range(c, d)]
    return lines
