"""Findings: everything a report may say in numbers, in a few frames and one long list.

`NAMES` is the list of what may be said. A number that is not on it does not leave: not in the pages,
not in the workbook, not in `findings.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from frankpledge.analysis.conditions import Condition, Origin

OF_THE_MEASURE = "of the measure"
"""The number has the measure's own unit."""

_CHANGES = {
    f"{comparison}_{ending}": unit
    for comparison in ("previous_month", "same_month_last_year", "year_to_date", "rolling_12")
    for ending, unit in (
        ("change", OF_THE_MEASURE),
        ("change_pct", "per cent"),
        ("change_points", "percentage points"),
        ("small_base", "yes or no"),
    )
}

NAMES: dict[str, str] = {
    "value": OF_THE_MEASURE,
    "numerator": "count",
    "denominator": "count",
    "interval_lower": "percentage",
    "interval_upper": "percentage",
    "window_now": "percentage",
    "window_before": "percentage",
    "window_change_points": "percentage points",
    "window_p_value": "probability",
    "previous_month": OF_THE_MEASURE,
    "same_month_last_year": OF_THE_MEASURE,
    "year_to_date": OF_THE_MEASURE,
    "last_year_to_date": OF_THE_MEASURE,
    "rolling_12": OF_THE_MEASURE,
    "rolling_12_before": OF_THE_MEASURE,
    **_CHANGES,
    "rate_per_1000": "per 1,000 people",
    "limit_mean": OF_THE_MEASURE,
    "upper_limit": OF_THE_MEASURE,
    "lower_limit": OF_THE_MEASURE,
    "exceptional": "yes or no",
    "strong": "yes or no",
    "p_value": "probability",
    "months_of_history": "months",
    "rank": "rank",
    "rank_of": "forces",
    "group_mean": OF_THE_MEASURE,
    "likelihood": "probability",
    "likelihood_word": "word",
    "likelihood_confidence": "word",
    "projection": OF_THE_MEASURE,
    "lower_80": OF_THE_MEASURE,
    "upper_80": OF_THE_MEASURE,
    "lower_95": OF_THE_MEASURE,
    "upper_95": OF_THE_MEASURE,
    "areas_total": OF_THE_MEASURE,
    "areas_difference": OF_THE_MEASURE,
    "held_back": OF_THE_MEASURE,
}
"""Each name and its unit. Words and yes-or-no answers are findings too."""

OWN_ORIGIN = ("value", "numerator", "denominator", "interval_lower", "interval_upper", "held_back")
"""Names whose origin is the value's own; what else there is rests on other months too."""

HISTORY_NAMES = ("value", "rolling_12", "limit_mean", "upper_limit", "lower_limit", "exceptional")
PROJECTION_NAMES = ("projection", "lower_80", "upper_80", "lower_95", "upper_95")

LONG = {
    "measure": pl.String,
    "area": pl.String,
    "month": pl.Date,
    "name": pl.String,
    "number": pl.Float64,
    "word": pl.String,
    "unit": pl.String,
    "condition": pl.String,
    "origin": pl.String,
}


@dataclass(frozen=True)
class Pack:
    """What is true of the whole report.

    `expected_by_chance` is how many of the `judged` series would lie outside their limits this month
    were nothing going on anywhere; `false_discovery_level` the share of strong flags that may be
    false in the long run.
    """

    as_at: date | None
    limits: str
    judged: int
    crossings: int
    strong: int
    expected_by_chance: float | None
    false_discovery_level: float


