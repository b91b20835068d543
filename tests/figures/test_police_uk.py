"""Street files of data.police.uk to figures: every record once, and every trap said."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.figures import convert_police_uk, take

COLUMNS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
FORCE = "West Mercia Police"
HERE, THERE, OUTSIDE = "E01000001", "E01000002", "E01009999"
JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)


def record(lsoa: str = HERE, crime_type: str = "Burglary", month="2025-01", force=FORCE) -> str:
    return f",{month},{force},{force},-2.0,52.3,On or near X,{lsoa},,{crime_type},,"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "street").mkdir()
    (tmp_path / "lookup.csv").write_text(f"LSOA21CD,area\n{HERE},North\n{THERE},South\n")
    return tmp_path / "street"


def write(folder: Path, *records: str, month="2025-01", force="west-mercia", compress=False):
    path = folder / month / f"{month}-{force}-street.csv{'.gz' if compress else ''}"
    path.parent.mkdir(exist_ok=True)
    data = "\n".join([COLUMNS, *records, ""]).encode()
    path.write_bytes(gzip.compress(data) if compress else data)
    return path


def convert(folder: Path, library, **options):
    return convert_police_uk(folder, folder.parent / "lookup.csv", library, **options)


def counts(reading) -> dict[tuple, float]:
    rows = take(reading).select("measure", "area", "month", "value").rows()
    return {(m.removeprefix("police-uk-"), a, month): v for m, a, month, v in rows}


def test_identical_rows_are_separate_incidents(folder, library):
    write(folder, record(), record(), record())
    assert counts(convert(folder, library)) == {
        ("burglary", "North", JANUARY): 3.0,
        ("burglary", FORCE, JANUARY): 3.0,
    }


def test_compressed_files_and_monthly_subfolders(folder, library):
    write(folder, record())
    write(folder, record(month="2025-02"), month="2025-02", compress=True)
    found = counts(convert(folder, library, force="West Mercia"))
    assert found["burglary", "West Mercia", JANUARY] == 1
    assert found["burglary", "West Mercia", FEBRUARY] == 1


def test_records_without_a_place_count_to_the_force_alone(folder, library):
    write(folder, record(), record(lsoa=""), record(lsoa=""))
    reading = convert(folder, library)
    assert counts(reading) == {
        ("burglary", "North", JANUARY): 1.0,
        ("burglary", FORCE, JANUARY): 3.0,
    }
    assert any(note.startswith("2 of 3 records have no place") for note in reading.notes)


def test_records_outside_the_areas_count_to_the_force_alone(folder, library):
    write(folder, record(), record(lsoa=OUTSIDE))
    reading = convert(folder, library)
    assert counts(reading)["burglary", FORCE, JANUARY] == 2
    assert any(note.startswith("1 of 2 records lie outside") for note in reading.notes)


def test_records_outside_may_have_a_row_so_that_areas_add_up(folder, library):
    write(folder, record(), record(lsoa=OUTSIDE), record(lsoa=""))
    found = counts(convert(folder, library, outside_as_area=True))
    assert found["burglary", "Outside or unknown", JANUARY] == 2


def test_records_of_another_force_are_not_counted_and_said(folder, library):
    write(folder, record(), record(), record(force="British Transport Police"))
    reading = convert(folder, library)
    assert counts(reading)["burglary", FORCE, JANUARY] == 2
    assert "Not counted: 1 that fall within British Transport Police." in reading.notes


def test_a_type_absent_beside_others_is_a_zero_and_an_absent_area_is_missing(folder, library):
    write(folder, record(), record(crime_type="Robbery"))
    write(folder, record(month="2025-02"), month="2025-02")
    found = counts(convert(folder, library))
    assert found["robbery", "North", FEBRUARY] == 0
    assert not [key for key in found if key[1] == "South"]


def test_a_month_without_a_file_is_said_to_be_missing(folder, library):
    write(folder, record())
    write(folder, record(month="2025-03"), month="2025-03")
    reading = convert(folder, library)
    assert "There is no file for February 2025: missing, not nought." in reading.notes
    assert FEBRUARY not in {key[2] for key in counts(reading)}


def test_a_month_at_odds_with_the_file_s_name(folder, library):
    write(folder, record(), record(month="2025-02"), record(month="2025-02"))
    (problem,) = convert(folder, library).problems
    assert (problem.column, problem.value) == ("Month", "2025-02")
    assert "2 are of another month" in problem.expected


def test_a_month_twice_would_count_its_crimes_twice(folder, library):
    write(folder, record())
    write(folder, record(), compress=True)
    (problem,) = convert(folder, library).problems
    assert problem.expected == "each month once"


def test_the_files_of_two_forces(folder, library):
    write(folder, record())
    write(folder, record(force="Gwent Police"), force="gwent")
    (problem,) = convert(folder, library).problems
    assert "gwent, west-mercia" in problem.expected


def test_a_crime_type_no_measure_is_called(folder, library):
    write(folder, record(crime_type="Violent crime"))
    (problem,) = convert(folder, library).problems
    assert (problem.column, problem.value) == ("Crime type", "Violent crime")


def test_other_files_of_the_download_are_left(folder, library):
    path = write(folder, record())
    (path.parent / "2025-01-west-mercia-outcomes.csv").write_text("Crime ID\n")
    (path.parent / "mine.csv").write_text("a\n")
    reading = convert(folder, library)
    assert reading.problems == ()
    assert "Files of outcomes or of stop and search, not read: 1." in reading.notes
    assert any(note.startswith("mine.csv is not named as a street file") for note in reading.notes)


@pytest.mark.parametrize("data", [b"", b"Month,LSOA code\n", COLUMNS.encode() + b"\n"])
def test_a_street_file_that_is_none(folder, library, data):
    write(folder, record(month="2025-02"), month="2025-02")
    write(folder).write_bytes(data)
    reading = convert(folder, library)
    assert [p.file for p in reading.problems] == ["2025-01-west-mercia-street.csv"]
    assert reading.observations.height == 0


def test_no_folder_and_an_empty_one(folder, library):
    lookup = folder.parent / "lookup.csv"
    (problem,) = convert_police_uk(folder, lookup, library).problems
    assert "street files as downloaded" in problem.expected
    (problem,) = convert_police_uk(folder / "nowhere", lookup, library).problems
    assert "there is none" in problem.expected


def test_the_force_may_not_be_called_as_an_area(folder, library):
    write(folder, record())
    (problem,) = convert(folder, library, force="North").problems
    assert problem.value == "North"


def test_progress_is_told_file_by_file(folder, library):
    write(folder, record())
    calls = []
    convert(folder, library, progress=lambda *call: calls.append(call))
    assert [call[:2] for call in calls] == [(0, 1), (1, 1)]


def test_two_look_ups_by_way_of_the_district(folder, library):
    write(folder, record(), record(lsoa=THERE))
    first, second = folder.parent / "lsoa.csv", folder.parent / "district.csv"
    first.write_text(f"lsoa,code,district\n{HERE},E06000001,A\n{THERE},E07000002,B\n")
    second.write_text("code,LPA\nE06000001,North\nE07000002,South\n")
    found = counts(convert_police_uk(folder, [first, second], library, area_column="lpa"))
    assert found["burglary", "South", JANUARY] == 1


def test_a_look_up_with_the_codes_of_two_censuses(folder, library):
    write(folder, record(), record(lsoa=THERE))
    (folder.parent / "lookup.csv").write_text(f"LSOA11CD,LSOA21CD,area\n{HERE},{THERE},North\n")
    assert counts(convert(folder, library))["burglary", "North", JANUARY] == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LSOA21CD,district\nE01000001,E06000001\n", "the way from LSOA codes"),
        ("LSOA21CD,area\nE01000001,North\nE01000001,South\n", "one area for each LSOA"),
        ("", "a look-up as CSV"),
    ],
)
def test_a_look_up_that_leads_nowhere(folder, library, text, expected):
    write(folder, record())
    (folder.parent / "lookup.csv").write_text(text)
    (problem,) = convert(folder, library).problems
    assert expected in problem.expected


RECORDS = st.lists(
    st.tuples(
        st.sampled_from([HERE, THERE, OUTSIDE, ""]), st.sampled_from(["Burglary", "Robbery"])
    ),
    min_size=1,
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(RECORDS)
def test_counts_as_a_person_with_a_tally_sheet_makes_them(folder, library, records):
    write(folder, *(record(*r) for r in records))
    found = {key: value for key, value in counts(convert(folder, library)).items() if value}
    tally = Counter()
    for lsoa, crime_type in records:
        tally[crime_type.lower(), FORCE, JANUARY] += 1
        if lsoa in (HERE, THERE):
            tally[crime_type.lower(), {HERE: "North", THERE: "South"}[lsoa], JANUARY] += 1
    assert found == tally


def test_the_output_is_of_observations(folder, library):
    write(folder, record())
    found = take(convert(folder, library, known_at=date(2025, 3, 1)))
    assert found["known_at"].to_list() == [date(2025, 3, 1)] * 2
    assert found.filter(pl.col("value").is_null()).height == 0
