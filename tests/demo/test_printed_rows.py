"""Every printed row comes out of our figures as printed, or stands here with what ours say instead.

The report's volume tables have 24 rows for the force and 130 for its areas. Everything is worked
out by the plain code of `printed.py`.
"""

from __future__ import annotations

import pytest

from printed import (
    DEMO,
    FORCE,
    QUARTER_2021,
    QUARTER_2022,
    YEAR,
    Printed,
    change_pct,
    counts,
    figures,
    printed_rows,
    rows_of,
    unrounded_limits,
    whole,
)

ROWS = printed_rows()
FIGURES = figures()

# The printed cells that cannot stand, and what ours say: area, measure, cell, printed, ours.
GIVEN_UP = """
South Worcestershire | residential-burglary            | lower        |   38 |   29
South Worcestershire | burglary-business-and-community | lower        |   59 |   37
South Worcestershire | vehicle-offences                | lower        |   77 |   56
South Worcestershire | shoplifting                     | lower        |  113 |  102
South Worcestershire | public-order                    | upper        |  162 |  182
South Worcestershire | hate-crime                      | upper        |   61 |   68
South Worcestershire | vulnerable-adults               | upper        |  296 |  319
South Worcestershire | child-at-risk                   | upper        |  463 |  492
Herefordshire        | business-robbery                | lower        |    1 |    0
Herefordshire        | business-robbery                | change       |    0 | none
North Worcestershire | domestic-abuse                  | quarter_2021 | 2663 | 1640
North Worcestershire | domestic-abuse                  | quarter_2022 | 1435 | 1696
North Worcestershire | domestic-abuse                  | change       |  -46 |    3
"""


def given_up() -> dict[tuple[str, str, str], tuple[int, int | None]]:
    cells = {}
    for line in GIVEN_UP.strip().splitlines():
        area, measure, cell, printed, ours = (part.strip() for part in line.split("|"))
        cells[area, measure, cell] = (int(printed), None if ours == "none" else int(ours))
    return cells


INSTEAD = given_up()


def ours(row: Printed) -> dict[str, int | None]:
    """What our figures print for a row."""
    months = counts(FIGURES[row.key])
    lower, upper = unrounded_limits([months[m] for m in YEAR])
    now = sum(months[m] for m in QUARTER_2022)
    then = sum(months[m] for m in QUARTER_2021)
    return {
        "upper": whole(upper),
        "lower": whole(lower),
        "june_2022": months["2022-06"],
        "june_2021": months["2021-06"],
        "quarter_2022": now,
        "quarter_2021": then,
        "change": change_pct(now, then),
    }


def test_the_tables_have_24_rows_for_the_force_and_130_for_its_areas():
    assert sum(row.area == FORCE for row in ROWS) == 24
    assert sum(row.area != FORCE for row in ROWS) == 130
    assert len({row.key for row in ROWS}) == 154


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.area}, {row.measure}")
def test_a_printed_row_comes_out_as_printed(row):
    for cell, value in ours(row).items():
        printed = getattr(row, cell)
        if printed is None:
            continue
        expected = printed
        if (*row.key, cell) in INSTEAD:
            stated, expected = INSTEAD[*row.key, cell]
            assert stated == printed, f"the table above misquotes {cell}"
        assert value == expected, cell


def test_only_what_differs_is_given_up():
    for (area, measure, cell), (printed, instead) in INSTEAD.items():
        assert printed != instead, (area, measure, cell)


def test_every_june_stands_as_printed():
    """No June is ever given up."""
    assert not [cell for _, _, cell in INSTEAD if cell.startswith("june")]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.area}, {row.measure}")
def test_a_row_has_fifteen_whole_counts_and_says_which_are_recorded(row):
    months = FIGURES[row.key]
    assert sorted(months) == [*YEAR, *QUARTER_2022]
    assert all(value >= 0 for value in counts(months).values())
    recorded = {month for month, line in months.items() if line["origin"] == "recorded"}
    others = {
        line["month"]
        for line in rows_of(DEMO / "printed" / "months.csv")
        if line["area"] == row.area and NAMES[line["measure"]] == row.measure
    }
    assert recorded == {"2021-06", "2022-06"} | others


NAMES = {row["printed"]: row["measure"] for row in rows_of(DEMO / "printed" / "names.csv")}


def test_the_months_printed_in_the_text_agree_with_the_printed_change():
    for line in rows_of(DEMO / "printed" / "months.csv"):
        months = counts(FIGURES[line["area"], NAMES[line["measure"]]])
        assert months[line["month"]] == int(line["value"])
        assert months["2022-06"] - months[line["month"]] == int(line["june_2022_change"])


# What the force's pages say of the quarter on the quarter, in counts.
FORCE_QUARTERS = {"violence-with-injury": 366, "all-other-theft": 525, "shoplifting": 399}


@pytest.mark.parametrize(("measure", "change"), FORCE_QUARTERS.items())
def test_the_forces_quarters_differ_by_the_printed_count(measure, change):
    months = counts(FIGURES[FORCE, measure])
    quarters = [sum(months[m] for m in q) for q in (QUARTER_2022, QUARTER_2021)]
    assert quarters[0] - quarters[1] == change


def test_public_order_rose_by_half_and_not_by_a_third():
    """The report divides the 347 by June 2022 and prints 34%."""
    months = counts(FIGURES[FORCE, "public-order"])
    assert months["2022-06"] - months["2021-06"] == 347
    assert round(100 * 347 / months["2021-06"], 1) == 50.7


def test_domestic_abuse_of_the_five_areas_changes_as_the_forces_page_prints():
    """55 more in the quarter (1%), 114 fewer in June than in May (5%); the page prints no counts."""
    areas = [
        counts(months)
        for (area, m), months in FIGURES.items()
        if m == "domestic-abuse" and area != FORCE
    ]
    assert len(areas) == 5
    now = sum(area[m] for area in areas for m in QUARTER_2022)
    then = sum(area[m] for area in areas for m in QUARTER_2021)
    assert now - then == 55
    assert change_pct(now, then) == 1
    may, june = (sum(area[month] for area in areas) for month in ("2022-05", "2022-06"))
    assert june - may == -114
    assert change_pct(june, may) == -5


def test_the_forces_crime_types_add_to_its_total():
    """18 types; in both Junes as printed, and in both quarters by the choices made."""
    whole_force = counts(FIGURES[FORCE, "total-recorded-crime"])
    not_types = {
        "total-recorded-crime", "incidents", "anti-social-behaviour",
        "serious-violence", "alcohol-related", "mental-health",
    }  # fmt: skip
    types = [row for row in ROWS if row.area == FORCE and row.measure not in not_types]
    assert len(types) == 18
    for months in (["2021-06"], ["2022-06"], QUARTER_2021, QUARTER_2022):
        of_types = sum(counts(FIGURES[row.key])[m] for row in types for m in months)
        assert of_types == sum(whole_force[m] for m in months)
