"""From written cells to observations, and to everything that is wrong with them.

Every check is an expression over all rows at once; only the rows that will be listed are looked at
one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

import polars as pl

from frankpledge.analysis.conditions import WITH_NUMBER, Condition, Origin
from frankpledge.analysis.percentages import percentage_of
from frankpledge.analysis.periods import month_name
from frankpledge.analysis.rounding import half_away_from_zero
from frankpledge.analysis.series import OBSERVATION
from frankpledge.figures.cells import (
    condition_in,
    decimals_in,
    mark_in,
    number_in,
    trimmed,
    why_no_number,
)
from frankpledge.figures.forms import Form
from frankpledge.figures.months import day_in, month_in, why_no_day, why_no_month
from frankpledge.figures.problems import Explain, Problems
from frankpledge.figures.tables import Table

CALENDAR_FROM = date(1990, 1, 1)
SUGGESTED = 20
CARRY_A_NUMBER = [c.value for c in WITH_NUMBER]


class Named(Protocol):
    """What we need of a measure's definition."""

    @property
    def id(self) -> str: ...


class MeasureNames(Protocol):
    """What we need of the library of measures."""

    def __iter__(self) -> Iterable[Named]: ...

    def named(self, text: str, table: str | None = None) -> Named | None: ...

    def traits(self) -> pl.DataFrame: ...


@dataclass(frozen=True)
class Calendar:
    """The months a figure may be of."""

    until: date
    first: date = CALENDAR_FROM


def judged(
    figures: pl.DataFrame,
    table: Table,
    library: MeasureNames,
    calendar: Calendar,
    known_at: date | None,
    problems: Problems,
) -> pl.DataFrame:
    """The figures of one table as observations, with `row` and `column` still beside them."""
    frame = _with_measures(figures, table, library, problems)
    _empty_cells(frame, table, problems)
    frame = _with_dates(frame, table, calendar, known_at, problems)
    frame = _with_numbers(frame, table, problems)
    frame = _with_conditions(frame, table, problems)
    _out_of_bounds(frame, table, problems)
    _disagreeing(frame, table, problems)
    return _finished(frame)


def _with_measures(
    figures: pl.DataFrame, table: Table, library: MeasureNames, problems: Problems
) -> pl.DataFrame:
    """`measure` becomes its id, and `unit` is added; a name nobody knows is a problem, once."""
    written = figures.group_by("measure").agg(
        pl.col("row").min(), pl.len().alias("rows"), pl.col("row").n_unique().alias("distinct")
    ).sort("row")  # fmt: skip
    family = "police-uk" if table.form is Form.COUNTS else None
    names = written["measure"].to_list()
    found = [library.named(n, family) if n else None for n in names]
    ids = written.select(
        "measure",
        pl.Series("id", [m.id if m else None for m in found], dtype=pl.String),
    )
    unknown = written.filter(ids["id"].is_null() & (trimmed(pl.col("measure")) != ""))
    _unknown_measures(unknown, table, library, problems)
    units = library.traits().select(pl.col("measure").alias("id"), "unit")
    return (
        figures.rename({"measure": "measure written"})
        .join(
            ids.join(units, on="id", how="left", maintain_order="left").rename(
                {"measure": "measure written", "id": "measure"}
            ),
            on="measure written", how="left", nulls_equal=True, maintain_order="left",
        )
    )  # fmt: skip


def _unknown_measures(
    unknown: pl.DataFrame, table: Table, library: MeasureNames, problems: Problems
) -> None:
    ids = [m.id for m in library]
    header = "crime_type" if table.form is Form.COUNTS else "measure"
    for nth, (name, row, _, rows) in enumerate(unknown.iter_rows()):
        near = get_close_matches(_as_id(name), ids, n=3) if nth < SUGGESTED else []
        meant = f"Perhaps {' or '.join(near)} is meant; " if near else ""
        others = f" It stands in {rows:,} rows." if rows > 1 else ""
        problems.add(
            table.file,
            "a measure that is defined",
            f"{meant}frankpledge measures list shows them all.{others}".capitalize()
            if not near
            else f"{meant}frankpledge measures list shows them all.{others}",
            row=row,
            column=header,
            value=name,
        )


