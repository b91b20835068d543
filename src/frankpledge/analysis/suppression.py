"""Disclosure control: small counts about people are not shown, nor what would give them away.

The order is screen, suppress, and only then everything else: what is worked out from a series whose
hidden values are gone cannot give them away. `docs/methods/suppression.md` says what somebody who
knows every number shown, and these rules, can still infer.

Source: ONS, "Policy on protecting confidentiality in tables of birth and death statistics" and the
Government Statistical Service's "Disclosure control guidance for tables produced from administrative
sources": primary suppression of small counts, secondary suppression of what they can be had from.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from frankpledge.analysis.changes import SMALL_BASE
from frankpledge.analysis.comparisons import COMPARISON_COLUMNS, compare
from frankpledge.analysis.conditions import CONDITION, Condition, usable, usable_value
from frankpledge.analysis.series import KEY

HIDDEN_WITH_ANOTHER = "hidden so that a smaller number cannot be worked out"
TOO_FEW_PEOPLE = "hidden to protect small numbers"
USUAL_BELOW = 5
"""Where the giver of a figure hid it and did not say below what: the usual threshold for people."""

NO_COUNTS = "hidden: without its counts nobody can tell on how few people it rests"

CELL = ["measure", "month"]


def suppress(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    force: str | None = None,
    areas: Sequence[str] = (),
) -> pl.DataFrame:
    """The series with small counts hidden: no value, the condition "suppressed", and a reason.

    A measure whose traits have `suppress_below` (5 for most counts about people) hides counts of 1 to
    one less than it: "fewer than 5". Nought stays nought. A percentage hides where its numerator,
    its denominator or the difference of the two is such a count, and a measure of another unit where
    its denominator is; without the counts that tell, it hides wholly. The numerator and denominator
    go with the value.

    With `force` and `areas`, which add up to it, areas are also hidden in a month so that none of the
    small ones can be worked out by subtraction (`_areas_hidden_with`), and, where they cannot be
    protected otherwise, the force. Same rows and columns as `series`.
    """
    judged = _judged(series, _guarding_what_others_hid(series, traits))
    judged = _with_secondary(judged, force, list(areas))
    hidden = pl.col("_small") | pl.col("_secondary")
    already = pl.col("condition") == Condition.SUPPRESSED.value
    gone = hidden | already
    return judged.with_columns(
        *(pl.when(~gone).then(pl.col(c)).alias(c) for c in ("value", "numerator", "denominator")),
        pl.when(hidden)
        .then(pl.lit(Condition.SUPPRESSED.value, dtype=CONDITION))
        .otherwise(pl.col("condition"))
        .alias("condition"),
        pl.when(pl.col("_small"))
        .then(pl.col("_why"))
        .when(pl.col("_secondary"))
        .then(
            pl.when(pl.col("unit") == "count")
            .then(pl.lit(HIDDEN_WITH_ANOTHER))
            .otherwise(pl.lit(TOO_FEW_PEOPLE))
        )
        .otherwise(pl.col("reason"))
        .alias("reason"),
    ).select(series.columns)


def _guarding_what_others_hid(series: pl.DataFrame, traits: pl.DataFrame) -> pl.DataFrame:
    """The traits with `suppress_below` for counts of which a cell came to us hidden."""
    named = pl.col("reason").str.extract(r"(?i)(?:fewer than|<)\s*(\d+)", 1).cast(pl.Int64)
    hidden = (
        series.filter(pl.col("condition") == Condition.SUPPRESSED.value)
        .group_by("measure")
        .agg(named.max().fill_null(USUAL_BELOW).alias("_named"))
    )
    asked = pl.col("suppress_below").cast(pl.Int64)
    return (
        traits.join(hidden, on="measure", how="left", maintain_order="left")
        .with_columns(
            pl.when(pl.col("unit") == "count")
            .then(pl.coalesce(asked, "_named"))
            .otherwise(asked)
            .alias("suppress_below")
        )
        .drop("_named")
    )


def is_small(count: float | None, below: float) -> bool:
    """Whether a count is hidden: 1 to one less than `below`. Nought is not, nor is what is unknown."""
    return count is not None and 0 < count < below


def is_small_of(count: pl.Expr, below: pl.Expr) -> pl.Expr:
    """`is_small`, for a column; false where either is null."""
    return ((count > 0) & (count < below)).fill_null(False)


def _judged(series: pl.DataFrame, traits: pl.DataFrame) -> pl.DataFrame:
    """Each month with `_below` (null where nothing is hidden), `_small` and `_why`."""
    asked = traits.select(
        "measure", "unit", pl.col("suppress_below").cast(pl.Float64).alias("_below")
    )
    joined = series.join(asked, on="measure", how="left", maintain_order="left")
    below, top, bottom = pl.col("_below"), pl.col("numerator"), pl.col("denominator")
    guarded = usable() & below.is_not_null()
    count = pl.col("unit") == "count"
    percentage = pl.col("unit") == "percentage"
    uncounted = bottom.is_null() | (percentage & top.is_null())
    few = is_small_of(bottom, below) | (
        percentage & (is_small_of(top, below) | is_small_of(bottom - top, below))
    )
    small = pl.when(count).then(is_small_of(pl.col("value"), below)).otherwise(uncounted | few)
    why = (
        pl.when(count)
        .then(pl.format("fewer than {}", below.cast(pl.Int64)))
        .when(uncounted)
        .then(pl.lit(NO_COUNTS))
        .otherwise(pl.lit(TOO_FEW_PEOPLE))
    )
    return joined.with_columns(
        (guarded & small).fill_null(False).alias("_small"),
        why.alias("_why"),
    )


def _with_secondary(judged: pl.DataFrame, force: str | None, areas: list[str]) -> pl.DataFrame:
    """Marks in `_secondary` what must go with the small ones, and words the force's reason."""
    if force is None or not areas or judged["_below"].is_null().all():
        return judged.with_columns(pl.lit(False).alias("_secondary"))
    counts = pl.col("unit") == "count"
    chosen = pl.concat(
        [
            _areas_hidden_with(judged.filter(counts), force, areas),
            _shares_hidden_with(judged.filter(~counts), force, areas),
        ]
    ).with_columns(pl.lit(True).alias("_chosen"))
    many = (
        judged.filter(pl.col("area").is_in(areas) & pl.col("_small"))
        .group_by(CELL)
        .agg((pl.len() > 1).alias("_many"))
    )
    own_words = (pl.col("area") == force) & pl.col("_many").fill_null(False) & counts
    return (
        judged.join(chosen, on=[*KEY, "month"], how="left", maintain_order="left")
        .join(many, on=CELL, how="left", maintain_order="left")
        .with_columns(
            pl.col("_chosen").fill_null(False).alias("_secondary"),
            # "Fewer than 5" for the force, beside four areas of "fewer than 5", would say that each
            # of them is 1.
            pl.when(own_words)
            .then(pl.lit(HIDDEN_WITH_ANOTHER))
            .otherwise(pl.col("_why"))
            .alias("_why"),
        )
    )


