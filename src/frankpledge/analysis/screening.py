"""Months that cannot be true are held back, before they pass for the best in the country.

A force whose system is being replaced publishes 23 crimes where there were 5,600. Missing is not
zero, and neither is a hundredth of what happened: such a month is held back as missing, with the
reason and the number that was recorded, until the source corrects it or somebody vouches for it.

Four screens, each a named function, judge counts only. Three compare a month with the area's own
history; one compares areas with each other, for a system that has been broken all along shows in no
history. `docs/methods/screening.md` has the thresholds and what they hold back of real figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from frankpledge.analysis.conditions import CONDITION, Condition
from frankpledge.analysis.rates import with_population
from frankpledge.analysis.screening_table import ScreeningTable, across_areas, middle
from frankpledge.analysis.screening_words import told_why
from frankpledge.analysis.series import KEY

HISTORY = 12
"""How many months that were not held back make what is usual."""
EARLY = 24
"""The months at the start of a series that stand in while there is too little history."""
MOVEMENT = (0.2, 5.0)
"""How far what is usual may move with the other areas; beyond it the source itself is in doubt."""


@dataclass(frozen=True)
class Screen:
    """The thresholds, as shares of what is usual.

    `area_low`, `area_high`: all measures of an area together. `series_low`, `series_high`: one
    measure alone. `far_low`, `far_high`, `far_share`: an area is held where at least that share of
    its measures lies beyond. `rate_low`: against other areas' rates per head. `peer_low`: against
    areas declared to be of like size. A series is judged alone where `least_usual` a month are usual;
    an area where `least_area` are, in `least_measures` measures or more, and as mixed up where
    `least_far` lie far off. `least_areas` are needed to compare areas, `least_moving` to let what is
    usual move with them, and `least_history` months to say what is usual.
    """

    area_low: float = 1 / 3
    area_high: float = 3.0
    series_low: float = 1 / 8
    series_high: float = 10.0
    far_low: float = 1 / 3
    far_high: float = 3.0
    far_share: float = 1 / 3
    rate_low: float = 1 / 10
    peer_low: float = 1 / 20
    least_usual: float = 50.0
    least_area: float = 100.0
    least_measures: int = 3
    least_far: int = 4
    least_areas: int = 5
    least_moving: int = 20
    least_history: int = 6


HELD = {
    "measure": pl.String,
    "area": pl.String,
    "month": pl.Date,
    "value": pl.Float64,
    "usual": pl.Float64,
    "why": pl.String,
}
"""A month held back: what was recorded, what is usual, and why it is not believed."""


def screen(
    series: pl.DataFrame,
    traits: pl.DataFrame,
    populations: pl.DataFrame | None = None,
    settings: Screen | None = None,
    peers: Sequence[str] = (),
    believed: pl.DataFrame | None = None,
    breaks: pl.DataFrame | None = None,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The series with implausible months held back, and what was held: columns `HELD`.

    A month held back has no value, the condition "missing" and a reason such as "held back as
    implausible: 23 recorded in all against about 5,600"; what was recorded stands in the new column
    `held_back`. Later months are judged by months that were not held back. `populations` (area, year,
    population) or `peers`, areas declared to be of like size, allow areas to be compared with each
    other; without either they are not. `believed` (measure, area, month; a null measure for all)
    are months that somebody has vouched for; `breaks` (as in `limits.baselines`) that restart a baseline
    begin a new history. The number recorded is not repeated for a measure that
    hides small counts.
    """
    settings = settings or Screen()
    counts = traits.filter(pl.col("unit") == "count").select("measure", "adds_up", "suppress_below")
    judged = series.join(counts, on="measure", how="semi")
    if judged.is_empty():
        return series.with_columns(_no_number().alias("held_back")), pl.DataFrame(schema=HELD)
    table = ScreeningTable.of(judged, counts, believed, breaks)
    if populations is not None:
        heads = _heads(judged, table, populations)
        _hold_low_rates(table, heads, settings.rate_low, "rate", settings)
    elif peers:
        alike = np.where(np.isin(table.area_names, list(peers)), 1.0, np.nan)[table.area]
        heads = np.repeat(alike[:, None], table.values.shape[1], axis=1)
        _hold_low_rates(table, heads, settings.peer_low, "peers", settings)
    _hold_by_history(table, settings)
    held = told_why(table, traits)
    return _without(series, held), held.select(HELD.keys())


def _heads(judged: pl.DataFrame, table: ScreeningTable, populations: pl.DataFrame) -> np.ndarray:
    """The population of each series' area in each month; NaN where unknown."""
    places = pl.DataFrame({"area": table.area_names.tolist()}).join(
        pl.DataFrame({"month": table.months}), how="cross"
    )
    found = with_population(places, populations)["population"].to_numpy()
    return found.reshape(len(table.area_names), len(table.months))[table.area]