def _as_id(name: str) -> str:
    return "-".join(name.lower().split())


def _empty_cells(frame: pl.DataFrame, table: Table, problems: Problems) -> None:
    for name, written in (("measure", "measure written"), ("area", "area")):
        empty = frame.filter(trimmed(pl.col(written)) == "").unique("row", keep="first")
        problems.add_rows(
            table.file,
            empty.select("row", pl.lit("").alias("text")),
            column=name,
            value="text",
            explain=(
                f"the name of {'a measure' if name == 'measure' else 'an area'}",
                "Fill it in on every row; merged cells are filled in their first row alone.",
            ),
        )


def _with_dates(
    frame: pl.DataFrame, table: Table, calendar: Calendar, known_at: date | None, problems: Problems
) -> pl.DataFrame:
    """`month` and `known_at` become dates."""
    frame = _parsed(_parsed(frame, "month", month_in), "known_at", day_in)
    month, known = pl.col("month"), pl.col("known_at")
    given = trimmed(pl.col("known_at written")) != ""
    checks: tuple[tuple[str, pl.Expr, Explain], ...] = (
        ("month", month.is_null(), why_no_month),
        ("month", month > calendar.until, _month_to_come(calendar)),
        ("month", month < calendar.first, _month_too_early(calendar)),
        ("known_at", known.is_null() & given, why_no_day),
        ("known_at", known < month, KNOWN_TOO_EARLY),
    )
    for column, wrong, explain in checks:
        rows = frame.filter(wrong)
        if column == "month" and table.form is Form.WIDE:
            rows = rows.unique("column").with_columns(row=pl.lit(table.header_row))
        else:
            rows = rows.drop("column")
        problems.add_rows(
            table.file, rows, column=column, value=f"{column} written", explain=explain
        )
    if known_at is None:
        return frame
    return frame.with_columns(
        pl.when(given).then(known).otherwise(pl.lit(known_at)).alias("known_at")
    )


def _month_to_come(calendar: Calendar) -> tuple[str, str]:
    return (
        f"a month not after {month_name(calendar.until)}",
        "A figure cannot be of a month to come: correct the month, or take it out.",
    )


def _month_too_early(calendar: Calendar) -> tuple[str, str]:
    return f"a month not before {month_name(calendar.first)}", "Correct the year."


KNOWN_TOO_EARLY = (
    "a day on or after the first of the figure's month",
    "A figure cannot be known before its month begins: correct one of the two.",
)


def _parsed(frame: pl.DataFrame, name: str, rule) -> pl.DataFrame:  # noqa: ANN001
    """The column as `rule` reads it, what was written beside it. Each text is read once."""
    written = f"{name} written"
    texts = frame.select(pl.col(name).unique().alias(written))
    read = texts.with_columns(rule(pl.col(written)).alias(name))
    return frame.rename({name: written}).join(
        read, on=written, how="left", nulls_equal=True, maintain_order="left"
    )


def _with_numbers(frame: pl.DataFrame, table: Table, problems: Problems) -> pl.DataFrame:
    """Numbers beside what was written: "value number" and "value mark", and so for the counts."""
    for name in ("value", "numerator", "denominator"):
        text, exact = pl.col(name), pl.col(f"{name} exact")
        number = number_in(text, thousands=table.thousands)
        if name == "value":
            with_sign = number_in(text, thousands=table.thousands, percent=True)
            number = pl.when(pl.col("unit") == "percentage").then(with_sign).otherwise(number)
        frame = frame.with_columns(
            pl.coalesce(pl.when(exact.is_finite()).then(exact), number).alias(f"{name} number"),
            mark_in(text).alias(f"{name} mark"),
        )
        rows = frame.filter(pl.col(f"{name} number").is_null() & pl.col(f"{name} mark").is_null())
        problems.add_rows(
            table.file,
            rows if name == "value" else rows.drop("column"),
            column=name,
            value=name,
            explain=why_no_number,
        )
    return frame


