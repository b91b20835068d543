"""Which area is the force: the one that all the others add up to, wherever that can be seen."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis.series import observations
from frankpledge.analysis.whole import area_that_is_the_sum

TRAITS = pl.DataFrame({"measure": ["c", "d", "p"], "adds_up": [True, True, False]})
ROW = {"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64}


def figures(rows):
    """Observations from rows of (measure, area, month number, value or None)."""
    dated = [(m, a, date(2022, n, 1), None if v is None else float(v)) for m, a, n, v in rows]
    return observations(pl.DataFrame(dated, schema=ROW, orient="row"))


def one_month(measure="c", month=6, **values):
    return [(measure, area, month, value) for area, value in values.items()]


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        (one_month(Anyforce=95, North=71, South=24), "Anyforce"),
        (one_month(Anyforce=96, North=71, South=24), None),
        (one_month(Anyforce=95, North=71, South=24) + one_month(month=5, Anyforce=9, North=4, South=4), None),
        (one_month(Anyforce=95, North=71, South=24) + one_month("p", Anyforce=50, North=40, South=60), "Anyforce"),
        (one_month(Anyforce=95, North=71, South=24) + one_month(month=5, Anyforce=9, North=4, South=None), "Anyforce"),
        (one_month(Anyforce=95, North=71, South=None), None),
        (one_month(Anyforce=0.3, North=0.1, South=0.2), "Anyforce"),
        (one_month(A=0, B=5, C=5), None),
        (one_month(A=0, B=0, C=0), None),
        (one_month(A=5, B=5), None),
        (one_month(A=0), None),
        (one_month("p", A=95, B=71, C=24), None),
        ([], None),
    ],
)  # fmt: skip
def test_the_force_is_the_area_that_the_others_add_up_to(rows, whole):
    assert area_that_is_the_sum(figures(rows), TRAITS) == whole


def test_the_newest_figure_counts():
    rows = one_month(Anyforce=95, North=71, South=20) + one_month(South=24)
    dated = figures(rows).with_columns(
        pl.Series("known_at", [date(2022, 7, d) for d in (1, 1, 1, 9)])
    )
    assert area_that_is_the_sum(dated, TRAITS) == "Anyforce"
    assert area_that_is_the_sum(dated.head(3), TRAITS) is None


def slowly(rows):
    """The same, a measure and a month at a time."""
    rows = [row for row in rows if row[0] in ("c", "d")]
    areas = sorted({row[1] for row in rows})
    if len(areas) < 3:
        return None
    months = {}
    for measure, area, month, value in rows:
        if value is not None:
            months.setdefault((measure, month), {})[area] = value
    seen = [held for held in months.values() if len(held) == len(areas)]
    fitting = [
        area
        for area in areas
        if seen and all(held[area] == sum(held.values()) - held[area] for held in seen)
    ]
    return fitting[0] if len(fitting) == 1 else None


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("cdp"), st.sampled_from("ABCD"), st.integers(1, 3)),
        st.none() | st.integers(0, 4),
        max_size=30,
    ),
    st.booleans(),
)
def test_fast_and_slow_agree(cells, with_whole):
    rows = [(*key, value) for key, value in cells.items()]
    if with_whole:
        months = {(m, n) for m, _, n in cells}
        for m, n in sorted(months):
            parts = [v for mm, _, nn, v in rows if (mm, nn) == (m, n)]
            rows.append((m, "W", n, None if None in parts else sum(parts)))
    assert area_that_is_the_sum(figures(rows), TRAITS) == slowly(rows)
