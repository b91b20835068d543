"""What a page is made from: one measure in one area at the report's month, with all that is known.

A `Reading` holds rows of the findings as they are; `Material` finds readings for the section
builders. Nothing is worked out here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from frankpledge.analysis.conditions import Condition, Origin
from frankpledge.analysis.findings import Findings
from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import KEY
from frankpledge.definitions.library import Library
from frankpledge.definitions.schema import Measure
from frankpledge.reporting.commentary import Comment, Commentary
from frankpledge.reporting.document import FindingRef
from frankpledge.reporting.sentences import Change, Crossing, Subject
from frankpledge.reporting.settings import Break, ReportSettings

FindingsRow = Mapping[str, Any]

COUNTED = {
    "Recorded crime": ("offence", "offences"),
    "Incidents": ("incident", "incidents"),
}
"""What a measure of this table group counts; elsewhere its number stands alone."""


@dataclass(frozen=True)
class Reading:
    """One measure in one area at the report's month."""

    measure: Measure
    area: str
    month: date
    newest: FindingsRow
    history: tuple[FindingsRow, ...]
    projection: tuple[FindingsRow, ...]
    breaks: tuple[Break, ...] = ()
    comment: Comment | None = None

    def ref(self, name: str, month: date | None = None) -> FindingRef:
        return FindingRef(self.measure.id, self.area, month or self.month, name)

    @property
    def subject(self) -> Subject:
        one, many = COUNTED.get(self.measure.table_group or "", ("", ""))
        if self.measure.unit != "count":
            one, many = "", ""
        return Subject(self.title, self.measure.unit, self.measure.decimals, one, many)

    @property
    def title(self) -> str:
        return self.measure.title

    @property
    def anchor(self) -> str:
        """Where its page stands: "shoplifting-west-mercia"."""
        return f"{self.measure.id}-{self.area.lower().replace(' ', '-').replace('&', 'and')}"

    @property
    def value(self) -> float | None:
        """This month's value; None where there is no number to print."""
        return self.newest["value"] if self.condition.has_number else None

    @property
    def condition(self) -> Condition:
        return Condition(self.newest["condition"])

    @property
    def crossing(self) -> Crossing:
        return self.newest["crossing"]

    @property
    def has_limits(self) -> bool:
        return self.newest["upper_limit"] is not None and self.newest["lower_limit"] is not None

    @property
    def reconstructed(self) -> bool:
        """Whether any month that the page shows, or rests on, was reconstructed."""
        return any(row["origin"] == Origin.RECONSTRUCTED for row in self.history)

    @property
    def breaks_between(self) -> tuple[Break, ...]:
        """The breaks between the oldest month compared, the first of the 12 before the last 12, and now."""
        oldest = add_months(self.month, -23)
        return tuple(b for b in self.breaks if oldest < b.month <= self.month)

    @property
    def rests_on_reconstructed(self) -> bool:
        """Whether a month that is shown, or one that a total or a limit rests on, was reconstructed."""
        derived = self.newest.get("derived_origin") == Origin.RECONSTRUCTED
        return derived or self.reconstructed

    @property
    def months_known(self) -> int:
        return sum(row["value"] is not None for row in self.history)

    @property
    def months_running(self) -> int:
        """For how many months up to this one the value has lain on the same side outside."""
        running = 0
        for row in reversed(self.history):
            if self.crossing is None or row["crossing"] != self.crossing:
                break
            running += 1
        return running

    @property
    def last_12(self) -> tuple[FindingsRow, ...]:
        """The rows of the last 12 months, those of a sparkline."""
        first = add_months(self.month, -11)
        return tuple(row for row in self.history if row["month"] >= first)

    def change(self, comparison: str, then: str) -> Change:
        """One comparison, as the sentences take it."""
        row = self.newest
        return Change(
            then=row[then],
            difference=row[f"{comparison}_change"],
            pct=row[f"{comparison}_change_pct"],
            points=row[f"{comparison}_change_points"],
            small_base=bool(row[f"{comparison}_small_base"]),
        )


@dataclass(frozen=True)
class Material:
    """Everything a report is built from."""

    findings: Findings
    library: Library
    settings: ReportSettings
    commentary: Commentary = field(default_factory=Commentary)

    @property
    def month(self) -> date:
        return self.findings.month

    @property
    def force(self) -> str:
        return self.settings.force

    def reading(self, measure: str, area: str) -> Reading | None:
        """The reading of a measure in an area; None where the figures have no such series."""
        return self._readings.get((measure, area))

    def readings(self) -> Iterator[Reading]:
        yield from self._readings.values()

    def of_area(self, area: str, table: str) -> tuple[Reading, ...]:
        """The rows of a volume table for one area, in the table's order."""
        found = (self.reading(m.id, area) for m in self.library.volumes(table))
        return tuple(reading for reading in found if reading is not None)

    def of_force(self) -> tuple[Reading, ...]:
        """Every reading of the force itself: the scorecard's in its order, then the volumes."""
        own = [r for r in self.readings() if r.area == self.force]
        return tuple(sorted(own, key=lambda r: (r.measure.scorecard_order, r.measure.id)))

    def difference_of_areas(self, measure: str) -> FindingsRow | None:
        """The force beside the sum of its areas this month, where the two are both known."""
        return self._totals.get(measure)

    @cached_property
    def exceptions(self) -> tuple[Reading, ...]:
        """The readings outside their limits, the strongest evidence first."""
        ranked = self.findings.exceptions.sort("evidence_rank", nulls_last=True)
        found = (self.reading(row["measure"], row["area"]) for row in ranked.iter_rows(named=True))
        return tuple(reading for reading in found if reading is not None)

    @cached_property
    def _totals(self) -> dict[str, FindingsRow]:
        rows = self.findings.totals.filter(pl.col("month") == self.month)
        return {row["measure"]: row for row in rows.iter_rows(named=True)}

    @cached_property
    def _readings(self) -> dict[tuple[str, str], Reading]:
        history = _grouped(self.findings.history)
        projection = _grouped(self.findings.projection)
        rows = self.findings.newest.iter_rows(named=True)
        return {
            (row["measure"], row["area"]): Reading(
                measure=self.library.get(row["measure"]),
                area=row["area"],
                month=self.month,
                newest=row,
                history=history[row["measure"], row["area"]],
                projection=projection[row["measure"], row["area"]],
                breaks=self._breaks(row["measure"], row["area"]),
                comment=self.commentary.on(row["measure"], row["area"], self.force),
            )
            for row in rows
        }

    def _breaks(self, measure: str, area: str) -> tuple[Break, ...]:
        return tuple(
            b for b in self.settings.breaks if b.measure == measure and b.area in {None, area}
        )


def _grouped(frame: pl.DataFrame) -> dict[tuple[str, str], tuple[FindingsRow, ...]]:
    found: dict[tuple[str, str], list[FindingsRow]] = defaultdict(list)
    for row in frame.sort(*KEY, "month").iter_rows(named=True):
        found[row["measure"], row["area"]].append(row)
    return defaultdict(tuple, {key: tuple(rows) for key, rows in found.items()})