@dataclass(frozen=True)
class Findings:
    """The frames of one report; `docs/architecture.md` lists their columns."""

    month: date
    newest: pl.DataFrame
    history: pl.DataFrame
    projection: pl.DataFrame
    exceptions: pl.DataFrame
    revisions: pl.DataFrame
    held_back: pl.DataFrame
    totals: pl.DataFrame
    pack: Pack

    def numbers(self) -> pl.DataFrame:
        """Every finding, one row each, with the columns of `LONG`.

        A row is sorted by measure, area, month and name, and stands once. `number` holds a number
        (1 and 0 for yes and no), `word` a word; both are null where the condition says why.
        """
        units = self.newest.select("measure", pl.col("unit").alias("measure_unit")).unique()
        told = pl.concat(
            [
                _melted(self.newest, [n for n in NAMES if n in self.newest.columns]),
                _melted(self.history.filter(pl.col("month") != self.month), list(HISTORY_NAMES)),
                _melted(self.projection, list(PROJECTION_NAMES)),
                _melted(_named_held_back(self.held_back), ["held_back"]),
                _melted(_named_totals(self.totals), ["areas_total", "areas_difference"]),
            ]
        )
        unit = pl.col("name").replace_strict(NAMES)
        return (
            told.join(units, on="measure", how="left")
            .with_columns(
                pl.when(unit == OF_THE_MEASURE)
                .then(pl.col("measure_unit"))
                .otherwise(unit)
                .alias("unit"),
                _origin().alias("origin"),
            )
            .select(LONG.keys())
            .sort("measure", "area", "month", "name")
        )


def _melted(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The named columns of a frame as rows: measure, area, month, name, number, word, condition."""
    words = [name for name in names if NAMES[name] == "word"]
    numbers = [name for name in names if NAMES[name] != "word"]
    long = [
        _unpivoted(frame, numbers, "number", pl.Float64),
        _unpivoted(frame, words, "word", pl.String),
    ]
    told = pl.concat(long, how="diagonal")
    empty = pl.col("number").is_null() & pl.col("word").is_null()
    hidden = pl.col("condition") == Condition.SUPPRESSED.value
    return told.with_columns(
        # What was worked out from a value may lack a number for a reason of its own: a window with
        # a gap, a month too early. Only the value itself has the value's condition.
        pl.when(pl.col("name") == "value")
        .then(pl.col("condition"))
        .when(empty & hidden)
        .then(pl.lit(Condition.SUPPRESSED.value))
        .when(empty)
        .then(pl.lit(Condition.NOT_APPLICABLE.value))
        .otherwise(pl.lit(Condition.OBSERVED.value))
        .alias("condition")
    )


ORIGINS = ("origin", "derived_origin", "previous_month_origin", "same_month_last_year_origin")


def _origin() -> pl.Expr:
    """Where a number came from: its own record, that of the month it is, or of all it rests on."""
    name = pl.col("name")
    return (
        pl.when(name.is_in(OWN_ORIGIN))
        .then(pl.col("origin"))
        .when(name == "previous_month")
        .then(pl.col("previous_month_origin"))
        .when(name == "same_month_last_year")
        .then(pl.col("same_month_last_year_origin"))
        .otherwise(pl.col("derived_origin"))
        .fill_null(Origin.RECORDED.value)
    )


def _unpivoted(frame: pl.DataFrame, names: list[str], into: str, dtype: type) -> pl.DataFrame:
    """The named columns, of one type, as rows; a frame without conditions is of observed values."""
    marks = {"condition": Condition.OBSERVED.value, **dict.fromkeys(ORIGINS, Origin.RECORDED.value)}
    key = ["measure", "area", "month"]
    plain = frame.with_columns(
        pl.col(mark).cast(pl.String) if mark in frame.columns else pl.lit(usual).alias(mark)
        for mark, usual in marks.items()
    ).select(*key, *marks, pl.col(names).cast(dtype))
    return plain.unpivot(names, index=[*key, *marks], variable_name="name", value_name=into)


def _named_held_back(held: pl.DataFrame) -> pl.DataFrame:
    return held.select("measure", "area", "month", pl.col("value").alias("held_back"))


def _named_totals(totals: pl.DataFrame) -> pl.DataFrame:
    return totals.select(
        "measure",
        pl.col("force").alias("area"),
        "month",
        pl.col("areas_value").alias("areas_total"),
        pl.col("difference").alias("areas_difference"),
    )
