"""Disclosure control: what is hidden, month by month, against a slow obvious twin."""

from datetime import date
from itertools import product

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from suppression_packs import APRIL, BELOW, FORCE, area_name, areas_of, mark, pack, traits

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import as_known_at, complete, observations, revisions
from frankpledge.analysis.suppression import (
    HIDDEN_WITH_ANOTHER,
    NO_COUNTS,
    TOO_FEW_PEOPLE,
    hide_revisions,
    is_small,
    suppress,
)
from spec.spec_table import number, spec_table


def shares(areas, force=None):
    """One month of percentages from (numerator, denominator); the force is their sum."""
    tops, bottoms = zip(*areas, strict=True)
    all_of = [*areas, force or (sum(tops), sum(bottoms))]
    names = [area_name(i) for i in range(len(areas))] + [FORCE]
    frame = pl.DataFrame(
        [
            ("m", name, APRIL, top / bottom * 100 if bottom else None, float(top), float(bottom))
            for name, (top, bottom) in zip(names, all_of, strict=True)
        ],
        schema={
            "measure": pl.String,
            "area": pl.String,
            "month": pl.Date,
            "value": pl.Float64,
            "numerator": pl.Float64,
            "denominator": pl.Float64,
        },
        orient="row",
    )
    return complete(observations(frame))


@pytest.mark.parametrize("row", spec_table("suppression/areas"), ids=lambda row: row["case"])
def test_the_areas_of_the_table(row):
    values = [number(cell) for cell in row["areas"].split()]
    told = suppress(
        pack([values], [number(row["force"])]), traits(), FORCE, areas_of([values])
    ).sort("area")
    by_area = {r["area"]: mark(r) for r in told.iter_rows(named=True)}
    assert by_area[FORCE] == row["shown force"]
    assert " ".join(by_area[area_name(i)] for i in range(len(values))) == row["shown areas"]


def protects(small, others, next_shown):
    """Whether each small cell may still be anything from 1 to 4, by trying every possibility."""
    total = sum(small) + sum(others)
    for v in range(1, BELOW):
        possible = False
        for rest in product(range(1, BELOW), repeat=len(small) - 1):
            left = total - v - sum(rest)
            if len(others) * BELOW <= left <= len(others) * next_shown or (
                not others and left == 0
            ):
                possible = True
        if not possible:
            return False
    return True


def twin_hidden(values, total):
    """The marks of one month's areas and force, by trying k = 0, 1, 2 … in turn."""
    small = [v for v in values if is_small(v, BELOW)]
    marks = {area_name(i): "s" for i, v in enumerate(values) if is_small(v, BELOW)}
    if is_small(total, BELOW):
        marks[FORCE] = "h" if len(small) > 1 else "s"
        return marks
    if not small:
        return marks
    large = sorted((v, area_name(i)) for i, v in enumerate(values) if v is not None and v >= BELOW)
    for k in range(len(large) + 1):
        shown = [v for v, _ in large[k:]]
        next_shown = min(shown) if shown else float("inf")
        if protects(small, [v for v, _ in large[:k]], next_shown):
            return {**marks, **{name: "h" for _, name in large[:k]}}
    return {**marks, **{name: "h" for _, name in large}, FORCE: "h"}


cell = st.one_of(st.integers(0, 7), st.integers(0, 40))
month_of_areas = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=6)
)


@settings(max_examples=200, deadline=None)
@given(month_of_areas)
@example([[4, 4, 5]])
@example([[1, 1, 1, 1, 0]])
@example([[3, 5, 5, 5]])
def test_what_is_hidden_equals_the_slow_twin(cells):
    told = suppress(pack(cells), traits(), FORCE, areas_of(cells))
    for m, values in enumerate(cells):
        rows = told.filter(pl.col("month") == add_months(APRIL, m))
        found = {
            r["area"]: mark(r) for r in rows.iter_rows(named=True) if r["condition"] == "suppressed"
        }
        assert found == twin_hidden(values, sum(values)), values


def test_a_hidden_cell_says_so_and_has_no_number():
    told = suppress(pack([[3, 20, 37]]), traits(), FORCE, areas_of([[0, 0, 0]]))
    by_area = {r["area"]: r for r in told.iter_rows(named=True)}
    assert by_area["area 0"]["value"] is None
    assert by_area["area 0"]["condition"] == "suppressed"
    assert by_area["area 0"]["reason"] == "fewer than 5"
    assert by_area["area 1"]["reason"] == HIDDEN_WITH_ANOTHER
    assert by_area[FORCE]["reason"] is None


def test_a_measure_that_asks_for_nothing_is_left_alone():
    series = pack([[3, 20, 37]])
    assert suppress(series, traits(below=None), FORCE, areas_of([[0, 0, 0]])).equals(series)


def test_health_data_hides_below_eight():
    told = suppress(pack([[7, 8]]), traits(below=8))
    assert {r["area"]: r["reason"] for r in told.iter_rows(named=True)}["area 0"] == "fewer than 8"
    assert told.filter(pl.col("area") == "area 1")["value"].item() == 8


def test_a_value_that_the_source_has_marked_as_suppressed_goes_too():
    series = pack([[3, 20, 37]]).with_columns(
        pl.when(pl.col("area") == "area 1")
        .then(pl.lit("suppressed"))
        .otherwise(pl.col("condition").cast(pl.String))
        .alias("condition")
    )
    series = complete(observations(series))
    told = suppress(series, traits(below=None))
    assert told.filter(pl.col("area") == "area 1")["value"].to_list() == [None]


