"""What a figure cannot be: below nought, half a crime, over 100%, or at odds with its own counts."""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.conditions import WITH_NUMBER, Condition, Origin
from frankpledge.analysis.rounding import half_away_from_zero
from frankpledge.figures.cells import trimmed
from frankpledge.figures.problems import Explain, Problems

MAY_BE_BELOW_ZERO = ["pounds"]
"""Money may be: an underspend is one below nought. Counts, times, rates and ratios may not."""

Check = tuple[str, pl.Expr, tuple[str, str]]

_UNIT, _NUMBER = pl.col("unit"), pl.col("value number")
_TOP, _BOTTOM = pl.col("numerator"), pl.col("denominator")
_COUNT, _PERCENTAGE = _UNIT == "count", _UNIT == "percentage"


def check_bounds(frame: pl.DataFrame, file: str, problems: Problems) -> None:
    """Values, numerators and denominators against what their measure's unit allows."""
    whole = "Give the count that the percentage is of."
    checks: tuple[Check, ...] = (
        (
            "value",
            (_NUMBER < 0) & ~_UNIT.is_in([*MAY_BE_BELOW_ZERO, "percentage"]),
            ("0 or more", "Correct it; if it is a change, give the figure itself instead."),
        ),
        (
            "value",
            _COUNT & (_NUMBER.floor() != _NUMBER),
            ("a whole number, since the measure is a count", "Correct the figure or the measure."),
        ),
        (
            "value",
            _PERCENTAGE & ~_NUMBER.is_between(0, 100),
            ("a percentage from 0 to 100", "Correct it; if it is a rate, check the measure."),
        ),
        ("numerator", _TOP < 0, ("0 or more", "Correct the numerator.")),
        ("denominator", _BOTTOM < 0, ("0 or more", "Correct the denominator.")),
        ("numerator", _PERCENTAGE & (_TOP.floor() != _TOP), ("a whole number", whole)),
        ("denominator", _PERCENTAGE & (_BOTTOM.floor() != _BOTTOM), ("a whole number", whole)),
        (
            "numerator",
            _PERCENTAGE & (_TOP > _BOTTOM) & (_BOTTOM >= 0),
            ("a numerator not above its denominator", "See if the two changed places."),
        ),
    )
    for column, wrong, explain in checks:
        _report(frame.filter(wrong), file, problems, column, explain)
    _check_against_counts(frame, file, problems)


def _check_against_counts(frame: pl.DataFrame, file: str, problems: Problems) -> None:
    """A percentage given with its counts must be what they make, to the decimals it is given in."""
    half = 0.5 * pl.lit(10.0).pow(-pl.col("value decimals")) + 1e-6
    apart = (_NUMBER - pl.col("computed")).abs() > half
    possible = pl.col("computed").is_between(0, 100) & _NUMBER.is_between(0, 100)
    rows = frame.filter(apart & possible)
    _report(rows, file, problems, "value", _what_the_counts_make, about="computed")


def _what_the_counts_make(percentage: float) -> tuple[str, str]:
    return (
        f"{half_away_from_zero(percentage, 2)}, which is what its numerator and denominator make",
        "Correct one of the three; a value that is cut off rather than rounded differs too.",
    )


def check_conditions(frame: pl.DataFrame, file: str, problems: Problems) -> None:
    """The columns "condition" and "origin" against their words and against the value."""
    carry = [c.value for c in WITH_NUMBER]
    declared, number = pl.col("declared"), _NUMBER.is_not_null()
    hidden = pl.col("condition") == Condition.SUPPRESSED.value
    word = "Correct the word, or leave the cell empty."
    checks: tuple[Check, ...] = (
        (
            "condition",
            declared.is_null() & (trimmed(pl.col("condition written")) != ""),
            (f"one of {', '.join(Condition)}", word),
        ),
        ("origin", pl.col("origin").is_null(), (" or ".join(Origin), word)),
        (
            "condition",
            number & declared.is_not_null() & ~declared.is_in(carry),
            ("no value beside such a condition", "Take out the value or correct the condition."),
        ),
        (
            "condition",
            declared.is_in(carry) & ~pl.col("condition").is_in(carry),
            ("a value beside such a condition", "Give the value or correct the condition."),
        ),
        (
            "numerator",
            hidden & _TOP.is_not_null() & ~number,
            (
                "no numerator where the figure is suppressed, for it gives the figure away",
                "Take out the numerator.",
            ),
        ),
    )
    for column, wrong, explain in checks:
        _report(frame.filter(wrong), file, problems, column, explain)


def _report(
    rows: pl.DataFrame,
    file: str,
    problems: Problems,
    column: str,
    explain: Explain | tuple[str, str],
    about: str | None = None,
) -> None:
    problems.add_rows(
        file,
        rows if column == "value" else rows.drop("column"),
        column=column,
        value=f"{column} written",
        explain=explain,
        about=about,
    )
