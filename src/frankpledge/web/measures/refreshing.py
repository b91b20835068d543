"""Telling the findings that what they were made of has changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from importlib import import_module
from importlib.util import find_spec

from django.db.models import Max

from frankpledge.web.measures.models import Figure
from frankpledge.web.organisations.models import Body

FINDINGS = "frankpledge.web.measures.findings"


def refresh(force: Body, months: Collection[date]) -> None:
    """Ask for the findings of these months anew. Called once what changed is safely kept."""
    if not months or find_spec(FINDINGS) is None:
        return
    anew = getattr(import_module(FINDINGS), "refresh", None)
    if anew is not None:
        anew(force, sorted(months))


def refresh_newest(force: Body) -> None:
    """The same for the newest month, where what changed is no figure."""
    newest = Figure.objects.filter(measure__body=force).aggregate(newest=Max("month"))["newest"]
    refresh(force, [newest] if newest else [])
