"""How the command line speaks: what is done, what is wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

DONE = 0
WRONG_INPUT = 1
WRONG_COMMAND = 2
OUR_FAULT = 70

Step = Callable[[int, int, str], None]
"""Told by long work: how much is done, of how much, and what is being done now."""


MOST_TOLD = 200


def problems(heading: str, found: Sequence[object], total: int | None = None) -> None:
    """Everything that is wrong, at once, on the error stream; past the first 200 the rest is counted.

    `total` is how many there are in all, where `found` does not hold every one.
    """
    told = found[:MOST_TOLD]
    err.print(f"[bold]{heading}[/bold]")
    for problem in told:
        err.print(f"  • {problem}", markup=False)
    untold = (total or len(found)) - len(told)
    if untold > 0:
        err.print(f"  … and {untold:,} more.", markup=False)


def notes(found: Sequence[object]) -> None:
    """What is worth knowing and stops nothing."""
    for note in found:
        err.print(f"Note: {note}", markup=False)


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """A bar on a terminal; on anything else a plain line when the step's name changes."""
    if not err.is_terminal:
        yield _plain_lines()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of, now: bar.update(task, completed=done, total=of, description=now)


def _plain_lines() -> Step:
    said = ""

    def say(done: int, of: int, now: str) -> None:
        nonlocal said
        if now != said:
            said = now
            err.print(now, markup=False)

    return say
