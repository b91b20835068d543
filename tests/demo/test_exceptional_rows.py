"""Exactly 28 rows are exceptional in June 2022, and these are they."""

from __future__ import annotations

import pytest

from printed import FORCE, YEAR, counts, figures, printed_rows, unrounded_limits

# area, measure, side; the last two equal their printed limit and lie beyond the unrounded one.
EXCEPTIONAL = """
West Mercia          | total-recorded-crime                 | above
West Mercia          | violence-with-injury                 | above
West Mercia          | shoplifting                          | above
West Mercia          | all-other-theft                      | above
West Mercia          | public-order                         | above
West Mercia          | miscellaneous-crimes-against-society | above
South Worcestershire | total-recorded-crime                 | above
South Worcestershire | other-sexual-offences                | above
South Worcestershire | public-order                         | above
South Worcestershire | hate-crime                           | above
South Worcestershire | incidents                            | below
South Worcestershire | anti-social-behaviour                | below
North Worcestershire | total-recorded-crime                 | above
North Worcestershire | shoplifting                          | above
North Worcestershire | all-other-theft                      | above
North Worcestershire | public-order                         | above
Herefordshire        | all-other-theft                      | above
Herefordshire        | public-order                         | above
Herefordshire        | miscellaneous-crimes-against-society | above
Shropshire           | possession-of-weapons                | above
Shropshire           | public-order                         | above
Telford and Wrekin   | total-recorded-crime                 | above
Telford and Wrekin   | violence-without-injury              | above
Telford and Wrekin   | all-other-theft                      | above
Telford and Wrekin   | public-order                         | above
Telford and Wrekin   | child-at-risk                        | above
South Worcestershire | miscellaneous-crimes-against-society | above
North Worcestershire | personal-robbery                     | above
"""
TABLE = {
    (area, measure): side
    for area, measure, side in (
        (part.strip() for part in line.split("|")) for line in EXCEPTIONAL.strip().splitlines()
    )
}
AT_THE_LIMIT = list(TABLE)[-2:]
FIGURES = figures()
ROWS = printed_rows()


def side_of(value: float, lower: float, upper: float) -> str | None:
    if value > upper:
        return "above"
    return "below" if value < lower else None


def test_there_are_28_six_of_the_force_and_22_of_the_areas():
    assert len(TABLE) == 28
    assert sum(area == FORCE for area, _ in TABLE) == 6


def test_26_lie_beyond_the_limits_that_the_report_prints():
    """All but the two at their limit. Herefordshire's business robbery prints 0 at "1 1"."""
    beyond = {
        row.key: side
        for row in ROWS
        if (side := side_of(row.june_2022, row.lower, row.upper))
        and row.key != ("Herefordshire", "business-robbery")
    }
    assert beyond == {key: side for key, side in TABLE.items() if key not in AT_THE_LIMIT}


def test_two_equal_the_limit_that_the_report_prints():
    at = {row.key for row in ROWS if row.june_2022 == row.upper and row.key in TABLE}
    assert at == set(AT_THE_LIMIT)


def test_our_figures_are_beyond_their_unrounded_limits_in_exactly_these():
    found = {}
    for key, months in FIGURES.items():
        if not set(YEAR) <= set(months):
            continue
        values = counts(months)
        side = side_of(values["2022-06"], *unrounded_limits([values[m] for m in YEAR]))
        if side:
            found[key] = side
    assert found == TABLE


@pytest.mark.parametrize("key", [row.key for row in ROWS], ids=", ".join)
def test_no_june_lies_within_a_rounding_error_of_its_limit(key):
    """So that no way of adding the same twelve numbers can tell otherwise."""
    values = counts(FIGURES[key])
    lower, upper = unrounded_limits([values[m] for m in YEAR])
    assert abs(values["2022-06"] - upper) > 1e-6
    assert lower == 0 or abs(values["2022-06"] - lower) > 1e-6
