"""A report's settings: what stands on its title page, whose figures it shows and how they are judged.

They are read from `report.toml`; `demo/report.toml` is a whole one to copy.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from frankpledge.analysis.brief import POPULATION, Brief
from frankpledge.analysis.limits.baselines import BREAK, EXCEPTIONAL_PERIOD, REBASELINE
from frankpledge.analysis.limits.rule_sets import RULE_SETS
from frankpledge.analysis.periods import parse_month
from frankpledge.definitions.schema import Role, Table
from frankpledge.reporting.problems import read_toml


def _month(value: Any) -> Any:
    return parse_month(value) if isinstance(value, str) else value


def _first_of_month(month: date) -> date:
    return month.replace(day=1)


def _rule_set(name: str) -> str:
    if name not in RULE_SETS:
        raise ValueError(f"one of the rule-sets there are: {', '.join(RULE_SETS)}")
    return name


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Month = Annotated[date, BeforeValidator(_month), AfterValidator(_first_of_month)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Population(_Frozen):
    """How many people live in an area, in the middle of a year."""

    area: Text
    year: int
    population: Annotated[float, Field(gt=0)]


class Break(_Frozen):
    """From this month on a measure was recorded in another way."""

    measure: Text
    area: Text | None = None
    month: Month
    reason: Text
    restarts_baseline: bool = True


class ExceptionalPeriod(_Frozen):
    """Months unlike others for a reason outside policing, such as a lockdown. Not a break."""

    from_month: Month
    to_month: Month
    reason: Text
    left_out: bool = False


class Rebaseline(_Frozen):
    """From this month on a measure is judged against other months than the rule would take."""

    measure: Text
    area: Text | None = None
    from_month: Month
    baseline_from: Month
    baseline_to: Month


class ReportSettings(_Frozen):
    """Everything about a report that is neither a figure, a definition nor a comment."""

    title: Text
    purpose: Text
    version: Literal["draft", "final"] = "draft"
    classification: Text = "OFFICIAL"
    reference: str = ""
    author_role: Role
    owner_role: Role
    date: date
    as_at: date | None = None
    """The day whose knowledge counts; the date of the report where it is left out."""
    handling: str = ""

    force: Text
    """The area that the others add up to, as the figures name it."""
    force_name: Text | None = None
    """The organisation, as the title page names it."""
    areas: tuple[Text, ...] = ()
    similar_forces: tuple[Text, ...] = ()
    force_table: Table = "force-volumes"
    area_table: Table = "area-volumes"

    limits: Annotated[Text, AfterValidator(_rule_set)] = "fixed-year-1"
    false_discovery_level: Annotated[float, Field(gt=0, lt=1)] = 0.10
    screen: bool = True
    """Whether implausible values are held back."""

    populations: tuple[Population, ...] = ()
    breaks: tuple[Break, ...] = ()
    exceptional_periods: tuple[ExceptionalPeriod, ...] = ()
    rebaselines: tuple[Rebaseline, ...] = ()

    @model_validator(mode="after")
    def _areas_are_not_the_force(self) -> ReportSettings:
        if self.force in self.areas:
            raise ValueError("areas without the force itself: it is named in `force`")
        return self

    def brief(self, month: date) -> Brief:
        """What the analysis is asked for in the report of `month`."""
        return Brief(
            month=month,
            as_at=self.as_at or self.date,
            force=self.force,
            areas=self.areas,
            similar=self.similar_forces,
            limits=self.limits,
            false_discovery_level=self.false_discovery_level,
            screen=self.screen,
            breaks=_frame(self.breaks, BREAK),
            exceptional_periods=_frame(self.exceptional_periods, EXCEPTIONAL_PERIOD),
            rebaselines=_frame(self.rebaselines, REBASELINE),
            populations=_frame(self.populations, POPULATION),
        )


def read_settings(path: Path) -> ReportSettings:
    """The settings in a `report.toml`. Raises SettingsError with everything that is wrong."""
    return read_toml(path, ReportSettings)


def _frame(rows: tuple[BaseModel, ...], schema: dict) -> pl.DataFrame:
    return pl.DataFrame([row.model_dump() for row in rows], schema=schema)
