"""What good looks like: set for a financial year, and looked at again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now
from frankpledge.web.measures.models import Measure, WhatGoodLooksLike
from frankpledge.web.measures.refreshing import findings_are_behind
from frankpledge.web.organisations.models import Person


@act("goal.set", needs="measures.set_goal", on="measure")
def set_goal(
    *,
    by: Person,
    measure: Measure,
    financial_year: int,
    text: str,
    value: Decimal | None = None,
    direction: str = "",
    by_when: date | None = None,
    over: str = WhatGoodLooksLike.Over.MONTH,
    seen: int = 0,
) -> WhatGoodLooksLike:
    """Say what good looks like in a year (2022 for 2022/23). `seen` is the number that stood (0: none)."""
    measure = locked(measure)
    before = measure.goals.filter(financial_year=financial_year).first()
    if (before.number if before else 0) != seen:
        raise ChangedMeanwhileError(
            "Somebody else has set what good looks like for this year. Look at theirs before you save yours."
        )
    goal = WhatGoodLooksLike.objects.create(
        measure=measure,
        financial_year=financial_year,
        number=seen + 1,
        text=text,
        value=value,
        direction=direction,
        by_when=by_when,
        over=over,
        set_by=None if by is THE_SYSTEM else by,
    )
    findings_are_behind(measure.body)
    record(goal, was=snapshot(before) if before else None)
    return goal


@act("goal.reviewed", needs="measures.review_goal", on="goal")
def review_goal(*, by: Person, goal: WhatGoodLooksLike) -> WhatGoodLooksLike:
    """Look at what good looks like again and let it stand."""
    goal = locked(goal)
    newest = WhatGoodLooksLike.objects.filter(
        measure=goal.measure_id, financial_year=goal.financial_year
    ).first()
    if newest.pk != goal.pk:
        raise ChangedMeanwhileError("Somebody else has changed it since. Look at it again.")
    was = snapshot(goal)
    goal.reviewed_by, goal.reviewed_at = by, now()
    goal.save(update_fields=["reviewed_by", "reviewed_at"])
    findings_are_behind(goal.measure.body)
    record(goal, was=was)
    return goal
