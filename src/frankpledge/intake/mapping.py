"""Which column of a table is which field: a proposal with reasons, for a person to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from frankpledge.intake.headings import plain
from frankpledge.intake.problems import Problem
from frankpledge.intake.sheets import letters

_ALIKE = 0.8
_LONGEST = 100


@dataclass(frozen=True)
class Wanted:
    """A field that a table may fill: its name in the code, its label, and what else it is called."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    needed: bool = False


class Reason(StrEnum):
    """Why a column is taken for a field."""

    EXACT = "the same name"
    SYNONYM = "another name for it"
    SIMILAR = "a similar name"


@dataclass(frozen=True)
class Match:
    """One column taken for one field. `column` is its position, 0 the first."""

    column: int
    header: str
    field: Wanted
    reason: Reason


@dataclass(frozen=True)
class Proposal:
    """Columns with their fields, columns with none, and needed fields without a column."""

    matches: tuple[Match, ...]
    unmapped: tuple[tuple[int, str], ...]
    missing: tuple[Wanted, ...]

    @property
    def mapping(self) -> dict[int, str]:
        """From the position of a column to the name of its field."""
        return {match.column: match.field.name for match in self.matches}


def propose(header: Sequence[str], fields: Sequence[Wanted]) -> Proposal:
    """The likeliest field of each column; nothing is taken twice, and a tie is left to the person.

    Spaces, capitals and marks do not count: "Type of Engagem ent" is "type of engagement".
    """
    likely = sorted(
        (
            (-score, column, place, reason)
            for column, name in enumerate(header)
            for place, field in enumerate(fields)
            for score, reason in [_likeness(name, field)]
            if reason is not None
        ),
        key=lambda one: one[:3],
    )
    matches: dict[int, Match] = {}
    taken: set[int] = set()
    for score, column, place, reason in likely:
        if column in matches or place in taken:
            continue
        if reason is Reason.SIMILAR and _tied(score, column, place, likely, matches, taken):
            continue
        matches[column] = Match(column, header[column], fields[place], reason)
        taken.add(place)
    return Proposal(
        tuple(matches[column] for column in sorted(matches)),
        tuple((c, _called(c, name)) for c, name in enumerate(header) if c not in matches),
        tuple(f for place, f in enumerate(fields) if f.needed and place not in taken),
    )


def problems_of(
    mapping: Mapping[int, str], header: Sequence[str], fields: Sequence[Wanted], where: str
) -> list[Problem]:
    """What is wrong with a mapping that a person has chosen, all of it."""
    known = {field.name: field for field in fields}
    problems = []
    for name, field in known.items():
        columns = [column for column, chosen in sorted(mapping.items()) if chosen == name]
        if len(columns) > 1:
            called = " and ".join(_called(c, header[c]) for c in columns if c < len(header))
            what = f"{field.label} is chosen for more than one column: {called}."
            problems.append(Problem(where, what, "Choose one of them."))
        if field.needed and not columns:
            what = f"No column is chosen for {field.label}."
            problems.append(Problem(where, what, "Choose the column that holds it."))
    strange = sorted({name for name in mapping.values() if name and name not in known})
    if strange or any(not 0 <= column < len(header) for column in mapping):
        what = "A column or field was chosen that is not there."
        problems.append(Problem(where, what, "Choose again from the lists."))
    return problems


def _likeness(header: str, field: Wanted) -> tuple[float, Reason | None]:
    name = plain(header)
    if not name:
        return 0, None
    own = (plain(field.name), plain(field.label))
    others = tuple(plain(other) for other in field.synonyms)
    if name in own:
        return 3, Reason.EXACT
    if name in others:
        return 2, Reason.SYNONYM
    score = max(_alike(name, other) for other in (*own, *others))
    return (score, Reason.SIMILAR) if score else (0, None)


def _alike(one: str, other: str) -> float:
    """How alike two names are, from 0.8 to 1; 0 where they are less."""
    if max(len(one), len(other)) > _LONGEST:
        return 0
    pair = SequenceMatcher(None, one, other)
    if pair.real_quick_ratio() < _ALIKE or pair.quick_ratio() < _ALIKE:
        return 0
    return ratio if (ratio := pair.ratio()) >= _ALIKE else 0


def _tied(
    score: float, column: int, place: int, likely: list, matches: Mapping, taken: set[int]
) -> bool:
    """Whether another free column or field is as like."""
    return any(
        other == score and (c == column) != (p == place) and c not in matches and p not in taken
        for other, c, p, _ in likely
    )


def _called(column: int, name: str) -> str:
    return name or f"column {letters(column + 1)} (no name)"
