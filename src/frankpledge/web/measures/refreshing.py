"""Telling the findings, within the act, that what they are made of has changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from frankpledge.web.organisations.models import Body


def findings_are_behind(force: Body, months: Collection[date] = ()) -> None:
    """The findings of these months, and of those already kept, are to be made anew after the act.

    Imported when called: the findings keep themselves by an act, and so stand on the acts.
    """
    from frankpledge.web.measures.findings import refresh

    refresh(force, months)
