"""Tidy figures in, observations out."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from frankpledge.analysis.series import OBSERVATION
from frankpledge.figures import FiguresError, take

HEADER = "measure,area,month,value\n"


def test_a_tidy_csv_becomes_observations(reading_of):
    reading = reading_of(HEADER + "shoplifting,West Mercia,2022-06,636\n")
    assert reading.problems == ()
    assert reading.observations.schema == pl.Schema(OBSERVATION)
    assert reading.observations.row(0, named=True) == {
        "measure": "shoplifting",
        "area": "West Mercia",
        "month": date(2022, 6, 1),
        "value": 636.0,
        "numerator": None,
        "denominator": None,
        "known_at": None,
        "condition": "observed",
        "origin": "recorded",
        "reason": None,
    }


def test_with_one_fault_nothing_is_taken(reading_of):
    reading = reading_of(
        HEADER + "shoplifting,West Mercia,2022-06,636\nshoplifting,West Mercia,2022-07,12,5\n"
    )
    assert reading.observations.height == 0
    with pytest.raises(FiguresError) as error:
        take(reading)
    assert error.value.total == 1
    assert error.value.problems[0].row == 3
