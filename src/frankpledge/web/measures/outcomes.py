"""What an upload would do to the figures that stand: make new ones, revise some, leave the rest.

Pure: frames in, a frame out. A figure is compared with the one that stands, by everything that it
says but the day it was known:

| area | month | known_at | value | stands | outcome |
|---|---|---|---|---|---|
| East | 2022-06-01 | 2022-07-15 | 71 | | new |
| East | 2022-05-01 | 2022-07-15 | 68 | 66 | revised |
| East | 2022-04-01 | 2022-07-15 | 70 | 70 | unchanged |
"""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum

import polars as pl

FIGURE = ["measure", "area", "month"]
SAYS = ["value", "numerator", "denominator", "condition", "origin", "reason"]


class Outcome(StrEnum):
    """What becomes of a row of an upload."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


def judge(rows: pl.DataFrame, standing: pl.DataFrame) -> pl.DataFrame:
    """The rows, each figure's oldest first, with `outcome` and what it was (`was`, `was condition`).

    `rows` and `standing` are as `OBSERVATION`; `standing` holds every revision there is in the order
    they came, and may say in `upload` and `undoes` which upload each came with or undid. A row is
    refused that was known before the figure which stands: it would change what was already said, and
    no report could be made again as it was. Where what stands is there because an upload was undone,
    a row counts as known from the day of the undoing: the same file can be brought again.
    """
    standing = _with_undoing(standing)
    in_place = standing.sort(*FIGURE, "known_at", "came", nulls_last=False).unique(
        FIGURE, keep="last", maintain_order=True
    )
    there_already = (
        standing.filter(~pl.col("taken back"))
        .unique([*FIGURE, "known_at"], keep="last", maintain_order=True)
        .select(*FIGURE, "known_at", *SAYS, pl.lit(True).alias("there already"))
    )
    beside = in_place.select(
        *FIGURE,
        pl.col("known_at").alias("was known at"),
        *(pl.col(name).alias(f"was {name}") for name in SAYS),
        pl.col("undoing"),
        pl.lit(True).alias("stands"),
    )
    frame = (
        rows.join(there_already, on=[*FIGURE, "known_at", *SAYS], how="left", nulls_equal=True)
        .join(beside, on=FIGURE, how="left")
        .with_columns(pl.col("there already", "stands", "undoing").fill_null(value=False))
        .sort(*FIGURE, "there already", "known_at", descending=[False] * 3 + [True, False],
              nulls_last=False, maintain_order=True)
        .with_columns(_from_the_undoing())
    )  # fmt: skip
    return _against_the_row_before(frame).with_columns(_outcome().alias("outcome")).select(
        *rows.columns, "outcome", pl.col("before value").alias("was"),
        pl.col("before condition").alias("was condition"), "was known at",
    )  # fmt: skip


def _with_undoing(standing: pl.DataFrame) -> pl.DataFrame:
    """Adds which revisions undo an upload, and which of them were taken back by such a one."""
    plain = [name for name in ("upload", "undoes") if name not in standing.columns]
    standing = standing.with_columns(
        pl.int_range(pl.len()).alias("came"),
        *(pl.lit(None, pl.Int64).alias(name) for name in plain),
    )
    undone = standing.select(
        *FIGURE, pl.col("undoes").alias("upload"), pl.lit(True).alias("taken back")
    ).unique()
    return standing.join(
        undone, on=[*FIGURE, "upload"], how="left", maintain_order="left"
    ).with_columns(
        pl.col("taken back").fill_null(value=False), pl.col("undoes").is_not_null().alias("undoing")
    )


def _from_the_undoing() -> pl.Expr:
    known, stood = pl.col("known_at"), pl.col("was known at")
    earlier = known.is_null() | (known < stood).fill_null(value=False)
    brought_again = pl.col("undoing") & ~pl.col("there already") & earlier
    return pl.when(brought_again).then(stood).otherwise(known).alias("known_at")


def _against_the_row_before(frame: pl.DataFrame) -> pl.DataFrame:
    """Adds what each row replaces: the row before it in the file, for the first the one that stands."""
    earlier = {name: pl.col(name).shift(1).over(FIGURE) for name in SAYS}
    first = (pl.int_range(pl.len()).over(FIGURE) == 0) | pl.col("there already").shift(1).over(
        FIGURE
    )
    return frame.with_columns(
        pl.when(first).then(pl.col(f"was {name}")).otherwise(expr).alias(f"before {name}")
        for name, expr in earlier.items()
    ).with_columns((~first | pl.col("stands")).alias("replaces"))


def _outcome() -> pl.Expr:
    same = pl.all_horizontal(pl.col(name).eq_missing(pl.col(f"before {name}")) for name in SAYS)
    known, stood = pl.col("known_at"), pl.col("was known at")
    too_late = pl.col("stands") & (known.is_null() | (known < stood).fill_null(value=False))
    return (
        pl.when(pl.col("there already") | (pl.col("replaces") & same))
        .then(pl.lit(Outcome.UNCHANGED.value))
        .when(too_late).then(pl.lit(Outcome.REFUSED.value))
        .when(pl.col("replaces")).then(pl.lit(Outcome.REVISED.value))
        .otherwise(pl.lit(Outcome.NEW.value))
    )  # fmt: skip


def counts(judged: pl.DataFrame) -> dict[str, int]:
    """How many rows have each outcome."""
    found = dict(judged.group_by("outcome").len().iter_rows())
    return {outcome.value: found.get(outcome.value, 0) for outcome in Outcome}


def fingerprint(judged: pl.DataFrame) -> str:
    """The same as long as the upload would do the same to the same figures."""
    told = judged.select(*FIGURE, "known_at", "outcome", "was", "was condition")
    return hashlib.sha256(told.write_csv().encode()).hexdigest()[:32]


def restored(uploaded: pl.DataFrame, standing: pl.DataFrame, today: date) -> pl.DataFrame:
    """The revisions that undo an upload: for each figure it brought last, what stood before it.

    Both frames have the columns of `OBSERVATION` and `number`, the revision; `uploaded` are the
    upload's own rows. A figure that somebody revised since is left as they made it. One that was not
    there before becomes missing, "withdrawn".
    """
    of_upload = uploaded.group_by(FIGURE).agg(
        pl.col("number").min().alias("from"), pl.col("number").max().alias("to")
    )
    newest = standing.group_by(FIGURE).agg(pl.col("number").max().alias("newest"))
    to_undo = of_upload.join(newest, on=FIGURE).filter(pl.col("to") == pl.col("newest"))
    before = (
        standing.join(to_undo, on=FIGURE)
        .filter(pl.col("number") < pl.col("from"))
        .sort("number")
        .unique(FIGURE, keep="last")
    )
    last_known = standing.group_by(FIGURE).agg(pl.col("known_at").max().alias("last known"))
    rows = to_undo.join(
        before.select(*FIGURE, *SAYS, pl.lit(True).alias("was there")), on=FIGURE, how="left"
    )
    was_there = pl.col("was there").fill_null(value=False)
    return (
        rows.join(last_known, on=FIGURE)
        .with_columns(
            pl.when(was_there).then("condition").otherwise(pl.lit("missing")).alias("condition"),
            pl.when(was_there).then("origin").otherwise(pl.lit("recorded")).alias("origin"),
            pl.when(was_there).then("reason").otherwise(pl.lit("withdrawn")).alias("reason"),
            pl.max_horizontal("last known", pl.lit(today)).alias("known_at"),
            (pl.col("newest") + 1).alias("number"),
        )
        .select(*FIGURE, *SAYS, "known_at", "number")
        .sort(FIGURE)
    )
