"""Series for tests: values in, a complete series out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import as_known_at, complete, observations

APRIL_2021 = date(2021, 4, 1)

Values = Sequence[float | None]


def series(*values: float | None, first: date = APRIL_2021) -> pl.DataFrame:
    """One series of these values, a month each from `first`; None is a month without a value."""
    return all_series({("shoplifting", "Shropshire"): values}, first=first)


def all_series(named: dict[tuple[str, str], Values], first: date = APRIL_2021) -> pl.DataFrame:
    """Several series, by measure and area."""
    rows = [
        (measure, area, add_months(first, i), None if value is None else float(value))
        for (measure, area), values in named.items()
        for i, value in enumerate(values)
    ]
    schema = {"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64}
    return complete(as_known_at(observations(pl.DataFrame(rows, schema=schema, orient="row"))))


def published(path: str) -> pl.DataFrame:
    """The 602 series of the published monthly crime counts of 43 force areas."""
    counts = pl.read_csv(path)
    return complete(
        as_known_at(
            observations(
                counts.select(
                    pl.col("crime_type").alias("measure"),
                    pl.col("force").alias("area"),
                    (pl.col("month") + "-01").str.to_date().alias("month"),
                    pl.col("records").cast(pl.Float64).alias("value"),
                )
            )
        )
    )