def _hold_low_rates(
    table: ScreeningTable, heads: np.ndarray, low: float, kind: str, settings: Screen
) -> None:
    """An area that records less than a tenth of what other areas' rates per head would give it.

    For each measure the middle rate over the areas is applied to the area's own population; what all
    its measures recorded together is held against what they would have. Five areas or more are
    needed. Only too little is looked for: a city centre has few residents and much crime.
    """
    value = np.where(table.adds_up[:, None], table.values, np.nan)
    expected = across_areas(table, value / heads, settings.least_areas) * heads
    both = ~np.isnan(expected) & ~np.isnan(value)
    seen = table.over_areas(np.where(both, value, 0.0))
    wanted = table.over_areas(np.where(both, expected, 0.0))
    bad = ((wanted >= settings.least_area) & (seen < low * wanted))[table.area]
    table.usual[bad] = expected[bad]
    table.hold(bad, slice(None), kind, seen[table.area], wanted[table.area])


def _hold_by_history(table: ScreeningTable, settings: Screen) -> None:
    """The three screens of an area's own history, month by month from the first.

    What is usual for a series is the median of the 12 newest months before this one that were not
    held back; with fewer than 6 of these, the median of its first 24 months. Where 20 areas or
    more can be judged, it moves with the middle one of them: a lockdown empties every town at once.
    Fewer may all be fed by one broken system.
    """
    kept = table.kept()
    begun = ~np.isnan(kept)
    since = np.where(begun.any(axis=1), begun.argmax(axis=1), 0)
    month = np.arange(kept.shape[1])
    early = np.where((month - since[:, None] >= 0) & (month - since[:, None] < EARLY), kept, np.nan)
    enough = (~np.isnan(early)).sum(axis=1) > settings.least_history
    first = np.where(enough, middle(early), np.nan)
    recent = np.full((len(kept), HISTORY), np.nan)
    for column in range(kept.shape[1]):
        known = (~np.isnan(recent)).sum(axis=1)
        usual = np.where(known >= settings.least_history, middle(recent), first)
        value, left = table.values[:, column], kept[:, column]
        judged = ~np.isnan(usual)
        table.usual[judged, column] = usual[judged]
        share = np.divide(left, usual, out=np.full_like(usual, np.nan), where=usual > 0)
        movement = np.clip(across_areas(table, share, settings.least_moving), *MOVEMENT)
        usual = usual * np.where(np.isnan(movement), 1.0, movement)
        _hold_one_series(table, column, left, usual, settings)
        _hold_mixed_up(table, column, left, usual, settings)
        _hold_whole_area(table, column, value, usual, settings)
        keep = ~np.isnan(value) & ~table.held[:, column]
        recent[keep] = np.column_stack([recent[keep, 1:], value[keep]])


def _hold_whole_area(
    table: ScreeningTable, column: int, value: np.ndarray, usual: np.ndarray, settings: Screen
) -> None:
    """An area whose measures together are under a third of what is usual, or over three times it."""
    both = ~np.isnan(value) & ~np.isnan(usual) & table.adds_up
    seen = table.over_areas(np.where(both, value, 0.0))
    wanted = table.over_areas(np.where(both, usual, 0.0))
    judged = (table.over_areas(both * 1.0) >= settings.least_measures) & (
        wanted >= settings.least_area
    )
    bad = judged & ((seen < settings.area_low * wanted) | (seen > settings.area_high * wanted))
    table.hold(bad[table.area], column, "area", seen[table.area], wanted[table.area])


def _hold_mixed_up(
    table: ScreeningTable, column: int, value: np.ndarray, usual: np.ndarray, settings: Screen
) -> None:
    """An area in which a third of the measures, and at least four, lie far from what is usual.

    The total may look right: records filed under the wrong measure add up all the same.
    """
    known = ~np.isnan(value) & (usual >= settings.least_usual)
    far = known & ((value < settings.far_low * usual) | (value > settings.far_high * usual))
    judged, found = table.over_areas(known * 1.0), table.over_areas(far * 1.0)
    bad = (found >= settings.least_far) & (found >= settings.far_share * judged)
    table.hold(bad[table.area], column, "mixed", found[table.area], judged[table.area])


def _hold_one_series(
    table: ScreeningTable, column: int, value: np.ndarray, usual: np.ndarray, settings: Screen
) -> None:
    """One measure under an eighth of what is usual, or over ten times it, where 50 are usual."""
    judged = usual >= settings.least_usual
    bad = judged & ((value < settings.series_low * usual) | (value > settings.series_high * usual))
    table.hold(bad, column, "series", value, usual)


def _no_number() -> pl.Expr:
    return pl.lit(None, dtype=pl.Float64)


def _without(series: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    """The series with the held months emptied and what they held beside them."""
    found = held.select(*KEY, "month", pl.col("value").alias("held_back"), "why")
    gone = pl.col("why").is_not_null()
    return (
        series.drop("held_back", strict=False)
        .join(found, on=[*KEY, "month"], how="left", maintain_order="left")
        .with_columns(
            *(
                pl.when(~gone).then(pl.col(c)).alias(c)
                for c in ("value", "numerator", "denominator")
            ),
            pl.when(gone)
            .then(pl.lit(Condition.MISSING.value, dtype=CONDITION))
            .otherwise(pl.col("condition"))
            .alias("condition"),
            pl.when(gone).then(pl.col("why")).otherwise(pl.col("reason")).alias("reason"),
        )
        .select(*series.columns, *([] if "held_back" in series.columns else ["held_back"]))
    )
