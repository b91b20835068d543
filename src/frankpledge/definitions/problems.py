"""What is wrong with the definitions, all of it at once, for a person to put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class DefinitionProblem:
    """One thing wrong in one file: where, what stands there, what should, what to do."""

    file: str
    field: str
    value: str
    expected: str
    what_to_do: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.field}: found {self.value}; expected {self.expected}."
            f" {self.what_to_do}"
        )


class DefinitionsError(ValueError):
    """The definitions cannot be used. `problems` holds every reason, sorted by file and field."""

    def __init__(self, problems: Iterable[DefinitionProblem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        heading = f"{count} problem{'' if count == 1 else 's'} in the measure definitions"
        super().__init__("\n".join([heading, *(f"  {p}" for p in self.problems)]))
