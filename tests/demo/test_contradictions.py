"""The rows of README.md that cannot be had are impossible, and what stands there is the nearest.

Nothing here uses the argument of `demo/proofs.py`: the least sum of squares is found by counting.
"""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from printed import DEMO, FORCE, Printed, change_pct, counts, figures, printed_rows, whole

ROWS = printed_rows()
AREA_ROWS = [row for row in ROWS if row.area != FORCE]
FIGURES = figures()
README = (DEMO / "README.md").read_text(encoding="utf-8")

IMPOSSIBLE = {
    ("South Worcestershire", "residential-burglary"),
    ("South Worcestershire", "burglary-business-and-community"),
    ("South Worcestershire", "vehicle-offences"),
    ("South Worcestershire", "shoplifting"),
    ("South Worcestershire", "public-order"),
    ("South Worcestershire", "hate-crime"),
    ("South Worcestershire", "vulnerable-adults"),
    ("South Worcestershire", "child-at-risk"),
    ("North Worcestershire", "domestic-abuse"),
    ("Herefordshire", "business-robbery"),
}


def as_level_as_can_be(total: int, months: int) -> list[int]:
    """Whole counts with this sum that differ by one at the most: the least sum of squares."""
    each, over = divmod(total, months)
    return [each + 1] * over + [each] * (months - over)


def levellest_year(row: Printed, rest: int) -> list[int]:
    """The least varying twelve with the printed June and quarter, and `rest` from July to March."""
    spring = as_level_as_can_be(row.quarter_2021 - row.june_2021, 2)
    return [*spring, row.june_2021, *as_level_as_can_be(rest, 9)]


def mean_and_spread(values: list[int]) -> tuple[float, float]:
    mean = sum(values) / 12
    return mean, math.sqrt(sum((v - mean) ** 2 for v in values) / 12)


def can_be_had(row: Printed, upper: int, lower: int, scatter: bool = False) -> bool:
    """Whether some sum of the nine other months lets both limits print as they should.

    The two limits, each within a half of what it prints as, add to a sixth of the year's sum.
    With a given sum, months can vary more than the levellest year but never less. So limits can be
    had when some spread from the levellest one up prints them. With `scatter` the nine months vary
    at least as chance does: their variance is at least their mean.
    """
    least_total = 6 * (upper + lower - 1) if lower else 0
    for total in range(max(least_total, row.quarter_2021), 6 * (upper + lower + 1) + 1):
        rest = total - row.quarter_2021
        values = levellest_year(row, rest)
        mean, least = mean_and_spread(values)
        if scatter:
            least = math.sqrt(least**2 + rest / 12)
        from_upper = (upper - 0.5 - mean) / 2, (upper + 0.5 - mean) / 2
        from_lower = (mean - lower - 0.5) / 2, (mean - lower + 0.5) / 2 if lower else math.inf
        low = max(least, from_upper[0], from_lower[0])
        high = min(from_upper[1], from_lower[1])
        if low < high:
            return True
    return False


@pytest.mark.parametrize("row", AREA_ROWS, ids=lambda row: f"{row.area}, {row.measure}")
def test_no_twelve_months_print_the_rows_listed_and_some_print_every_other(row):
    assert can_be_had(row, row.upper, row.lower) == (row.key not in IMPOSSIBLE)


def test_the_short_argument_shows_the_same_ten_rows():
    """The standard deviation needed, |q - m| / √3, is more than the limits allow."""
    shown = set()
    for row in AREA_ROWS:
        if row.lower == 0:
            continue
        distance = max(abs(row.quarter_2021 / 3 - (row.upper + row.lower) / 2) - 0.5, 0)
        if distance / math.sqrt(3) > (row.upper - row.lower + 1) / 4:
            shown.add(row.key)
    assert shown == IMPOSSIBLE


@pytest.mark.parametrize("quarter", [[5, 5, 5], [1, 2, 9], [40, 0, 2]])
@pytest.mark.parametrize("others", [[5] * 9, list(range(9)), [0] * 8 + [90]])
def test_the_bound_of_the_argument_holds(quarter, others):
    mean, spread = mean_and_spread([*quarter, *others])
    assert spread >= abs(sum(quarter) / 3 - mean) / math.sqrt(3) - 1e-12


# area, measure: the nearest upper and lower limit at all, and the nearest with the scatter of chance
NEAREST = {
    "residential-burglary": ((80, 32), (80, 29)),
    "burglary-business-and-community": ((113, 40), (113, 37)),
    "vehicle-offences": ((150, 60), (150, 56)),
    "shoplifting": ((200, 107), (200, 102)),
    "public-order": ((179, 85), (182, 85)),
    "hate-crime": ((66, 23), (68, 23)),
    "vulnerable-adults": ((313, 206), (319, 206)),
    "child-at-risk": ((483, 344), (492, 344)),
}


