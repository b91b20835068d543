"""Disclosure control: what is hidden, and what an adversary makes of all that is shown."""

from datetime import date
from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from frankpledge.analysis.comparisons import compare
from frankpledge.analysis.periods import add_months, financial_year_start, months_from
from frankpledge.analysis.series import as_known_at, complete, observations, revisions
from frankpledge.analysis.suppression import (
    HIDDEN_WITH_ANOTHER,
    NO_COUNTS,
    TOO_FEW_PEOPLE,
    hide_derived,
    hide_revisions,
    is_small,
    suppress,
)
from spec.spec_table import number, spec_table

FORCE = "Force"
BELOW = 5
APRIL = date(2021, 4, 1)


def traits(unit="count", below=BELOW, measure="m"):
    return pl.DataFrame(
        {
            "measure": [measure],
            "unit": [unit],
            "adds_up": [unit == "count"],
            "suppress_below": [below],
        },
        schema_overrides={"suppress_below": pl.Int64},
    )


def area_name(i):
    return f"area {i}"


def pack(cells, totals=None, first=APRIL):
    """Series from months of area values; the force is their sum unless `totals` says otherwise."""
    rows = []
    for m, values in enumerate(cells):
        month = add_months(first, m)
        total = sum(v for v in values if v is not None) if totals is None else totals[m]
        rows += [("m", area_name(i), month, v) for i, v in enumerate(values)]
        rows.append(("m", FORCE, month, total))
    frame = pl.DataFrame(
        rows,
        schema={"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64},
        orient="row",
    )
    return complete(observations(frame))


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


def areas_of(cells):
    return [area_name(i) for i in range(len(cells[0]))]


def mark(row):
    """A cell as the spec table writes it."""
    if row["condition"] == "suppressed":
        return "s" if row["reason"].startswith("fewer than") else "h"
    return "-" if row["value"] is None else f"{row['value']:g}"


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


class Adversary:
    """Knows every number shown, which cells are hidden and why, and the rules; solves for the rest.

    Unknowns are the hidden cells, whole numbers. Small ones lie in 1 to 4; one hidden beside them is
    5 or more and no more than the smallest area still shown. Every total, change and comparison that
    is shown is one equation, written out afresh from its definition.
    """

    def __init__(self, told, shown_numbers, areas):
        self.rows = {(r["area"], r["month"]): r for r in told.iter_rows(named=True)}
        self.unknown = [k for k, r in self.rows.items() if r["condition"] == "suppressed"]
        self.place = {k: i for i, k in enumerate(self.unknown)}
        self.areas = areas
        self.equations = []
        self._areas_add_up()
        for r in shown_numbers.iter_rows(named=True):
            self._what_comparisons_say(r)

    def _add(self, terms, total):
        """A sum of cells with their weights equals `total`."""
        row = np.zeros(len(self.unknown))
        for key, weight in terms:
            if key in self.place:
                row[self.place[key]] += weight
            elif key in self.rows:
                total -= weight * (self.rows[key]["value"] or 0)
        if row.any():
            self.equations.append((row, total))

    def _areas_add_up(self):
        for month in {m for _, m in self.rows}:
            self._add([((FORCE, month), 1), *(((a, month), -1) for a in self.areas)], 0)

    def _what_comparisons_say(self, r):
        area, month = r["area"], r["month"]
        to_date = months_from(financial_year_start(month), month)
        last_12 = [add_months(month, -k) for k in range(12)]
        before = [add_months(m, -12) for m in last_12]
        spans = {
            "value": [month],
            "previous_month": [add_months(month, -1)],
            "same_month_last_year": [add_months(month, -12)],
            "year_to_date": to_date,
            "last_year_to_date": [add_months(m, -12) for m in to_date],
            "rolling_12": last_12,
            "rolling_12_before": before,
        }
        for name, months in spans.items():
            if r[name] is not None:
                self._add([((area, m), 1) for m in months], r[name])
        for name, now, then in (
            ("previous_month", "value", "previous_month"),
            ("same_month_last_year", "value", "same_month_last_year"),
            ("year_to_date", "year_to_date", "last_year_to_date"),
            ("rolling_12", "rolling_12", "rolling_12_before"),
        ):
            plus, minus = spans[now], spans[then]
            terms = [((area, m), 1) for m in plus] + [((area, m), -1) for m in minus]
            if r[f"{name}_change"] is not None:
                self._add(terms, r[f"{name}_change"])
            if r[f"{name}_change_pct"] is not None:
                ratio = r[f"{name}_change_pct"] / 100 + 1
                self._add([((area, m), 1) for m in plus] + [((area, m), -ratio) for m in minus], 0)

    def _bounds(self):
        low, high = np.zeros(len(self.unknown)), np.full(len(self.unknown), 10_000.0)
        for (area, month), i in self.place.items():
            if self.rows[area, month]["reason"].startswith("fewer than"):
                low[i], high[i] = 1, BELOW - 1
            elif area != FORCE:
                low[i] = BELOW
                shown = [
                    self.rows[a, month]["value"]
                    for a in self.areas
                    if (self.rows[a, month]["value"] or 0) >= BELOW
                ]
                high[i] = min(shown, default=10_000)
        return Bounds(low, high)

    def interval(self, key):
        """The least and the most that a hidden cell can be."""
        aim = np.zeros(len(self.unknown))
        aim[self.place[key]] = 1
        held = []
        if self.equations:
            matrix = np.array([row for row, _ in self.equations])
            totals = np.array([total for _, total in self.equations])
            held = [LinearConstraint(matrix, totals - 1e-6, totals + 1e-6)]
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * aim,
                constraints=held,
                bounds=self._bounds(),
                integrality=np.ones(len(self.unknown)),
            )
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return tuple(ends)

    def small_cells(self):
        return [
            k
            for k in self.unknown
            if self.rows[k]["reason"].startswith("fewer than") and k[0] != FORCE
        ]