def _with_conditions(frame: pl.DataFrame, table: Table, problems: Problems) -> pl.DataFrame:
    """Adds "value", "condition" and "reason" as they will stand, and checks that they agree."""
    frame = frame.rename(
        {n: f"{n} written" for n in ("value", "condition", "origin", "reason")}
    ).with_columns(
        condition_in(pl.col("condition written")).alias("declared"),
        _origin(pl.col("origin written")).alias("origin"),
        pl.when(pl.col("unit") == "percentage").then(
            percentage_of(pl.col("numerator number"), pl.col("denominator number"))
        ).alias("computed"),
    )  # fmt: skip
    frame = frame.with_columns(_resolved_condition().alias("condition"))
    carries = pl.col("condition").is_in(CARRY_A_NUMBER)
    number = pl.coalesce("computed", "value number")
    frame = frame.with_columns(
        pl.when(carries).then(number).alias("value"), _reason().alias("reason")
    )
    _conditions_that_cannot_be(frame, table, problems)
    return frame


def _origin(text: pl.Expr) -> pl.Expr:
    plain = trimmed(text).str.to_lowercase()
    known = {o.value: o.value for o in Origin} | {"": Origin.RECORDED.value}
    return plain.replace_strict(known, default=None, return_dtype=pl.String)


def _resolved_condition() -> pl.Expr:
    """What the figure is, from the column "condition", the cell itself, and the counts beside it."""
    declared, number, mark = pl.col("declared"), pl.col("value number"), pl.col("value mark")
    declares_a_number = declared.is_in(CARRY_A_NUMBER)
    blank = trimmed(pl.col("value written")) == ""
    hidden = Condition.SUPPRESSED.value
    counts_hidden = (pl.col("numerator mark") == hidden) | (pl.col("denominator mark") == hidden)
    nothing_to_divide = (pl.col("unit") == "percentage") & (pl.col("denominator number") == 0)
    observed = pl.lit(Condition.OBSERVED.value)
    return (
        pl.when(declared.is_not_null() & ~declares_a_number).then(declared)
        .when(number.is_not_null()).then(pl.coalesce(declared, observed))
        .when(~blank).then(mark)
        .when(pl.col("computed").is_not_null()).then(pl.coalesce(declared, observed))
        .when(counts_hidden).then(pl.lit(hidden))
        .when(nothing_to_divide).then(pl.lit(Condition.NOT_APPLICABLE.value))
        .otherwise(pl.lit(Condition.MISSING.value))
    )  # fmt: skip


def _reason() -> pl.Expr:
    """The reason given; failing that, what the cell itself says."""
    given, written = trimmed(pl.col("reason written")), trimmed(pl.col("value written"))
    blank, condition = written == "", pl.col("condition")
    return (
        pl.when(given != "").then(given)
        .when(condition.is_in(CARRY_A_NUMBER)).then(None)
        .when(~blank & pl.col("value number").is_null()).then(pl.format("written {}", written))
        .when(pl.col("declared") == condition).then(None)
        .when(condition == Condition.MISSING.value).then(pl.lit("left empty"))
        .when(condition == Condition.SUPPRESSED.value)
        .then(pl.lit("a count it is made of is suppressed"))
        .otherwise(pl.lit("nothing to divide by"))
    )  # fmt: skip


