"""Comparisons: the same months, all of them, added or pooled, against a slow obvious twin."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.changes import change_pct
from frankpledge.analysis.comparisons import COMPARISON_COLUMNS, compare
from frankpledge.analysis.periods import add_months, financial_year_start, months_from, parse_month
from frankpledge.analysis.series import complete, observations
from spec.spec_table import number, spec_table

WINDOWS = spec_table("comparisons/windows")


def traits(**of_measure):
    """Traits from measure=(unit, adds_up)."""
    return pl.DataFrame(
        [(name, unit, adds) for name, (unit, adds) in of_measure.items()],
        schema={"measure": pl.String, "unit": pl.String, "adds_up": pl.Boolean},
        orient="row",
    )


def series_of(first, figures, measure="m", area="a"):
    """A complete series from figures: a number, None, or (numerator, denominator)."""
    rows = []
    for i, figure in enumerate(figures):
        top, bottom = figure if isinstance(figure, tuple) else (None, None)
        value = figure
        if isinstance(figure, tuple):
            value = top / bottom * 100 if bottom else None
        rows.append((measure, area, add_months(first, i), value, top, bottom))
    names = ["measure", "area", "month", "value", "numerator", "denominator"]
    types = [pl.String, pl.String, pl.Date, pl.Float64, pl.Float64, pl.Float64]
    frame = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    return complete(observations(frame))


def figure_of(cell):
    if "/" in cell:
        top, bottom = cell.split("/")
        return float(top), float(bottom)
    return number(cell)


@pytest.mark.parametrize("row", WINDOWS, ids=lambda row: row["case"])
def test_the_windows_of_the_table(row):
    figures = [figure_of(cell) for cell in row["figures"].split()]
    told = compare(
        series_of(parse_month(row["from"]), figures),
        traits(m=(row["unit"], row["adds up"] == "yes")),
    ).row(-1, named=True)
    for column, name in {
        "year to date": "year_to_date",
        "last year to date": "last_year_to_date",
        "rolling 12": "rolling_12",
        "12 before": "rolling_12_before",
    }.items():
        expected = number(row[column])
        near = None if expected is None else pytest.approx(expected, abs=6e-4)
        assert told[name] == near, name
        assert (told[name] is None) or (told[f"{name}_reason"] is None)


def twin_total(by_month, months, unit, adds_up):
    """A window's total, month by month, as a person with a pencil would."""
    cells = []
    for month in months:
        if month not in by_month:
            return None
        cells.append(by_month[month])
    if unit == "percentage":
        tops = bottoms = 0
        for cell in cells:
            nothing_of_nothing = cell["numerator"] == 0 and cell["denominator"] == 0
            if cell["numerator"] is None or (cell["value"] is None and not nothing_of_nothing):
                return None
            tops += cell["numerator"]
            bottoms += cell["denominator"]
        return tops / bottoms * 100 if bottoms else None
    if not adds_up or any(cell["value"] is None for cell in cells):
        return None
    return sum(cell["value"] for cell in cells)


def twin_compare(series, unit, adds_up):
    """All comparisons of one series, one month after another."""
    by_month = {row["month"]: row for row in series.iter_rows(named=True)}
    told = []
    for month, row in by_month.items():
        year_before = add_months(month, -12)
        to_date = months_from(financial_year_start(month), month)
        pairs = {
            "previous_month": (
                row["value"],
                by_month.get(add_months(month, -1), {}).get("value"),
            ),
            "same_month_last_year": (row["value"], by_month.get(year_before, {}).get("value")),
            "year_to_date": (
                twin_total(by_month, to_date, unit, adds_up),
                twin_total(by_month, [add_months(m, -12) for m in to_date], unit, adds_up),
            ),
            "rolling_12": (
                twin_total(by_month, [add_months(month, -k) for k in range(12)], unit, adds_up),
                twin_total(by_month, [add_months(month, -k) for k in range(12, 24)], unit, adds_up),
            ),
        }
        answer = {
            "previous_month": pairs["previous_month"][1],
            "same_month_last_year": pairs["same_month_last_year"][1],
            "year_to_date": pairs["year_to_date"][0],
            "last_year_to_date": pairs["year_to_date"][1],
            "rolling_12": pairs["rolling_12"][0],
            "rolling_12_before": pairs["rolling_12"][1],
        }
        for name, (now, then) in pairs.items():
            difference = None if now is None or then is None else now - then
            percentage = unit == "percentage"
            answer[f"{name}_change"] = None if percentage else difference
            answer[f"{name}_change_pct"] = None if percentage else change_pct(now, then)
            answer[f"{name}_change_points"] = difference if percentage else None
            small = None if then is None else unit == "count" and then < 10
            answer[f"{name}_small_base"] = small
        told.append(answer)
    return told


