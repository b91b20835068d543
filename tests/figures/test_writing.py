"""What is written is read back as it was."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.analysis.conditions import Condition
from frankpledge.analysis.series import OBSERVATION, observations
from frankpledge.figures import read, write_tidy

ONE = {"measure": "shoplifting", "area": "X", "month": date(2022, 6, 1), "value": 636.0}


def frame(*rows: dict) -> pl.DataFrame:
    schema = {n: t for n, t in OBSERVATION.items() if any(n in r for r in rows)}
    return observations(pl.DataFrame([*rows], schema=schema))


def test_a_csv_has_the_columns_that_say_something(tmp_path):
    write_tidy(frame(ONE), tmp_path / "figures.csv")
    text = (tmp_path / "figures.csv").read_text()
    assert text == "measure,area,month,value\nshoplifting,X,2022-06,636\n"


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@SUM(A1)", "'=1"])
def test_no_text_is_a_formula_to_a_spreadsheet(tmp_path, library, name):
    path = tmp_path / "figures.csv"
    write_tidy(frame(ONE | {"area": name}), path)
    cell = path.read_text().splitlines()[1].split(",")[1].strip('"')
    assert cell.startswith("'")
    assert read(path, library).observations["area"][0] == name


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"figures\.xlsx"):
        write_tidy(frame(ONE), tmp_path / "figures.xlsx")


TEXT = st.text("abc é&,\"'=-;", min_size=1, max_size=6).map(str.strip).filter(bool)


@st.composite
def an_observation(draw) -> dict:
    condition = draw(st.sampled_from([c.value for c in Condition]))
    has_number = Condition(condition).has_number
    value = draw(st.floats(0, 1e12, allow_subnormal=False))
    return {
        "measure": "response-time",
        "area": draw(TEXT),
        "month": draw(st.dates(date(1990, 1, 1), date(2022, 6, 1))).replace(day=1),
        "value": value if has_number else None,
        "known_at": draw(st.none() | st.dates(date(2022, 6, 1), date(2024, 1, 1))),
        "condition": condition,
        "origin": draw(st.sampled_from(["recorded", "reconstructed"])),
        "reason": draw(st.none() | TEXT),
    }


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    rows=st.lists(
        an_observation(),
        min_size=1,
        max_size=5,
        unique_by=lambda r: (r["area"], r["month"], r["known_at"]),
    )
)
def test_figures_come_back_as_they_were(tmp_path, library, suffix, rows):
    before = frame(*rows)
    path = tmp_path / f"figures{suffix}"
    write_tidy(before, path)
    reading = read(path, library)
    assert reading.problems == ()
    assert reading.observations.equals(before)
