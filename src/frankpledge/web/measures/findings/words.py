"""What people wrote about a month's figures, as far as a reader may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from frankpledge.reporting.commentary import Comment
from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.measures.commentary import as_comment
from frankpledge.web.measures.models import Commentary
from frankpledge.web.organisations.models import Body


@dataclass(frozen=True)
class Words:
    """The words signed off on a measure in a month, and those on their way with their state."""

    final: Comment | None = None
    coming: Comment | None = None
    state: str = ""


def words_on(reader: Reader, force: Body, key: str, month: date, area: str = "") -> Words:
    """The words on one measure in one area; "" is the force."""
    about = ("words", force.pk, key, month, area, *reader.who)
    return kept_until_an_act(about, lambda: _words_on(reader, force, key, month, area))


def _words_on(reader: Reader, force: Body, key: str, month: date, area: str) -> Words:
    rows = list(
        Commentary.objects.visible_to(reader)
        .filter(measure__body=force, measure__key=key, month=month, area_name=area)
        .select_related("measure")
        .order_by("-number")
    )
    final = next((row for row in rows if row.state == Commentary.State.FINAL), None)
    coming = rows[0] if rows and rows[0] is not final else None
    return Words(
        as_comment(final) if final else None,
        as_comment(coming) if coming else None,
        coming.state if coming else "",
    )


def signed_off(reader: Reader, force: Body, month: date) -> tuple[Comment, ...]:
    """What a scorecard needs of a month's words: when each was reviewed, and a judged likelihood."""
    about = ("signed off", force.pk, month, *reader.who)
    return kept_until_an_act(about, lambda: _signed_off(reader, force, month))


def _signed_off(reader: Reader, force: Body, month: date) -> tuple[Comment, ...]:
    rows = (
        Commentary.objects.visible_to(reader)
        .filter(measure__body=force, month=month, state=Commentary.State.FINAL)
        .order_by("number")
        .values_list("measure__key", "area_name", "judged_likelihood", "reviewed_at")
    )
    newest = {(key, area): (likelihood, at) for key, area, likelihood, at in rows}
    return tuple(
        Comment(
            measure=key,
            area=area or None,
            judged_likelihood=likelihood or None,
            reviewed=at.date() if at else None,
        )
        for (key, area), (likelihood, at) in newest.items()
    )
