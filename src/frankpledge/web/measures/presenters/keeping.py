"""What is kept, in words: outcomes of an upload, states of words, what is overdue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from frankpledge.analysis.periods import month_name
from frankpledge.definitions.schema import Measure as Defined
from frankpledge.reporting.numbers import measured
from frankpledge.web.measures.models import Commentary, Upload
from frankpledge.web.measures.outcomes import Outcome

SHOWN = 200
"""So many rows of a preview are shown, those that would revise something first; all are counted."""

TONES = {
    Upload.State.PREVIEWED: "caution",
    Upload.State.COMMITTED: "done",
    Upload.State.DISCARDED: "quiet",
    Upload.State.UNDONE: "quiet",
    Commentary.State.DRAFT: "caution",
    Commentary.State.REVIEWED: "caution",
    Commentary.State.FINAL: "done",
    Commentary.State.RETURNED: "bad",
}
OUTCOME_TONES = {Outcome.NEW: "done", Outcome.REVISED: "caution", Outcome.REFUSED: "bad"}
ORDER = {Outcome.REFUSED: 0, Outcome.REVISED: 1, Outcome.NEW: 2, Outcome.UNCHANGED: 3}


@dataclass(frozen=True)
class PreviewRow:
    """One figure of an upload: what it is, what it was, what becomes of it."""

    measure: str
    area: str
    month: str
    value: str
    was: str
    outcome: str
    tone: str


def counted(number: int, one: str, many: str = "") -> str:
    """1 figure, 1,200 figures."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def span(first: date | None, last: date | None) -> str:
    """The months of a file: "June 2022", "April 2022 to June 2022"."""
    if first is None or last is None:
        return "no month"
    return month_name(last) if first == last else f"{month_name(first)} to {month_name(last)}"


def preview_lead(counts: Mapping[str, int], first: date | None, last: date | None) -> str:
    """What committing would do, in a sentence."""
    new, revised = counts[Outcome.NEW], counts[Outcome.REVISED]
    if not new and not revised:
        return f"Every figure of this file stands already ({span(first, last)}). There is nothing to commit."
    parts = [
        *([f"add {counted(new, 'new figure')}"] if new else []),
        *(
            [f"revise {counted(revised, 'figure')} that {'stands' if revised == 1 else 'stand'}"]
            if revised
            else []
        ),
    ]
    return f"Committing would {' and '.join(parts)}, of {span(first, last)}."


def preview_rows(judged: pl.DataFrame, library: Mapping[str, Defined]) -> list[PreviewRow]:
    """The first rows of a preview: what is refused or revised before what is new; the unchanged left out."""
    changed = judged.filter(pl.col("outcome") != Outcome.UNCHANGED.value).with_columns(
        pl.col("outcome").replace_strict({k.value: v for k, v in ORDER.items()}).alias("order")
    )
    first = changed.sort("order", "measure", "area", "month", maintain_order=True).head(SHOWN)
    return [_preview_row(row, library.get(row["measure"])) for row in first.iter_rows(named=True)]


def _preview_row(row: dict[str, Any], defined: Defined | None) -> PreviewRow:
    unit, least = (defined.unit, defined.decimals) if defined else ("count", 0)
    places = max(decimals_of(row["value"], least), decimals_of(row["was"], least))
    was = (
        ""
        if row["was condition"] is None
        else measured(row["was"], unit, places, row["was condition"])
    )
    return PreviewRow(
        measure=defined.short_title if defined else row["measure"],
        area=row["area"],
        month=month_name(row["month"]),
        value=measured(row["value"], unit, places, row["condition"], row["reason"]),
        was=was or "no figure",
        outcome=row["outcome"].capitalize(),
        tone=OUTCOME_TONES.get(row["outcome"], "quiet"),
    )


def decimals_of(value: float | None, least: int, most: int = 6) -> int:
    """With how many decimals a value is shown whole, up to six: a preview hides no difference."""
    if value is None:
        return least
    whole = (n for n in range(least, most) if round(value, n) == value)
    return next(whole, most)


def by_measure(judged: pl.DataFrame, library: Mapping[str, Defined]) -> list[dict[str, Any]]:
    """How many figures of each measure are new, revised and unchanged."""
    counts = (
        judged.group_by("measure")
        .agg(
            *((pl.col("outcome") == o.value).sum().alias(o.value) for o in Outcome),
            pl.col("month").min().alias("first"), pl.col("month").max().alias("last"),
            pl.col("area").n_unique().alias("areas"),
        )
        .sort("measure")
    )  # fmt: skip
    return [
        {**row, "title": library[row["measure"]].title if row["measure"] in library else row["measure"],
         "months": span(row["first"], row["last"])}
        for row in counts.iter_rows(named=True)
    ]  # fmt: skip


def upload_lead(upload: Upload) -> str:
    """What became of an upload."""
    brought = f"{counted(upload.new, 'new figure')} and {counted(upload.revised, 'revision')}"
    return {
        Upload.State.PREVIEWED: f"This file awaits a decision. It would bring {brought}.",
        Upload.State.COMMITTED: f"This file brought {brought}.",
        Upload.State.DISCARDED: "This file was discarded. No figure was changed.",
        Upload.State.UNDONE: f"This file brought {brought}, and that was undone. Every revision is kept.",
    }[Upload.State(upload.state)]


def words_lead(words: Commentary | None, month: date) -> str:
    """Where the words on a month stand, in a sentence."""
    if words is None:
        return f"Nobody has written about {month_name(month)} yet."
    return {
        Commentary.State.DRAFT: "These words are a draft. Somebody else reviews them next.",
        Commentary.State.REVIEWED: "These words were reviewed. A third person signs them off next.",
        Commentary.State.FINAL: "These words are signed off and go into the report.",
        Commentary.State.RETURNED: "These words were sent back to be written again.",
    }[Commentary.State(words.state)]


def measures_lead(overdue: int, total: int) -> str:
    """How many measures want a review."""
    if not total:
        return "This force has no measures yet."
    if not overdue:
        return f"No review is overdue among {counted(total, 'measure')}."
    verb = "has" if overdue == 1 else "have"
    return f"{counted(overdue, 'measure')} of {total:,} {verb} an overdue review."


def own_lead(wanting: int, total: int) -> str:
    """What an owner owes."""
    if not total:
        return "You own no measure that has figures."
    if not wanting:
        return f"Nothing is awaited from you on {counted(total, 'measure')}."
    return f"{counted(wanting, 'measure')} of yours {'awaits' if wanting == 1 else 'await'} words."
