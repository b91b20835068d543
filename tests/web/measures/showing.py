"""A force with 16 months of figures and its findings made, for tests of the pages that show them."""

from __future__ import annotations

from datetime import date
from unittest.mock import patch

import polars as pl
from django.utils import timezone

from frankpledge.analysis.periods import months_from
from frankpledge.web.measures.acts import open_to_public, share_measures
from frankpledge.web.measures.findings.making import Ingredients
from frankpledge.web.measures.findings.packing import FRAMES, Kept
from frankpledge.web.measures.findings.refreshing import bring_up_to_date
from frankpledge.web.measures.models import Figure, JudgingSettings, Measure, Upload
from frankpledge.web.organisations.models import Area, Body
from tests.web.measures.making import with_measures

SHOPLIFTING, RAPE = "shoplifting", "rape"
HOSPITAL = "hospital-admissions-sharp-object"
"""Counts of 1 to 7 are hidden."""
KEYS = (SHOPLIFTING, RAPE, HOSPITAL, "public-confidence")
APRIL, MAY, JUNE, JULY = (date(2022, month, 1) for month in (4, 5, 6, 7))
MONTHS = months_from(date(2021, 4, 1), JULY)
KNOWN = date(2022, 7, 20)
PUBLISHED = date(2022, 7, 22)
SECRET = 4.0
"""A count of the hospital measure that must never be seen."""


def with_figures(force: Body, people: dict, keys: tuple[str, ...] = KEYS) -> dict[str, Measure]:
    """Figures of every month to July 2022 for the force and its areas East and West.

    Shoplifting is for everybody and far above its limits in June; July is not published. Rape is for
    the office alone; the hospital's counts are for everybody, and those of May are to be hidden.
    """
    found = {key: m for key, m in with_measures(force, keys).items() if key in keys}
    JudgingSettings.objects.create(body=force, called="Northshire")
    share_measures(
        by=people["force_analyst"], force=force, visibility="public",
        keys=[key for key in keys if key not in (RAPE, "public-confidence")],
    )  # fmt: skip
    share_measures(
        by=people["force_analyst"], force=force, visibility="office",
        keys=[key for key in keys if key == RAPE],
    )  # fmt: skip
    upload = Upload.objects.create(
        body=force, file_name="made-up.csv", sha256="0" * 64, size=1, state="committed",
        uploaded_by=people["force_analyst"], committed_by=people["force_analyst"],
        uploaded_at=timezone.now(), committed_at=timezone.now(),
    )  # fmt: skip
    areas = {area.name: area for area in Area.objects.filter(force=force)}
    Figure.objects.bulk_create(
        Figure(
            measure=measure, area=areas.get(name), area_name=name, month=month, number=1,
            value=value, condition="observed", origin="recorded", known_at=KNOWN, upload=upload,
        )
        for measure in found.values()
        for place, month in enumerate(MONTHS)
        for name, value in _values(measure.key, place, month)
    )  # fmt: skip
    return found


def _values(key: str, place: int, month: date) -> list[tuple[str, float]]:
    wave = (place * 7) % 5
    if key == HOSPITAL:
        return [("Northshire", SECRET if month == MAY else 20.0 + wave)]
    if key == "public-confidence":
        return [("Northshire", 80.0 + wave)]
    east, west = 101.0 + wave, 203.0 + wave
    if key == SHOPLIFTING and month == JUNE:
        east, west = 197.0, 439.0
    if month == JULY:
        east, west = 229.0, 454.0
    return [("East", east), ("West", west), ("Northshire", east + west)]


def published(force: Body, people: dict, month: date = JUNE) -> None:
    open_to_public(by=people["office_officer"], force=force, month=month, as_at=PUBLISHED)


_FOUND: dict[str, Kept] = {}


def made(force: Body, *months: date) -> None:
    """Make the findings. The same ingredients give the same findings, so tests work them out once."""
    with patch.object(Ingredients, "findings", _found_once):
        bring_up_to_date(force, months)


_work_out = Ingredients.findings


def _found_once(ingredients: Ingredients) -> Kept:
    stamp = ingredients.stamp()
    if stamp not in _FOUND:
        _FOUND[stamp] = _work_out(ingredients)
    return _FOUND[stamp]


def text_of(answer) -> str:
    return answer.content.decode()


def frames_of(kept) -> dict[str, pl.DataFrame]:
    return {name: getattr(kept.findings, name) for name in FRAMES}
