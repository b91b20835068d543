"""What goes into a report, kept whole so that the report can be made again exactly as it was."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from frankpledge.definitions.library import Library
from frankpledge.definitions.schema import Measure
from frankpledge.reporting.commentary import Commentary
from frankpledge.reporting.settings import ReportSettings

OBSERVATIONS = "observations.parquet"
WORDS = "words.json"


@dataclass(frozen=True)
class Inputs:
    """Figures as they were known, what each measure is, the settings, and what people wrote."""

    month: date
    observations: pl.DataFrame
    library: Library
    settings: ReportSettings
    commentary: Commentary

    def words(self) -> str:
        """All but the figures, as one JSON text."""
        told = {
            "month": self.month.isoformat(),
            "definitions": [measure.model_dump(mode="json") for measure in self.library],
            "settings": self.settings.model_dump(mode="json"),
            "commentary": self.commentary.model_dump(mode="json"),
        }
        return json.dumps(told, sort_keys=True, indent=1, ensure_ascii=False)

    def ordered(self) -> pl.DataFrame:
        """The figures in an order that does not depend on where they were kept."""
        return self.observations.sort("measure", "area", "month", "known_at", maintain_order=True)

    def digest(self) -> str:
        """A digest of everything that goes in. The same inputs have the same digest."""
        taken = hashlib.sha256(self.words().encode())
        taken.update(self.ordered().write_csv().encode())
        return taken.hexdigest()


def keep(inputs: Inputs, folder: Path) -> None:
    """Write the inputs to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    inputs.ordered().write_parquet(folder / OBSERVATIONS)
    (folder / WORDS).write_text(inputs.words(), encoding="utf-8")


def kept(folder: Path) -> Inputs:
    """The inputs kept in a folder. Raises OSError where they are not there."""
    told = json.loads((folder / WORDS).read_text(encoding="utf-8"))
    return Inputs(
        month=date.fromisoformat(told["month"]),
        observations=pl.read_parquet(folder / OBSERVATIONS),
        library=Library(
            {m["id"]: Measure.model_validate_json(json.dumps(m)) for m in told["definitions"]}
        ),
        settings=ReportSettings.model_validate_json(json.dumps(told["settings"])),
        commentary=Commentary.model_validate_json(json.dumps(told["commentary"])),
    )
