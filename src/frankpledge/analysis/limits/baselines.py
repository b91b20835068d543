"""Baselines: the months that a series is judged against.

By default the twelve months of the previous financial year. Three things, each a small frame that a
person keeps, change that:

**Breaks** `measure, area, month, reason, restarts_baseline`: counting changed in this month. One
that restarts the baseline throws away every value before it; the first twelve months from the break
take the place of the previous financial year until that year lies wholly after the break. One that
does not restart it is a note.

**Re-baselining** `measure, area, from_month, baseline_from, baseline_to` (and, if wanted,
`until_month`): from this month to the end of its financial year the named months are the baseline.

**Exceptional periods** `from_month, to_month, reason, left_out` (and, if wanted, `measure, area`):
a lockdown, a strike. Marked; where `left_out` is true its months stay out of every baseline.

A null measure or area means all of them.
"""

from __future__ import annotations

from datetime import date
from functools import reduce

import polars as pl

from frankpledge.analysis.periods import financial_year_start_of, month_name
from frankpledge.analysis.series import KEY

BREAK = {
    "measure": pl.String,
    "area": pl.String,
    "month": pl.Date,
    "reason": pl.String,
    "restarts_baseline": pl.Boolean,
}
REBASELINE = {
    "measure": pl.String,
    "area": pl.String,
    "from_month": pl.Date,
    "baseline_from": pl.Date,
    "baseline_to": pl.Date,
    "until_month": pl.Date,
}
EXCEPTIONAL_PERIOD = {
    "measure": pl.String,
    "area": pl.String,
    "from_month": pl.Date,
    "to_month": pl.Date,
    "reason": pl.String,
    "left_out": pl.Boolean,
}

WINDOW = [*KEY, "baseline_from", "baseline_to"]


