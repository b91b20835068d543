"""The published figures, as they come."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from frankpledge.analysis.series import as_known_at, revisions
from frankpledge.definitions import load
from frankpledge.figures import convert_police_uk, read, read_or_refuse, take, write_tidy

pytestmark = pytest.mark.shared
UNTIL = date(2025, 12, 1)


@pytest.fixture(scope="module")
def definitions():
    return load()


@pytest.fixture(scope="module")
def by_area(shared: Path, definitions) -> pl.DataFrame:
    path = shared / "police-uk" / "west-mercia-area-month.csv"
    return read_or_refuse(path, definitions, calendar_until=UNTIL).observations


@pytest.fixture(scope="module")
def converted(shared: Path, definitions):
    return convert_police_uk(
        shared / "police-uk" / "west-mercia-street",
        [
            shared / "police-uk" / "west-mercia-lsoa-month.csv.gz",
            shared / "lookups" / "west-mercia-district-to-area.csv",
        ],
        definitions,
        force="West Mercia",
    )


def test_the_area_counts_have_three_zeros_by_absence(by_area):
    assert by_area.height == 5 * 14 * 32
    zeros = by_area.filter(pl.col("value") == 0)
    assert zeros.height == 3
    assert zeros["reason"].unique().to_list() == ["none listed"]
    assert zeros["measure"].unique().to_list() == ["police-uk-theft-from-the-person"]


def test_the_counts_of_43_forces(shared, definitions):
    path = shared / "police-uk" / "force-month.csv"
    observed = read_or_refuse(path, definitions, calendar_until=UNTIL).observations
    listed = observed.filter(pl.col("reason").is_null())
    assert listed.height == 19_152
    assert observed["area"].n_unique() == 43
    assert not observed.select("measure", "area", "month").is_duplicated().any()


def test_every_record_is_counted_once(converted):
    observed = take(converted)
    total = observed.filter(pl.col("area") == "West Mercia")["value"].sum()
    assert total == 77_729
    assert observed.filter(pl.col("area") != "West Mercia")["value"].sum() == 75_952
    assert any(note.startswith("1,503 of 77,729 records have no place") for note in converted.notes)
    assert any(note.startswith("274 of 77,729 records lie outside") for note in converted.notes)


def test_records_and_area_counts_differ_only_by_what_other_forces_recorded_there(
    converted, by_area
):
    """The area counts are by place, whoever recorded it; the files are one force's records.

    So no area count is below the records', and all of them together are 339 (0.4%) above.
    """
    both = take(converted).join(
        by_area, on=["measure", "area", "month"], suffix=" by place", validate="1:1"
    )
    assert both.height == 5 * 14 * 9
    above = both["value by place"] - both["value"]
    assert above.min() == 0
    assert above.sum() == 339
    assert both["value by place"].sum() == 76_291


def test_the_converted_figures_are_read_back(converted, definitions, tmp_path):
    write_tidy(take(converted), tmp_path / "figures.csv")
    back = read_or_refuse(tmp_path / "figures.csv", definitions, calendar_until=UNTIL)
    assert back.observations.equals(converted.observations)


class Named:
    """Every offence of the London file, by its own name."""

    def __init__(self, names: list[str]) -> None:
        self.names = names

    def __iter__(self):
        return iter([])

    def named(self, text: str, table: str | None = None):
        return type("Defined", (), {"id": text})() if text in self.names else None

    def traits(self) -> pl.DataFrame:
        return pl.DataFrame({"measure": self.names}, schema={"measure": pl.String}).with_columns(
            unit=pl.lit("count"), lists_only_occurrences=pl.lit(False)
        )


def test_two_vintages_of_the_london_boroughs_are_revisions(shared):
    folder = shared / "mps-borough-monthly"
    vintages = {
        date(2022, 2, 28): folder / "vintage-2022-02_201004-202201.csv.gz",
        date(2023, 8, 31): folder / "vintage-2023-08_201004-202107.csv.gz",
    }
    tables = [pl.read_csv(path) for path in vintages.values()]
    names = pl.concat([t["MinorText"] for t in tables]).unique().sort().to_list()
    observed = pl.concat(
        read_or_refuse(
            path,
            Named(names),
            known_at=day,
            calendar_until=UNTIL,
            columns={"MinorText": "measure", "LookUp_BoroughName": "area"},
        ).observations
        for day, path in vintages.items()
    )
    cells = sum(t.height * (t.width - 3) for t in tables)
    assert observed.height == cells
    key = ["measure", "area", "month"]
    first, later = (observed.filter(pl.col("known_at") == day) for day in vintages)
    both = first.join(later, on=key, suffix=" later")
    changed = both.filter(pl.col("value") != pl.col("value later")).height
    assert changed > 0
    assert revisions(observed).height == changed
    newest = as_known_at(observed).filter(pl.col("condition") == "revised")
    assert newest.height == changed
    assert as_known_at(observed, date(2022, 12, 31)).height == first.height


def test_the_london_survey_is_refused_with_its_decimal_commas(shared, definitions):
    reading = read(shared / "mopac", definitions)
    assert reading.observations.height == 0
    told = [str(p) for p in reading.problems]
    assert sum("decimal commas" in t for t in told) == 3
    assert any("'Borough' holds it, rename that column to area" in t for t in told)


def test_the_london_survey_renamed_is_refused_cell_by_cell(shared, definitions):
    reading = read(
        shared / "mopac" / "public-attitude-survey-mps-quarterly.csv",
        definitions,
        columns={"Date": "month", "Borough": "area", "Proportion": "value"},
    )
    told = {(p.column, p.expected) for p in reading.problems}
    assert ("value", "a number with a decimal point, and this has a decimal comma") in told
    assert any(column == "month" and "another day" in e for column, e in told)
