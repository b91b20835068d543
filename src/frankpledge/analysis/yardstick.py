"""The probability yardstick: a probability as one of seven agreed words, and the score of the words.

The bands have gaps between them on purpose: a person who must choose a word should not be able to
sit on a fence. A computed probability may still fall inside a gap. It takes the nearer band, and
the number is printed beside the word.

Source: Professional Head of Intelligence Assessment, probability yardstick, March 2025.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import polars as pl


@dataclass(frozen=True)
class Band:
    """One word of the yardstick and the range it stands for, in whole per cent, both ends in."""

    word: str
    low: int
    high: int

    @property
    def printed(self) -> str:
        return f"{self.low}% to {self.high}%"

    @property
    def middle(self) -> float:
        """The probability a bare word is taken to have meant when it is scored: 0.65 for likely."""
        return (self.low + self.high) / 200


BANDS = (
    Band("remote chance", 0, 5),
    Band("highly unlikely", 10, 20),
    Band("unlikely", 25, 35),
    Band("realistic possibility", 40, 50),
    Band("likely or probable", 55, 75),
    Band("highly likely", 80, 90),
    Band("almost certain", 95, 100),
)

WORD = pl.Enum([band.word for band in BANDS])

EVEN = 50


def _lower_band_ends(below: Band, above: Band) -> tuple[float, bool]:
    """Where, between two bands, the lower one ends, and whether that point still belongs to it."""
    halfway = (below.high + above.low) / 2
    return halfway / 100, abs(below.high - EVEN) < abs(above.low - EVEN)


def band_number(probability: pl.Expr) -> pl.Expr:
    """The place of a probability's band in `BANDS`, 0 to 6; null where there is no probability.

    Inside a gap the nearer band is taken. Exactly halfway, the less certain of the two is taken:
    the one nearer to an even chance, so 92.5% is highly likely and 7.5% is highly unlikely.
    Halfway between realistic possibility and likely (52.5%) that is realistic possibility.

    The probability is unrounded and between 0 and 1; outside that, or not a number, gives null.
    """
    place = pl.lit(0, dtype=pl.UInt32)
    for below, above in pairwise(BANDS):
        ends, included = _lower_band_ends(below, above)
        beyond = probability > ends if included else probability >= ends
        place = place + beyond.cast(pl.UInt32)
    is_one = probability.is_not_null() & probability.is_not_nan() & probability.is_between(0, 1)
    return pl.when(is_one).then(place)


def word_of(probability: pl.Expr) -> pl.Expr:
    """The yardstick's word for a probability between 0 and 1."""
    return _look_up(band_number(probability), [band.word for band in BANDS], WORD)


def printed_band_of(probability: pl.Expr) -> pl.Expr:
    """The range of the word for a probability, as the yardstick prints it: "55% to 75%"."""
    return _look_up(band_number(probability), [band.printed for band in BANDS], pl.String)


def middle_of(word: pl.Expr) -> pl.Expr:
    """The middle of a word's band as a probability: 0.65 for likely or probable."""
    words = [band.word for band in BANDS]
    middles = [band.middle for band in BANDS]
    return word.cast(pl.String).replace_strict(
        words, middles, default=None, return_dtype=pl.Float64
    )


def _look_up(place: pl.Expr, names: list[str], dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
    return place.replace_strict(range(len(names)), names, default=None, return_dtype=dtype)


def word(probability: float) -> str:
    """`word_of`, for one probability."""
    row = pl.DataFrame({"p": [probability]}).select(word_of(pl.col("p").cast(pl.Float64)))
    found = row.item()
    if found is None:
        raise ValueError(f"{probability!r} is not a probability: it lies between 0 and 1")
    return found
