"""Findings as a file for machines: every number of the report, by measure, area, month and name.

The schema stands in `schemas/findings.schema.json` and is written beside the file.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from frankpledge.analysis.findings import NAMES, Findings
from frankpledge.reporting.document import TitlePage

SCHEMA = "frankpledge-findings-1"


def findings_document(findings: Findings, title_page: TitlePage) -> dict[str, Any]:
    """The whole of `findings.json` as plain values, in a stable order."""
    pack = findings.pack
    return {
        "schema": SCHEMA,
        "report": {
            "title": title_page.title,
            "force": title_page.force,
            "month": f"{findings.month:%Y-%m}",
            "version": title_page.version,
            "classification": title_page.classification,
            "as_at": pack.as_at.isoformat() if pack.as_at else None,
            "limits": pack.limits,
            "series_judged": pack.judged,
            "crossings": pack.crossings,
            "strong": pack.strong,
            "expected_by_chance": pack.expected_by_chance,
            "false_discovery_level": pack.false_discovery_level,
        },
        "names": NAMES,
        "findings": plain(findings),
    }


def plain(findings: Findings) -> list[dict[str, Any]]:
    """Every finding as plain values, a dictionary each: what may leave, and nothing else."""
    return [_finding(row) for row in findings.numbers().iter_rows(named=True)]


def _finding(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "measure": row["measure"],
        "area": row["area"],
        "month": f"{row['month']:%Y-%m}",
        "name": row["name"],
        "value": _value(row),
        "unit": row["unit"],
        "condition": row["condition"],
        "origin": row["origin"],
    }


def _value(row: dict[str, Any]) -> float | int | bool | str | None:
    if row["word"] is not None:
        return row["word"]
    number = row["number"]
    if number is None or row["unit"] != "yes or no":
        return int(number) if number is not None and number.is_integer() else number
    return bool(number)


def write_findings(findings: Findings, title_page: TitlePage, path: Path) -> None:
    """Write `findings.json` and, beside it, the schema it follows."""
    document = findings_document(findings, title_page)
    lines = ",\n".join(json.dumps(f, ensure_ascii=False) for f in document.pop("findings"))
    head = json.dumps(document, ensure_ascii=False, indent=1)[:-2]
    path.write_text(f'{head},\n "findings": [\n{lines}\n]}}\n', encoding="utf-8")
    path.with_name("findings.schema.json").write_text(schema_text(), encoding="utf-8")


def schema_text() -> str:
    """The published schema of `findings.json`."""
    schemas = files("frankpledge.reporting") / "schemas"
    return (schemas / "findings.schema.json").read_text(encoding="utf-8")
