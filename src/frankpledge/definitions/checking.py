"""What `frankpledge measures check` finds: problems that stop a report, and notes that do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from frankpledge.analysis.periods import day_name
from frankpledge.definitions.library import Library, overdue, read_all
from frankpledge.definitions.problems import DefinitionProblem


@dataclass(frozen=True, order=True)
class DefinitionNote:
    """Something about a measure that its author should know and that stops nothing."""

    measure: str
    says: str

    def __str__(self) -> str:
        return f"{self.measure}: {self.says}"


@dataclass(frozen=True)
class DefinitionCheck:
    """The outcome: how many measures could be read, what is wrong, and what is worth knowing."""

    count: int
    problems: tuple[DefinitionProblem, ...]
    notes: tuple[DefinitionNote, ...]


def check(folder: Path | None = None, *, day: date) -> DefinitionCheck:
    """Check the shipped measures, with those of `folder` laid over them.

    `day` decides which reviews are overdue: the date of the report, or today where there is none.
    """
    found, problems = read_all(extra=folder)
    notes = [
        DefinitionNote(m.id, f"its review was due on {day_name(m.next_review)}")
        for m in overdue(Library(found), day)
    ]
    notes += [DefinitionNote(m, "replaces the shipped measure") for m in _replaced(folder)]
    return DefinitionCheck(len(found), tuple(sorted(problems)), tuple(sorted(notes)))


def _replaced(folder: Path | None) -> list[str]:
    if folder is None or not folder.is_dir():
        return []
    shipped, _ = read_all()
    return [stem for stem in (p.stem for p in folder.rglob("*.toml")) if stem in shipped]
