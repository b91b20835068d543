"""From observations to findings: the whole walk, on a force small enough to work out by hand."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from frankpledge.analysis import series
from frankpledge.analysis.assembly import find
from frankpledge.analysis.brief import Brief
from frankpledge.analysis.findings import NAMES
from frankpledge.analysis.periods import add_months

JUNE = date(2022, 6, 1)
FIRST = date(2021, 4, 1)

TRAITS = pl.DataFrame(
    {
        "measure": ["burglary", "harm", "satisfaction"],
        "unit": ["count", "count", "percentage"],
        "better": ["lower", "lower", "higher"],
        "adds_up": [True, True, False],
        "suppress_below": [None, 5, None],
        "target": [None, None, 80.0],
        "target_date": [None, None, date(2022, 6, 30)],
        "target_direction": [None, None, "at least"],
        "target_over": [None, None, None],
        "decimals": [0, 0, 0],
        "lists_only_occurrences": [False, False, False],
    },
    schema_overrides={
        "suppress_below": pl.Int64,
        "target": pl.Float64,
        "target_date": pl.Date,
        "target_direction": pl.String,
        "target_over": pl.String,
    },
)


def counts(measure: str, area: str, values: list[float | None]) -> pl.DataFrame:
    months = [add_months(FIRST, i) for i in range(len(values))]
    return pl.DataFrame(
        {
            "measure": [measure] * len(values),
            "area": [area] * len(values),
            "month": months,
            "value": values,
        },
        schema_overrides={"value": pl.Float64},
    )


STEADY = [100.0, 104, 96, 100, 104, 96, 100, 104, 96, 100, 104, 96, 101, 99]
NORTH = [*STEADY, 150.0]
SOUTH = [*STEADY, 100.0]
SMALL = [9.0, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8, 3]
OTHER = [19.0, 18, 17, 19, 18, 17, 19, 18, 17, 19, 18, 17, 19, 18, 13]


@pytest.fixture(scope="module")
def found():
    told = pl.concat(
        [
            counts("burglary", "North", NORTH),
            counts("burglary", "South", SOUTH),
            counts("harm", "North", SMALL),
            counts("harm", "South", OTHER),
            counts("satisfaction", "Force", [None] * 14 + [82.0]),
        ]
    )
    return find(
        series.observations(told),
        TRAITS,
        Brief(month=JUNE, force="Force", areas=("North", "South")),
    )


def number(found, measure: str, area: str, name: str, month: date = JUNE):
    row = found.numbers().filter(
        (pl.col("measure") == measure)
        & (pl.col("area") == area)
        & (pl.col("name") == name)
        & (pl.col("month") == month)
    )
    assert row.height == 1, f"{measure} {area} {name} stands {row.height} times"
    return row.row(0, named=True)


def test_a_figure_outside_its_limits_is_found_and_no_other(found):
    outside = found.exceptions.select("measure", "area", "direction", "assessment").rows()
    assert ("burglary", "North", "above", "concern") in outside
    assert ("burglary", "Force", "above", "concern") in outside
    assert not [row for row in outside if row[1] == "South"]


def test_changes_and_totals_are_those_of_a_person_with_a_pencil(found):
    def told(name):
        return number(found, "burglary", "North", name)["number"]

    assert told("value") == 150
    assert told("previous_month_change") == 51
    assert told("previous_month_change_pct") == pytest.approx(51 / 99 * 100)
    assert told("same_month_last_year_change_pct") == pytest.approx(54 / 96 * 100)
    assert told("year_to_date") == 101 + 99 + 150
    assert told("last_year_to_date") == 100 + 104 + 96
    assert told("upper_limit") == pytest.approx(100 + 2 * (32 / 3) ** 0.5)


def test_the_force_is_the_sum_of_its_areas_where_it_has_no_figures(found):
    assert number(found, "burglary", "Force", "value")["number"] == 250
    assert number(found, "burglary", "Force", "areas_difference")["number"] == 0


def test_every_finding_stands_once_and_has_a_name_on_the_list(found):
    numbers = found.numbers()
    assert numbers.select("measure", "area", "month", "name").is_unique().all()
    assert set(numbers["name"]) <= set(NAMES)


def test_a_condition_without_a_number_never_carries_one(found):
    hidden = found.numbers().filter(
        pl.col("condition").is_in(["suppressed", "missing", "not applicable"])
    )
    assert hidden.height
    assert hidden["number"].null_count() == hidden.height
    assert hidden["word"].null_count() == hidden.height


def test_a_hidden_count_gives_no_number_to_work_it_out_from(found):
    """3 is hidden, and with it the area or the force that would give it away; no limit holds it."""
    assert number(found, "harm", "North", "value")["condition"] == "suppressed"
    shown = [number(found, "harm", area, "value")["number"] for area in ("Force", "South")]
    assert None in shown
    for name in ("year_to_date", "rolling_12", "previous_month_change", "upper_limit"):
        assert number(found, "harm", "North", name)["number"] is None


def test_a_measure_at_its_date_is_met_and_has_no_likelihood(found):
    row = found.newest.filter(pl.col("measure") == "satisfaction").row(0, named=True)
    assert row["likelihood"] is None
    assert row["likelihood_basis"] == "met"
    assert row["limits_state"] == "none"


def test_a_report_as_at_a_day_does_not_know_what_came_later():
    early = counts("burglary", "Force", [*STEADY, 100.0]).with_columns(
        pl.lit(date(2022, 7, 1)).alias("known_at")
    )
    late = early.tail(1).with_columns(
        pl.lit(111.0).alias("value"), pl.lit(date(2022, 9, 1)).alias("known_at")
    )
    told = series.observations(pl.concat([early, late]))
    then = find(told, TRAITS, Brief(month=JUNE, force="Force", as_at=date(2022, 7, 31)))
    now = find(told, TRAITS, Brief(month=JUNE, force="Force"))
    assert then.newest["value"].to_list() == [100.0]
    assert then.revisions.is_empty()
    assert now.newest["value"].to_list() == [111.0]
    assert now.revisions.select("earlier", "later").rows() == [(100.0, 111.0)]


@pytest.mark.parametrize("limits", ["fixed-year-1", "expected-1", "plot-the-dots-0.2.2"])
def test_each_kind_of_limits_answers_in_the_same_columns(limits):
    told = series.observations(counts("burglary", "Force", STEADY * 2 + [300.0]))
    month = add_months(FIRST, 28)
    found = find(told, TRAITS, Brief(month=month, force="Force", limits=limits))
    row = found.newest.row(0, named=True)
    assert row["limits_rule_set"] == limits
    assert row["crossing"] == "above"
    assert row["exceptional"] is True
    assert row["lower_limit"] < 100 < row["upper_limit"] < 300
    assert found.pack.crossings == 1


def test_a_survey_is_compared_by_the_months_two_windows_do_not_share():
    asked = [200.0] * 15
    yes = [150.0] * 12 + [90.0] * 3
    told = counts("satisfaction", "Force", [100 * y / n for y, n in zip(yes, asked, strict=True)])
    told = told.with_columns(pl.Series("numerator", yes), pl.Series("denominator", asked))
    found = find(series.observations(told), TRAITS, Brief(month=JUNE, force="Force"))
    row = found.newest.row(0, named=True)
    assert row["window_now"] == pytest.approx(100 * (9 * 150 + 3 * 90) / 2400)
    assert row["window_before"] == 75
    assert row["window_p_value"] < 1e-6
    assert row["interval_lower"] < 45 < row["interval_upper"]
