"""`frankpledge report`: from figures to the report, in one command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from frankpledge.analysis.periods import parse_month
from frankpledge.reporting.forms import FORMS


def report(
    figures: Annotated[
        list[Path],
        typer.Argument(
            help="Files or folders of figures: CSV, XLSX or Parquet.", show_default=False
        ),
    ],
    month: Annotated[
        str, typer.Option(help="The month to report, as 2022-06.", show_default=False)
    ],
    out_folder: Annotated[
        Path, typer.Option("--out", help="The folder to write the report to.")
    ] = Path("build"),
    as_at: Annotated[
        str | None,
        typer.Option(help="Leave out what became known after this day, as 2022-07-31."),
    ] = None,
    settings: Annotated[
        Path | None,
        typer.Option(help="The report's settings. Without it: report.toml beside the figures."),
    ] = None,
    commentary: Annotated[
        Path | None,
        typer.Option(help="What people say. Without it: commentary.toml beside the figures."),
    ] = None,
    measures: Annotated[
        Path | None, typer.Option(help="A folder of measure definitions of your own.")
    ] = None,
    force: Annotated[
        str | None, typer.Option(help="The area the others add up to, where no settings say so.")
    ] = None,
    form: Annotated[
        list[str] | None,
        typer.Option(help=f"Only this form, once for each: {', '.join(FORMS)}. Without it: all."),
    ] = None,
    times: Annotated[bool, typer.Option(help="Say how long each stage took.")] = False,
) -> None:
    """Write the performance report of a month: web page, tagged PDF, Word, Excel, findings.json.

    Everything wrong with the figures or the settings is said at once, and then nothing is written.

    Example:  frankpledge report demo --month 2022-06 --out build/demo
    """
    reported = _month(month)
    known_by = _day(as_at)
    forms = _forms(form)
    # The libraries behind the report take seconds to load, which `--help` and a slip need not wait for.
    from frankpledge.cli.make_report import Asked, make_report

    make_report(
        Asked(
            figures=tuple(figures),
            month=reported,
            out=out_folder,
            as_at=known_by,
            settings=settings,
            commentary=commentary,
            measures=measures,
            force=force,
            forms=forms,
            times=times,
        )
    )


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong), param_hint="--month") from None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is not a date: write it as 2022-07-31", param_hint="--as-at"
        ) from None


def _forms(asked: Sequence[str] | None) -> tuple[str, ...]:
    unknown = [form for form in asked or () if form not in FORMS]
    if unknown:
        raise typer.BadParameter(
            f"{unknown[0]!r} is not one of {', '.join(FORMS)}", param_hint="--form"
        )
    return tuple(asked or FORMS)
