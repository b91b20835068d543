"""Building a report from its inputs: findings, document, every form."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from frankpledge.analysis.assembly import find
from frankpledge.reporting.build import build_report
from frankpledge.reporting.making import write_forms
from frankpledge.web.reports.inputs import Inputs

STAGES = 12
"""How many stages a report has, for the bar that shows how far it is."""

SAME_EACH_TIME = ("findings.json", "report.html")
"""The files that are the same to the byte whenever they are made from the same inputs. The others are
drawn from the same document; PDF, Word and Excel files carry the time they were written."""

Step = Callable[[str], None]


def build(inputs: Inputs, out: Path, step: Step) -> list[Path]:
    """Make every form of the report in `out`. `step` is told what is being done now."""
    traits = inputs.library.traits()
    findings = find(inputs.observations, traits, inputs.settings.brief(inputs.month), step)
    step("Putting it into words")
    report = build_report(findings, inputs.library, inputs.settings, inputs.commentary)
    return write_forms(report, findings, out, step=step)


def digest_of(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
