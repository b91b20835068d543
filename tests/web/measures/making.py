"""A force with measures and figures, for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from frankpledge.analysis.series import observations as tidy
from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.measures.acts import commit_upload, load_definitions, upload_figures
from frankpledge.web.measures.models import Measure, Upload
from frankpledge.web.measures.outcomes import fingerprint
from frankpledge.web.measures.previewing import preview_of
from frankpledge.web.organisations.models import Body

KEYS = ("shoplifting", "rape", "public-confidence", "calls-999")
JUNE, MAY = date(2022, 6, 1), date(2022, 5, 1)
KNOWN = date(2022, 7, 15)


def with_measures(force: Body, keys: tuple[str, ...] = KEYS) -> dict[str, Measure]:
    load_definitions(by=THE_SYSTEM, force=force, keys=keys)
    return {m.key: m for m in Measure.objects.filter(body=force)}


def written(*rows: tuple[Any, ...], known_at: date | None = None) -> bytes:
    """A tidy CSV file of (measure, area, month, value)."""
    lines = ["measure,area,month,value" + (",known_at" if known_at else "")]
    for row in rows:
        cells = [str(cell) for cell in row] + ([known_at.isoformat()] if known_at else [])
        lines.append(",".join(cells))
    return ("\n".join(lines) + "\n").encode()


def uploaded(by: Any, force: Body, *rows: tuple[Any, ...], known_at: date | None = KNOWN) -> Upload:
    return upload_figures(
        by=by, force=force, data=written(*rows), name="june.csv", known_at=known_at
    )


def seen(by: Any, upload: Upload) -> str:
    return fingerprint(preview_of(by, upload).judged)


def committed(
    by: Any, force: Body, *rows: tuple[Any, ...], known_at: date | None = KNOWN
) -> Upload:
    upload = uploaded(by, force, *rows, known_at=known_at)
    return commit_upload(by=by, upload=upload, seen=seen(by, upload))


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    """Observations from plain rows; what is left out is as `OBSERVATION` has it."""
    return tidy(
        pl.DataFrame([{"measure": "shoplifting", "area": "East", "month": JUNE} | r for r in rows])
    )
