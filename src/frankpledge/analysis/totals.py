"""Areas add up to the force where the source is one; a difference is shown, never hidden."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from frankpledge.analysis.comparisons import POOLED
from frankpledge.analysis.conditions import (
    CONDITION,
    ORIGIN,
    Condition,
    Origin,
    usable,
    usable_value,
)
from frankpledge.analysis.series import KEY, OBSERVATION

SUM_OF_AREAS = "sum of areas"


def area_totals(
    series: pl.DataFrame, traits: pl.DataFrame, force: str, areas: Sequence[str]
) -> pl.DataFrame:
    """The force beside the sum of its areas, for each measure that adds up and each month.

    | measure | force | month | force_value | areas_value | difference |
    |---|---|---|---|---|---|
    | shoplifting | West Mercia | 2022-06-01 | 636 | 630 | 6 |

    `difference` is force − areas. `areas_value` is null where one area is missing or suppressed (a
    sum over a gap is not a sum); `difference` where either side is null. A row stands for each month
    of the force's series.
    """
    adding = traits.filter("adds_up")["measure"].to_list()
    added = series.filter(pl.col("measure").is_in(adding))
    return (
        added.filter(pl.col("area") == force)
        .select(
            "measure", pl.col("area").alias("force"), "month", usable_value().alias("force_value")
        )
        .join(_summed(added, areas), on=["measure", "month"], how="left", maintain_order="left")
        .with_columns((pl.col("force_value") - pl.col("areas_value")).alias("difference"))
        .select("measure", "force", "month", "force_value", "areas_value", "difference")
    )


def _summed(series: pl.DataFrame, areas: Sequence[str]) -> pl.DataFrame:
    """The sum over the areas for each measure and month; null unless every one of them is known."""
    known = usable().sum() == len(set(areas))
    return (
        series.filter(pl.col("area").is_in(list(areas)))
        .group_by("measure", "month")
        .agg(pl.when(known).then(usable_value().sum()).alias("areas_value"))
    )


def with_force(
    series: pl.DataFrame, traits: pl.DataFrame, force: str, areas: Sequence[str]
) -> pl.DataFrame:
    """The series with a force series for each measure that has none: the sum of its areas.

    Counts are added. A percentage or ratio with its numerator and denominator is pooled. The reason
    says "sum of areas". A month in which an area is unknown is "suppressed" for the force if one
    area is, else "missing". Other units get no force series, and neither does a measure whose force
    series is there already.
    """
    present = series.filter(pl.col("area") == force)["measure"].unique()
    summable = traits.filter(pl.col("adds_up") | pl.col("unit").is_in(list(POOLED))).select(
        "measure",
        pl.col("unit")
        .replace_strict(POOLED, default=None, return_dtype=pl.Float64)
        .alias("_scale"),
    )
    parts = series.filter(
        pl.col("area").is_in(list(areas)) & ~pl.col("measure").is_in(present.to_list())
    ).join(summable, on="measure")
    if parts.is_empty():
        return series
    return (
        pl.concat([series, _added_up(parts, force, areas).select(series.columns)])
        .sort([*KEY, "month"])
        .select(series.columns)
    )


def _added_up(parts: pl.DataFrame, force: str, areas: Sequence[str]) -> pl.DataFrame:
    pooled = pl.col("_scale").is_not_null()
    counted = pl.col("numerator").is_not_null() & pl.col("denominator").is_not_null()
    nothing = ((pl.col("numerator") == 0) & (pl.col("denominator") == 0)).fill_null(False)
    known = pl.when(pooled).then((usable() | nothing) & counted).otherwise(usable())
    whole = pl.col("_known") == len(set(areas))
    quotient = pl.when(pl.col("denominator") > 0).then(
        pl.col("numerator") / pl.col("denominator") * pl.col("_scale")
    )
    value = pl.when(pooled).then(quotient).otherwise(pl.col("value"))
    return (
        parts.group_by("measure", "month", "_scale")
        .agg(
            known.sum().alias("_known"),
            usable_value().sum().alias("value"),
            pl.when(pooled.all()).then(pl.col("numerator").sum()).alias("numerator"),
            pl.when(pooled.all()).then(pl.col("denominator").sum()).alias("denominator"),
            pl.col("known_at").max(),
            *(
                (pl.col("condition") == c.value).any().alias(f"_{c.name}")
                for c in (Condition.SUPPRESSED, Condition.PROVISIONAL, Condition.REVISED)
            ),
            (pl.col("origin") == Origin.RECONSTRUCTED.value).any().alias("_reconstructed"),
        )
        .with_columns(
            pl.when(whole).then(value).alias("value"),
            *(pl.when(whole).then(pl.col(n)).alias(n) for n in ("numerator", "denominator")),
        )
        .with_columns(
            pl.lit(force).alias("area"),
            _condition_of_sum(whole).cast(CONDITION).alias("condition"),
            pl.when("_reconstructed")
            .then(pl.lit(Origin.RECONSTRUCTED.value))
            .otherwise(pl.lit(Origin.RECORDED.value))
            .cast(ORIGIN)
            .alias("origin"),
            pl.when(whole)
            .then(pl.lit(SUM_OF_AREAS))
            .otherwise(
                pl.format(
                    "sum of areas: {} of {} not known",
                    len(set(areas)) - pl.col("_known"),
                    len(set(areas)),
                )
            )
            .alias("reason"),
        )
        .select(OBSERVATION.keys())
    )


def _condition_of_sum(whole: pl.Expr) -> pl.Expr:
    """A sum is as firm as the least firm of its parts."""
    return (
        pl.when(~whole & pl.col("_SUPPRESSED"))
        .then(pl.lit(Condition.SUPPRESSED.value))
        .when(~whole)
        .then(pl.lit(Condition.MISSING.value))
        .when(pl.col("value").is_null())
        .then(pl.lit(Condition.NOT_APPLICABLE.value))
        .when("_PROVISIONAL")
        .then(pl.lit(Condition.PROVISIONAL.value))
        .when("_REVISED")
        .then(pl.lit(Condition.REVISED.value))
        .otherwise(pl.lit(Condition.OBSERVED.value))
    )
