"""How a force's figures are judged, as the ground floor's settings have it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from frankpledge.reporting.settings import Break as BreakSetting
from frankpledge.reporting.settings import ExceptionalPeriod as PeriodSetting
from frankpledge.reporting.settings import Population as PopulationSetting
from frankpledge.reporting.settings import Rebaseline as RebaselineSetting
from frankpledge.reporting.settings import ReportSettings
from frankpledge.web.measures.models import (
    Break,
    ExceptionalPeriod,
    JudgingSettings,
    Population,
    Rebaseline,
)
from frankpledge.web.organisations.models import Area, Body, SimilarForce


def called_in_figures(force: Body) -> str:
    """The force as its figures name it: what was set, or else its police area's name."""
    settled = JudgingSettings.objects.filter(body=force).first()
    if settled:
        return settled.called
    return force.police_area.name if force.police_area else force.name


def settings_for(force: Body, month: date, as_at: date) -> ReportSettings:
    """The settings of a report of a force: its areas, those it is ranked among, how it is judged."""
    settled = JudgingSettings.objects.filter(body=force).first() or JudgingSettings(body=force)
    return ReportSettings(
        title=f"Performance of {force.name}",
        purpose="What the figures say, with their working.",
        author_role="Performance analyst",
        owner_role="Head of performance",
        date=as_at,
        as_at=as_at,
        force=settled.called or called_in_figures(force),
        force_name=force.name,
        areas=tuple(Area.objects.filter(force=force).values_list("name", flat=True)),
        similar_forces=tuple(similar_forces(force)),
        force_table=settled.force_table,
        area_table=settled.area_table,
        limits=settled.limits,
        false_discovery_level=settled.false_discovery_level,
        screen=settled.screen,
        **noted(force),
    )


def similar_forces(force: Body) -> list[str]:
    """The forces beside which it is ranked, as the figures name them."""
    return list(SimilarForce.objects.filter(group__force=force).values_list("name", flat=True))


def noted(force: Body) -> dict[str, tuple]:
    """What people noted about the figures and did not take back, as settings."""
    kinds = {
        "breaks": (Break, BreakSetting),
        "exceptional_periods": (ExceptionalPeriod, PeriodSetting),
        "rebaselines": (Rebaseline, RebaselineSetting),
        "populations": (Population, PopulationSetting),
    }
    return {
        name: tuple(_as_setting(row, setting) for row in standing(kind, force))
        for name, (kind, setting) in kinds.items()
    }


def standing(kind: type, force: Body) -> Iterable[Any]:
    """The notes of a kind that nobody took back."""
    return kind.objects.filter(body=force, taken_back_at__isnull=True)


def _as_setting(note: Any, setting: type) -> Any:
    told = {n: getattr(note, n) for n in setting.model_fields if n != "area"}
    if "area" in setting.model_fields:
        told["area"] = note.area_name or None
    return setting(**told)