def _areas_hidden_with(counts: pl.DataFrame, force: str, areas: list[str]) -> pl.DataFrame:
    """Which shown cells to hide beside small counts: rows of measure, area, month.

    Take a month whose force total is shown, with p small areas; each may be 1 to b − 1 for all a
    reader knows. Of the shown areas that are not small or nought, the k smallest are hidden too, each
    of which a reader knows to be b or more and no more than c, the smallest still shown. The reader
    also knows the sum of all hidden ones. Every small area could then still be anything from 1 to
    b − 1 if, and only if,

        (b − 1) + (p − 1) + k·b  ≤  sum  ≤  1 + (p − 1)·(b − 1) + k·c

    and k is the least number of which that holds. Where it holds of none, all areas but the noughts
    are hidden, and the force: to show 7 beside a small area and a hidden force would tell a reader of
    this rule that the two together were not enough, and so that the small one is 1.
    """
    inside = counts.filter(pl.col("area").is_in(areas) & pl.col("_below").is_not_null())
    totals = counts.filter((pl.col("area") == force) & usable() & ~pl.col("_small")).select(
        *CELL, pl.col("value").alias("_total")
    )
    groups = (
        inside.join(_small_sums(inside), on=CELL).join(totals, on=CELL).with_columns(_unknown())
    )
    shown = usable() & (pl.col("value") >= pl.col("_below"))
    ordered = (
        groups.filter(shown)
        .sort(*CELL, "value", "area")
        .with_columns(
            (pl.int_range(pl.len()).over(CELL) + 1).alias("_k"),
            pl.col("value").cum_sum().over(CELL).alias("_added"),
            pl.col("value").shift(-1).over(CELL).fill_null(float("inf")).alias("_next"),
        )
    )
    none = groups.unique(CELL).with_columns(
        pl.lit(0, dtype=pl.Int64).alias("_k"),
        pl.lit(0.0).alias("_added"),
        pl.lit(0.0).alias("_next"),
    )
    safe = pl.concat([none, ordered]).filter(_is_safe())
    least = safe.group_by(CELL).agg(pl.col("_k").min().alias("_least"))
    areas_too = ordered.join(least, on=CELL, how="left").filter(
        (pl.col("_k") <= pl.col("_least")).fill_null(True)
    )
    force_too = none.join(least, on=CELL, how="anti").with_columns(pl.lit(force).alias("area"))
    return pl.concat([areas_too.select(*KEY, "month"), force_too.select(*KEY, "month")])


