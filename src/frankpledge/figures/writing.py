"""Observations to a tidy file that `read` takes back."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from frankpledge.analysis.conditions import Condition, Origin
from frankpledge.analysis.series import OBSERVATION
from frankpledge.figures.cells import shielded

ALWAYS = ("measure", "area", "month", "value")
UNSAID = {"condition": Condition.OBSERVED.value, "origin": Origin.RECORDED.value}
NUMBERS = ("value", "numerator", "denominator")


def write_tidy(observations: pl.DataFrame, path: Path) -> None:
    """Writes observations as CSV or Parquet, by the file's suffix.

    measure, area, month and value always; the other columns where any row has something to say. A
    text that a spreadsheet would take for a formula gets an apostrophe before it, which `read`
    takes off again. In CSV a whole number has no ".0", and a month is "2022-06". ValueError for
    any other suffix.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".csv", ".parquet"):
        raise ValueError(f"{Path(path).name}: figures are written as .csv or .parquet")
    texts = (shielded(pl.col(n)).alias(n) for n in ("measure", "area", "reason"))
    rows = observations.with_columns(texts).select(
        pl.col(n).cast(pl.String) if n in UNSAID else pl.col(n)
        for n in OBSERVATION
        if n in ALWAYS or _says_something(observations[n], UNSAID.get(n))
    )
    if suffix == ".parquet":
        rows.write_parquet(path)
        return
    rows.with_columns(
        pl.col("month").dt.to_string("%Y-%m"),
        *(_number_as_text(n) for n in NUMBERS if n in rows.columns),
    ).write_csv(path)


def _says_something(column: pl.Series, unsaid: str | None) -> bool:
    return bool(column.cast(pl.String).ne_missing(unsaid).any())


def _number_as_text(name: str) -> pl.Expr:
    number = pl.col(name)
    whole = (number == number.floor()) & (number.abs() < 1e15)
    return (
        pl.when(whole).then(number.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(number.cast(pl.String)).alias(name)
    )  # fmt: skip
