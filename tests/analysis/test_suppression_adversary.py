"""What an adversary makes of all that is shown: no small count can be worked out or narrowed."""

from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from suppression_packs import BELOW, FORCE, areas_of, mark, pack, traits

from frankpledge.analysis.comparisons import compare
from frankpledge.analysis.periods import add_months, financial_year_start, months_from
from frankpledge.analysis.suppression import (
    hide_derived,
    suppress,
)


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


@pytest.mark.parametrize(
    ("areas", "top", "at_least", "untouched"),
    [(3, 24, 3, 0.9), pytest.param(4, 14, 2, 0.85, marks=pytest.mark.slow)],
)
def test_no_small_cell_is_told_to_one_who_knows_how_the_others_were_chosen(
    areas, top, at_least, untouched
):
    """Every month of so many areas of 0 to the top, told apart by nothing but what is shown of them.

    That a cell is hidden, and another not, says something of what they hold. Months that look alike
    must hold more than one number in every small cell; most hold all four.
    """
    cells = [list(values) for values in product(range(top + 1), repeat=areas)]
    told = suppress(pack(cells), traits(), FORCE, areas_of(cells)).sort("month", "area")
    marks = [mark(row) for row in told.iter_rows(named=True)]
    alike = {}
    for m, values in enumerate(cells):
        alike.setdefault(tuple(marks[m * (areas + 1) : (m + 1) * (areas + 1)]), []).append(values)
    widths = []
    for shown, months in alike.items():
        force, shown_areas = shown[0], shown[1:]
        hidden = sum(v for v, cell in zip(months[0], shown_areas, strict=True) if cell in "sh")
        if force not in "sh" and hidden > top:
            continue  # some of the months that look like this one lie beyond the top
        for i, cell in enumerate(shown_areas):
            if cell == "s":
                widths += [len({values[i] for values in months})] * len(months)
    assert min(widths) >= at_least
    assert sum(w == BELOW - 1 for w in widths) > untouched * len(widths)


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
