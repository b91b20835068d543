"""Why a file that was handed in is refused: all of it at once, for a person to put right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing wrong: where it stands, what it is, and what to do next."""

    where: str
    what: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.what_to_do}"


class RefusedError(ValueError):
    """The file cannot be taken, and nothing of it was. `problems` holds every reason found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(p) for p in self.problems))


def listed(places: Iterable[str], shown: int = 10) -> str:
    """The first ten places in words, and how many more there are."""
    every = list(places)
    first, more = every[:shown], len(every) - shown
    if more > 0:
        return f"{', '.join(first)} and {more:,} more"
    if len(first) > 1:
        return f"{', '.join(first[:-1])} and {first[-1]}"
    return "".join(first)
