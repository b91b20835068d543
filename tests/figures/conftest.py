"""A small library of measures, and a way to write a file and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from frankpledge.figures import Reading, read

UNTIL = date(2022, 12, 1)


@dataclass(frozen=True)
class Defined:
    """As much of a measure's definition as the reading of figures asks for."""

    id: str
    unit: str = "count"
    lists_only_occurrences: bool = False
    also_called: tuple[str, ...] = ()


class SmallLibrary:
    """Six measures, in the place of the real library."""

    def __init__(self, *measures: Defined) -> None:
        self.measures = measures

    def __iter__(self) -> Iterator[Defined]:
        return iter(self.measures)

    def named(self, text: str, table: str | None = None) -> Defined | None:
        police_uk = [m for m in self.measures if m.id.startswith("police-uk-")]
        own = [m for m in self.measures if m not in police_uk]
        asked = police_uk if table else [*own, *police_uk]
        return next((m for m in asked if text == m.id or text in m.also_called), None)

    def traits(self) -> pl.DataFrame:
        return pl.DataFrame(
            [(m.id, m.unit, m.lists_only_occurrences) for m in self.measures],
            schema={
                "measure": pl.String,
                "unit": pl.String,
                "lists_only_occurrences": pl.Boolean,
            },
            orient="row",
        )


@pytest.fixture(scope="session")
def library() -> SmallLibrary:
    return SmallLibrary(
        Defined("shoplifting", also_called=("Shoplifting",)),
        Defined("burglary", also_called=("Burglary",)),
        Defined("confidence", "percentage"),
        Defined("response-time", "minutes"),
        Defined("underspend", "pounds"),
        Defined("police-uk-burglary", "count", True, ("Burglary",)),
        Defined("police-uk-robbery", "count", True, ("Robbery",)),
        Defined("police-uk-shoplifting", "count", True, ("Shoplifting",)),
    )


@pytest.fixture
def reading_of(tmp_path: Path, library: SmallLibrary) -> Callable[..., Reading]:
    """Writes a text to a file and reads it: `reading_of("measure,area,…")`."""

    def write_and_read(text: str | bytes, name: str = "figures.csv", **options: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path, library, **({"calendar_until": UNTIL} | options))

    return write_and_read
