"""The condition of a value: what kind of number it is, or why there is none.

A suppressed value is not 0, and neither is a missing one. The condition travels with the value
from the file it came in to the chart, the table, the spreadsheet and the screen reader.
"""

from __future__ import annotations

from enum import StrEnum

import polars as pl


class Condition(StrEnum):
    """What a value is. The first three carry a number; the others never do."""

    OBSERVED = "observed"
    PROVISIONAL = "provisional"
    REVISED = "revised"
    SUPPRESSED = "suppressed"
    MISSING = "missing"
    NOT_APPLICABLE = "not applicable"

    @property
    def has_number(self) -> bool:
        return self in WITH_NUMBER


class Origin(StrEnum):
    """Where a value came from: the record itself, or a reconstruction that fits what was printed."""

    RECORDED = "recorded"
    RECONSTRUCTED = "reconstructed"


WITH_NUMBER = frozenset({Condition.OBSERVED, Condition.PROVISIONAL, Condition.REVISED})

CONDITION = pl.Enum([c.value for c in Condition])
ORIGIN = pl.Enum([o.value for o in Origin])


def usable(value: str = "value", condition: str = "condition") -> pl.Expr:
    """True where a value may be calculated with: it has a number and a condition that carries one."""
    carries = pl.col(condition).is_in([c.value for c in WITH_NUMBER])
    return pl.col(value).is_not_null() & pl.col(value).is_not_nan() & carries


def usable_value(value: str = "value", condition: str = "condition") -> pl.Expr:
    """The value where it may be calculated with, and null elsewhere: never 0 for a hidden one."""
    return pl.when(usable(value, condition)).then(pl.col(value)).otherwise(None)
