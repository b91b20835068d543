"""Figures that hold a force beside its areas: which of the areas is all the others together."""

from __future__ import annotations

import polars as pl

from frankpledge.analysis.conditions import usable, usable_value
from frankpledge.analysis.series import as_known_at

FEWEST_AREAS = 3
"""Of two areas neither is the whole: where they are equal, each is the sum of the other."""

_ROUNDING = 1e-9


def area_that_is_the_sum(observations: pl.DataFrame, traits: pl.DataFrame) -> str | None:
    """The one area that is the sum of all the others, wherever that can be seen; else None.

    | area | Northshire | Southshire | Anyforce |
    |---|---|---|---|
    | shoplifting, June 2022 | 71 | 24 | 95 |

    Seen in the newest figure of every measure that adds up and every month in which all areas are
    known; there must be one such month. None where no area fits, and where more than one does.
    """
    adding = traits.filter("adds_up")["measure"].to_list()
    added = as_known_at(observations.filter(pl.col("measure").is_in(adding)))
    areas = added["area"].n_unique()
    if areas < FEWEST_AREAS:
        return None
    month = ["measure", "month"]
    total = pl.col("value").sum().over(month)
    whole = (
        added.filter(usable())
        .select(*month, "area", usable_value().alias("value"))
        .filter(pl.len().over(month) == areas)
        .with_columns(
            ((2 * pl.col("value") - total).abs() <= _ROUNDING * total.abs()).alias("fits")
        )
        .group_by("area")
        .agg(pl.col("fits").all())
        .filter("fits")["area"]
    )
    return whole.item() if len(whole) == 1 else None