years = st.integers(2, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 30)), min_size=n, max_size=n),
        min_size=1,
        max_size=27,
    )
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(years)
def test_no_hidden_cell_can_be_narrowed_by_one_who_knows_all_that_is_shown(cells):
    true, areas = pack(cells), areas_of(cells)
    told = suppress(true, traits(), FORCE, areas)
    shown = hide_derived(compare(true, traits()), told, traits())
    adversary = Adversary(told, shown, areas)
    for key in adversary.small_cells()[:12]:
        least, most = adversary.interval(key)
        assert least <= 1, (key, least, most)
        assert most >= BELOW - 1, (key, least, most)


def test_no_small_cell_is_told_to_one_who_knows_how_the_others_were_chosen():
    """Every month of three areas of 0 to 24, told apart by nothing but what is shown of them.

    That a cell is hidden, and another not, says something of what they hold. Months that look alike
    must hold more than one number in every small cell; nearly all hold all four.
    """
    top = 24
    cells = [list(values) for values in product(range(top + 1), repeat=3)]
    told = suppress(pack(cells), traits(), FORCE, areas_of(cells)).sort("month", "area")
    marks = [mark(row) for row in told.iter_rows(named=True)]
    alike = {}
    for m, values in enumerate(cells):
        alike.setdefault(tuple(marks[4 * m : 4 * m + 4]), []).append(values)
    widths = []
    for shown, months in alike.items():
        force, areas = shown[0], shown[1:]
        hidden = sum(v for v, cell in zip(months[0], areas, strict=True) if cell in "sh")
        if force not in "sh" and hidden > top:
            continue  # some of the months that look like this one lie beyond 24
        for i, cell in enumerate(areas):
            if cell == "s":
                widths += [len({values[i] for values in months})] * len(months)
    assert min(widths) >= 3
    assert sum(w == BELOW - 1 for w in widths) > 0.9 * len(widths)


def test_the_adversary_breaks_what_is_not_protected_by_a_second_cell():
    cells = [[3, 20, 37]] * 3
    true, areas = pack(cells), areas_of(cells)
    alone = suppress(true, traits())
    adversary = Adversary(alone, compare(alone, traits()), areas)
    assert [adversary.interval(k) for k in adversary.small_cells()] == [(3, 3)] * 3


def test_the_adversary_breaks_a_year_to_date_left_standing():
    cells = [[3, 20, 37], [9, 20, 37]]
    true, areas = pack(cells), areas_of(cells)
    told = suppress(true, traits(), FORCE, areas)
    careless = compare(true, traits()).with_columns(told["value"])
    adversary = Adversary(told, careless, areas)
    assert (3, 3) in [adversary.interval(k) for k in adversary.small_cells()]


@settings(max_examples=30, deadline=None)
@given(years)
def test_hiding_what_was_derived_equals_deriving_from_what_is_left(cells):
    true = pack(cells)
    told = suppress(true, traits(), FORCE, areas_of(cells))
    assert hide_derived(compare(true, traits()), told, traits()).equals(compare(told, traits()))


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
