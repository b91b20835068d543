"""What the analysis is asked for: which month, as known when, for which force, judged how."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

POPULATION = {"area": pl.String, "year": pl.Int32, "population": pl.Float64}
"""Mid-year populations: one row an area and year."""


@dataclass(frozen=True)
class Brief:
    """One report's questions.

    `month` is the first day of the report's month. `as_at` is the day whose knowledge counts (None:
    all there is). `force` is the area the others add up to, if there is one; `areas` are its areas
    in the order to show; `similar` the forces to rank it among. `limits` names a rule-set.
    The frames of breaks, re-baselining and exceptional periods are those of `limits.baselines`;
    `populations` is as `POPULATION`.
    """

    month: date
    as_at: date | None = None
    force: str | None = None
    areas: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    limits: str = "fixed-year-1"
    false_discovery_level: float = 0.10
    screen: bool = True
    breaks: pl.DataFrame | None = None
    exceptional_periods: pl.DataFrame | None = None
    rebaselines: pl.DataFrame | None = None
    populations: pl.DataFrame | None = None

    @property
    def shown(self) -> tuple[str, ...]:
        """The force and its areas, in the order to show them; empty when everything is shown."""
        return (*((self.force,) if self.force else ()), *self.areas)
