"""A definition as somebody wrote it: the measure it defines, or its slips with the lines they are on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frankpledge.definitions.library import clashes
from frankpledge.definitions.problems import DefinitionProblem
from frankpledge.definitions.reading import read_text
from frankpledge.definitions.schema import Measure as Defined

OTHERS = "the measure {}"


@dataclass(frozen=True)
class Slip:
    """One thing wrong with a definition: on which line (None: the whole), what, and what to do."""

    line: int | None
    field: str
    found: str
    expected: str
    what_to_do: str

    @property
    def where(self) -> str:
        """The place in words: "Line 4, better"."""
        return f"Line {self.line}, {self.field}" if self.line else self.field.capitalize()


class DefinitionRefusedError(ValueError):
    """A definition that cannot be taken. `slips` holds everything that is wrong with it."""

    def __init__(self, slips: Iterable[Slip]) -> None:
        self.slips = tuple(sorted(slips, key=lambda slip: (slip.line or 0, slip.field)))
        super().__init__("\n".join(f"{s.where}: {s.found}; {s.expected}" for s in self.slips))


def defined_by(text: str, key: str, others: Mapping[str, Defined]) -> Defined:
    """The measure that a text defines, beside the force's other measures.

    Raises DefinitionRefusedError with everything that is wrong.
    """
    read = read_text(text, key, key)
    if isinstance(read, list):
        raise DefinitionRefusedError(slip_of(problem, text) for problem in read)
    beside = {k: (m, OTHERS.format(k)) for k, m in others.items() if k != key}
    found = [p for p in clashes(beside | {key: (read, key)}) if p.file == key]
    if found:
        raise DefinitionRefusedError(slip_of(problem, text) for problem in found)
    return read


def slip_of(problem: DefinitionProblem, text: str) -> Slip:
    """A problem of the definition with the line it stands on."""
    line = _line_told(problem.value) or _line_of(problem.field, text)
    to_do = problem.what_to_do.replace(" and check again", "").replace("Rename the file.", "")
    to_do = to_do.replace("docs/measures.md lists the fields", "see how a measure is written")
    return Slip(line, problem.field, problem.value, problem.expected, to_do)


def _line_told(value: str) -> int | None:
    """The line that the reader of TOML names itself."""
    told = re.search(r"at line (\d+)", value)
    return int(told[1]) if told else None


def _line_of(field: str, text: str) -> int | None:
    """Where a field begins: `good_looks_like.value` lies below the heading `[good_looks_like]`."""
    *tables, name = re.sub(r" item \d+", "", field).split(".")
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        heading = re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line)
        if heading:
            inside = heading[1]
            if inside == field:
                return number
        elif inside == ".".join(tables) and re.match(rf"\s*\"?{re.escape(name)}\"?\s*=", line):
            return number
    return None
