"""The yardstick's words, against their spec table and a slow twin that measures each distance."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis import yardstick

SPEC = Path(__file__).resolve().parents[1] / "spec" / "yardstick" / "bands.csv"


def slow_word(probability: float) -> str:
    """The band with the smallest distance to the number; of two as near, the one nearer to 50."""
    per_cent = Decimal(repr(probability)) * 100

    def how_far(band: yardstick.Band) -> tuple[Decimal, Decimal]:
        edge = min(max(per_cent, Decimal(band.low)), Decimal(band.high))
        nearest_to_even = min(abs(Decimal(band.low) - 50), abs(Decimal(band.high) - 50))
        return abs(per_cent - edge), nearest_to_even

    return min(yardstick.BANDS, key=how_far).word


@pytest.mark.parametrize("row", pl.read_csv(SPEC).to_dicts(), ids=lambda row: row["probability"])
def test_spec(row):
    frame = pl.DataFrame({"p": [float(row["probability"])]})
    words = frame.select(
        yardstick.word_of(pl.col("p")), yardstick.printed_band_of(pl.col("p")).alias("b")
    )
    assert words.row(0) == (row["word"], row["printed"])


@given(st.lists(st.floats(0, 1) | st.integers(0, 1000).map(lambda n: n / 1000), min_size=1))
def test_the_word_is_the_slow_twins(probabilities):
    frame = pl.DataFrame({"p": probabilities})
    words = frame.select(yardstick.word_of(pl.col("p"))).to_series().to_list()
    assert words == [slow_word(p) for p in probabilities]


def test_no_probability_has_no_word():
    frame = pl.DataFrame({"p": [None, float("nan"), -0.01, 1.01]})
    assert frame.select(yardstick.word_of(pl.col("p"))).to_series().to_list() == [None] * 4


def test_one_word_at_a_time():
    assert yardstick.word(0.65) == "likely or probable"
    with pytest.raises(ValueError, match=r"1\.2 is not a probability"):
        yardstick.word(1.2)
