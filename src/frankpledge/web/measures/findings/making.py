"""Making findings: for each audience from what it may see, and from nothing else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import polars as pl

from frankpledge.analysis.assembly import find
from frankpledge.analysis.conditions import Condition
from frankpledge.analysis.series import as_known_at
from frankpledge.definitions.library import Library
from frankpledge.reporting.settings import ReportSettings
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import THE_PUBLIC, Reader, Visibility
from frankpledge.web.measures.findings.packing import Kept
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.models.findings import Audience
from frankpledge.web.measures.observations import (
    library_for,
    observations,
    observations_seen_by,
    settings_for,
)
from frankpledge.web.organisations.models import Body


@dataclass(frozen=True)
class Ingredients:
    """What an audience's findings of a month are made of."""

    month: date
    observations: pl.DataFrame
    library: Library
    settings: ReportSettings
    published_as_at: date | None = None
    """The day on which what is published was known; None for those who see what is known today."""

    def stamp(self) -> str:
        """A digest of all of it but the day it is made on."""
        frame = BytesIO()
        self.observations.write_ipc(frame)
        told = [
            self.month.isoformat(),
            str(self.published_as_at),
            [measure.model_dump_json() for measure in self.library],
            self.settings.model_dump_json(exclude={"date", "as_at"}),
        ]
        taken = hashlib.sha256(json.dumps(told).encode())
        taken.update(frame.getvalue())
        return taken.hexdigest()

    def findings(self) -> Kept:
        """The findings, with what they were made by."""
        brief = self.settings.brief(self.month)
        found = find(self.observations, self.library.traits(), brief)
        return Kept(found, self.library, self.settings)


class Larder:
    """A force's figures for each audience, asked of the database once for all months."""

    def __init__(self, force: Body) -> None:
        self.force = force
        self._figures: dict[Audience, pl.DataFrame] = {}
        self._measures = list(
            Measure.objects.filter(body=force).values_list(
                "key", "visibility", "public_month", "public_as_at"
            )
        )

    def months(self, audience: Audience) -> list[date]:
        """The months of which the audience may see a figure that stands, newest first."""
        standing = _standing(self.figures(audience), today())
        return sorted(standing["month"].unique().to_list(), reverse=True)

    def figures(self, audience: Audience) -> pl.DataFrame:
        if audience not in self._figures:
            self._figures[audience] = _figures(self.force, audience)
        return self._figures[audience]

    def ingredients(self, audience: Audience, month: date) -> Ingredients | None:
        """What the audience's findings of a month are made of; None where it may see nothing of it."""
        keys = self._keys(audience, month)
        published = self._published_as_at(keys) if audience == Audience.PUBLIC else None
        as_at = published or today()
        known = pl.col("known_at").is_null() | (pl.col("known_at") <= as_at)
        seen = self.figures(audience).filter(pl.col("measure").is_in(list(keys)), known)
        if _standing(seen.filter(pl.col("month") == month)).is_empty():
            return None
        settings = settings_for(self.force, month, as_at)
        return Ingredients(
            month,
            seen,
            library_for(self.force, keys, month=month),
            _about(settings, keys).model_copy(update={"date": today()}),
            published,
        )

    def _keys(self, audience: Audience, month: date) -> frozenset[str]:
        """The measures of which the audience may see this month."""
        if audience == Audience.OWN:
            return frozenset(key for key, *_ in self._measures)
        return frozenset(
            key
            for key, visibility, until, _ in self._measures
            if (visibility == Visibility.PUBLIC and until is not None and month <= until)
            or (visibility == Visibility.PANEL and audience == Audience.PANEL)
        )

    def _published_as_at(self, keys: frozenset[str]) -> date | None:
        """The latest day whose knowledge a published report let everybody see."""
        known = [day for key, *_, day in self._measures if key in keys and day]
        return max(known, default=None)


def _figures(force: Body, audience: Audience) -> pl.DataFrame:
    if audience == Audience.OWN:
        return observations(force)
    panel = Reader(sees={Visibility.PANEL: frozenset({force.pk})})
    return observations_seen_by(panel if audience == Audience.PANEL else THE_PUBLIC, force)


def _standing(figures: pl.DataFrame, day: date | None = None) -> pl.DataFrame:
    """The figures that say something: an upload that was undone leaves a month of missing ones."""
    return as_known_at(figures, day).filter(pl.col("condition") != Condition.MISSING.value)


def _about(settings: ReportSettings, keys: frozenset[str]) -> ReportSettings:
    """The settings without what is noted of other measures."""
    return settings.model_copy(
        update={
            "breaks": tuple(b for b in settings.breaks if b.measure in keys),
            "rebaselines": tuple(r for r in settings.rebaselines if r.measure in keys),
        }
    )


def audiences_apart(made: Mapping[Audience, Ingredients]) -> dict[Audience, Ingredients]:
    """The audiences that see something of their own: a panel that sees what everybody sees does not."""
    panel, public = made.get(Audience.PANEL), made.get(Audience.PUBLIC)
    if panel and public and panel.observations.equals(public.observations):
        return {k: v for k, v in made.items() if k != Audience.PANEL}
    return dict(made)
