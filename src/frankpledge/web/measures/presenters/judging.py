"""How figures are judged, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from frankpledge.analysis.limits.rule_sets import RULE_SETS
from frankpledge.analysis.periods import month_name
from frankpledge.web.measures.models import JudgingSettings
from frankpledge.web.measures.presenters.keeping import counted, span


@dataclass(frozen=True)
class Called:
    """What the notes of a kind are called."""

    heading: str
    adding: str
    means: str


KINDS: Mapping[str, Called] = {
    "breaks": Called(
        "Breaks in recording",
        "Note a break in recording",
        "From a month on a measure was recorded in another way: figures before and after are not compared as one.",
    ),
    "exceptional_periods": Called(
        "Exceptional periods",
        "Note an exceptional period",
        "Months unlike others for a reason outside policing, such as restrictions in a pandemic.",
    ),
    "rebaselines": Called(
        "Other baselines",
        "Note another baseline",
        "From a month on a measure is judged against other months than the rule would take.",
    ),
    "populations": Called(
        "Populations",
        "Note a population",
        "How many people live in an area, for rates per 1,000.",
    ),
}


@dataclass(frozen=True)
class Noted:
    """A note in words, and who noted or took it back."""

    pk: int
    said: str
    by: str
    on: Any
    taken_back_by: str
    taken_back_at: Any


@dataclass(frozen=True)
class Part:
    """The notes of one kind: those that hold, and those taken back."""

    kind: str
    called: Called
    standing: list[Noted]
    taken_back: list[Noted]


def lead(settled: JudgingSettings) -> str:
    """By which rules, in a sentence."""
    known = RULE_SETS.get(settled.limits)
    return known.summary if known else "Limits as the named rule-set draws them."


def settled_rows(settled: JudgingSettings) -> list[tuple[str, str]]:
    """What is settled for all of a force's figures."""
    return [
        ("Rule-set", settled.limits),
        (
            "Strong flags that may be false",
            f"A share of at most {settled.false_discovery_level:g}, in the long run",
        ),
        ("Implausible values", "Held back" if settled.screen else "Not held back"),
        ("The force in its figures", settled.called),
    ]


def in_short(settled: JudgingSettings) -> str:
    """What holds, for somebody who would have changed what another changed first."""
    said = [f"{name}: {value}" for name, value in settled_rows(settled)[:3]]
    return f"{'; '.join(said)}."


def part(kind: str, notes: Iterable[Any], titles: Mapping[str, str]) -> Part:
    told = [_noted(kind, note, titles) for note in notes]
    return Part(
        kind,
        KINDS[kind],
        [each for each in told if each.taken_back_at is None],
        [each for each in told if each.taken_back_at is not None],
    )


def _noted(kind: str, note: Any, titles: Mapping[str, str]) -> Noted:
    return Noted(
        pk=note.pk,
        said=noted_words(kind, note, titles),
        by=str(note.noted_by) if note.noted_by else "the system",
        on=note.noted_at,
        taken_back_by=str(note.taken_back_by or ""),
        taken_back_at=note.taken_back_at,
    )


def noted_words(kind: str, note: Any, titles: Mapping[str, str]) -> str:
    """A note in a sentence or two."""
    if kind == "populations":
        return (
            f"{note.area_name}, {note.year}: {counted(int(note.population), 'person', 'people')}."
        )
    if kind == "exceptional_periods":
        left = " Limits leave these months out." if note.left_out else ""
        return f"{span(note.from_month, note.to_month)}: {_sentence(note.reason)}{left}"
    about = titles.get(note.measure, note.measure)
    about += f", {note.area_name}" if note.area_name else ""
    if kind == "rebaselines":
        months = span(note.baseline_from, note.baseline_to)
        return f"{about}: from {month_name(note.from_month)} on judged against {months}."
    rests = (
        "Limits rest on the months from then on."
        if note.restarts_baseline
        else "Limits still rest on the months before as well."
    )
    return f"{about}, from {month_name(note.month)} on: {_sentence(note.reason)} {rests}"


def _sentence(text: str) -> str:
    said = text.strip()
    return said if said.endswith((".", "!", "?")) else f"{said}."