def _small_sums(inside: pl.DataFrame) -> pl.DataFrame:
    """Per month: how many areas are small or hidden by the source, and the sum of those known."""
    by_source = pl.col("condition") == Condition.SUPPRESSED.value
    return (
        inside.group_by(CELL)
        .agg(
            (pl.col("_small") | by_source).sum().cast(pl.Float64).alias("_p"),
            by_source.sum().alias("_by_source"),
            pl.col("_small").sum().alias("_ours"),
            pl.col("value").filter(pl.col("_small")).sum().alias("_small_sum"),
            usable_value().sum().alias("_valued"),
        )
        # Two or more that the source has hidden, and none of ours: the source has seen to it.
        .filter((pl.col("_ours") > 0) | (pl.col("_by_source") == 1))
    )


def _unknown() -> pl.Expr:
    """The sum of the small areas; those hidden by the source make up what the others leave."""
    left = (pl.col("_total") - pl.col("_valued")).clip(0)
    by_source = pl.when(pl.col("_by_source") > 0).then(left).otherwise(0.0)
    return (pl.col("_small_sum") + by_source).alias("_small_sum")


def _is_safe() -> pl.Expr:
    """The inequality of `_areas_hidden_with`; `_next` stands for c, and is infinite beyond the last."""
    below, p, k = pl.col("_below"), pl.col("_p"), pl.col("_k")
    total = pl.col("_small_sum") + pl.col("_added")
    most = pl.when(k > 0).then(k * pl.col("_next")).otherwise(0.0)
    return (total >= (below - 1) + (p - 1) + k * below) & (
        total <= 1 + (p - 1) * (below - 1) + most
    )


