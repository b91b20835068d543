"""Why a month was held back, in words."""

from __future__ import annotations

import numpy as np
import polars as pl

from frankpledge.analysis.screening_table import ScreeningTable

HELD_BACK = "held back as implausible"


def told_why(table: ScreeningTable, traits: pl.DataFrame) -> pl.DataFrame:
    """Each month held back: measure, area, month, value, usual, why; sorted.

    A measure that hides small counts gives neither the number recorded nor the usual one, and where
    it is part of an area's total, that total is not given either.
    """
    rows, columns = np.nonzero(table.held)
    guarded = traits.filter(pl.col("suppress_below").is_not_null())["measure"].to_list()
    own = np.isin(table.keys["measure"].to_numpy().astype(str), guarded)
    area = table.over_areas((own & table.adds_up) * 1.0)[table.area] > 0
    frame = pl.DataFrame(
        {
            "measure": table.keys["measure"].gather(rows),
            "area": table.keys["area"].gather(rows),
            "month": pl.Series(table.months, dtype=pl.Date).gather(columns),
            "value": table.values[rows, columns],
            "usual": table.usual[rows, columns],
            "kind": table.kind[rows, columns].astype(str),
            "seen": table.seen[rows, columns],
            "expected": table.expected[rows, columns],
            "_own": own[rows],
            "_area": area[rows],
        },
        schema_overrides={"kind": pl.String},
        nan_to_null=True,
    )
    hidden = pl.when(pl.col("kind") == "series").then(pl.col("_own")).otherwise(pl.col("_area"))
    open_value = pl.when(~pl.col("_own"))
    return frame.with_columns(
        pl.concat_str(pl.lit(f"{HELD_BACK}: "), _words(hidden)).alias("why"),
        open_value.then(pl.col("value")).alias("value"),
        open_value.then(pl.col("usual")).alias("usual"),
    ).sort("measure", "area", "month")


def _words(hidden: pl.Expr) -> pl.Expr:
    seen = (
        pl.when(hidden)
        .then(
            pl.when(pl.col("seen") < pl.col("expected"))
            .then(pl.lit("far fewer"))
            .otherwise(pl.lit("far more"))
        )
        .otherwise(_whole(pl.col("seen")))
    )
    about = pl.when(hidden).then(pl.lit("is usual")).otherwise(_about(pl.col("expected")))
    than = pl.when(hidden).then(pl.lit("than")).otherwise(pl.lit("against about"))
    alone = pl.format("{} recorded {} {}", seen, than, about)
    together = pl.format("{} recorded in all measures together {} {}", seen, than, about)
    kind = pl.col("kind")
    return (
        pl.when(kind == "series")
        .then(alone)
        .when(kind == "area")
        .then(together)
        .when(kind == "mixed")
        .then(
            pl.format(
                "{} of the area's {} measures are far from what is usual",
                _whole(pl.col("seen")),
                _whole(pl.col("expected")),
            )
        )
        .when(kind == "rate")
        .then(pl.format("{} at the rate per head of other areas", together))
        .otherwise(pl.format("{} in areas of like size", together))
    )


def _whole(number: pl.Expr) -> pl.Expr:
    """A whole number with commas: 5,600."""
    digits = number.round(0).cast(pl.Int64).cast(pl.String)
    return digits.str.replace_all(r"(\d)(?:(\d{3}))$", "${1},${2}").str.replace(
        r"^(\d+)(\d{3}),", "${1},${2},"
    )


def _about(number: pl.Expr) -> pl.Expr:
    """A number to two figures, with commas: 5,637 is about 5,600."""
    size = 10 ** (number.clip(1).log10().floor() - 1).clip(0)
    return _whole((number / size).round(0) * size)
