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
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from frankpledge.analysis.findings import Findings
from frankpledge.reporting.document import Report
from frankpledge.reporting.findings_json import write_findings
from frankpledge.reporting.forms import FORMS

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


@contextmanager
def pdf_setter() -> Iterator[Executor]:
    """A process of its own for the PDF, which takes longest. It loads while others read and reckon."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        beside.submit(_load)
        yield beside


def _load() -> None:
    import frankpledge.reporting.pdf  # noqa: F401


def write_forms(
    report: Report,
    findings: Findings,
    out: Path,
    forms: tuple[str, ...] = tuple(FORMS),
    step: Step = lambda _: None,
    stages: Stages | None = None,
    beside: Executor | None = None,
) -> list[Path]:
    """Write the forms asked for, `findings.json` and its schema into `out`; their paths.

    `beside` is an open `pdf_setter`; without one, one is opened here. Raises OSError where `out`
    cannot be written to; what stood there before is then untouched.
    """
    stages = stages or Stages()
    with ExitStack() as open_until_done:
        folder = open_until_done.enter_context(_moved_into_place(out))
        pdf = None
        if "pdf" in forms:
            beside = beside or open_until_done.enter_context(pdf_setter())
            pdf = beside.submit(_set_pdf, report, folder / FORMS["pdf"])
        step("Writing the findings")
        with stages.timed("findings.json"):
            write_findings(findings, report.title_page, folder / "findings.json")
        for form in ("html", "excel", "word"):
            if form in forms:
                step(f"Writing {FORMS[form]}")
                with stages.timed(FORMS[form]):
                    _writer(form)(report, folder / FORMS[form])
        if pdf is not None:
            step("Setting the PDF")
            stages.seconds[f"{FORMS['pdf']}, beside the others"] = pdf.result()
        return [out / path.name for path in sorted(folder.iterdir())]


def _writer(form: str) -> Callable[[Report, Path], None]:
    """What writes a form. Loaded when it is wanted: each brings in libraries that take a second."""
    if form == "html":
        from frankpledge.reporting.html import write_html as writer
    elif form == "excel":
        from frankpledge.reporting.excel import write_workbook as writer
    else:
        from frankpledge.reporting.word import write_word as writer
    return writer


def _set_pdf(report: Report, path: Path) -> float:
    """Set the PDF; how many seconds it took. Runs in a process of its own."""
    from frankpledge.reporting.pdf import write_report

    began = time.perf_counter()
    write_report(report, path)
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
