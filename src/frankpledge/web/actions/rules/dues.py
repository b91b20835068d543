"""By when an action is due. A month and a quarter end on their last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from frankpledge.analysis.periods import day_name, last_day


@dataclass(frozen=True)
class Due:
    """How exactly it was said, the last day it may be done on, and the words it was said in.

    A date, a month and a quarter have a last day. What is ongoing has none; what was not said is
    absent, and is never overdue for it.
    """

    kind: str = "absent"
    on: date | None = None
    words: str = ""

    def __post_init__(self) -> None:
        if (self.kind in ("date", "month", "quarter")) != (self.on is not None):
            raise ValueError(
                f"A due of kind {self.kind!r} and the day {self.on} do not go together."
            )

    @classmethod
    def by(cls, day: date, words: str = "") -> Due:
        return cls("date", day, words)

    @classmethod
    def in_month(cls, year: int, month: int, words: str = "") -> Due:
        return cls("month", end_of_month(year, month), words)

    @classmethod
    def in_quarter(cls, financial_year: int, quarter: int, words: str = "") -> Due:
        """A quarter of the financial year that begins in April of `financial_year`."""
        return cls("quarter", end_of_quarter(financial_year, quarter), words)

    @classmethod
    def ongoing(cls, words: str = "") -> Due:
        return cls("ongoing", None, words)

    def say(self) -> str:
        """14 June 2022; June 2022; quarter 3 of 2022/23; ongoing; not said."""
        if self.on is None:
            return {"ongoing": "Ongoing"}.get(self.kind, "Not said")
        if self.kind == "month":
            return f"{self.on:%B %Y}"
        if self.kind == "quarter":
            first = self.on.year if self.on.month > 3 else self.on.year - 1
            return f"Quarter {(self.on.month - 4) % 12 // 3 + 1} of {first}/{(first + 1) % 100:02d}"
        return day_name(self.on)


def end_of_month(year: int, month: int) -> date:
    return last_day(date(year, month, 1))


def end_of_quarter(financial_year: int, quarter: int) -> date:
    """The last day of a quarter: April to June is the first. Raises ValueError for a fifth."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"There is no quarter {quarter}.")
    if quarter == 4:
        return date(financial_year + 1, 3, 31)
    return end_of_month(financial_year, 3 + 3 * quarter)
