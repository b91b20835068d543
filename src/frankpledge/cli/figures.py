"""`frankpledge figures`: are they right, and can they be brought into a form we read?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from frankpledge.analysis.periods import month_name, parse_month
from frankpledge.cli.telling import WRONG_INPUT, notes, out, problems, progress
from frankpledge.definitions import DefinitionsError, Library, load
from frankpledge.figures import Reading, convert_police_uk, read, write_tidy

app = typer.Typer(
    help="Check figures before they are used, and bring others' files into a form we read.",
    no_args_is_help=True,
)
convert = typer.Typer(help="Bring others' files into a form we read.", no_args_is_help=True)
app.add_typer(convert, name="convert")

Measures = Annotated[Path | None, typer.Option(help="A folder of measure definitions of your own.")]


@app.command("check")
def check_figures(
    figures: Annotated[
        list[Path],
        typer.Argument(help="Files or folders: CSV, XLSX or Parquet.", show_default=False),
    ],
    until: Annotated[
        str | None,
        typer.Option(help="The last month a figure may be of, as 2022-06. Without it: this month."),
    ] = None,
    measures: Measures = None,
) -> None:
    """Say everything that is wrong with figures, at once, with where and what to do.

    Exits with 0 when they can be used, with 1 when something is wrong.

    Example:  frankpledge figures check my-figures.csv
    """
    library = _library(measures)
    last = _month(until)
    with progress("Reading") as tell:
        reading = read(figures, library, calendar_until=last, progress=tell)
    _stop_if_wrong(reading, "These figures cannot be used:")
    out.print(_summary(reading))


@convert.command("police-uk")
def convert_street(
    folder: Annotated[
        Path,
        typer.Argument(help="A folder of street files as downloaded from data.police.uk."),
    ],
    lookup: Annotated[
        list[Path],
        typer.Option(
            help="A file from LSOA to area; or, given twice, from LSOA to district and from district to area.",
            show_default=False,
        ),
    ],
    out_file: Annotated[
        Path,
        typer.Option("--out", help="The file to write: .csv or .parquet.", show_default=False),
    ],
    force: Annotated[
        str | None, typer.Option(help="The force's name. Without it: as the files have it.")
    ] = None,
    area_column: Annotated[
        str, typer.Option(help="The look-up's column that names the area.")
    ] = "area",
    outside: Annotated[
        bool,
        typer.Option(
            "--outside-as-area",
            help="Give records without an area a row of their own, so that areas add up.",
        ),
    ] = False,
    known_at: Annotated[
        str | None, typer.Option(help="The day these figures were published, as 2025-03-01.")
    ] = None,
    measures: Measures = None,
) -> None:
    """Count data.police.uk street crime by area and month, every record once.

    Example:  frankpledge figures convert police-uk downloads/ --lookup lsoa-to-area.csv --out figures.csv
    """
    library = _library(measures)
    day = _day(known_at)
    with progress("Counting") as tell:
        reading = convert_police_uk(
            folder,
            lookup,
            library,
            force=force,
            area_column=area_column,
            outside_as_area=outside,
            known_at=day,
            progress=tell,
        )
    _write(reading, out_file)


@convert.command("tidy")
def convert_to_tidy(
    figures: Annotated[
        list[Path],
        typer.Argument(
            help="Files with a column a month, or of any form we read.", show_default=False
        ),
    ],
    out_file: Annotated[
        Path,
        typer.Option("--out", help="The file to write: .csv or .parquet.", show_default=False),
    ],
    column: Annotated[
        list[str] | None,
        typer.Option(help="A header by our name for it, as measure=MinorText; once for each."),
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(help="The day these figures were published, as 2025-03-01.")
    ] = None,
    measures: Measures = None,
) -> None:
    """Write figures a row each, with the day they were published; two such files show the revisions.

    Example:  frankpledge figures convert tidy wide.csv --known-at 2022-02-01 --out figures.csv
    """
    library = _library(measures)
    day = _day(known_at)
    named = dict(_column(text) for text in column or [])
    with progress("Reading") as tell:
        reading = read(figures, library, known_at=day, columns=named, progress=tell)
    _write(reading, out_file)


def _column(text: str) -> tuple[str, str]:
    """ "measure=MinorText" as the file's header and our name for it."""
    ours, given, theirs = text.partition("=")
    if not given or not theirs:
        raise typer.BadParameter(
            f"{text!r} is not a pair: write it as measure=MinorText", param_hint="--column"
        )
    return theirs.strip(), ours.strip()


def _write(reading: Reading, path: Path) -> None:
    _stop_if_wrong(reading, "Nothing was written. Put this right first:")
    try:
        write_tidy(reading.observations, path)
    except (OSError, ValueError) as refused:
        problems("Nothing was written:", [refused])
        raise typer.Exit(WRONG_INPUT) from None
    out.print(f"{_summary(reading)} Written to {path}.", markup=False)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not a date: write it as 2025-03-01", param_hint="--known-at"
        ) from None


def _library(folder: Path | None) -> Library:
    try:
        return load(extra=folder)
    except DefinitionsError as wrong:
        problems("These definitions cannot be used:", wrong.problems)
        raise typer.Exit(WRONG_INPUT) from None


def _month(text: str | None) -> date | None:
    try:
        return parse_month(text) if text else None
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--until") from None


def _stop_if_wrong(reading: Reading, heading: str) -> None:
    notes(reading.notes)
    if not reading.problems:
        return
    problems(heading, reading.problems, reading.total)
    raise typer.Exit(WRONG_INPUT)


def _summary(reading: Reading) -> str:
    """What was read, in a sentence."""
    figures = reading.observations
    if figures.is_empty():
        return "There are no figures in it."
    months = figures["month"]
    return (
        f"{figures.height:,} figures can be used: {figures['measure'].n_unique():,} measures,"
        f" {figures['area'].n_unique():,} areas, {month_name(months.min())} to {month_name(months.max())}."
    )
