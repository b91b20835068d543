"""A force with two measures and two years of invented figures, and what is asked about it."""

from __future__ import annotations

import io
from datetime import date

import polars as pl

from frankpledge.web.measures.acts import commit_upload, load_definitions, upload_figures
from frankpledge.web.measures.outcomes import fingerprint
from frankpledge.web.measures.previewing import preview_of
from frankpledge.web.reports.acts import ask_for_report
from frankpledge.web.reports.models import Audience, Report, ReportRun

KEYS = ("shoplifting", "personal-robbery")
JUNE = date(2022, 6, 1)
KNOWN = date(2022, 7, 20)


def figures() -> bytes:
    """Shoplifting and burglary for 26 months, as a tidy CSV; the last of each is far above the rest."""
    months = [date(2020 + (4 + n) // 12, (4 + n) % 12 + 1, 1) for n in range(26)]
    rows = [
        {"measure": key, "area": area, "month": month,
         "value": 90 + 7 * (n % 5) + (80 if month == JUNE and area == "East" else 0)}
        for key in KEYS for area in ("East", "West") for n, month in enumerate(months)
    ]  # fmt: skip
    whole = {}
    for row in rows:
        whole[row["measure"], row["month"]] = (
            whole.get((row["measure"], row["month"]), 0) + row["value"]
        )
    rows += [
        {"measure": k, "area": "Northshire", "month": m, "value": v} for (k, m), v in whole.items()
    ]
    out = io.BytesIO()
    pl.DataFrame(rows).write_csv(out)
    return out.getvalue()


def stock(people, force, *, visibility: str = "public") -> None:
    """Give the force its measures and their figures."""
    analyst = people["force_analyst"]
    load_definitions(by=analyst, force=force, keys=KEYS, visibility=visibility)
    upload = upload_figures(
        by=analyst, force=force, data=figures(), name="figures.csv", known_at=KNOWN
    )
    commit_upload(by=analyst, upload=upload, seen=fingerprint(preview_of(analyst, upload).judged))


def ask(people, bodies, **more) -> ReportRun:
    asked = {
        "month": JUNE,
        "as_at": KNOWN,
        "title": "Performance report",
        "audience": Audience.EVERYBODY,
    }
    return ask_for_report(
        by=people["office_officer"], body=bodies["office"], force=bodies["force"], **asked | more
    )


def made(run: ReportRun) -> Report:
    """The report of a run, with small files in place of the real ones: for tests of what follows."""
    from frankpledge.web.audit.acts import THE_SYSTEM
    from frankpledge.web.reports.acts import begin_run, keep_report
    from frankpledge.web.reports.gathering import gather
    from frankpledge.web.reports.inputs import keep

    inputs = gather(run.report)
    keep(inputs, run.report.folder / "inputs")
    folder = run.report.folder / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("report.html", "report.pdf", "report.docx", "report.xlsx", "findings.json"):
        (folder / name).write_text(f"<style>p {{color: red}}</style>{name}", encoding="utf-8")
    begun = begin_run(by=THE_SYSTEM, run=run)
    return keep_report(by=THE_SYSTEM, run=begun, inputs=inputs, files=sorted(folder.iterdir()))
