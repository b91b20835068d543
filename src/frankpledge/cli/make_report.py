"""What `frankpledge report` does once it knows what it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import typer

from frankpledge.analysis.assembly import find
from frankpledge.analysis.findings import Findings
from frankpledge.analysis.periods import last_day, month_name
from frankpledge.analysis.series import as_known_at
from frankpledge.analysis.whole import area_that_is_the_sum
from frankpledge.cli.telling import WRONG_INPUT, Step, err, notes, out, problems, progress
from frankpledge.definitions import DefinitionsError, load
from frankpledge.definitions.library import Library
from frankpledge.figures import FiguresError, Reading, read_or_refuse
from frankpledge.reporting.build import build_report
from frankpledge.reporting.commentary import Commentary, read_commentary
from frankpledge.reporting.making import Stages, pdf_setter, write_forms
from frankpledge.reporting.matching import AREA, names_that_match_nothing, one_of
from frankpledge.reporting.problems import SettingsError, SettingsProblem
from frankpledge.reporting.settings import ReportSettings, read_settings

STAGES = 12


@dataclass(frozen=True)
class Asked:
    """The command's words, understood."""

    figures: tuple[Path, ...]
    month: date
    out: Path
    as_at: date | None
    settings: Path | None
    commentary: Path | None
    measures: Path | None
    force: str | None
    forms: tuple[str, ...]
    times: bool


def make_report(asked: Asked) -> None:
    """Make the report and say what was made, or say everything that is wrong and write nothing."""
    _refuse_unwritable(asked.out)
    stages = Stages()
    try:
        with progress("Making the report") as tell, _pdf_setter(asked.forms) as beside:
            said, findings, written = _made(asked, _counted(tell), stages, beside)
    except (DefinitionsError, FiguresError, SettingsError) as wrong:
        total = getattr(wrong, "total", len(wrong.problems))
        problems("Nothing was written. Put this right first:", wrong.problems, total)
        raise typer.Exit(WRONG_INPUT) from None
    except OSError as refused:
        place = refused.filename or asked.out
        problems("Nothing was written:", [f"{place}: {refused.strerror}"])
        raise typer.Exit(WRONG_INPUT) from None
    notes(said)
    _say_what_was_made(findings, written)
    if asked.times:
        for stage, seconds in stages.seconds.items():
            err.print(f"  {stage}: {seconds:.1f} s", markup=False)


def _made(
    asked: Asked, step: Callable[[str], None], stages: Stages, beside: Executor | None
) -> tuple[list[object], Findings, list[Path]]:
    step("Reading the measures")
    library = load(extra=asked.measures)
    with stages.timed("Reading"):
        step("Reading the figures")
        reading = read_or_refuse(asked.figures, library)
    settings, said = _settings(asked, reading, library.traits())
    words = _commentary(asked)
    _refuse_names_that_match_nothing(asked, settings, words, reading, library)
    with stages.timed("Analysis"):
        findings = find(reading.observations, library.traits(), settings.brief(asked.month), step)
    _refuse_empty(findings, reading, asked.month)
    with stages.timed("Document"):
        step("Putting it into words")
        report = build_report(findings, library, settings, words)
    written = write_forms(report, findings, asked.out, asked.forms, step, stages, beside)
    return [*reading.notes, *said], findings, written


def _refuse_unwritable(folder: Path) -> None:
    """Said before the figures are read, not after a minute of work."""
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        wrong = f"{there} is a file, not a folder: give another name with --out."
    elif not os.access(there, os.W_OK | os.X_OK):
        wrong = f"{there} cannot be written to: check the permissions, or give another folder with --out."
    else:
        return
    problems("Nothing was written:", [wrong])
    raise typer.Exit(WRONG_INPUT)


def _pdf_setter(forms: Sequence[str]) -> AbstractContextManager[Executor | None]:
    return pdf_setter() if "pdf" in forms else nullcontext()


def _counted(tell: Step) -> Callable[[str], None]:
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
    asked: Asked, reading: Reading, traits: pl.DataFrame
) -> tuple[ReportSettings, list[str]]:
    """The report's settings, and what is worth saying about how they came about."""
    path = _settings_file(asked)
    if path:
        found, said = read_settings(path), []
        if asked.force and asked.force != found.force:
            raise SettingsError([_named_twice(path, found.force, asked.force)])
    else:
        whole, said = _whole(asked, reading.observations, traits)
        found = _plain_settings(reading, whole, asked.month)
    return found.model_copy(update={"as_at": asked.as_at} if asked.as_at else {}), said


def _refuse_names_that_match_nothing(
    asked: Asked, settings: ReportSettings, words: Commentary, reading: Reading, library: Library
) -> None:
    """A name misspelt would leave out in silence what its entry is there for."""
    found = names_that_match_nothing(
        settings,
        words,
        set(reading.observations["area"]),
        [measure.id for measure in library],
        settings_file=str(_settings_file(asked) or "the command"),
        commentary_file=str(_commentary_file(asked) or "the command"),
    )
    if found:
        raise SettingsError(found)


def _settings_file(asked: Asked) -> Path | None:
    return asked.settings or _beside(asked.figures, "report.toml")


def _commentary_file(asked: Asked) -> Path | None:
    return asked.commentary or _beside(asked.figures, "commentary.toml")


def _whole(asked: Asked, figures: pl.DataFrame, traits: pl.DataFrame) -> tuple[str, list[str]]:
    """The force of figures that came alone: the one named, the area that is the sum, or the sum."""
    areas = figures["area"].unique().sort().to_list()
    if asked.force:
        if asked.force not in areas:
            raise SettingsError([_no_such_force(asked.force, areas)])
        return asked.force, []
    whole = area_that_is_the_sum(as_known_at(figures, asked.as_at), traits)
    if whole is None:
        return "All areas", []
    return whole, [
        f"{whole} is the sum of the other areas and is taken as the force; say --force to choose."
    ]


def _named_twice(path: Path, settled: str, asked: str) -> SettingsProblem:
    return SettingsProblem(
        str(path), "force", repr(settled), f"the force that --force names, {asked!r}",
        "Leave out --force, or change the settings.",
    )  # fmt: skip


def _no_such_force(force: str, areas: list[str]) -> SettingsProblem:
    return SettingsProblem(
        "the command", "--force", repr(force), one_of(force, areas, AREA),
        "Name one of these with --force, or leave it out.",
    )  # fmt: skip


def _plain_settings(reading: Reading, whole: str, month: date) -> ReportSettings:
    """Settings for figures that came alone: every area, the force named or else their sum."""
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


def _commentary(asked: Asked) -> Commentary:
    path = _commentary_file(asked)
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
