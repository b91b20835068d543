"""All count series as one array, and what the screens of `screening` note in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from frankpledge.analysis.conditions import usable_value
from frankpledge.analysis.limits.baselines import newest_restart
from frankpledge.analysis.periods import month_index
from frankpledge.analysis.series import KEY


@dataclass
class ScreeningTable:
    """All count series as one array: a row a series, a column a month, NaN where unknown.

    `held` says which months are held back, `kind` by which screen, `seen` and `expected` what the
    screen compared, `usual` what is usual for the series alone.
    """

    keys: pl.DataFrame
    months: list[date]
    values: np.ndarray
    area: np.ndarray
    area_names: np.ndarray
    measure: np.ndarray
    adds_up: np.ndarray
    believed: np.ndarray
    held: np.ndarray = field(init=False)
    usual: np.ndarray = field(init=False)
    kind: np.ndarray = field(init=False)
    seen: np.ndarray = field(init=False)
    expected: np.ndarray = field(init=False)
    in_area: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        shape = self.values.shape
        self.held = np.zeros(shape, dtype=bool)
        self.usual = np.full(shape, np.nan)
        self.kind = np.full(shape, "", dtype=object)
        self.seen = np.full(shape, np.nan)
        self.expected = np.full(shape, np.nan)
        self.in_area = (np.arange(len(self.area_names))[:, None] == self.area).astype(float)

    @classmethod
    def of(
        cls,
        judged: pl.DataFrame,
        counts: pl.DataFrame,
        believed: pl.DataFrame | None,
        breaks: pl.DataFrame | None,
    ) -> ScreeningTable:
        """The table of these series; a break that restarts the baseline begins a new row."""
        index = judged.select(
            *KEY,
            "month",
            usable_value().alias("value"),
            month_index(pl.col("month")).alias("at"),
            newest_restart(breaks).alias("since"),
        ).with_columns(
            (pl.struct(*KEY, "since").rank("dense") - 1).cast(pl.Int64).alias("row"),
            (pl.col("at") - pl.col("at").min()).alias("column"),
        )
        keys = (
            index.unique("row", keep="first")
            .sort("row")
            .join(counts, on="measure", maintain_order="left")
        )
        width = index["column"].max() + 1
        values = np.full((keys.height, width), np.nan)
        values[index["row"].to_numpy(), index["column"].to_numpy()] = index["value"].to_numpy()
        months = pl.date_range(
            judged["month"].min(), judged["month"].max(), interval="1mo", eager=True
        )
        names, area = np.unique(keys["area"].to_numpy().astype(str), return_inverse=True)
        _, measure = np.unique(keys["measure"].to_numpy().astype(str), return_inverse=True)
        vouched = np.zeros(values.shape, dtype=bool)
        if believed is not None:
            found = index.join(
                believed.filter(pl.col("measure").is_not_null()), on=[*KEY, "month"], how="semi"
            )
            whole = believed.filter(pl.col("measure").is_null())
            found = pl.concat([found, index.join(whole, on=["area", "month"], how="semi")])
            vouched[found["row"].to_numpy(), found["column"].to_numpy()] = True
        return cls(
            keys.select(KEY),
            months.to_list(),
            values,
            area,
            names,
            measure,
            keys["adds_up"].fill_null(False).to_numpy(),
            vouched,
        )

    def hold(
        self,
        bad: np.ndarray,
        column: int | slice,
        kind: str,
        seen: np.ndarray,
        expected: np.ndarray,
    ) -> None:
        """Holds back those of a month (or of all) that are known and that nobody has vouched for.

        A month held back for two reasons gives the one found last: an area's own history says more
        than other areas do.
        """
        bad = bad & ~np.isnan(self.values[:, column]) & ~self.believed[:, column]
        self.held[:, column][bad] = True
        self.kind[:, column][bad] = kind
        self.seen[:, column][bad] = seen[bad]
        self.expected[:, column][bad] = expected[bad]

    def kept(self) -> np.ndarray:
        return np.where(self.held, np.nan, self.values)

    def over_areas(self, numbers: np.ndarray) -> np.ndarray:
        """Sums over the series of each area, one an area."""
        return self.in_area @ numbers


def middle(numbers: np.ndarray) -> np.ndarray:
    """The median along the last axis of what is known; NaN where nothing is."""
    ordered = np.sort(numbers, axis=-1)
    known = (~np.isnan(numbers)).sum(axis=-1)
    low, high = np.maximum((known - 1) // 2, 0), np.minimum(known // 2, numbers.shape[-1] - 1)
    pick = np.take_along_axis
    middle = (pick(ordered, low[..., None], -1) + pick(ordered, high[..., None], -1))[..., 0] / 2
    return np.where(known > 0, middle, np.nan)


def across_areas(table: ScreeningTable, numbers: np.ndarray, least: int) -> np.ndarray:
    """The median over areas of one number a series (and month), for each measure.

    Same shape as `numbers`; NaN where fewer than `least` areas have one.
    """
    areas = len(table.area_names)
    if areas < least:
        return np.full_like(numbers, np.nan)
    by_area = np.full((table.measure.max() + 1, *numbers.shape[1:], areas), np.nan)
    known = np.nonzero(~np.isnan(numbers))
    by_area[(table.measure[known[0]], *known[1:], table.area[known[0]])] = numbers[known]
    enough = (~np.isnan(by_area)).sum(axis=-1) >= least
    return np.where(enough, middle(by_area), np.nan)[table.measure]
