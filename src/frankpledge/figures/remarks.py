"""What a person should look at in figures that were taken: nothing is wrong, but it may be."""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.conditions import WITH_NUMBER

CARRY_A_NUMBER = [c.value for c in WITH_NUMBER]


def cells_without_number(observations: pl.DataFrame, file: str) -> list[str]:
    """How often each mark stands in a file, and what it was taken as."""
    from_the_cell = pl.col("reason").str.contains(r"^(?:written .|left empty$)")
    counted = (
        observations.filter(~pl.col("condition").is_in(CARRY_A_NUMBER) & from_the_cell)
        .group_by("reason", "condition")
        .len()
        .sort("len", "reason", descending=[True, False])
    )
    return [
        f"{file}: {count:,} {'cell' if count == 1 else 'cells'} {reason}: taken as {condition}."
        for reason, condition, count in counted.head(10).iter_rows()
    ]


def may_be_fractions(observations: pl.DataFrame, traits: pl.DataFrame, file: str) -> list[str]:
    """Percentages of which none is above 1: perhaps 0.725 was written for 72.5.

    One or two say nothing: outcomes of 0.4% exist.
    """
    percentages = traits.filter(pl.col("unit") == "percentage")["measure"]
    small = (
        observations.filter(pl.col("measure").is_in(percentages.implode()))
        .group_by("measure")
        .agg(pl.col("value").max().alias("largest"), pl.col("value").count().alias("figures"))
        .filter((pl.col("figures") > 2) & (pl.col("largest") <= 1) & (pl.col("largest") > 0))
        .sort("measure")
    )
    return [
        f"{file}: no percentage of {name} is above 1. If they are fractions (0.725 for 72.5%),"
        " write them in per cent."
        for name in small["measure"]
    ]


def areas_spelt_twice(observations: pl.DataFrame) -> list[str]:
    """Areas whose names differ by "&" and "and", by capitals or by hyphens: two series, not one."""
    names = observations.select(pl.col("area").unique()).sort("area")
    alike = (
        pl.col("area").str.to_lowercase().str.replace_all("&", " and ", literal=True)
        .str.replace_all(r"[\s\-_]+", "")
    )  # fmt: skip
    groups = names.group_by(alike.alias("alike"), maintain_order=True).agg("area")
    return [
        f"{' and '.join(repr(a) for a in areas)} are read as different areas; if they are one, "
        "spell it one way."
        for areas in groups.filter(pl.col("area").list.len() > 1)["area"].to_list()
    ]