def _shares_hidden_with(shares: pl.DataFrame, force: str, areas: list[str]) -> pl.DataFrame:
    """Which shown percentages (and means) to hide beside those that rest on few people.

    All hidden ones of a month look alike, so that nobody knows which is the small one. Areas with
    the smallest denominators are hidden too until there are two or more and their numerators add to
    `suppress_below` or more; for a percentage what is left of their denominators must as well. Where
    all areas together do not, all of them and the force are hidden.
    """
    inside = shares.filter(pl.col("area").is_in(areas) & pl.col("_below").is_not_null())
    totals = shares.filter((pl.col("area") == force) & usable() & ~pl.col("_small")).select(CELL)
    hidden = pl.col("_small") | (pl.col("condition") == Condition.SUPPRESSED.value)
    groups = (
        inside.with_columns(hidden.alias("_hidden"))
        .filter(pl.col("_hidden") | usable())
        .join(totals, on=CELL, how="semi")
    )
    ordered = groups.sort(
        *CELL, "_hidden", "denominator", "area", descending=[False, False, True, False, False]
    ).with_columns(
        (pl.int_range(pl.len()).over(CELL) + 1).alias("_k"),
        pl.col("_hidden").sum().over(CELL).alias("_p"),
        pl.col("numerator").fill_null(0.0).cum_sum().over(CELL).alias("_tops"),
        (pl.col("denominator") - pl.col("numerator"))
        .fill_null(0.0)
        .cum_sum()
        .over(CELL)
        .alias("_rests"),
    )
    ordered = ordered.filter(pl.col("_p") > 0)
    below = pl.col("_below")
    safe = ordered.filter(
        (pl.col("_k") >= 2)
        & (pl.col("_k") >= pl.col("_p"))
        & (pl.col("_tops") >= below)
        & ((pl.col("unit") != "percentage") | (pl.col("_rests") >= below))
    )
    least = safe.group_by(CELL).agg(pl.col("_k").min().alias("_least"))
    areas_too = ordered.join(least, on=CELL, how="left").filter(
        (pl.col("_k") <= pl.col("_least")).fill_null(True) & ~pl.col("_hidden")
    )
    force_too = (
        ordered.select(CELL)
        .unique()
        .join(least, on=CELL, how="anti")
        .with_columns(pl.lit(force).alias("area"))
    )
    return pl.concat([areas_too.select(*KEY, "month"), force_too.select(*KEY, "month")])


def hide_derived(
    compared: pl.DataFrame,
    suppressed: pl.DataFrame,
    traits: pl.DataFrame,
    small_base: float = SMALL_BASE,
) -> pl.DataFrame:
    """Comparisons made before suppression, less all that rest on a value now hidden.

    One hidden month hides every total and change that holds it: the year to date to June less the
    one to May is June, and a rolling 12 months less the one before gives this month less the same
    month last year. `compared` and `suppressed` have the same rows in the same order. The value and
    its condition are those of `suppressed`.
    """
    left = compare(suppressed, traits, small_base)
    if not compared.select(*KEY, "month").equals(left.select(*KEY, "month")):
        raise ValueError("compared and suppressed must hold the same months in the same order")
    numbers = [c for c in COMPARISON_COLUMNS if not c.endswith("_reason")]
    reasons = [c for c in COMPARISON_COLUMNS if c.endswith("_reason")]
    return compared.with_columns(
        *(left[c] for c in suppressed.columns if c in compared.columns),
        *(pl.when(left[c].is_not_null()).then(pl.col(c)).alias(c) for c in numbers),
        *(left[c] for c in reasons),
    )


def hide_revisions(
    revised: pl.DataFrame, suppressed: pl.DataFrame, traits: pl.DataFrame
) -> pl.DataFrame:
    """Revisions that may be shown: rows of `series.revisions` with a `condition`.

    `earlier` and `later` are null and the condition "suppressed" in every area of a measure that
    hides small counts, for a month in which any of its cells is hidden or was once small: an earlier
    total less the earlier areas would show it. Percentages of such a measure hide always, as nobody
    can tell from the revision alone on how few people they rested.
    """
    asked = traits.select("measure", "unit", pl.col("suppress_below").alias("_below"))
    hidden = suppressed.filter(pl.col("condition") == Condition.SUPPRESSED.value)
    joined = revised.join(asked, on="measure", how="left", maintain_order="left").join(
        hidden.select(CELL).unique().with_columns(pl.lit(True).alias("_hidden")),
        on=CELL,
        how="left",
        maintain_order="left",
    )
    below = pl.col("_below")
    small = is_small_of(pl.col("earlier"), below) | is_small_of(pl.col("later"), below)
    gone = pl.col("_hidden").fill_null(False) | (
        below.is_not_null() & ((pl.col("unit") != "count") | small.any().over(CELL)).fill_null(True)
    )
    return joined.with_columns(
        *(pl.when(~gone).then(pl.col(c)).alias(c) for c in ("earlier", "later")),
        pl.when(gone)
        .then(pl.lit(Condition.SUPPRESSED.value))
        .otherwise(pl.lit(Condition.REVISED.value))
        .cast(CONDITION)
        .alias("condition"),
    ).select(*revised.columns, "condition")
