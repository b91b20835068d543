"""Areas and the force: a difference is shown, and a sum over a gap is none."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import complete, observations
from frankpledge.analysis.totals import SUM_OF_AREAS, area_totals, with_force
from spec.spec_table import number, spec_table

FORCE = "Force"
APRIL = date(2022, 4, 1)
TRAITS = pl.DataFrame(
    {
        "measure": ["c", "p", "t"],
        "unit": ["count", "percentage", "minutes"],
        "adds_up": [True, False, False],
    }
)


def pack(cells, measure="c"):
    """Series from rows of (area, month number, value or (numerator, denominator), condition)."""
    rows = []
    for area, m, figure, condition in cells:
        top, bottom = figure if isinstance(figure, tuple) else (None, None)
        value = figure if not isinstance(figure, tuple) else top / bottom * 100 if bottom else None
        rows.append((measure, area, add_months(APRIL, m), value, top, bottom, condition))
    frame = pl.DataFrame(
        rows,
        schema={
            "measure": pl.String,
            "area": pl.String,
            "month": pl.Date,
            "value": pl.Float64,
            "numerator": pl.Float64,
            "denominator": pl.Float64,
            "condition": pl.String,
        },
        orient="row",
    )
    return complete(observations(frame))


def areas_of_one_month(figures, conditions=None):
    conditions = conditions or [None] * len(figures)
    return [(f"a{i}", 0, f, c) for i, (f, c) in enumerate(zip(figures, conditions, strict=True))]


def names(n):
    return [f"a{i}" for i in range(n)]


@pytest.mark.parametrize("row", spec_table("totals/areas"), ids=lambda row: row["case"])
def test_the_sums_of_the_table(row):
    figures = [number(cell) for cell in row["areas"].split()]
    cells = [*areas_of_one_month(figures), (FORCE, 0, number(row["force"]), None)]
    told = area_totals(pack(cells), TRAITS, FORCE, names(len(figures)))
    assert told.height == 1
    assert told["areas_value"].item() == number(row["sum of areas"])
    assert told["difference"].item() == number(row["difference"])


def test_an_area_without_a_series_leaves_no_sum():
    cells = [*areas_of_one_month([10.0, 20.0]), (FORCE, 0, 60.0, None)]
    told = area_totals(pack(cells), TRAITS, FORCE, names(3))
    assert told["areas_value"].item() is None


def test_what_does_not_add_up_is_not_added():
    cells = [*areas_of_one_month([10.0, 20.0]), (FORCE, 0, 15.0, None)]
    assert area_totals(pack(cells, "t"), TRAITS, FORCE, names(2)).is_empty()
    assert with_force(pack(cells[:2], "t"), TRAITS, FORCE, names(2)).height == 2


figure = st.one_of(st.none(), st.integers(0, 50).map(float))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(figure, min_size=3, max_size=3), min_size=1, max_size=8))
def test_the_force_made_of_its_areas_equals_the_slow_twin(months):
    cells = [(f"a{i}", m, v, None) for m, values in enumerate(months) for i, v in enumerate(values)]
    told = with_force(pack(cells), TRAITS, FORCE, names(3)).filter(pl.col("area") == FORCE)
    expected = [None if None in values else sum(values) for values in months]
    assert told["value"].to_list() == expected
    for row, values in zip(told.iter_rows(named=True), months, strict=True):
        gaps = values.count(None)
        assert row["condition"] == ("missing" if gaps else "observed")
        assert row["reason"] == (f"{SUM_OF_AREAS}: {gaps} of 3 not known" if gaps else SUM_OF_AREAS)


def test_a_percentage_of_the_force_is_pooled():
    cells = areas_of_one_month([(1, 2), (10, 100), (0, 0)])
    told = with_force(pack(cells, "p"), TRAITS, FORCE, names(3)).filter(pl.col("area") == FORCE)
    assert told["value"].item() == pytest.approx(1100 / 102)
    assert (told["numerator"].item(), told["denominator"].item()) == (11, 102)


def test_a_percentage_without_its_counts_makes_none_for_the_force():
    told = with_force(pack(areas_of_one_month([50.0, 60.0]), "p"), TRAITS, FORCE, names(2))
    assert told.filter(pl.col("area") == FORCE)["value"].to_list() == [None]


def test_a_force_that_is_there_is_left_alone():
    series = pack([*areas_of_one_month([10.0, 20.0]), (FORCE, 0, 66.0, None)])
    assert with_force(series, TRAITS, FORCE, names(2)).equals(series)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["observed", "observed"], "observed"),
        (["observed", "revised"], "revised"),
        (["provisional", "revised"], "provisional"),
        (["observed", "suppressed"], "suppressed"),
        (["observed", "missing"], "missing"),
    ],
)
def test_a_sum_is_as_firm_as_the_least_firm_of_its_parts(conditions, expected):
    figures = [None if c in {"suppressed", "missing"} else 10.0 for c in conditions]
    series = pack(areas_of_one_month(figures, conditions))
    told = with_force(series, TRAITS, FORCE, names(2)).filter(pl.col("area") == FORCE)
    assert told["condition"].item() == expected
