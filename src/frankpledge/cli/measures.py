"""`frankpledge measures`: what the measures are, and whether their definitions hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from frankpledge.cli.telling import WRONG_INPUT, notes, out, problems
from frankpledge.definitions import DefinitionsError, check, load
from frankpledge.definitions.schema import Measure

app = typer.Typer(
    help="What the measures are, and whether their definitions hold.", no_args_is_help=True
)

Folder = Annotated[
    Path | None,
    typer.Argument(
        help="A folder of your own definitions, one TOML file a measure. Without it: the ones that come with Frankpledge.",
        show_default=False,
    ),
]


@app.command("list")
def list_measures(
    folder: Folder = None,
    table: Annotated[
        str | None,
        typer.Option(help="Only one volume table: force-volumes, area-volumes or police-uk."),
    ] = None,
) -> None:
    """List every measure: its id (what to write in your figures), reference, unit and title.

    Example:  frankpledge measures list --table force-volumes
    """
    try:
        library = load(extra=folder)
        chosen = library.volumes(table) if table else tuple(library)
    except DefinitionsError as wrong:
        problems("These definitions cannot be used:", wrong.problems)
        raise typer.Exit(WRONG_INPUT) from None
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from None
    for measure in chosen:
        typer.echo("  ".join(_told(measure)))


def _told(measure: Measure) -> list[str]:
    """One line, never cut to the width of a screen: the id is there to be copied."""
    reference = measure.reference or measure.part_of or "-"
    return [measure.id, reference, measure.unit, measure.title]


@app.command("check")
def check_measures(
    folder: Folder = None,
    day: Annotated[
        str | None,
        typer.Option(help="The day to judge overdue reviews by, as 2022-07-15. Without it: today."),
    ] = None,
) -> None:
    """Check definitions: everything that is wrong, at once, and which reviews are overdue.

    Exits with 0 when all can be used, with 1 when something is wrong.

    Example:  frankpledge measures check my-measures/
    """
    try:
        judged_on = date.fromisoformat(day) if day else date.today()
    except ValueError:
        raise typer.BadParameter(f"{day!r} is not a date: write it as 2022-07-15") from None
    found = check(folder, day=judged_on)
    notes(found.notes)
    if found.problems:
        problems("These definitions cannot be used:", found.problems)
        raise typer.Exit(WRONG_INPUT)
    out.print(f"{found.count} definitions can be used.")
