"""The library of measures: every definition at once, found by id, by reference or by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

import polars as pl

from frankpledge.definitions.problems import DefinitionProblem, DefinitionsError
from frankpledge.definitions.reading import read_measure
from frankpledge.definitions.schema import TABLES, Measure

TRAITS = {
    "measure": pl.String,
    "unit": pl.String,
    "better": pl.String,
    "adds_up": pl.Boolean,
    "suppress_below": pl.Int64,
    "target": pl.Float64,
    "target_date": pl.Date,
    "target_direction": pl.String,
    "target_over": pl.String,
    "decimals": pl.Int64,
    "lists_only_occurrences": pl.Boolean,
}

_GAPS = re.compile(r"[\s\-_‐‑–]+")


def name_key(text: str) -> str:
    """A name as it is compared: no case, spaces or hyphens, and "&" read as "and"."""
    return _GAPS.sub("", text.casefold().replace("&", " and "))


@dataclass(frozen=True)
class Library:
    """Measures by id, in the order of their ids."""

    measures: Mapping[str, Measure]

    def __iter__(self) -> Iterator[Measure]:
        return iter(self.measures.values())

    def __len__(self) -> int:
        return len(self.measures)

    def __contains__(self, measure_id: object) -> bool:
        return measure_id in self.measures

    def get(self, measure_id: str) -> Measure:
        """The measure with this id. KeyError says which ids come near."""
        if measure_id not in self.measures:
            raise KeyError(f"no measure has the id {measure_id!r}{self._near(measure_id)}")
        return self.measures[measure_id]

    def by_reference(self, reference: str) -> Measure:
        """The measure that holds this scorecard reference; its parts are in `parts_of`."""
        for measure in self:
            if measure.reference == reference:
                return measure
        raise KeyError(f"no measure has the reference {reference!r}")

    def parts_of(self, reference: str) -> tuple[Measure, ...]:
        """The indicators that one scorecard reference holds beside its own, in their order."""
        parts = (m for m in self if m.part_of == reference)
        return tuple(sorted(parts, key=lambda m: (m.scorecard_order, m.id)))

    def named(self, text: str, table: str | None = None) -> Measure | None:
        """The measure with this id, or called this in print; None where there is none.

        Case, spaces and hyphens do not matter and "&" is "and". The same words can mean two things
        ("Shoplifting" in a force's own table and at data.police.uk): give the `table` to ask its
        family alone; without it the report's own measures come first.
        """
        families = ("report", "police-uk") if table is None else (family_of(table),)
        if table is None and text in self.measures:
            return self.measures[text]
        named = (self._names.get((family, name_key(text))) for family in families)
        return next((m for m in named if m), self.measures.get(text))

    def scorecard(self) -> tuple[Measure, ...]:
        """Every measure with a scorecard reference, 4.2.9 before 4.2.10."""
        return tuple(sorted((m for m in self if m.reference), key=lambda m: m.scorecard_order))

    def volumes(self, table: str) -> tuple[Measure, ...]:
        """The measures of one volume table, in its order."""
        family_of(table)
        rows = (m for m in self if table in m.tables)
        return tuple(sorted(rows, key=lambda m: (m.table_order or 0, m.id)))

    def traits(self) -> pl.DataFrame:
        """What the analysis must know of each measure: a row each, columns as in `TRAITS`."""
        return pl.DataFrame([_traits(m) for m in self], schema=TRAITS, orient="row")

    @cached_property
    def _names(self) -> dict[tuple[str, str], Measure]:
        return {(m.family, name_key(name)): m for m in self for name in (*m.also_called, m.id)}

    def _near(self, text: str) -> str:
        near = get_close_matches(text, self.measures, n=3)
        return f"; did you mean {' or '.join(near)}?" if near else ""


def _traits(measure: Measure) -> tuple:
    good = measure.good_looks_like
    return (
        measure.id,
        measure.unit,
        measure.better,
        measure.adds_up,
        measure.suppress_below,
        good.value if good else None,
        good.by if good else None,
        good.direction if good else None,
        good.over if good and good.value is not None else None,
        measure.decimals,
        measure.lists_only_occurrences,
    )


def family_of(table: str) -> str:
    """Which figures a volume table belongs to. ValueError where there is no such table."""
    if table not in TABLES:
        raise ValueError(f"{table!r} is not a table: it is one of {', '.join(TABLES)}")
    return "police-uk" if table == "police-uk" else "report"


def load(folder: Path | None = None, *, extra: Path | None = None) -> Library:
    """Every measure of `folder` (None: the ones that are shipped), with those of `extra` laid over.

    A file in `extra` replaces the measure of the same file name and otherwise adds one. Raises
    DefinitionsError with all problems of all files.
    """
    found, problems = read_all(folder, extra=extra)
    if problems:
        raise DefinitionsError(problems)
    return Library(MappingProxyType(dict(sorted(found.items()))))


def read_all(
    folder: Path | None = None, *, extra: Path | None = None
) -> tuple[dict[str, Measure], list[DefinitionProblem]]:
    """The measures that can be read, and everything that is wrong with the rest."""
    shipped = files("frankpledge.definitions") / "library"
    measures, problems = _read_folder(
        shipped if folder is None else folder, str(folder or "library")
    )
    if extra is not None:
        own, own_problems = _read_folder(extra, str(extra))
        measures |= own
        problems += own_problems
    return {i: m for i, (m, _) in measures.items()}, problems + clashes(measures)


def shipped_texts() -> dict[str, str]:
    """The files of the shipped measures as they are written, by the measures' ids."""
    found = _toml_files(files("frankpledge.definitions") / "library", "library")
    return {file.name.removesuffix(".toml"): file.read_text("utf-8") for file, _ in found}


_Found = dict[str, tuple[Measure, str]]


def _read_folder(root: Traversable, shown_as: str) -> tuple[_Found, list[DefinitionProblem]]:
    measures: _Found = {}
    problems: list[DefinitionProblem] = []
    if not root.is_dir():
        return measures, [_no_folder(shown_as)]
    for file, path in _toml_files(root, shown_as):
        read = read_measure(file, path)
        if isinstance(read, list):
            problems += read
        elif read.id in measures:
            problems.append(_taken(path, "the file's name", read.id, measures[read.id][1]))
        else:
            measures[read.id] = (read, path)
    if not measures and not problems:
        problems.append(_empty(shown_as))
    return measures, problems


def _toml_files(root: Traversable, shown_as: str) -> Iterator[tuple[Traversable, str]]:
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        path = f"{shown_as}/{entry.name}"
        if entry.is_dir():
            yield from _toml_files(entry, path)
        elif entry.name.endswith(".toml"):
            yield entry, path


def clashes(found: Mapping[str, tuple[Measure, str]]) -> list[DefinitionProblem]:
    """What must hold between files: names and references are used once, parts have a whole.

    `found` is each measure with the path to name in a problem, by its id.
    """
    problems = []
    names: dict[tuple[str, str], tuple[str, str]] = {}
    references: dict[str, str] = {}
    for measure, path in found.values():
        for name in _unique([measure.id, *measure.also_called]):
            owner = names.setdefault((measure.family, name_key(name)), (measure.id, path))
            if owner[0] != measure.id:
                problems.append(_taken(path, "also_called", name, owner[1]))
        if measure.reference:
            owner_path = references.setdefault(measure.reference, path)
            if owner_path != path:
                problems.append(_taken(path, "reference", measure.reference, owner_path))
    for measure, path in found.values():
        if measure.part_of and measure.part_of not in references:
            problems.append(_no_whole(path, measure.part_of))
    return problems


def _unique(names: Iterable[str]) -> list[str]:
    return list({name_key(n): n for n in names}.values())


def _taken(path: str, field: str, value: str, owner: str) -> DefinitionProblem:
    return DefinitionProblem(
        path, field, repr(value), f"one that {owner} does not have", "Choose another, or drop one."
    )


def _no_whole(path: str, reference: str) -> DefinitionProblem:
    return DefinitionProblem(
        path,
        "part_of",
        repr(reference),
        "the reference of a measure in the library",
        "Correct the reference, or define the measure it belongs to.",
    )


def _no_folder(shown_as: str) -> DefinitionProblem:
    return DefinitionProblem(
        shown_as, "the folder", "no folder", "a folder of TOML files", "Check the path."
    )


def _empty(shown_as: str) -> DefinitionProblem:
    return DefinitionProblem(
        shown_as, "the folder", "no TOML file", "a measure a file", "Check the path."
    )


def overdue(library: Library, day: date) -> tuple[Measure, ...]:
    """The measures whose review fell due before `day`: a note on the page, not an error."""
    late = (m for m in library if m.next_review < day)
    return tuple(sorted(late, key=lambda m: (m.next_review, m.id)))