def _conditions_that_cannot_be(frame: pl.DataFrame, table: Table, problems: Problems) -> None:
    declared = pl.col("declared")
    declares_a_number = declared.is_in(CARRY_A_NUMBER)
    number = pl.col("value number").is_not_null()
    any_number = number | pl.col("numerator number").is_not_null()
    hidden = pl.col("condition") == Condition.SUPPRESSED.value
    checks = (
        (
            "condition",
            declared.is_null() & (trimmed(pl.col("condition written")) != ""),
            (f"one of {', '.join(Condition)}", "Correct the word, or leave the cell empty."),
        ),
        (
            "origin",
            pl.col("origin").is_null(),
            (f"{' or '.join(Origin)}", "Correct the word, or leave the cell empty."),
        ),
        (
            "condition",
            number & ~declares_a_number & declared.is_not_null(),
            (
                "no value where the condition says there is none",
                "Take out the value, or correct the condition.",
            ),
        ),
        (
            "condition",
            declares_a_number & ~pl.col("condition").is_in(CARRY_A_NUMBER),
            (
                "a value, since the condition says there is one",
                "Give it, or correct the condition.",
            ),
        ),
        (
            "numerator",
            hidden & any_number & ~number,
            (
                "no numerator where the figure is suppressed, for it would give the figure away",
                "Take out the numerator.",
            ),
        ),
    )
    for column, wrong, explain in checks:
        rows = frame.filter(wrong).drop("column")
        text = f"{column} written" if f"{column} written" in rows.columns else column
        problems.add_rows(table.file, rows, column=column, value=text, explain=explain)


def _out_of_bounds(frame: pl.DataFrame, table: Table, problems: Problems) -> None:
    unit, number = pl.col("unit"), pl.col("value number")
    top, bottom = pl.col("numerator number"), pl.col("denominator number")
    count, percentage = unit == "count", unit == "percentage"
    checks = (
        (
            "value",
            (number < 0) & ~unit.is_in(["pounds", "percentage"]),
            ("0 or more", "Correct the figure; if it is a change, give the figure itself."),
        ),
        (
            "value",
            count & (number != number.floor()),
            ("a whole number, since this measure is a count", "Correct the figure or the measure."),
        ),
        (
            "value",
            percentage & ~number.is_between(0, 100),
            (
                "a percentage from 0 to 100",
                "Correct the figure; if it is a rate, check the measure.",
            ),
        ),
        ("numerator", top < 0, ("0 or more", "Correct the numerator.")),
        ("denominator", bottom < 0, ("0 or more", "Correct the denominator.")),
        (
            "numerator",
            percentage & (top != top.floor()),
            ("a whole number, since it counts", "Give the count that the percentage is of."),
        ),
        (
            "denominator",
            percentage & (bottom != bottom.floor()),
            ("a whole number, since it counts", "Give the count that the percentage is of."),
        ),
        (
            "numerator",
            percentage & (top > bottom),
            (
                "a numerator not above its denominator",
                "Look whether the two are the wrong way round.",
            ),
        ),
    )
    for column, wrong, explain in checks:
        rows = frame.filter(wrong)
        text = "value written" if column == "value" else column
        if column != "value":
            rows = rows.drop("column")
        problems.add_rows(table.file, rows, column=column, value=text, explain=explain)


def _disagreeing(frame: pl.DataFrame, table: Table, problems: Problems) -> None:
    """A percentage given with its counts must be what they make, to the decimals it is given in."""
    half = 0.5 * pl.lit(10.0).pow(-decimals_in(pl.col("value written"))) + 1e-6
    apart = (pl.col("value number") - pl.col("computed")).abs() > half
    problems.add_rows(
        table.file,
        frame.filter(apart & pl.col("computed").is_between(0, 100)).drop("column"),
        column="value",
        value="value written",
        explain=_what_the_counts_make,
        about="computed",
    )


def _what_the_counts_make(percentage: float) -> tuple[str, str]:
    return (
        f"{half_away_from_zero(percentage, 2)}, which is what its numerator and denominator make",
        "Correct one of the three; a value that is cut off rather than rounded differs too.",
    )


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    numbers = {
        "numerator": pl.col("numerator number"), "denominator": pl.col("denominator number"),
        "area": trimmed(pl.col("area")),
    }  # fmt: skip
    return frame.select(
        "row",
        "column",
        *(numbers.get(n, pl.col(n)).cast(t).alias(n) for n, t in OBSERVATION.items()),
    )
