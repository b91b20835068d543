"""Exceptions of a pack: the spec table, a slow twin, and what must hold of any pack."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.exceptions import NEEDED, adjusted, crossings
from spec.spec_table import number, spec_table

MONTH = date(2022, 6, 1)
ROWS = spec_table("exceptions/crossings")
SCHEMA = {
    "measure": pl.String,
    "area": pl.String,
    "month": pl.Date,
    "value": pl.Float64,
    "lower": pl.Float64,
    "upper": pl.Float64,
    "p_value": pl.Float64,
    "chance": pl.Float64,
    "better": pl.String,
}


def judged(rows: list[dict]) -> pl.DataFrame:
    usual = {
        "measure": "burglary",
        "month": MONTH,
        "value": 20.0,
        "lower": 5.0,
        "upper": 15.0,
        "chance": 0.015,
        "better": "lower",
    }
    return pl.DataFrame([usual | row for row in rows], schema=SCHEMA)


@pytest.mark.parametrize("pack", sorted({row["pack"] for row in ROWS}))
def test_crossings_are_as_the_spec_table_says(pack: str) -> None:
    rows = [row for row in ROWS if row["pack"] == pack]
    found = crossings(
        judged(
            [
                {
                    "area": row["area"],
                    "value": number(row["value"]),
                    "lower": number(row["lower"]),
                    "upper": number(row["upper"]),
                    "p_value": number(row["p-value"]),
                    "better": None if row["better"] == "none" else row["better"],
                }
                for row in rows
            ]
        )
    )
    listed = {row["area"]: row for row in found.frame.iter_rows(named=True)}
    said = {
        row["area"]: (row["direction"], row["strong"] == "yes", row["assessment"])
        for row in rows
        if row["direction"] != "not listed"
    }
    assert {
        area: (row["direction"], row["strong"], row["assessment"]) for area, row in listed.items()
    } == said


p_values = st.lists(
    st.one_of(st.none(), st.floats(0, 1), st.sampled_from([0.0, 0.01, 0.05, 1.0])), max_size=40
)


def slow_adjusted(values: list[float | None]) -> list[float | None]:
    """Benjamini and Hochberg by hand: the smallest rate at which each would still be strong."""
    known = sorted(value for value in values if value is not None)
    answer: list[float | None] = []
    for value in values:
        if value is None:
            answer.append(None)
            continue
        rates = [
            other * len(known) / (place + 1) for place, other in enumerate(known) if other >= value
        ]
        answer.append(min(1.0, *rates))
    return answer


def slow_strong(values: list[float | None], level: float) -> list[bool]:
    """Step up: find the last place at which the p-value lies under the line; all before are in."""
    known = sorted(value for value in values if value is not None)
    last = None
    for place, value in enumerate(known, start=1):
        if value <= level * place / len(known):
            last = value
    return [value is not None and last is not None and value <= last for value in values]


@settings(deadline=None)
@given(p_values)
def test_adjusted_p_values_equal_the_slow_twin(values: list[float | None]) -> None:
    fast = adjusted(pl.Series("p_value", values, dtype=pl.Float64)).to_list()
    slow = slow_adjusted(values)
    assert [v is None for v in fast] == [v is None for v in slow]
    for one, other in zip(fast, slow, strict=True):
        assert one is None or one == pytest.approx(other, rel=1e-12)


@settings(deadline=None)
@given(p_values, st.sampled_from([0.05, 0.1, 0.2]))
def test_strong_crossings_equal_the_slow_twin(values: list[float | None], level: float) -> None:
    # On the line itself floating point decides; half a millionth to either side must agree.
    rows = [{"area": f"{i:02d}", "p_value": value} for i, value in enumerate(values)]
    found = crossings(judged(rows), level).frame.sort("area")["strong"].to_list()
    low, high = slow_strong(values, level * (1 - 1e-9)), slow_strong(values, level * (1 + 1e-9))
    assert all(a <= b <= c for a, b, c in zip(low, found, high, strict=True))


@settings(deadline=None)
@given(p_values)
def test_every_crossing_is_listed_once_with_the_strongest_first(values: list[float | None]) -> None:
    rows = [
        {"area": f"{i:02d}", "p_value": value, "value": 20.0 if i % 2 else 10.0}
        for i, value in enumerate(values)
    ]
    found = crossings(judged(rows))
    assert sorted(found.frame["area"]) == [row["area"] for row in rows if row["value"] == 20.0]
    assert found.judged == len(rows)
    ranks = [rank for rank in found.frame["evidence_rank"].to_list() if rank is not None]
    assert ranks == sorted(ranks)
    assert found.frame["evidence_rank"].to_list()[len(ranks) :] == [None] * (
        len(found.frame) - len(ranks)
    )


def test_a_series_inside_its_limits_counts_towards_the_pack() -> None:
    alone = [{"area": "north", "p_value": 0.04}]
    quiet = [{"area": f"quiet {i}", "p_value": 0.5, "value": 10.0} for i in range(9)]
    assert crossings(judged(alone)).frame["strong"].to_list() == [True]
    assert crossings(judged(alone + quiet)).frame["strong"].to_list() == [False]


def test_crossings_to_expect_by_chance_are_the_sum_of_the_chances_of_what_was_judged() -> None:
    found = crossings(
        judged(
            [
                {"area": "a", "chance": 0.015, "p_value": 0.5, "value": 10.0},
                {"area": "b", "chance": 0.093, "p_value": 0.001},
                {"area": "c", "chance": 0.015, "value": None},
                {"area": "d", "chance": None},
            ]
        )
    )
    assert found.judged == 3
    assert found.expected_by_chance == pytest.approx(0.108)


def test_without_any_chance_nothing_is_said_to_be_expected() -> None:
    assert crossings(judged([{"area": "a", "chance": None}])).expected_by_chance is None
    empty = crossings(pl.DataFrame(schema=SCHEMA))
    assert (len(empty.frame), empty.judged, empty.expected_by_chance) == (0, 0, None)


def test_one_limit_alone_can_be_crossed() -> None:
    found = crossings(judged([{"area": "a", "lower": None, "p_value": 0.01}]))
    assert found.frame["direction"].to_list() == ["above"]


def test_what_cannot_be_judged_is_refused_with_its_place() -> None:
    with pytest.raises(ValueError, match="lack these columns: p_value, chance"):
        crossings(judged([]).drop("p_value", "chance"))
    with pytest.raises(ValueError, match=r"p_value is 1.5 for burglary, north, 2022-06-01"):
        crossings(judged([{"area": "north", "p_value": 1.5}]))
    with pytest.raises(ValueError, match="between 0 and 1"):
        crossings(judged([]), level=10)
    assert set(NEEDED) == set(SCHEMA)
