"""Making the report: one document, then every form of it, all or none.

The PDF is set in a process of its own while this one makes the Word file and the workbook. Every
form is first written to a folder beside the others and moved into place when all are whole, so a
report that was interrupted leaves the earlier one as it was.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from frankpledge.analysis.findings import Findings
from frankpledge.reporting.document import Report
from frankpledge.reporting.excel import write_workbook
from frankpledge.reporting.findings_json import write_findings
from frankpledge.reporting.forms import FORMS
from frankpledge.reporting.html import render
from frankpledge.reporting.pdf import write_pdf
from frankpledge.reporting.word import write_word

UNFINISHED = ".unfinished-"

Step = Callable[[str], None]


@dataclass
class Stages:
    """How long each stage took, in seconds, in the order they ended."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - began


def write_forms(
    report: Report,
    findings: Findings,
    out: Path,
    forms: tuple[str, ...] = tuple(FORMS),
    step: Step = lambda _: None,
    stages: Stages | None = None,
) -> list[Path]:
    """Write the forms asked for, `findings.json` and its schema into `out`; their paths.

    Raises OSError where `out` cannot be written to; what stood there before is then untouched.
    """
    stages = stages or Stages()
    with _moved_into_place(out) as folder:
        step("Writing the web page")
        with stages.timed("HTML"):
            html = folder / FORMS["html"]
            html.write_text(render(report), encoding="utf-8")
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
            pdf = None
            printed = folder / "print.html"
            if "pdf" in forms:
                printed.write_text(render(report, for_print=True), encoding="utf-8")
                pdf = beside.submit(_set_pdf, printed, folder / FORMS["pdf"])
            with stages.timed("findings.json"):
                write_findings(findings, report.title_page, folder / "findings.json")
            if "excel" in forms:
                step("Writing the workbook")
                with stages.timed("Excel"):
                    write_workbook(report, folder / FORMS["excel"])
            if "word" in forms:
                step("Writing the Word file")
                with stages.timed("Word"):
                    write_word(report, folder / FORMS["word"])
            if pdf is not None:
                step("Setting the PDF")
                stages.seconds["PDF (beside the others)"] = pdf.result()
                printed.unlink()
        if "html" not in forms:
            html.unlink()
        return [out / path.name for path in sorted(folder.iterdir())]


def _set_pdf(html: Path, path: Path) -> float:
    """Set the PDF; how many seconds it took. Runs in a process of its own."""
    began = time.perf_counter()
    write_pdf(html.read_text(encoding="utf-8"), path)
    return time.perf_counter() - began


@contextmanager
def _moved_into_place(out: Path) -> Iterator[Path]:
    """A folder to write in, whose files move to `out` together when the work is done."""
    out.mkdir(parents=True, exist_ok=True)
    for left in out.glob(f"{UNFINISHED}*"):
        if not _alive(left.name.removeprefix(UNFINISHED)):
            shutil.rmtree(left, ignore_errors=True)
    folder = out / f"{UNFINISHED}{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
        for path in folder.iterdir():
            os.replace(path, out / path.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: str) -> bool:
    """Whether a process of ours with this number still runs (another report, into the same folder)."""
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
