"""From written cells to observations, and to everything that is wrong with them.

Every check is an expression over all rows at once; only the rows that will be listed are looked at
one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

import polars as pl

from frankpledge.analysis.conditions import WITH_NUMBER, Condition, Origin
from frankpledge.analysis.percentages import percentage_of
from frankpledge.analysis.periods import month_name
from frankpledge.analysis.series import OBSERVATION
from frankpledge.figures.bounds import check_bounds, check_conditions
from frankpledge.figures.cells import (
    condition_in,
    decimals_in,
    mark_in,
    number_in,
    trimmed,
    unshielded,
    why_no_number,
)
from frankpledge.figures.forms import Form
from frankpledge.figures.layouts import COUNTED, WRITTEN
from frankpledge.figures.months import day_in, month_in, why_no_day, why_no_month
from frankpledge.figures.problems import Explain, Problems
from frankpledge.figures.tables import Table

CALENDAR_FROM = date(1990, 1, 1)
ROWS_AT_ONCE = 1 << 19
"""So many rows are judged together, which bounds the memory that a large file needs."""

SUGGESTED_FOR = 20
"""Near names are looked for as often as this in one table; it is slow where there are many."""

CARRY_A_NUMBER = [c.value for c in WITH_NUMBER]


class Named(Protocol):
    """What we need of a measure's definition."""

    @property
    def id(self) -> str: ...


class MeasureNames(Protocol):
    """What we need of the library of measures."""

    def __iter__(self) -> Iterator[Named]: ...

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
    """The figures of one table as observations, with `row` and `column` still beside them.

    What was written in a column stays beside what it was read as: "month written" and "month".
    """
    frame = figures.rename({name: f"{name} written" for name in WRITTEN})
    frame = _with_measures(frame, table, library, problems)
    return pl.concat(
        _judged_part(part, table, calendar, known_at, problems)
        for part in frame.iter_slices(ROWS_AT_ONCE)
    )


def _judged_part(
    frame: pl.DataFrame,
    table: Table,
    calendar: Calendar,
    known_at: date | None,
    problems: Problems,
) -> pl.DataFrame:
    _check_names(frame, table, problems)
    frame = _with_dates(frame, table, calendar, known_at, problems)
    frame = _with_numbers(frame, table, problems)
    frame = _with_conditions(frame)
    check_conditions(frame, table.file, problems)
    check_bounds(frame, table.file, problems)
    return frame.select(
        "row", "column", *(pl.col(n).cast(dtype) for n, dtype in OBSERVATION.items())
    )


def _with_measures(
    frame: pl.DataFrame, table: Table, library: MeasureNames, problems: Problems
) -> pl.DataFrame:
    """Adds `measure`, its id, and its `unit`; a name nobody knows is one problem, not one a row."""
    written = pl.col("measure written")
    names = frame.group_by(written).agg(pl.col("row").min(), pl.col("row").n_unique().alias("rows"))
    family = "police-uk" if table.form is Form.COUNTS else None
    found = [library.named(n, family) if n else None for n in names["measure written"]]
    names = names.with_columns(
        pl.Series("measure", [m.id if m else None for m in found], dtype=pl.String)
    )
    unknown = names.filter(pl.col("measure").is_null() & (trimmed(written) != "")).sort("row")
    _report_unknown(unknown, table, library, problems)
    units = library.traits().select("measure", "unit")
    read = names.join(units, on="measure", how="left").select("measure written", "measure", "unit")
    return frame.join(
        read, on="measure written", how="left", nulls_equal=True, maintain_order="left"
    )


def _report_unknown(
    unknown: pl.DataFrame, table: Table, library: MeasureNames, problems: Problems
) -> None:
    ids = [m.id for m in library]
    for nth, (name, row, rows) in enumerate(
        unknown.select("measure written", "row", "rows").iter_rows()
    ):
        as_id = "-".join(name.lower().split())
        near = get_close_matches(as_id, ids, n=3) if nth < SUGGESTED_FOR else []
        meant = f"Perhaps {' or '.join(near)} is meant. " if near else ""
        others = f" The name stands in {rows:,} rows." if rows > 1 else ""
        problems.add(
            table.file,
            "a measure that is defined",
            f"{meant}All of them: frankpledge measures list.{others}",
            row=row,
            column="crime_type" if table.form is Form.COUNTS else "measure",
            value=name,
        )


def _check_names(frame: pl.DataFrame, table: Table, problems: Problems) -> None:
    for name, wanted in (("measure", "a measure"), ("area", "an area")):
        empty = frame.filter(trimmed(pl.col(f"{name} written")) == "").unique("row", keep="first")
        problems.add_rows(
            table.file,
            empty.drop("column"),
            column=name,
            value=None,
            explain=(
                f"the name of {wanted}",
                "Fill it in on every row; of merged cells only the first holds the name.",
            ),
        )


def _each_text_once(
    frame: pl.DataFrame, name: str, rules: dict[str, Callable[[pl.Expr], pl.Expr]]
) -> pl.DataFrame:
    """Adds what each rule reads in a column. Most texts stand in many rows and are read once."""
    texts = frame.select(pl.col(name).unique())
    read = texts.with_columns(rule(pl.col(name)).alias(new) for new, rule in rules.items())
    if texts.height == 1:
        return frame.with_columns(pl.lit(read[new][0], read[new].dtype).alias(new) for new in rules)
    return frame.join(read, on=name, how="left", nulls_equal=True, maintain_order="left")


