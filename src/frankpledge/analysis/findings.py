"""Findings: everything a report may say in numbers, in a few frames and one long list.

`NAMES` is the list of what may be said. A number that is not on it does not leave: not in the pages,
not in the workbook, not in `findings.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from frankpledge.analysis.conditions import Condition

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
                .alias("unit")
            )
            .select(LONG.keys())
            .sort("measure", "area", "month", "name")
        )


def _melted(frame: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The named columns of a frame as rows: measure, area, month, name, number, word, condition."""
    words = [n for n in names if NAMES[n] == "word"]
    key = ["measure", "area", "month"]
    marks = [c for c in ("condition", "origin") if c in frame.columns]
    long = [
        frame.with_columns(
            pl.col(numbers).cast(pl.Float64) for numbers in names if numbers not in words
        )
        .unpivot(
            [n for n in names if n not in words],
            index=key + marks,
            variable_name="name",
            value_name="number",
        )
        .with_columns(pl.lit(None, dtype=pl.String).alias("word")),
    ]
    if words:
        long.append(
            frame.unpivot(
                words, index=key + marks, variable_name="name", value_name="word"
            ).with_columns(pl.lit(None, dtype=pl.Float64).alias("number"))
        )
    told = pl.concat(long, how="diagonal_relaxed")
    empty = pl.col("number").is_null() & pl.col("word").is_null()
    own = (
        pl.col("condition").cast(pl.String)
        if "condition" in marks
        else pl.lit(Condition.OBSERVED.value)
    )
    return told.with_columns(
        # What was worked out from a value has no number for a reason of its own: a window with a
        # gap, a month too early. Only the value itself carries the value's condition.
        pl.when(pl.col("name") == "value")
        .then(own)
        .when(empty & own.is_in([Condition.SUPPRESSED.value]))
        .then(pl.lit(Condition.SUPPRESSED.value))
        .when(empty)
        .then(pl.lit(Condition.NOT_APPLICABLE.value))
        .otherwise(pl.lit(Condition.OBSERVED.value))
        .alias("condition"),
        (pl.col("origin").cast(pl.String) if "origin" in marks else pl.lit("recorded")).alias(
            "origin"
        ),
    ).select("measure", "area", "month", "name", "number", "word", "condition", "origin")


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
