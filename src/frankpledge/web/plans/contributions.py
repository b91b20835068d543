"""What apps that stand above the plan show on its pages: whether a promise is being kept.

An app registers functions in its `AppConfig.ready`:

    @contributes("commitment", order=10)
    def actions_of(commitment: Commitment, reader: Reader) -> Section | None: ...

    @contributes("plan", order=10)
    def progress_of_actions(plan: Plan, reader: Reader) -> Progress | None: ...

A function asks for its rows `.visible_to(reader)`, and for a whole plan in a fixed number of queries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from frankpledge.web.audit.visibility import Reader
from frankpledge.web.plans.models import Commitment, Plan

SLOTS = ("commitment", "plan")

_contributors: dict[str, list[tuple[int, str, Callable[[Any, Reader], Any]]]] = defaultdict(list)


@dataclass(frozen=True)
class Section:
    """A part of a commitment's page: a heading, and a template of the app with what it needs.

    The template finds each word of `context` under its own name, and all of them in `part`.
    """

    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One fact on the plan's page, such as "3 of 7 actions are overdue", with its way in.

    With a `tone` (good, done, caution, bad, quiet) it is shown as a status.
    """

    text: str
    address: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Progress:
    """Lines for objectives and for commitments, by their primary keys."""

    objectives: Mapping[int, tuple[Line, ...]] = field(default_factory=dict)
    commitments: Mapping[int, tuple[Line, ...]] = field(default_factory=dict)


def contributes(slot: str, *, order: int = 50) -> Callable:
    """Register a function for a slot. Lower orders come first; registering again replaces."""
    if slot not in SLOTS:
        raise LookupError(
            f"There is no slot {slot!r} on a plan's pages. Those there are: {', '.join(SLOTS)}."
        )

    def registered(function: Callable[[Any, Reader], Any]) -> Callable[[Any, Reader], Any]:
        name = f"{function.__module__}.{function.__qualname__}"
        kept = [each for each in _contributors[slot] if each[1] != name]
        _contributors[slot] = sorted([*kept, (order, name, function)], key=lambda each: each[:2])
        return function

    return registered


def withdraw(function: Callable[[Any, Reader], Any]) -> None:
    """Take a contribution back: for tests."""
    for slot, registered in _contributors.items():
        _contributors[slot] = [each for each in registered if each[2] is not function]


def sections(commitment: Commitment, reader: Reader) -> list[Section]:
    """The parts that other apps show on this commitment's page, in order."""
    found = [function(commitment, reader) for _, _, function in _contributors["commitment"]]
    return [section for section in found if section]


def progress(plan: Plan, reader: Reader) -> Progress:
    """What other apps say about each objective and commitment, in order, together."""
    objectives: dict[int, tuple[Line, ...]] = defaultdict(tuple)
    commitments: dict[int, tuple[Line, ...]] = defaultdict(tuple)
    for _, _, function in _contributors["plan"]:
        said = function(plan, reader)
        for pk, lines in (said.objectives if said else {}).items():
            objectives[pk] += tuple(lines)
        for pk, lines in (said.commitments if said else {}).items():
            commitments[pk] += tuple(lines)
    return Progress(dict(objectives), dict(commitments))
