"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is not a fault of the code: a slow example is no failure.
settings.register_profile("frankpledge", deadline=None)
settings.load_profile("frankpledge")

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("FRANKPLEDGE_SHARED", ROOT.parent / "shared" / "data"))
JUNE = date(2022, 6, 1)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published real figures; tests that use it carry the mark `shared`."""
    if not SHARED.is_dir():
        pytest.skip(f"the published figures are not at {SHARED}")
    return SHARED


@dataclass(frozen=True)
class Demonstration:
    """The demonstration report: its findings, its document and the folder with all its forms."""

    findings: object
    report: object
    folder: Path


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> Demonstration:
    """The demonstration report, made once. Tests that use it carry `xdist_group("demonstration")`,
    so that one process makes it and the others do not."""
    from frankpledge.analysis.assembly import find
    from frankpledge.definitions import load
    from frankpledge.figures import read_or_refuse
    from frankpledge.reporting.build import build_report
    from frankpledge.reporting.commentary import read_commentary
    from frankpledge.reporting.making import write_forms
    from frankpledge.reporting.settings import read_settings

    library = load()
    settings = read_settings(ROOT / "demo" / "report.toml")
    reading = read_or_refuse(ROOT / "demo" / "figures.csv", library)
    findings = find(reading.observations, library.traits(), settings.brief(JUNE))
    commentary = read_commentary(ROOT / "demo" / "commentary.toml")
    report = build_report(findings, library, settings, commentary)
    folder = tmp_path_factory.mktemp("demonstration")
    write_forms(report, findings, folder)
    return Demonstration(findings, report, folder)
