"""Findings as bytes and back, with the definitions and settings they were made by."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import polars as pl

from frankpledge.analysis.findings import Findings, Pack
from frankpledge.definitions.library import Library
from frankpledge.definitions.schema import Measure
from frankpledge.reporting.commentary import Commentary
from frankpledge.reporting.readings import Material
from frankpledge.reporting.settings import ReportSettings

FRAMES = tuple(field.name for field in fields(Findings) if field.name not in ("month", "pack"))
WORDS = "words.json"


@dataclass(frozen=True)
class Kept:
    """Findings with what each measure was, and the settings, when they were made."""

    findings: Findings
    library: Library
    settings: ReportSettings

    @property
    def force(self) -> str:
        """The force as the figures name it."""
        return self.settings.force

    def of(self, measures: frozenset[str], areas: frozenset[str] | None = None) -> Kept:
        """The same of these measures and areas alone. The pack stays that of the whole."""
        wanted = pl.col("measure").is_in(list(measures))
        found = {}
        for name in FRAMES:
            frame = getattr(self.findings, name).filter(wanted)
            if areas is not None:
                place = "area" if "area" in frame.columns else "force"
                frame = frame.filter(pl.col(place).is_in(list(areas)))
            found[name] = frame
        library = Library({m.id: m for m in self.library if m.id in measures})
        return replace(self, findings=replace(self.findings, **found), library=library)

    def material(self, commentary: Commentary | None = None) -> Material:
        """What sentences, tables and charts are made from."""
        return Material(self.findings, self.library, self.settings, commentary or Commentary())


def packed(kept: Kept) -> bytes:
    """The findings as a ZIP of one Parquet file a frame, and their words as JSON."""
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_STORED) as put:
        for name in FRAMES:
            frame = BytesIO()
            getattr(kept.findings, name).write_parquet(frame, compression="zstd")
            put.writestr(f"{name}.parquet", frame.getvalue())
        put.writestr(WORDS, json.dumps(_words(kept), ensure_ascii=False), ZIP_DEFLATED)
    return whole.getvalue()


def _words(kept: Kept) -> dict:
    pack = asdict(kept.findings.pack)
    return {
        "month": kept.findings.month.isoformat(),
        "pack": pack | {"as_at": pack["as_at"].isoformat() if pack["as_at"] else None},
        "definitions": [measure.model_dump_json() for measure in kept.library],
        "settings": kept.settings.model_dump(mode="json"),
    }


def unpacked(payload: bytes) -> Kept:
    """The findings that `packed` made the bytes of."""
    with ZipFile(BytesIO(payload)) as put:
        frames = {n: pl.read_parquet(BytesIO(put.read(f"{n}.parquet"))) for n in FRAMES}
        told = json.loads(put.read(WORDS))
    pack = told["pack"]
    as_at = date.fromisoformat(pack["as_at"]) if pack["as_at"] else None
    measures = [Measure.model_validate_json(text) for text in told["definitions"]]
    return Kept(
        Findings(
            month=date.fromisoformat(told["month"]), **frames, pack=Pack(**pack | {"as_at": as_at})
        ),
        Library({measure.id: measure for measure in measures}),
        ReportSettings.model_validate(told["settings"]),
    )
