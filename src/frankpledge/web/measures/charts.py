"""The charts of measures: a still picture, drawn once and kept, and what draws the moving one."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from django.conf import settings

from frankpledge.reporting import charts, plots
from frankpledge.reporting.document import Chart
from frankpledge.reporting.readings import Material, Reading

KEPT_DAYS = 100
"""Days after which a picture is deleted: a quarter, within which most months are looked at."""


def still(reading: Reading) -> str:
    """The chart as an SVG picture with its words. Raises ValueError where it cannot be drawn.

    The picture is kept under a digest of what it shows: a figure that changes has another, and two
    readers who see the same have the same.
    """
    if not plots.can_be_drawn(reading):
        raise ValueError(f"Too few months of {reading.title} are known to draw a chart.")
    chart, alt = plots.chart(reading), plots.long_text(reading)
    file = _place_of(chart, alt)
    if not file.exists():
        _keep(file, charts.svg(chart, alt, "title"))
    return file.read_text(encoding="utf-8")


def moving(reading: Reading) -> dict[str, Any]:
    """What `charts.js` draws the chart from: its specification, and each month in words."""
    return {
        "name": plots.title(reading),
        "spec": charts.specification(plots.chart(reading)),
        "readings": [
            {"month": month.isoformat(), "said": said} for month, said in plots.spoken(reading)
        ],
    }


def draw_ahead(material: Material) -> int:
    """Draw the force's own charts before anybody asks. Gives how many stand drawn."""
    drawn = [reading for reading in material.of_force() if plots.can_be_drawn(reading)]
    for reading in drawn:
        still(reading)
    return len(drawn)


def forget_old_pictures() -> int:
    """Delete the pictures drawn long ago; one that is asked for again is drawn again."""
    before = time.time() - KEPT_DAYS * 24 * 60 * 60
    old = [file for file in _folder().glob("*/*") if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _place_of(chart: Chart, alt: str) -> Path:
    digest = hashlib.sha256(f"{chart!r}{alt}".encode()).hexdigest()
    return _folder() / digest[:2] / f"{digest}.svg"


def _folder() -> Path:
    return Path(settings.DATA) / "charts"


def _keep(file: Path, picture: str) -> None:
    """Written beside its place and moved, so that nobody reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as put:
        put.write(picture)
    os.replace(beside, file)
