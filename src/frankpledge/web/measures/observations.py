"""A force's figures and definitions as the analysis takes them: tidy frames and plain values."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import polars as pl
from django.db.models import Count, Max, Q

from frankpledge.analysis.brief import Brief
from frankpledge.analysis.conditions import CONDITION, ORIGIN
from frankpledge.analysis.periods import financial_year_start
from frankpledge.analysis.series import OBSERVATION
from frankpledge.definitions.library import Library
from frankpledge.definitions.schema import GoodLooksLike
from frankpledge.definitions.schema import Measure as Defined
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import THE_PUBLIC
from frankpledge.web.measures.judging import settings_for
from frankpledge.web.measures.models import (
    Break,
    Definition,
    ExceptionalPeriod,
    Figure,
    JudgingSettings,
    Measure,
    Population,
    Rebaseline,
    WhatGoodLooksLike,
)
from frankpledge.web.measures.models.measures import as_defined
from frankpledge.web.organisations.models import Body

__all__ = ["brief_for", "library_for", "observations", "observations_seen_by", "public_observations",
           "settings_for", "stamp_of", "traits_for"]  # fmt: skip

_KEPT = ("measure_id", "area_name", "month", "value", "numerator", "denominator", "known_at",
         "condition", "origin", "reason")  # fmt: skip
_AS_READ = OBSERVATION | {"measure": pl.Int64, "condition": pl.String, "origin": pl.String}


def observations(
    force: Body,
    as_at: date | None = None,
    keys: Collection[str] | None = None,
    recorded_by: datetime | None = None,
) -> pl.DataFrame:
    """Every revision known by `as_at`, as `OBSERVATION` of analysis/series.py, in the order they came.

    `keys` are the measures wanted (None: all). `recorded_by` leaves out what was recorded later,
    whatever day it says it was known. For the force and its office, and for what makes reports.
    """
    figures = Figure.objects.filter(measure__body=force)
    if as_at is not None:
        figures = figures.filter(Q(known_at__isnull=True) | Q(known_at__lte=as_at))
    if recorded_by is not None:
        figures = figures.filter(recorded_at__lte=recorded_by)
    return _frame(figures, force, keys)


def observations_seen_by(
    reader: Any, force: Body, keys: Collection[str] | None = None
) -> pl.DataFrame:
    """The figures of a force that this reader may see."""
    return _frame(Figure.objects.filter(measure__body=force).visible_to(reader), force, keys)


def public_observations(force: Body, keys: Collection[str] | None = None) -> pl.DataFrame:
    """The figures that published reports show to everybody, as they were known to them."""
    return observations_seen_by(THE_PUBLIC, force, keys)


def _frame(figures: Any, force: Body, keys: Collection[str] | None) -> pl.DataFrame:
    measures = Measure.objects.filter(body=force)
    if keys is not None:
        measures = measures.filter(key__in=keys)
        figures = figures.filter(measure__in=measures)
    named = dict(measures.values_list("pk", "key"))
    rows = figures.order_by("pk").values_list(*_KEPT)
    frame = pl.DataFrame(list(rows), schema=_AS_READ, orient="row")
    reason = pl.col("reason")
    return frame.with_columns(
        pl.col("measure").replace_strict(named, default=None, return_dtype=pl.String),
        pl.col("condition").cast(CONDITION),
        pl.col("origin").cast(ORIGIN),
        pl.when(reason != "").then(reason).alias("reason"),
    )


def library_for(
    force: Body, keys: Collection[str] | None = None, *, month: date | None = None
) -> Library:
    """The force's measures as they are defined now.

    With `month`, what good looks like is what was set for its financial year, where anything was;
    otherwise, and failing that, what the definition itself says.
    """
    current = Definition.objects.filter(measure__body=force).order_by("number")
    if keys is not None:
        current = current.filter(measure__key__in=keys)
    contents = dict(current.values_list("measure__key", "content"))
    defined = {key: as_defined(contents[key]) for key in sorted(contents)}
    goals = goals_of(force, month) if month else {}
    return Library(MappingProxyType({k: _with_goal(m, goals.get(k)) for k, m in defined.items()}))


def traits_for(force: Body, month: date | None = None) -> pl.DataFrame:
    """What the analysis must know of each measure of a force."""
    return library_for(force, month=month).traits()


def goals_of(force: Body, month: date) -> Mapping[str, WhatGoodLooksLike]:
    """What good looks like in the financial year of a month, by measure: the newest revision."""
    year = financial_year_start(month).year
    found = WhatGoodLooksLike.objects.filter(measure__body=force, financial_year=year)
    return {g.measure.key: g for g in found.select_related("measure").order_by("number")}


def _with_goal(measure: Defined, goal: WhatGoodLooksLike | None) -> Defined:
    if goal is None:
        return measure
    reviewed = goal.reviewed_at.date().replace(day=1) if goal.reviewed_at else None
    good = GoodLooksLike.model_construct(
        text=goal.text,
        value=None if goal.value is None else float(goal.value),
        direction=goal.direction or None,
        by=goal.by_when,
        over=goal.over,
        reviewed=reviewed,
    )
    return measure.model_copy(update={"good_looks_like": good})


def brief_for(force: Body, month: date, as_at: date | None = None) -> Brief:
    """What the analysis is asked about a force's month. Without `as_at`: all there is."""
    brief = settings_for(force, month, as_at or today()).brief(month)
    return replace(brief, as_at=as_at)


def stamp_of(force: Body) -> str:
    """Changes whenever anything changes that a force's findings are made of."""
    taken_back = Count("pk", filter=Q(taken_back_at__isnull=False))
    figures = Figure.objects.filter(measure__body=force).aggregate(Max("pk"))
    definitions = Definition.objects.filter(measure__body=force).aggregate(Max("pk"))
    goals = WhatGoodLooksLike.objects.filter(measure__body=force)
    measures = Measure.objects.filter(body=force)
    parts = [
        *figures.values(),
        *definitions.values(),
        *goals.aggregate(Max("pk"), Max("reviewed_at")).values(),
        *measures.aggregate(
            Max("public_month"), Max("public_as_at"), Count("public_month")
        ).values(),
        *sorted(measures.values_list("visibility").annotate(Count("pk"))),
        *JudgingSettings.objects.filter(body=force).values_list(
            "called", "limits", "false_discovery_level", "screen"
        ),
    ]
    for kind in (Break, ExceptionalPeriod, Rebaseline, Population):
        parts += kind.objects.filter(body=force).aggregate(Max("pk"), gone=taken_back).values()
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
