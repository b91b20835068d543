"""What a front page shows: the plan in force with what is said of its keeping, the newest report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from frankpledge.web.audit.visibility import Reader
from frankpledge.web.organisations.models import PoliceArea
from frankpledge.web.organisations.reads import Place
from frankpledge.web.plans.contributions import Line, progress
from frankpledge.web.plans.models import PlanVersion, StatedObjective
from frankpledge.web.plans.reads import in_force, newest_public, plan_or_none, versions_of
from frankpledge.web.reports.models import Report
from frankpledge.web.reports.reads import newest_published


@dataclass(frozen=True)
class Front:
    """A place's front page: the version in force, its objectives, what is said of each, the report."""

    version: PlanVersion | None
    objectives: tuple[StatedObjective, ...]
    said: Mapping[int, tuple[Line, ...]]
    report: Report | None


def front(place: Place, reader: Reader) -> Front:
    """The front page of a place, as far as this reader may see it."""
    report = newest_published(place.force)
    plan = plan_or_none(place.office, reader)
    if plan is None:
        return Front(None, (), {}, report)
    versions = versions_of(plan, reader)
    version = in_force(versions) or newest_public(versions)
    if version is None:
        return Front(None, (), {}, report)
    stated = StatedObjective.objects.visible_to(reader).filter(version=version)
    objectives = tuple(stated.select_related("objective"))
    return Front(version, objectives, progress(plan, reader).objectives, report)


def places() -> list[PoliceArea]:
    """The places of the site, by name. That they are there is public."""
    return list(PoliceArea.objects.prefetch_related("bodies"))
