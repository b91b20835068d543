"""The scale a measure is projected on, where its spread does not depend on its level.

The square root for counts and other measures that are never below 0, the arcsine of the square
root for percentages, and the plain value where a measure has been below 0. An interval that is made
on such a scale and brought back cannot leave the range that the measure has.

Source: the variance-stabilising transformations of the Poisson and the binomial distribution
(Bartlett, 1947).
"""

from __future__ import annotations

from enum import StrEnum
from math import pi

import polars as pl


class Scale(StrEnum):
    ROOT = "square root"
    ARCSINE = "arcsine root"
    PLAIN = "plain"


SCALE = pl.Enum([scale.value for scale in Scale])


def scale_of(unit: pl.Expr, lowest: pl.Expr) -> pl.Expr:
    """The scale of a measure, from its unit and the lowest value it has had."""
    name = (
        pl.when(unit == "percentage")
        .then(pl.lit(Scale.ARCSINE.value))
        .when(lowest < 0)
        .then(pl.lit(Scale.PLAIN.value))
        .otherwise(pl.lit(Scale.ROOT.value))
    )
    return name.cast(SCALE)


def to_scale(value: pl.Expr, scale: pl.Expr) -> pl.Expr:
    """A value on its scale. A percentage is in per cent and is held within 0 to 100 first."""
    share = (value / 100).clip(0, 1)
    return (
        pl.when(scale == Scale.ARCSINE.value)
        .then(share.sqrt().arcsin())
        .when(scale == Scale.ROOT.value)
        .then(value.clip(lower_bound=0).sqrt())
        .otherwise(value)
    )


def from_scale(z: pl.Expr, scale: pl.Expr) -> pl.Expr:
    """Back from the scale to the measure's own unit: never below 0, a percentage within 0 to 100."""
    return (
        pl.when(scale == Scale.ARCSINE.value)
        .then(100 * z.clip(0, pi / 2).sin() ** 2)
        .when(scale == Scale.ROOT.value)
        .then(z.clip(lower_bound=0) ** 2)
        .otherwise(z)
    )


def least_spread(level: pl.Expr, scale: pl.Expr, counted: pl.Expr, base: pl.Expr) -> pl.Expr:
    """The smallest standard deviation of one month that is believed, on the scale.

    Chance alone moves a count by about 0.5 on the root scale, whatever its level, and a percentage
    by 0.5 divided by the root of its base (of 100, where the base is not known). For all else it is
    what one per cent of the level comes to, and never nothing.
    """
    return (
        pl.when(scale == Scale.ARCSINE.value)
        .then(0.5 / base.fill_null(100).clip(lower_bound=1).sqrt())
        .when(counted)
        .then(0.5)
        .when(scale == Scale.ROOT.value)
        .then((0.005 * level).clip(lower_bound=0.005))
        .otherwise((0.01 * level.abs()).clip(lower_bound=0.01))
    )