def _with_dates(
    frame: pl.DataFrame, table: Table, calendar: Calendar, known_at: date | None, problems: Problems
) -> pl.DataFrame:
    """Adds `month` and `known_at` as dates, and `area` without the spaces around it."""
    frame = _each_text_once(frame, "month written", {"month": month_in})
    frame = _each_text_once(frame, "known_at written", {"known_at": day_in})
    frame = frame.with_columns(unshielded(trimmed(pl.col("area written"))).alias("area"))
    month, known = pl.col("month"), pl.col("known_at")
    given = trimmed(pl.col("known_at written")) != ""
    checks: tuple[tuple[str, pl.Expr, Explain | tuple[str, str]], ...] = (
        ("month", month.is_null(), why_no_month),
        ("month", month > calendar.until, _month_to_come(calendar)),
        ("month", month < calendar.first, _month_too_early(calendar)),
        ("known_at", known.is_null() & given, why_no_day),
        ("known_at", known < month, KNOWN_TOO_EARLY),
    )
    for column, wrong, explain in checks:
        rows = frame.filter(wrong)
        if column == "month" and table.form is Form.WIDE:
            rows = rows.unique("column", maintain_order=True).with_columns(
                pl.lit(table.header_row, dtype=pl.UInt32).alias("row")
            )
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


def _with_numbers(frame: pl.DataFrame, table: Table, problems: Problems) -> pl.DataFrame:
    """Adds, of the value and of each count, the "number", the "mark" and the "decimals"."""
    for name in COUNTED:
        frame = _each_text_once(
            frame,
            f"{name} written",
            {
                f"{name} number": lambda text: number_in(text, thousands=table.thousands),
                f"{name} mark": mark_in,
                f"{name} decimals": decimals_in,
                "percent": lambda text: number_in(text, thousands=table.thousands, percent=True),
            },
        )
        exact, percent = pl.col(f"{name} exact"), pl.col("percent")
        is_percentage = (pl.col("unit") == "percentage") & (name == "value")
        frame = frame.with_columns(
            pl.coalesce(
                pl.when(exact.is_finite()).then(exact),
                f"{name} number",
                pl.when(is_percentage).then(percent),
            ).alias(f"{name} number")
        ).drop("percent", f"{name} exact")
        rows = frame.filter(pl.col(f"{name} number").is_null() & pl.col(f"{name} mark").is_null())
        problems.add_rows(
            table.file,
            rows if name == "value" else rows.drop("column"),
            column=name,
            value=f"{name} written",
            explain=why_no_number,
        )
    return frame.rename({"numerator number": "numerator", "denominator number": "denominator"})


def _with_conditions(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds `value`, `condition`, `origin` and `reason` as they will stand.

    A percentage that comes with its counts is worked out from them, so that it is not rounded.
    """
    frame = _each_text_once(frame, "condition written", {"declared": condition_in})
    frame = _each_text_once(frame, "origin written", {"origin": _origin_in})
    of_counts = percentage_of(pl.col("numerator"), pl.col("denominator"))
    frame = frame.with_columns(
        pl.when(pl.col("unit") == "percentage").then(of_counts).alias("computed")
    )
    frame = frame.with_columns(_condition().alias("condition"))
    carries = pl.col("condition").is_in(CARRY_A_NUMBER)
    return frame.with_columns(
        pl.when(carries).then(pl.coalesce("computed", "value number")).alias("value"),
        _reason().alias("reason"),
    )


def _origin_in(text: pl.Expr) -> pl.Expr:
    plain = trimmed(text).str.to_lowercase()
    known = {o.value: o.value for o in Origin} | {"": Origin.RECORDED.value}
    return plain.replace_strict(known, default=None, return_dtype=pl.String)


def _condition() -> pl.Expr:
    """What the figure is, by the column "condition", by its cell, and by the counts beside it."""
    declared, number, mark = pl.col("declared"), pl.col("value number"), pl.col("value mark")
    blank = trimmed(pl.col("value written")) == ""
    hidden = Condition.SUPPRESSED.value
    count_hidden = (pl.col("numerator mark") == hidden) | (pl.col("denominator mark") == hidden)
    nothing_to_divide = (pl.col("unit") == "percentage") & (pl.col("denominator") == 0)
    with_number = pl.coalesce(declared, pl.lit(Condition.OBSERVED.value))
    return (
        pl.when(declared.is_not_null() & ~declared.is_in(CARRY_A_NUMBER)).then(declared)
        .when(number.is_not_null()).then(with_number)
        .when(~blank).then(mark)
        .when(pl.col("computed").is_not_null()).then(with_number)
        .when(count_hidden).then(pl.lit(hidden))
        .when(nothing_to_divide).then(pl.lit(Condition.NOT_APPLICABLE.value))
        .otherwise(pl.lit(Condition.MISSING.value))
    )  # fmt: skip


def _reason() -> pl.Expr:
    """The reason given; failing that, what the cell itself says."""
    given = unshielded(trimmed(pl.col("reason written")))
    written = trimmed(pl.col("value written"))
    condition = pl.col("condition")
    return (
        pl.when(given != "").then(given)
        .when(condition.is_in(CARRY_A_NUMBER)).then(None)
        .when((written != "") & pl.col("value number").is_null())
        .then(pl.format("written {}", written))
        .when(pl.col("declared") == condition).then(None)
        .when(condition == Condition.MISSING.value).then(pl.lit("left empty"))
        .when(condition == Condition.SUPPRESSED.value)
        .then(pl.lit("a count it is made of is suppressed"))
        .otherwise(pl.lit("nothing to divide by"))
    )  # fmt: skip
