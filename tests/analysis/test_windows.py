"""Sums over windows of months, against a plain loop over each series."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.windows import placed, window_sums

figures = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=20)


@settings(max_examples=100, deadline=None)
@given(st.lists(figures, min_size=1, max_size=4), st.integers(1, 12), st.integers(0, 12))
def test_every_window_equals_the_slow_twin(series, length, back):
    values = np.array([np.nan if v is None else v for one in series for v in one], dtype=float)
    place = np.array([i for one in series for i in range(len(one))])
    total, unknown = window_sums(values, place, length, back)
    row = 0
    for one in series:
        for i in range(len(one)):
            wanted = [
                one[k] if k >= 0 else None for k in range(i - back - length + 1, i - back + 1)
            ]
            assert unknown[row] == wanted.count(None)
            if None in wanted:
                assert np.isnan(total[row])
            else:
                assert total[row] == sum(wanted)
            row += 1


def test_places_begin_anew_with_each_series():
    months = [add_months(date(2022, 1, 1), k) for k in (0, 1, 2, 5, 6)]
    frame = pl.DataFrame({"measure": "m", "area": ["a", "a", "a", "b", "b"], "month": months})
    assert placed(frame)["_place"].to_list() == [0, 1, 2, 0, 1]


@pytest.mark.parametrize("months", [(0, 2), (1, 0), (0, 0)])
def test_months_left_out_or_out_of_order_are_refused(months):
    months = [add_months(date(2022, 1, 1), k) for k in months]
    frame = pl.DataFrame({"measure": "m", "area": "a", "month": months})
    with pytest.raises(ValueError, match="a row a month"):
        placed(frame)
