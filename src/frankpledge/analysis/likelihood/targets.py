"""What a target is about: which months, how much of them is known, and when it is met."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import polars as pl

from frankpledge.analysis.conditions import usable_value
from frankpledge.analysis.periods import financial_year_start_of, month_index
from frankpledge.analysis.projection.history import History
from frankpledge.analysis.series import KEY


class TargetOver(StrEnum):
    """What a target is about: its month alone, or the months that lead up to it."""

    MONTH = "month"
    YEAR_TO_DATE = "financial year to date"
    ROLLING_12 = "rolling 12"


DIRECTIONS = ("at least", "at most")


def targets_of(history: History, traits: pl.DataFrame) -> pl.DataFrame:
    """Every series of a history with its target: the summary's columns and these.

    `target`, `direction`; `since` and `until`, the first and last month it is about; `ahead`, months
    from the report's month to `until` (0 or less once it has come); `averaged_over`, true where the
    months of the target are averaged and not added up; `future_weight`, what a month to come counts
    in that average.

    Raises ValueError for a direction or a `target_over` that we do not know.
    """
    wanted = _wanted(traits)
    until = pl.col("target_date").dt.truncate("1mo")
    over = pl.col("target_over")
    since = (
        pl.when(over == TargetOver.YEAR_TO_DATE.value)
        .then(financial_year_start_of(until))
        .when(over == TargetOver.ROLLING_12.value)
        .then(until.dt.offset_by("-11mo"))
        .otherwise(until)
    )
    averaged = ~pl.col("adds_up").fill_null(False)
    return history.summary.join(wanted, on="measure", how="left").with_columns(
        until.alias("until"),
        since.alias("since"),
        (month_index(until) - month_index(pl.lit(history.month))).alias("ahead"),
        averaged.alias("averaged_over"),
        pl.when(averaged).then(pl.col("base")).fill_null(1.0).alias("future_weight"),
    )


def _wanted(traits: pl.DataFrame) -> pl.DataFrame:
    if "target_over" not in traits.columns:
        traits = traits.with_columns(pl.lit(None, dtype=pl.String).alias("target_over"))
    wanted = traits.select(
        "measure",
        pl.col("target").cast(pl.Float64),
        pl.col("target_date").cast(pl.Date),
        pl.col("target_direction").cast(pl.String).alias("direction"),
        pl.col("target_over").cast(pl.String).fill_null(TargetOver.MONTH.value),
    ).unique()
    _only(wanted["direction"], DIRECTIONS, "target_direction")
    _only(wanted["target_over"], [over.value for over in TargetOver], "target_over")
    return wanted


def _only(column: pl.Series, allowed: tuple[str, ...] | list[str], name: str) -> None:
    strange = set(column.drop_nulls().unique()) - set(allowed)
    if strange:
        raise ValueError(f"{name} is {sorted(strange)}: it must be one of {list(allowed)}")


def known_part(series: pl.DataFrame, targets: pl.DataFrame, month: date) -> pl.DataFrame:
    """What is known by `month` of the months that each target is about.

    Columns `id`; `months_due`, how many months of the target lie no later than the series' last
    value (or have come, once the target's date has), so that they should be known; `months_known`,
    how many are; `known_sum` and `known_weight`, their sum and how much they count. A month counts
    1, or its denominator in an average where every month has one.
    """
    dated = targets.filter(pl.col("until").is_not_null())
    has_come = pl.when(pl.col("ahead") > 0).then(pl.col("last")).otherwise(pl.col("until"))
    due_to = pl.min_horizontal(has_come, "until")
    dated = dated.with_columns(due_to.alias("due_to"))
    weight = pl.when(pl.col("averaged_over") & pl.col("base").is_not_null())
    weight = weight.then(pl.col("denominator")).otherwise(1.0)
    known = (
        series.filter(pl.col("month") <= month)
        .with_columns(usable_value())
        .filter(pl.col("value").is_not_null())
        .join(dated.select("id", *KEY, "since", "due_to", "averaged_over", "base"), on=KEY)
        .filter(pl.col("month").is_between(pl.col("since"), pl.col("due_to")))
        .with_columns(weight.alias("weight"))
        .group_by("id")
        .agg(
            pl.len().cast(pl.Int32).alias("months_known"),
            (pl.col("value") * pl.col("weight")).sum().alias("known_sum"),
            pl.col("weight").sum().alias("known_weight"),
        )
    )
    due = (month_index(pl.col("due_to")) - month_index(pl.col("since")) + 1).clip(lower_bound=0)
    return (
        dated.select("id", due.cast(pl.Int32).alias("months_due"))
        .join(known, on="id", how="left")
        .with_columns(pl.col("months_known", "known_sum", "known_weight").fill_null(0))
    )


def combined(total: pl.Expr, weight: pl.Expr) -> pl.Expr:
    """What is held against the target: the sum of its months, or their mean; counts to whole ones."""
    figure = pl.when(pl.col("averaged_over")).then(total / weight).otherwise(total)
    return pl.when(pl.col("unit") == "count").then((figure + 0.5).floor()).otherwise(figure)


def meets(figure: pl.Expr) -> pl.Expr:
    """True where a figure meets the target; exactly on the target meets it, either way."""
    near = (figure - pl.col("target")).abs() <= 1e-9 * pl.max_horizontal(
        1.0, pl.col("target").abs()
    )
    at_least = pl.col("direction") == "at least"
    beyond = pl.when(at_least).then(figure > pl.col("target")).otherwise(figure < pl.col("target"))
    return near | beyond


def is_met(figure: float, target: float, direction: str) -> bool:
    """Whether one month's figure meets a target of its month, by the same rule."""
    row = {"figure": [float(figure)], "target": [float(target)], "direction": [direction]}
    return bool(pl.DataFrame(row).select(meets(pl.col("figure"))).item())
