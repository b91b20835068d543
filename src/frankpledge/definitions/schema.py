"""What a measure is: the promise that stands behind a printed number.

One TOML file is one measure, and its file name (without `.toml`) is its id. `docs/measures.md`
explains every field to the person who writes one; the rules below are the ones a file must keep.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    model_validator,
)

from frankpledge.analysis.periods import parse_month

Unit = Literal[
    "count", "percentage", "seconds", "minutes", "hours", "days", "ratio", "pounds", "rate"
]
Level = Literal["gold", "silver", "bronze"]
Better = Literal["higher", "lower", "neither"]
Direction = Literal["at least", "at most"]
TargetOver = Literal["month", "financial year to date", "rolling 12"]
Table = Literal["force-volumes", "area-volumes", "police-uk"]

TABLES: tuple[str, ...] = get_args(Table)
NEVER_ADD_UP = frozenset({"percentage", "ratio", "rate"})
SHORTEST_DEFINITION = 60

_REFERENCE = re.compile(r"[1-9]\d*(\.[1-9]\d*){1,3}")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_UNFINISHED = re.compile(r"\b(tbc|tbd|todo|lorem|to be (determined|confirmed|written))\b", re.I)
_CONTACT = re.compile(r"@|\d{5,}")


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise ValueError("numbers with points between them, as in 4.2.12")
    return text


def _kebab_case(text: str) -> str:
    if not _ID.fullmatch(text):
        raise ValueError("a file name of small letters, digits and single hyphens")
    return text


def _finished(text: str) -> str:
    if len(text) < SHORTEST_DEFINITION:
        raise ValueError(
            f"at least {SHORTEST_DEFINITION} characters that say what is counted and how"
            f" (this has {len(text)})"
        )
    if _UNFINISHED.search(text):
        raise ValueError("a finished definition, without words such as TBC or to be determined")
    return text


def _role(text: str) -> str:
    if _CONTACT.search(text):
        raise ValueError("a role, without an e-mail address or a telephone number")
    return text


def _month(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError('a month in quotation marks, as in "2022-07"')
    return parse_month(value)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Reference = Annotated[str, AfterValidator(_reference)]
Definition = Annotated[Text, AfterValidator(_finished)]
Role = Annotated[Text, AfterValidator(_role)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[date, Field(strict=True)]
Month = Annotated[date, BeforeValidator(_month)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoodLooksLike(_Frozen):
    """What good looks like: in words always; as a number and by a date where it has them.

    `over` is what the number is held against: the month of `by` alone, or the months that lead up
    to it (their sum, or their mean where the measure does not add up). `reviewed` is the month in
    which the subject lead last agreed it.
    """

    text: Text
    value: Number | None = None
    direction: Direction | None = None
    by: Day | None = None
    over: TargetOver = "month"
    reviewed: Month | None = None

    @model_validator(mode="after")
    def _a_number_has_a_direction(self) -> Self:
        if (self.value is None) != (self.direction is None):
            raise ValueError(
                'both value and direction ("at least" or "at most"), or neither of the two'
            )
        return self


class Measure(_Frozen):
    """One measure, as its file defines it. `id` is the name of the file."""

    id: Annotated[str, AfterValidator(_kebab_case)]

    reference: Reference | None = None
    part_of: Reference | None = None
    title: Text
    short_title: Annotated[Text, StringConstraints(max_length=48)]
    also_called: tuple[Text, ...] = ()

    strategic_objective: Text | None = None
    key_question: Text | None = None
    indicator: Text | None = None
    level: Level
    plan_objective: Text | None = None
    plan_commitments: tuple[StrictInt, ...] = ()

    unit: Unit
    decimals: Annotated[StrictInt, Field(ge=0, le=4)] = 0
    better: Better
    adds_up: StrictBool
    lists_only_occurrences: StrictBool = False
    suppress_below: Annotated[StrictInt, Field(ge=2)] | None = None
    suppression_reason: Text | None = None
    good_looks_like: GoodLooksLike | None = None

    definition: Definition
    why_it_matters: Text
    how_calculated: Text
    source: Text
    caveats: tuple[Text, ...] = ()

    author_role: Role
    checker_role: Role
    next_review: Day

    tables: tuple[Table, ...] = ()
    table_group: Text | None = None
    table_order: StrictInt | None = None

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        broken = [says for holds, says in self._rules() if not holds]
        if broken:
            raise ValueError("; ".join(broken))
        return self

    def _rules(self) -> list[tuple[bool, str]]:
        """What must hold between fields, each with what was expected."""
        good = self.good_looks_like
        on_scorecard = self.reference is not None or self.part_of is not None
        asks = (self.strategic_objective, self.key_question, self.indicator)
        return [
            (
                not (self.reference and self.part_of),
                "either a reference of its own or part_of another's, never both",
            ),
            (
                not on_scorecard or all(asks),
                "strategic_objective, key_question and indicator, since it is on the scorecard",
            ),
            (
                not (self.adds_up and self.unit in NEVER_ADD_UP),
                f"adds_up = false, since a {self.unit} of one month does not add to the next",
            ),
            (
                (self.suppress_below is None) == (self.suppression_reason is None),
                "suppress_below together with suppression_reason, or neither of the two",
            ),
            (
                not self.plan_commitments or self.plan_objective is not None,
                "plan_objective, since it names commitments of the plan",
            ),
            (
                self.suppress_below is None or self.unit == "count",
                "suppress_below only where the unit is count",
            ),
            (
                not (good and good.value is not None and self.unit == "percentage")
                or 0 <= good.value <= 100,
                "good_looks_like.value from 0 to 100, in per cent and not as a fraction",
            ),
            (
                not self.tables or (self.table_order is not None and bool(self.table_group)),
                "table_order and table_group, since it stands in a table",
            ),
            (
                self.author_role.casefold() != self.checker_role.casefold(),
                "a checker_role other than the author_role: somebody else checks",
            ),
        ]

    @property
    def scorecard_order(self) -> tuple[int, ...]:
        """Sort key: 4.2.9 before 4.2.10, a reference before its parts, no reference last."""
        reference = self.reference or self.part_of
        if reference is None:
            return (10**6, self.table_order or 0)
        place = (*(int(n) for n in reference.split(".")),)
        return place if self.reference else (*place, 0, self.table_order or 0)

    @property
    def family(self) -> str:
        """The figures it belongs to: names must differ within a family, not between two."""
        return "police-uk" if "police-uk" in self.tables else "report"