@pytest.mark.parametrize("measure", NEAREST)
@pytest.mark.parametrize("scatter", [False, True], ids=["at all", "with scatter"])
def test_no_nearer_limits_can_be_had_in_south_worcestershire(measure, scatter):
    """One step back towards the printed limits, in either or both, there are none."""
    row = next(r for r in AREA_ROWS if r.key == ("South Worcestershire", measure))
    upper, lower = NEAREST[measure][scatter]
    assert can_be_had(row, upper, lower, scatter)
    away = abs(upper - row.upper) + abs(lower - row.lower)
    nearer = [
        (row.upper + up, row.lower + down)
        for up in range(-away, away + 1)
        for down in range(-away, away + 1)
        if abs(up) + abs(down) == away - 1
    ]
    assert not any(can_be_had(row, *limits, scatter) for limits in nearer)


def test_the_quarters_of_south_worcestershire_are_borne_out_by_its_total():
    """Why its limits are given up and not its counts."""
    crossed = {"total-recorded-crime", "incidents", "anti-social-behaviour"}
    crossed |= {"domestic-abuse", "hate-crime", "vulnerable-adults", "child-at-risk"}
    crossed |= {"child-sexual-exploitation"}
    rows = {row.measure: row for row in AREA_ROWS if row.area == "South Worcestershire"}
    types = [row for measure, row in rows.items() if measure not in crossed]
    for cell in ("june_2022", "june_2021", "quarter_2022", "quarter_2021"):
        assert sum(getattr(row, cell) for row in types) == getattr(
            rows["total-recorded-crime"], cell
        )


def test_north_worcestershires_domestic_abuse_copies_its_anti_social_behaviour():
    rows = {row.measure: row for row in AREA_ROWS if row.area == "North Worcestershire"}
    copy, original = rows["domestic-abuse"], rows["anti-social-behaviour"]
    for cell in ("quarter_2022", "quarter_2021", "change"):
        assert getattr(copy, cell) == getattr(original, cell)


def area_sum(measure: str, cell: str) -> int:
    return sum(getattr(row, cell) for row in AREA_ROWS if row.measure == measure)


FORCE_ROWS = {row.measure: row for row in ROWS if row.area == FORCE}
WITH_AREAS = [m for m in FORCE_ROWS if any(row.measure == m for row in AREA_ROWS)]


def test_only_theft_from_person_and_criminal_damage_change_otherwise_than_their_areas():
    differ = {
        measure
        for measure in WITH_AREAS
        if change_pct(area_sum(measure, "quarter_2022"), area_sum(measure, "quarter_2021"))
        != FORCE_ROWS[measure].change
    }
    assert differ == {"theft-from-person", "criminal-damage-and-arson"}


def test_only_business_robbery_has_a_june_that_its_areas_do_not_add_to():
    for cell, expected in (("june_2022", {"business-robbery": (4, 6)}), ("june_2021", {})):
        differ = {
            measure: (getattr(FORCE_ROWS[measure], cell), area_sum(measure, cell))
            for measure in WITH_AREAS
            if getattr(FORCE_ROWS[measure], cell) != area_sum(measure, cell)
        }
        assert differ == expected


def test_the_forces_quarters_are_its_areas_where_they_are_not_chosen():
    chosen = {"theft-from-person": (142, 99), "criminal-damage-and-arson": (2375, 2213)}
    for measure in WITH_AREAS:
        months = counts(FIGURES[FORCE, measure])
        now = sum(months[f"2022-{m:02d}"] for m in (4, 5, 6))
        then = sum(months[f"2021-{m:02d}"] for m in (4, 5, 6))
        areas = area_sum(measure, "quarter_2022"), area_sum(measure, "quarter_2021")
        if measure == "business-robbery":
            assert areas == (12, 10)
        assert (now, then) == chosen.get(measure, areas)


def test_fifteen_of_twenty_one_baselines_do_not_add_up():
    """Worked out in whole halves: the means of the force and of five areas, each to within a half."""
    differ = set()
    for measure in WITH_AREAS:
        areas = [row for row in AREA_ROWS if row.measure == measure]
        apart = sum(r.upper + r.lower for r in areas) / 2
        apart -= (FORCE_ROWS[measure].upper + FORCE_ROWS[measure].lower) / 2
        if apart < -3 or (apart > 3 and all(row.lower for row in areas)):
            differ.add(measure)
    assert len(WITH_AREAS) == 21
    assert len(differ) == 15
    assert "15 differ by more than rounding" in README


def run(*arguments: str) -> list[str]:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=DEMO)
    return done.stdout.strip().splitlines()


def test_the_readme_holds_the_tables_that_the_programs_print():
    lines = [*run("proofs.py"), *run("reconstruct.py", "--counts")]
    assert len(lines) > 30
    missing = [line for line in lines if line and line not in README]
    assert not missing


def test_the_readme_names_every_row_that_cannot_be_had():
    for area, measure in IMPOSSIBLE:
        assert f"| {area} | {measure} |" in README


def test_whole_rounds_a_half_away_from_zero():
    assert [whole(x) for x in (0.5, 1.5, -0.5, -2.5, 2.4999)] == [1, 2, -1, -3, 2]
