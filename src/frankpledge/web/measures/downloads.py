"""Figures as files for machines: the findings that a page shows, by the names that may leave."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from frankpledge.analysis.findings import NAMES, PROJECTION_NAMES
from frankpledge.reporting.findings_json import plain
from frankpledge.web.measures.findings.packing import Kept

FIELDS = ("measure", "area", "month", "name", "value", "unit", "condition", "origin")
"""What leaves, and nothing else; `name` is one of `analysis.findings.NAMES`."""


def as_csv(kept: Kept) -> str:
    """A row a finding. Where there is no value the condition says why."""
    text = StringIO()
    write = csv.DictWriter(text, FIELDS, lineterminator="\r\n")
    write.writeheader()
    write.writerows(_listed(finding) for finding in plain(kept.findings))
    return text.getvalue()


def as_json(kept: Kept, key: str) -> dict[str, Any]:
    """The findings of a measure with what each name means."""
    findings = [_listed(finding) for finding in plain(kept.findings)]
    named = {finding["name"] for finding in findings}
    as_at = kept.findings.pack.as_at
    return {
        "measure": key,
        "title": kept.library.get(key).title,
        "month": f"{kept.findings.month:%Y-%m}",
        "as_at": as_at.isoformat() if as_at else None,
        "limits": kept.findings.pack.limits,
        "names": {name: unit for name, unit in NAMES.items() if name in named},
        "findings": findings,
    }


def _listed(finding: dict[str, Any]) -> dict[str, Any]:
    """What leaves of a finding. Nobody recorded or reconstructed a month to come: it is projected."""
    said = {field: finding[field] for field in FIELDS}
    return said | {"origin": "projected"} if said["name"] in PROJECTION_NAMES else said
