"""The score of every word that was published, computed or human, once it is known what happened."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from frankpledge.analysis.yardstick import BANDS, band_number, middle_of


@dataclass(frozen=True)
class Score:
    """How well published likelihoods did.

    `brier` is the mean squared distance between what was said and what happened: 0 is perfect, 0.25
    is what "50%" said every time would score; null where nothing has fallen due. `said` and
    `waiting` count the words that can be scored and those whose date has not come. `bands` has a row
    a word of the yardstick: `word`, `printed`, `said`, `met`, `mean_said`, `share_met`, `gap`
    (share met less mean said; a fraction of 1, as they are).
    """

    brier: float | None
    said: int
    waiting: int
    bands: pl.DataFrame


def score(published: pl.DataFrame) -> Score:
    """The score of published likelihoods: one row each, with what became of the target.

    `published` has `probability` (0 to 1) or `word` or both, and `met`, null while its date has not
    come; other columns (measure, area, month of publication) are left alone. A word without a
    number, as a person gives it, is scored as the middle of its band. Rows with neither are no
    likelihood and are left out.

    Source: Brier, Verification of forecasts expressed in terms of probability, 1950.
    """
    for name, dtype in (("probability", pl.Float64), ("word", pl.String)):
        if name not in published.columns:
            published = published.with_columns(pl.lit(None, dtype=dtype).alias(name))
    stated = published.with_columns(
        pl.coalesce(pl.col("probability").cast(pl.Float64), middle_of(pl.col("word"))).alias(
            "stated"
        )
    ).filter(pl.col("stated").is_not_null())
    due = stated.filter(pl.col("met").is_not_null()).with_columns(
        pl.col("met").cast(pl.Boolean).cast(pl.Float64).alias("happened"),
        band_number(pl.col("stated")).alias("band"),
    )
    brier = due.select(((pl.col("stated") - pl.col("happened")) ** 2).mean()).item()
    return Score(
        brier=brier, said=due.height, waiting=stated.height - due.height, bands=_bands(due)
    )


def _bands(due: pl.DataFrame) -> pl.DataFrame:
    words = pl.DataFrame(
        {"word": [band.word for band in BANDS], "printed": [band.printed for band in BANDS]}
    ).with_row_index("band")
    counted = due.group_by("band").agg(
        pl.len().alias("said"),
        pl.col("happened").sum().cast(pl.UInt32).alias("met"),
        pl.col("stated").mean().alias("mean_said"),
        pl.col("happened").mean().alias("share_met"),
    )
    return (
        words.join(counted, on="band", how="left")
        .sort("band")
        .with_columns(
            pl.col("said", "met").fill_null(0),
            (pl.col("share_met") - pl.col("mean_said")).alias("gap"),
        )
        .drop("band")
    )
