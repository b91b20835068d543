"""Nought and nothing, against a slow twin that looks at every place and month in turn."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis.series import OBSERVATION, observations
from frankpledge.figures import fill_unlisted

TRAITS = pl.DataFrame(
    {
        "measure": ["burglary", "robbery", "theft", "calls"],
        "lists_only_occurrences": [True, True, True, False],
    }
)
JUNE, JULY = date(2022, 6, 1), date(2022, 7, 1)


def listed(*rows: tuple) -> pl.DataFrame:
    schema = {n: OBSERVATION[n] for n in ("measure", "area", "month", "value", "known_at")}
    return observations(pl.DataFrame(list(rows), schema=schema, orient="row"))


def zeros(found: pl.DataFrame) -> set[tuple]:
    added = found.filter(pl.col("reason") == "none listed")
    return set(added.select("measure", "area", "month", "value", "known_at").rows())


def test_an_absent_row_beside_others_is_a_zero():
    found = fill_unlisted(
        listed(
            ("burglary", "X", JUNE, 3, None),
            ("robbery", "X", JUNE, 1, None),
            ("burglary", "X", JULY, 2, None),
        ),
        TRAITS,
    )
    assert zeros(found) == {("robbery", "X", JULY, 0.0, None)}
    assert found.height == 4
    assert found["condition"].unique().to_list() == ["observed"]


def test_a_place_and_month_without_any_row_stays_missing():
    found = fill_unlisted(
        listed(("burglary", "X", JUNE, 3, None), ("robbery", "Y", JULY, 1, None)), TRAITS
    )
    assert zeros(found) == {("robbery", "X", JUNE, 0.0, None), ("burglary", "Y", JULY, 0.0, None)}


def test_a_measure_that_the_list_never_has_is_not_filled():
    assert zeros(fill_unlisted(listed(("burglary", "X", JUNE, 3, None)), TRAITS)) == set()


def test_other_measures_neither_make_zeros_nor_get_them():
    rows = listed(
        ("burglary", "X", JUNE, 3, None),
        ("robbery", "X", JUNE, 3, None),
        ("calls", "X", JULY, 9, None),
    )
    assert fill_unlisted(rows, TRAITS).equals(rows)


def test_a_missing_or_suppressed_row_is_a_row_and_no_zero():
    rows = listed(("burglary", "X", JUNE, 3, None), ("robbery", "X", JUNE, None, None))
    assert fill_unlisted(rows, TRAITS).equals(rows)


def test_a_zero_is_known_since_the_list_first_had_its_place_and_month():
    found = fill_unlisted(
        listed(
            ("burglary", "X", JUNE, 3, date(2022, 8, 1)),
            ("burglary", "X", JUNE, 4, date(2022, 7, 1)),
            ("robbery", "X", JULY, 4, date(2022, 8, 1)),
        ),
        TRAITS,
    )
    assert zeros(found) == {
        ("robbery", "X", JUNE, 0.0, date(2022, 7, 1)),
        ("burglary", "X", JULY, 0.0, date(2022, 8, 1)),
    }


def test_a_revision_of_one_row_makes_no_zeros_of_the_others():
    rows = listed(
        ("burglary", "X", JUNE, 3, date(2022, 7, 1)),
        ("robbery", "X", JUNE, 1, date(2022, 7, 1)),
        ("burglary", "X", JUNE, 4, date(2022, 8, 1)),
    )
    assert fill_unlisted(rows, TRAITS).equals(rows)


def place_month_and_day(row: tuple) -> tuple:
    return (*row[:3], row[4])


def slow_zeros(rows: list[tuple]) -> set[tuple]:
    only = {"burglary", "robbery", "theft"}
    kept = [r for r in rows if r[0] in only]
    found = set()
    for _, area, month, _, _ in kept:
        here = [r for r in kept if r[1] == area and r[2] == month]
        for measure in {r[0] for r in kept}:
            if any(r[0] == measure for r in here):
                continue
            days = [r[4] for r in here]
            found.add((measure, area, month, 0.0, None if None in days else min(days)))
    return found


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["burglary", "robbery", "theft", "calls"]),
            st.sampled_from("XYZ"),
            st.sampled_from([JUNE, JULY]),
            st.one_of(st.none(), st.integers(0, 9)),
            st.sampled_from([None, date(2022, 8, 1), date(2022, 9, 1)]),
        ),
        max_size=12,
        unique_by=place_month_and_day,
    )
)
def test_zeros_as_the_slow_twin_finds_them(rows):
    before = listed(*rows)
    after = fill_unlisted(before, TRAITS)
    assert zeros(after) == slow_zeros(rows)
    assert after.head(before.height).equals(before)
    assert fill_unlisted(after, TRAITS).equals(after)
