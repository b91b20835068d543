"""The score of published words, against its spec table and a slow twin."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis.likelihood import score
from frankpledge.analysis.yardstick import BANDS, word

SPEC = Path(__file__).resolve().parents[1] / "spec" / "yardstick" / "score.csv"
WORDS = [band.word for band in BANDS]


def published(rows: list[dict]) -> pl.DataFrame:
    schema = {"probability": pl.Float64, "word": pl.String, "met": pl.Boolean}
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


@pytest.mark.parametrize("row", pl.read_csv(SPEC).to_dicts(), ids=lambda row: row["case"])
def test_spec(row):
    found = score(published([row]))
    assert found.brier == pytest.approx(row["squared_error"])
    assert found.bands.filter(pl.col("said") == 1)["word"].to_list() == [row["band"]]


def test_what_has_not_fallen_due_waits():
    found = score(published([{"probability": 0.6}, {"word": "unlikely"}, {"met": True}]))
    assert (found.brier, found.said, found.waiting) == (None, 0, 2)
    assert found.bands["said"].to_list() == [0] * 7


def test_words_alone_need_no_column_of_numbers():
    found = score(pl.DataFrame({"word": ["unlikely", "unlikely"], "met": [True, False]}))
    assert found.brier == pytest.approx((0.7**2 + 0.3**2) / 2)
    row = found.bands.filter(pl.col("word") == "unlikely").to_dicts()[0]
    assert (row["said"], row["met"], row["share_met"]) == (2, 1, 0.5)


stated = st.fixed_dictionaries(
    {
        "probability": st.none() | st.floats(0, 1),
        "word": st.none() | st.sampled_from(WORDS),
        "met": st.none() | st.booleans(),
    }
)


def slow_score(rows: list[dict]) -> tuple[float | None, dict[str, list[bool]]]:
    """Each row in turn: the number, or else the middle of the word; squared; and its band."""
    middles = {band.word: (band.low + band.high) / 200 for band in BANDS}
    squares, bands = [], {name: [] for name in WORDS}
    for row in rows:
        said = row["probability"] if row["probability"] is not None else middles.get(row["word"])
        if said is None or row["met"] is None:
            continue
        squares.append((said - row["met"]) ** 2)
        bands[word(said)].append(row["met"])
    return (sum(squares) / len(squares) if squares else None), bands


@given(st.lists(stated, min_size=1, max_size=20))
def test_the_score_is_the_slow_twins(rows):
    found = score(published(rows))
    brier, bands = slow_score(rows)
    assert found.brier == pytest.approx(brier)
    assert found.said == sum(len(happened) for happened in bands.values())
    for row in found.bands.to_dicts():
        happened = bands[row["word"]]
        assert (row["said"], row["met"]) == (len(happened), sum(happened))