count = st.one_of(st.none(), st.integers(0, 40).map(float))
share = st.one_of(
    st.none(),
    st.integers(0, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(count, min_size=1, max_size=40),
    st.lists(share, min_size=1, max_size=40),
    st.lists(st.one_of(st.none(), st.integers(1, 90).map(float)), min_size=1, max_size=30),
    st.integers(0, 23),
)
def test_every_comparison_of_every_month_equals_the_slow_twin(counts, shares, minutes, start):
    first = add_months(date(2019, 1, 1), start)
    kinds = {"c": ("count", True), "p": ("percentage", False), "t": ("minutes", False)}
    parts = [
        series_of(first, counts, "c"),
        series_of(add_months(first, 1), counts[::-1], "c", "b"),
        series_of(first, shares, "p"),
        series_of(first, minutes, "t"),
    ]
    together = compare(pl.concat(parts), traits(**kinds))
    expected = [
        answer for part in parts for answer in twin_compare(part, *kinds[part["measure"][0]])
    ]
    for row, answer in zip(together.iter_rows(named=True), expected, strict=True):
        for name, value in answer.items():
            near = value
            if isinstance(value, float | int) and not isinstance(value, bool):
                near = pytest.approx(value, rel=1e-12, abs=1e-12)
            assert row[name] == near, (row["measure"], row["month"], name)


def test_a_total_says_why_it_is_missing():
    figures = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, None, 14.0, 15.0]
    told = compare(series_of(date(2021, 4, 1), figures), traits(m=("count", True)))
    june = told.row(-1, named=True)
    assert june["year_to_date_reason"] == "incomplete: 1 of 3 months not known"
    assert june["last_year_to_date_reason"] is None
    assert june["rolling_12_reason"] == "incomplete: 1 of 12 months not known"
    assert june["rolling_12_before_reason"] == "incomplete: 9 of 12 months not known"


def test_a_percentage_without_counts_says_that_its_months_do_not_add_up():
    told = compare(series_of(date(2022, 4, 1), [50.0, 60.0]), traits(m=("minutes", False)))
    assert told["year_to_date_reason"].to_list() == ["its months do not add up"] * 2


def test_a_suppressed_month_leaves_no_total_and_no_change():
    series = series_of(date(2022, 4, 1), [20.0, 3.0, 20.0]).with_columns(
        pl.when(pl.col("value") == 3)
        .then(pl.lit("suppressed"))
        .otherwise(pl.col("condition"))
        .cast(pl.Enum(["observed", "suppressed", "missing"]))
        .cast(pl.String)
        .alias("condition")
    )
    told = compare(series, traits(m=("count", True)))
    assert told["year_to_date"].to_list() == [20, None, None]
    assert told["previous_month"].to_list() == [None, 20, None]
    assert told["previous_month_change"].to_list() == [None, None, None]


def test_pounds_and_pence_leave_no_dust_behind():
    figures = [0.1, 0.2, 0.7] + [0.0] * 12 + [5.0]
    told = compare(series_of(date(2021, 1, 1), figures), traits(m=("pounds", True)))
    assert told["rolling_12"][-2] == 0
    assert told["rolling_12_change_pct"][-1] is None


def test_months_left_out_are_refused():
    broken = series_of(date(2022, 4, 1), [1.0, 2.0, 3.0])[[0, 2]]
    with pytest.raises(ValueError, match="complete"):
        compare(broken, traits(m=("count", True)))


def test_a_measure_without_traits_gets_no_totals():
    told = compare(series_of(date(2022, 4, 1), [1.0, 2.0]), traits(other=("count", True)))
    assert told["year_to_date"].null_count() == 2
    assert told["previous_month"].to_list() == [None, 1.0]


def test_no_series_give_no_comparisons():
    empty = series_of(date(2022, 4, 1), [1.0]).clear()
    told = compare(empty, traits(m=("count", True)))
    assert told.height == 0
    assert set(COMPARISON_COLUMNS) <= set(told.columns)
