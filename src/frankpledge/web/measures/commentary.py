"""The words people wrote about a month, as reports and pages take them."""

from __future__ import annotations

from datetime import date
from typing import Any

from frankpledge.reporting.commentary import Comment
from frankpledge.web.measures.models import Commentary, Definition
from frankpledge.web.organisations.models import Body


def final_comments(force: Body, month: date) -> tuple[Comment, ...]:
    """What was signed off about a force's month: the newest final words on each measure and area."""
    rows = Commentary.objects.filter(
        measure__body=force, month=month, state=Commentary.State.FINAL
    ).select_related("measure")
    newest = {(row.measure.key, row.area_name): row for row in rows.order_by("number")}
    return tuple(as_comment(row) for _, row in sorted(newest.items()))


def final_comment(
    reader: Any, force: Body, key: str, month: date, area: str = ""
) -> Comment | None:
    """What this reader may read about a measure in a month: signed-off words, or None."""
    rows = Commentary.objects.visible_to(reader).filter(
        measure__body=force, measure__key=key, month=month, area_name=area,
        state=Commentary.State.FINAL,
    )  # fmt: skip
    row = rows.select_related("measure").order_by("-number").first()
    return as_comment(row) if row else None


def as_comment(row: Commentary) -> Comment:
    """The words as the report has them. Who wrote them is told as a role."""
    return Comment(
        measure=row.measure.key,
        area=row.area_name or None,
        what_does_this_mean=paragraphs(row.what_does_this_mean),
        next_steps=paragraphs(row.next_steps),
        action_required=row.action_required,
        action=row.action.strip() or None,
        judged_likelihood=row.judged_likelihood or None,
        by=_author(row),
        reviewed=row.reviewed_at.date() if row.reviewed_at else None,
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Each line that says something, by itself."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _author(row: Commentary) -> str:
    current = Definition.objects.filter(measure=row.measure).order_by("-number").first()
    return current.content["author_role"] if current else "Measure owner"