def baseline_windows(
    months: pl.DataFrame,
    breaks: pl.DataFrame | None = None,
    rebaselines: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """For each measure, area and month: from when to when its baseline runs, both included.

    Adds `baseline_from`, `baseline_to`, `restarted` (the break that set the baseline, or null) and
    `chosen` (a person set it) to the months. A baseline always ends before the month it judges; in
    the month of a break itself it ends before it begins, which is to say it is empty.
    """
    year = financial_year_start_of(pl.col("month"))
    windows = months.with_columns(
        year.dt.offset_by("-1y").alias("baseline_from"),
        year.dt.offset_by("-1mo").alias("baseline_to"),
        pl.lit(None, dtype=pl.Date).alias("restarted"),
        pl.lit(False).alias("chosen"),
    )
    if breaks is not None:
        windows = _restarted(windows, breaks)
    if rebaselines is not None:
        windows = _rebaselined(windows, tidy_rebaselines(rebaselines), breaks)
    return windows


def newest_restart(breaks: pl.DataFrame | None) -> pl.Expr:
    """The newest month up to and including this one in which a break restarts the baseline."""
    restarts = tidy_breaks(breaks).filter("restarts_baseline")
    so_far = [
        pl.when(applies(row) & (pl.col("month") >= row["month"])).then(pl.lit(row["month"]))
        for row in restarts.iter_rows(named=True)
    ]
    # Null in every month: a bare null literal has one row where there are no breaks, whatever the frame.
    never = pl.when(pl.col("month").is_null()).then(pl.col("month"))
    return pl.max_horizontal(never, *so_far)


def _restarted(windows: pl.DataFrame, breaks: pl.DataFrame | None) -> pl.DataFrame:
    """Windows that begin no earlier than the newest break that restarts the baseline."""
    newest = newest_restart(breaks)
    within_first_year = pl.min_horizontal(
        pl.col("restarted").dt.offset_by("11mo"), pl.col("month").dt.offset_by("-1mo")
    )
    restarted = pl.col("restarted").is_not_null()
    return windows.with_columns(
        pl.when(newest > pl.col("baseline_from")).then(newest).alias("restarted")
    ).with_columns(
        pl.coalesce("restarted", "baseline_from").alias("baseline_from"),
        pl.when(restarted).then(within_first_year).otherwise("baseline_to").alias("baseline_to"),
    )


def choice_in_force(rebaselines: pl.DataFrame, breaks: pl.DataFrame | None = None) -> pl.Expr:
    """Which row of tidy re-baselining holds in each month, counted from 0; null where none does.

    Of several the one that began last holds. A break that restarts the baseline ends those that
    began before it.
    """
    newest = newest_restart(breaks)
    found = pl.lit(None, dtype=pl.Int32)
    for i, row in enumerate(rebaselines.iter_rows(named=True)):
        since = row["from_month"]
        not_restarted_since = (newest <= since).fill_null(True)
        holds = applies(row) & pl.col("month").is_between(since, row["until_month"])
        found = (
            pl.when(holds & not_restarted_since).then(pl.lit(i, dtype=pl.Int32)).otherwise(found)
        )
    return found


def _rebaselined(
    windows: pl.DataFrame, rebaselines: pl.DataFrame, breaks: pl.DataFrame | None
) -> pl.DataFrame:
    """Windows as a person has set them, unless a later break has restarted the baseline."""
    chosen = pl.col("chosen")
    windows = windows.with_columns(choice_in_force(rebaselines, breaks).alias("chosen"))
    return windows.with_columns(
        *(
            pl.coalesce(pl.lit(rebaselines[name]).gather(chosen), name).alias(name)
            for name in ("baseline_from", "baseline_to")
        ),
        pl.when(chosen.is_null()).then("restarted").alias("restarted"),
        chosen.is_not_null().alias("chosen"),
    )


def left_out(exceptional_periods: pl.DataFrame | None) -> pl.Expr:
    """True in the months of exceptional periods that stay out of baselines."""
    periods = tidy_exceptional_periods(exceptional_periods).filter("left_out")
    during = [
        applies(row) & pl.col("month").is_between(row["from_month"], row["to_month"])
        for row in periods.iter_rows(named=True)
    ]
    return reduce(pl.Expr.or_, during, pl.lit(False))


def baseline_notes(
    windows: pl.DataFrame,
    breaks: pl.DataFrame | None = None,
    exceptional_periods: pl.DataFrame | None = None,
) -> pl.DataFrame:
    """The windows with `baseline_note`: in words, what is particular about each; null if nothing.

    Says the break that restarted a baseline, a baseline that a person chose, months left out, and
    breaks between the baseline's first month and the month judged that did not restart it.
    """
    first, last, month = pl.col("baseline_from"), pl.col("baseline_to"), pl.col("month")
    notes = [pl.when("chosen").then(pl.lit("baseline chosen for this period"))]
    for row in tidy_breaks(breaks).iter_rows(named=True):
        named = f"{month_name(row['month'])}{_because(row['reason'])}"
        here = applies(row) & (row["month"] <= month)
        if row["restarts_baseline"]:
            restarted = here & (pl.col("restarted") == row["month"])
            notes.append(pl.when(restarted).then(pl.lit(f"restarted in {named}")))
        else:
            between = here & (row["month"] > first)
            notes.append(pl.when(between).then(pl.lit(f"counting changed in {named}")))
    for row in tidy_exceptional_periods(exceptional_periods).iter_rows(named=True):
        if row["left_out"]:
            touches = (first <= row["to_month"]) & (last >= row["from_month"])
            words = f"leaves out {months_in_words(row['from_month'], row['to_month'])}"
            said = pl.lit(words + _because(row["reason"]))
            notes.append(pl.when(applies(row) & touches).then(said))
    joined = pl.concat_str(notes, separator="; ", ignore_nulls=True)
    return windows.with_columns(pl.when(joined != "").then(joined).alias("baseline_note"))


def months_in_words(first: date, last: date) -> str:
    """ "April 2021 to March 2022", or the one month where they are the same."""
    return month_name(first) if first == last else f"{month_name(first)} to {month_name(last)}"


def months_in_words_of(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """`months_in_words`, for two columns."""
    until = pl.when(first == last).then(pl.lit("")).otherwise(last.dt.to_string(" to %B %Y"))
    return first.dt.to_string("%B %Y") + until


def _because(reason: str | None) -> str:
    return f" ({reason})" if reason else ""


def applies(row: dict[str, object]) -> pl.Expr:
    """True for the series that a break or a period is about; a null measure or area means all."""
    named = [pl.col(name) == row[name] for name in KEY if row[name] is not None]
    return reduce(pl.Expr.and_, named, pl.lit(True))


def tidy_breaks(breaks: pl.DataFrame | None) -> pl.DataFrame:
    """Breaks with every column of `BREAK`; raises ValueError that names the missing ones."""
    return _tidy(breaks, BREAK, "breaks", optional={"reason": None})


def tidy_rebaselines(rebaselines: pl.DataFrame | None) -> pl.DataFrame:
    """Re-baselining with every column of `REBASELINE`, by `from_month`; no `until_month` is March's.

    Raises ValueError where a baseline ends before it begins or does not end before it is used.
    """
    tidy = _tidy(rebaselines, REBASELINE, "re-baselining", optional={"until_month": None})
    for row in tidy.iter_rows(named=True):
        if not row["baseline_from"] <= row["baseline_to"] < row["from_month"]:
            raise ValueError(
                f"a baseline from {row['baseline_from']} to {row['baseline_to']} cannot be used "
                f"from {row['from_month']}: it must begin, then end, before the months it judges"
            )
    march = financial_year_start_of(pl.col("from_month")).dt.offset_by("11mo")
    return tidy.with_columns(pl.col("until_month").fill_null(march)).sort("from_month")


def tidy_exceptional_periods(periods: pl.DataFrame | None) -> pl.DataFrame:
    """Exceptional periods with every column of `EXCEPTIONAL_PERIOD`."""
    return _tidy(
        periods,
        EXCEPTIONAL_PERIOD,
        "exceptional periods",
        optional={"measure": None, "area": None, "reason": None},
    )


def _tidy(
    frame: pl.DataFrame | None, schema: dict, what: str, optional: dict[str, object]
) -> pl.DataFrame:
    if frame is None:
        return pl.DataFrame(schema=schema)
    missing = [name for name in schema if name not in frame.columns and name not in optional]
    if missing:
        raise ValueError(f"the {what} lack these columns: {', '.join(missing)}")
    frame = frame.with_columns(
        pl.lit(value).alias(name) for name, value in optional.items() if name not in frame.columns
    )
    return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items())
