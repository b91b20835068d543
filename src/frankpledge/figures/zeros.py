"""Nought and nothing: which absent rows are zeros.

data.police.uk lists occurrences. Where an area has burglaries in a month and no row of thefts from
the person, there were none. Where it has no row at all, nobody knows.
"""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.conditions import Condition, Origin
from frankpledge.analysis.series import OBSERVATION

NONE_LISTED = "none listed"


def fill_unlisted(observations: pl.DataFrame, traits: pl.DataFrame) -> pl.DataFrame:
    """One source list with the zeros it leaves out; the rows it has are untouched and come first.

    For measures whose trait `lists_only_occurrences` is true. An area and month that the list has
    rows of, but none of one of its measures, had none: value 0, condition "observed", reason
    "none listed", known since the list first had that area and month. An area and month without
    any row stays missing. A measure that the list never has is not the list's to say.

    Give one source list at a time: two lists together would lend each other their measures.
    """
    only_occurrences = traits.filter(pl.col("lists_only_occurrences"))["measure"]
    listed = observations.filter(pl.col("measure").is_in(only_occurrences.implode()))
    if listed.height == 0:
        return observations
    measures = listed.select(pl.col("measure").unique(maintain_order=True))
    # A list known from the start has known_at null, which min() would pass over.
    since = pl.when(pl.col("known_at").null_count() == 0).then(pl.col("known_at").min())
    short = (
        listed.group_by("area", "month", maintain_order=True)
        .agg(since.alias("known_at"), pl.col("measure").n_unique().alias("measures"))
        .filter(pl.col("measures") < measures.height)
        .drop("measures")
    )
    absent = short.join(measures, how="cross").join(
        listed.join(short, on=["area", "month"], how="semi"),
        on=["measure", "area", "month"],
        how="anti",
        maintain_order="left",
    )
    zeros = absent.with_columns(
        value=pl.lit(0.0),
        numerator=pl.lit(None),
        denominator=pl.lit(None),
        condition=pl.lit(Condition.OBSERVED.value),
        origin=pl.lit(Origin.RECORDED.value),
        reason=pl.lit(NONE_LISTED),
    ).select(pl.col(name).cast(dtype) for name, dtype in OBSERVATION.items())
    return pl.concat([observations, zeros])
