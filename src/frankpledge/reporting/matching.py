"""Names in a report's settings and commentary that match nothing in the figures or the library."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from frankpledge.reporting.commentary import Commentary
from frankpledge.reporting.problems import SettingsProblem
from frankpledge.reporting.settings import ReportSettings

MOST_NAMED = 12

AREA = "area in the figures"
MEASURE = "measure in the library"

_Named = tuple[str, str, str]
"""A field, the name in it and what kind of name it is."""


def names_that_match_nothing(
    settings: ReportSettings,
    commentary: Commentary,
    areas: Collection[str],
    measures: Collection[str],
    *,
    settings_file: str = "report.toml",
    commentary_file: str = "commentary.toml",
) -> list[SettingsProblem]:
    """Every name in the settings and the commentary that is no area or no measure.

    `areas` are those of the figures, `measures` the ids in the library. The force may be in no
    figure where it has areas that are: it is then their sum, and can be written about as they can.
    """
    summed = any(area in areas for area in settings.areas)
    known = {AREA: {*areas, *((settings.force,) if summed else ())}, MEASURE: set(measures)}
    places = ((settings_file, _in_settings(settings)), (commentary_file, _in_words(commentary)))
    return [
        _problem(file, named, known[named[2]])
        for file, found in places
        for named in found
        if named[1] not in known[named[2]]
    ]


def _in_settings(settings: ReportSettings) -> Iterator[_Named]:
    yield "force", settings.force, AREA
    for field in ("areas", "similar_forces"):
        for number, area in enumerate(getattr(settings, field), start=1):
            yield f"{field} item {number}", area, AREA
    for number, people in enumerate(settings.populations, start=1):
        yield f"populations item {number}.area", people.area, AREA
    for field in ("breaks", "rebaselines"):
        yield from _about(field, getattr(settings, field))


def _in_words(commentary: Commentary) -> Iterator[_Named]:
    yield from _about("comments", commentary.comments)


def _about(field: str, entries: Collection) -> Iterator[_Named]:
    """The measure of each entry, and its area where it names one."""
    for number, entry in enumerate(entries, start=1):
        yield f"{field} item {number}.measure", entry.measure, MEASURE
        if entry.area is not None:
            yield f"{field} item {number}.area", entry.area, AREA


def _problem(file: str, named: _Named, known: Collection[str]) -> SettingsProblem:
    field, name, kind = named
    listed = " `frankpledge measures list` prints them all." if kind == MEASURE else ""
    what_to_do = f"Correct the name or take the entry out.{listed}"
    if field == "force":
        what_to_do = (
            "Correct the name, or list in `areas` the areas in the figures that it is the sum of."
        )
    return SettingsProblem(file, field, repr(name), one_of(name, known, kind), what_to_do)


def one_of(name: str, known: Collection[str], kind: str) -> str:
    """What stands in place of a name that matches nothing: "an area in the figures: A, B (nearest: A)".

    Where there are more than twelve, only the nearest are named, or how many there are.
    """
    names = sorted(known)
    article = "an" if kind[0] in "aeiou" else "a"
    if not names:
        return f"{article} {kind}, of which there are none"
    near = _nearest(name, names)
    nearest = f"nearest: {', '.join(near)}" if near else ""
    if len(names) > MOST_NAMED:
        return f"{article} {kind} ({nearest or f'there are {len(names):,}'})"
    told = f"{article} {kind}: {', '.join(names)}"
    return f"{told} ({nearest})" if near else told


def _nearest(name: str, names: Collection[str]) -> list[str]:
    """The names spelt most like this one, whatever their capitals."""
    folded = {known.casefold(): known for known in names}
    return [folded[near] for near in get_close_matches(name.casefold(), folded, n=3)]