def test_one_cell_hidden_by_the_source_gets_company():
    rows = pack([[None, 20, 37]], [60]).with_columns(
        pl.when(pl.col("area") == "area 0")
        .then(pl.lit("suppressed"))
        .otherwise(pl.col("condition").cast(pl.String))
        .alias("condition")
    )
    told = suppress(complete(observations(rows)), traits(), FORCE, areas_of([[0, 0, 0]]))
    assert told.filter(pl.col("area") == "area 1")["reason"].item() == HIDDEN_WITH_ANOTHER


@pytest.mark.parametrize(
    ("areas", "hidden"),
    [
        ([(10, 20), (15, 30)], []),
        ([(3, 20), (15, 30), (40, 90)], [0, 1]),
        ([(18, 20), (15, 30), (40, 90)], [0, 1]),
        ([(0, 3), (15, 30), (40, 90)], [0, 1]),
        ([(0, 20), (15, 30)], []),
        ([(20, 20), (15, 30)], []),
        ([(3, 20), (2, 30), (40, 90)], [0, 1]),
        ([(1, 20), (2, 30), (40, 90)], [0, 1, 2]),
        ([(3, 20), (0, 30), (40, 90)], [0, 1, 2]),
        ([(1, 20), (2, 30)], [0, 1, FORCE]),
    ],
)
def test_percentages_on_few_people_go_with_another(areas, hidden):
    told = suppress(
        shares(areas), traits("percentage"), FORCE, [area_name(i) for i in range(len(areas))]
    )
    gone = told.filter(pl.col("condition") == "suppressed")
    expected = {FORCE if h == FORCE else area_name(h) for h in hidden}
    assert set(gone["area"]) == expected
    assert gone["numerator"].null_count() == gone["denominator"].null_count() == len(hidden)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
        min_size=1,
        max_size=5,
    )
)
def test_hidden_percentages_leave_room_for_any_small_numerator(areas):
    series = shares(areas)
    told = suppress(
        series, traits("percentage"), FORCE, [area_name(i) for i in range(len(areas))]
    ).with_columns(series["numerator"].alias("top"), series["denominator"].alias("bottom"))
    gone = told.filter((pl.col("condition") == "suppressed") & (pl.col("area") != FORCE))
    force_shown = told.filter(pl.col("area") == FORCE)["numerator"].item() is not None
    for row in told.iter_rows(named=True):
        few = any(
            is_small(x, BELOW) for x in (row["top"], row["bottom"], row["bottom"] - row["top"])
        )
        assert not few or row["condition"] == "suppressed"
    if gone.height and force_shown:
        assert gone.height >= 2
        assert gone["top"].sum() >= BELOW
        assert (gone["bottom"] - gone["top"]).sum() >= BELOW
    assert set(gone["reason"]) <= {TOO_FEW_PEOPLE}


def test_a_percentage_without_its_counts_hides_wholly():
    told = suppress(pack([[50, 60]]), traits("percentage"), FORCE, areas_of([[0, 0]]))
    assert told["value"].null_count() == 3
    assert set(told["reason"]) == {NO_COUNTS}


def test_a_revision_of_a_small_count_is_not_shown():
    def known(area, value, day):
        return ("m", area, APRIL, float(value), day)

    may, june = date(2021, 5, 10), date(2021, 6, 10)
    frame = pl.DataFrame(
        [
            *(known(a, v, may) for a, v in (("area 0", 3), ("area 1", 20), (FORCE, 23))),
            *(known(a, v, june) for a, v in (("area 0", 6), ("area 1", 21), (FORCE, 27))),
        ],
        schema={
            "measure": pl.String,
            "area": pl.String,
            "month": pl.Date,
            "value": pl.Float64,
            "known_at": pl.Date,
        },
        orient="row",
    )
    seen = observations(frame)
    now = suppress(complete(as_known_at(seen)), traits(), FORCE, ["area 0", "area 1"])
    assert now["condition"].to_list() == ["revised"] * 3
    told = hide_revisions(revisions(seen), now, traits())
    assert told.height == 3
    assert told["earlier"].null_count() == told["later"].null_count() == 3
    assert set(told["condition"]) == {"suppressed"}
    open_told = hide_revisions(revisions(seen), now, traits(below=None))
    assert open_told["earlier"].null_count() == 0


def test_what_the_giver_hid_cannot_be_had_from_its_neighbours():
    """95 for the force and 24 for one of two areas would say 71 for the one that was withheld."""
    rows = [("Force", 95.0, None), ("North", None, "suppressed"), ("South", 24.0, None)]
    told = observations(
        pl.DataFrame(
            {
                "measure": ["burglary"] * 3,
                "area": [area for area, _, _ in rows],
                "month": [date(2022, 6, 1)] * 3,
                "value": [value for _, value, _ in rows],
                "condition": [condition for _, _, condition in rows],
            }
        )
    )
    plain = pl.DataFrame(
        {"measure": ["burglary"], "unit": ["count"], "adds_up": [True], "suppress_below": [None]},
        schema_overrides={"suppress_below": pl.Int64},
    )
    hidden = suppress(complete(told), plain, "Force", ["North", "South"])
    shown = dict(zip(hidden["area"], hidden["value"], strict=True))
    assert shown["North"] is None
    assert shown["Force"] is None or shown["South"] is None
