"""Series written short, for the tests of projection and likelihood: "12x70 . 80" ends in June 2022."""

from __future__ import annotations

from datetime import date

import polars as pl

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import complete, observations

MONTH = date(2022, 6, 1)


def values(text: str) -> list[float | None]:
    """ "2x70 . 80" as 70, 70, nothing, 80."""
    found: list[float | None] = []
    for word in text.split():
        times, _, what = word.rpartition("x")
        found += [None if what == "." else float(what)] * int(times or 1)
    return found


def series_of(histories: dict[str, list[float | None]], month: date = MONTH) -> pl.DataFrame:
    """A complete series a measure, each ending at `month`."""
    rows = [
        {
            "measure": measure,
            "area": "Force",
            "month": add_months(month, i - len(history) + 1),
            "value": value,
        }
        for measure, history in histories.items()
        for i, value in enumerate(history)
    ]
    frame = pl.DataFrame(
        rows,
        schema={"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64},
    )
    return complete(observations(frame), until=month)


def traits_of(measures: list[str], unit: str = "count", **target: object) -> pl.DataFrame:
    """Traits of measures that share a unit, with a target where one is given."""
    names = ("target", "target_date", "target_direction", "target_over")
    frame = pl.DataFrame({"measure": measures}).with_columns(
        unit=pl.lit(unit), adds_up=pl.lit(unit == "count"), better=pl.lit("lower")
    )
    types = (pl.Float64, pl.Date, pl.String, pl.String)
    return frame.with_columns(
        pl.lit(target.get(name), dtype=dtype).alias(name)
        for name, dtype in zip(names, types, strict=True)
    )


def wavering(n: int, level: float = 100, start: int = 1) -> list[float]:
    """Counts that move about a level, the same each time, with no two months alike in a row."""
    state = start
    found = []
    for _ in range(n):
        state = (state * 1103515245 + 12345) % 2**31
        found.append(float(round(level + level**0.5 * 2 * (state / 2**31 - 0.5) * 1.7)))
    return found
