"""`frankpledge report`: from figures to the report, in one command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from frankpledge.analysis.assembly import find
from frankpledge.analysis.findings import Findings
from frankpledge.analysis.periods import last_day, month_name, parse_month
from frankpledge.cli.telling import WRONG_INPUT, err, notes, out, problems, progress
from frankpledge.definitions import DefinitionsError, load
from frankpledge.figures import FiguresError, Reading, read_or_refuse
from frankpledge.reporting.build import build_report
from frankpledge.reporting.commentary import Commentary, read_commentary
from frankpledge.reporting.making import FORMS, Stages, write_forms
from frankpledge.reporting.problems import SettingsError
from frankpledge.reporting.settings import ReportSettings, read_settings

STAGES = 8


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
    stages = Stages()
    try:
        with progress("Making the report") as tell:
            step = _counted(tell)
            step("Reading the measures")
            library = load(extra=measures)
            with stages.timed("Reading"):
                step("Reading the figures")
                reading = read_or_refuse(figures, library)
            chosen = _settings(settings, figures, reading, force, reported, known_by)
            words = _commentary(commentary, figures)
            with stages.timed("Analysis"):
                findings = find(
                    reading.observations, library.traits(), chosen.brief(reported), step
                )
            _refuse_empty(findings, reading, reported)
            with stages.timed("Document"):
                step("Putting it into words")
                built = build_report(findings, library, chosen, words)
            written = write_forms(built, findings, out_folder, forms, step, stages)
    except (DefinitionsError, FiguresError, SettingsError) as wrong:
        problems("Nothing was written. Put this right first:", wrong.problems)
        raise typer.Exit(WRONG_INPUT) from None
    except OSError as refused:
        problems("Nothing was written:", [f"{refused.filename or out_folder}: {refused.strerror}"])
        raise typer.Exit(WRONG_INPUT) from None
    notes(reading.notes)
    _say_what_was_made(findings, written)
    if times:
        for stage, seconds in stages.seconds.items():
            err.print(f"  {stage}: {seconds:.1f} s", markup=False)


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


def _counted(tell):
    """A step that counts itself, so that the bar moves."""
    done = 0

    def step(now: str) -> None:
        nonlocal done
        tell(done, STAGES, now)
        done = min(done + 1, STAGES)

    return step


def _beside(figures: Sequence[Path], name: str) -> Path | None:
    """The file of this name in the folder of figures, or beside the first file of them."""
    folders = [path if path.is_dir() else path.parent for path in figures]
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _settings(
    named: Path | None,
    figures: Sequence[Path],
    reading: Reading,
    force: str | None,
    month: date,
    as_at: date | None,
) -> ReportSettings:
    path = named or _beside(figures, "report.toml")
    found = read_settings(path) if path else _plain_settings(reading, force, month)
    return found.model_copy(update={"as_at": as_at} if as_at else {})


def _plain_settings(reading: Reading, force: str | None, month: date) -> ReportSettings:
    """Settings for figures that came alone: every area, the force named or else their sum."""
    whole = force or "All areas"
    areas = reading.observations["area"].unique().sort().to_list()
    kinds = set(reading.observations["measure"].unique())
    police_uk = any(name.startswith("police-uk-") for name in kinds)
    table = "police-uk" if police_uk else None
    return ReportSettings(
        title="Performance report",
        purpose="What the figures say, with their working.",
        version="draft",
        author_role="Performance analyst",
        owner_role="Head of performance",
        date=max(last_day(month), date.today()),
        force=whole,
        areas=tuple(area for area in areas if area != whole),
        force_table=table or "force-volumes",
        area_table=table or "area-volumes",
    )


def _commentary(named: Path | None, figures: Sequence[Path]) -> Commentary:
    path = named or _beside(figures, "commentary.toml")
    return read_commentary(path) if path else Commentary()


def _refuse_empty(findings: Findings, reading: Reading, month: date) -> None:
    """A report of a month that no figure is of would be an empty one: say so instead."""
    if findings.newest["value"].drop_nulls().len():
        return
    months = reading.observations["month"]
    span = (
        f"from {month_name(months.min())} to {month_name(months.max())}" if len(months) else "none"
    )
    problems(
        "Nothing was written.",
        [
            f"No figure is of {month_name(month)}. The figures given are {span}: choose a month of these."
        ],
    )
    raise typer.Exit(WRONG_INPUT)


def _say_what_was_made(findings: Findings, written: Sequence[Path]) -> None:
    pack = findings.pack
    chance = (
        ""
        if pack.expected_by_chance is None
        else f"; about {pack.expected_by_chance:.0f} would be by chance alone"
    )
    out.print(
        f"{month_name(findings.month)}: {pack.judged:,} series judged, {pack.crossings:,} outside their limits"
        f"{chance}; {pack.strong:,} strong."
    )
    for path in written:
        out.print(f"  {path}", markup=False)
