"""What good looks like in a year, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from frankpledge.analysis.periods import day_name
from frankpledge.definitions.schema import Measure as Defined
from frankpledge.reporting.numbers import measured
from frankpledge.web.measures.models import WhatGoodLooksLike


def year_words(year: int) -> str:
    """2022/23."""
    return f"{year}/{(year + 1) % 100:02d}"


def year_shown(
    year: int, revisions: Sequence[WhatGoodLooksLike], defined: Defined
) -> dict[str, Any]:
    """A year with what stands for it and what stood before."""
    standing = revisions[0] if revisions else None
    return {
        "year": year,
        "words": year_words(year),
        "standing": standing,
        "number": number_words(standing, defined) if standing else "",
        "earlier": revisions[1:],
        "overdue": standing is not None and standing.reviewed_at is None,
    }


def number_words(goal: WhatGoodLooksLike, defined: Defined) -> str:
    """The number of a goal: "at most 600 by 31 March 2023, held against the month alone"."""
    if goal.value is None:
        return ""
    value = measured(float(goal.value), defined.unit, defined.decimals)
    by = f" by {day_name(goal.by_when)}" if goal.by_when else ""
    over = WhatGoodLooksLike.Over(goal.over).label.lower()
    return f"{goal.get_direction_display()} {value}{by}, held against {over}"
