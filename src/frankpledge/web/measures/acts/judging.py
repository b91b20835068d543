"""How a force's figures are judged, taken over whole from a report's settings."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from frankpledge.reporting.settings import ReportSettings
from frankpledge.web.audit.acts import THE_SYSTEM, act, locked, record
from frankpledge.web.audit.today import now
from frankpledge.web.measures.judging import standing
from frankpledge.web.measures.models import (
    Break,
    ExceptionalPeriod,
    JudgingSettings,
    Population,
    Rebaseline,
)
from frankpledge.web.measures.refreshing import findings_are_behind
from frankpledge.web.organisations.models import Body, Person

KINDS = {
    "breaks": Break,
    "exceptional_periods": ExceptionalPeriod,
    "rebaselines": Rebaseline,
    "populations": Population,
}


@act("judging.changed", needs="measures.change_judging", on="force")
def take_judging(
    *, by: Person, force: Body, settings: ReportSettings, why: str = ""
) -> JudgingSettings:
    """Judge a force's figures as these settings say: rule-set, breaks, periods, baselines, populations.

    What was noted before and is not in them is taken back; what is in both stays as it was noted.
    """
    locked(force)
    settled, _ = JudgingSettings.objects.update_or_create(
        body=force,
        defaults={
            "called": settings.force,
            "limits": settings.limits,
            "false_discovery_level": settings.false_discovery_level,
            "screen": settings.screen,
            "force_table": settings.force_table,
            "area_table": settings.area_table,
        },
    )
    for name, kind in KINDS.items():
        _take(kind, force, getattr(settings, name), by)
    findings_are_behind(force)
    record(
        settled,
        became=settings.model_dump(
            mode="json", include={*KINDS, "force", "limits", "false_discovery_level", "screen"}
        ),
        why=why,
    )
    return settled


def _take(kind: Any, force: Body, wanted: tuple[BaseModel, ...], by: Person) -> None:
    """The notes of one kind: those no longer wanted are taken back, those not there yet are noted."""
    told = [fields_of(setting) for setting in wanted]
    for note in standing(kind, force):
        kept = {name: getattr(note, name) for name in told[0]} if told else {}
        if kept in told:
            told.remove(kept)
            continue
        note.taken_back_by, note.taken_back_at = by, now()
        note.save(update_fields=["taken_back_by", "taken_back_at"])
    for fields in told:
        kind.objects.create(body=force, noted_by=None if by is THE_SYSTEM else by, **fields)


def fields_of(setting: BaseModel) -> dict[str, Any]:
    """A setting as the fields of its note."""
    told = dict(setting)
    if "area" in told:
        told["area_name"] = told.pop("area") or ""
    return told
