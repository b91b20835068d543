"""Wide tables and counts from data.police.uk become the same observations as tidy ones."""

from __future__ import annotations

from datetime import date

import openpyxl
import polars as pl
import pytest

from frankpledge.figures import read

JUNE, JULY = date(2022, 6, 1), date(2022, 7, 1)


def only(reading):
    assert reading.observations.height == 0
    (problem,) = reading.problems
    return problem


@pytest.mark.parametrize(
    ("june", "july"),
    [
        ("2022-06", "2022-07"),
        ("Jun 2022", "Jul 2022"),
        ("202206", "202207"),
        ("Jun-22", "Jul-22"),
        ("01/06/2022", "01/07/2022"),
    ],
)
def test_a_column_a_month(reading_of, june, july):
    reading = reading_of(f"measure,area,{june},{july}\nshoplifting,X,636,\nconfidence,Y,72.5%,*\n")
    assert reading.problems == ()
    found = reading.observations.sort("measure", "month")
    assert found.select("measure", "area", "month", "value", "condition").rows() == [
        ("confidence", "Y", JUNE, 72.5, "observed"),
        ("confidence", "Y", JULY, None, "suppressed"),
        ("shoplifting", "X", JUNE, 636.0, "observed"),
        ("shoplifting", "X", JULY, None, "missing"),
    ]


def test_a_wide_workbook_whose_months_are_dates(tmp_path, library):
    book = openpyxl.Workbook()
    book.active.append(["measure", "area", JUNE, JULY])
    book.active.append(["response-time", "X", 1 / 3, 12])
    book.save(tmp_path / "figures.xlsx")
    book.close()
    found = read(tmp_path / "figures.xlsx", library).observations
    assert found.select("month", "value").rows() == [(JUNE, 1 / 3), (JULY, 12.0)]


def test_a_wide_file_s_fault_is_told_by_row_and_month(reading_of):
    problem = only(reading_of("measure,area,Jun-22,Jul-22\nshoplifting,X,636,many\n"))
    assert (problem.row, problem.column, problem.value) == (2, "Jul-22", "many")


def test_a_wide_file_s_unknown_measure_is_told_once(reading_of):
    problem = only(reading_of("measure,area,Jun-22,Jul-22\nmurders,X,636,2\n"))
    assert (problem.row, problem.column) == (2, "measure")


@pytest.mark.parametrize("header", ["06/22", "2022/23", "Q1 2022", "31/12/2014"])
def test_a_header_that_may_be_a_month_is_not_passed_over(reading_of, header):
    problem = only(reading_of(f"measure,area,Jun-22,{header}\nshoplifting,X,636,2\n"))
    assert (problem.row, problem.column) == (1, header)
    assert problem.expected.startswith("a month")


def test_the_same_month_twice(reading_of):
    problem = only(reading_of("measure,area,Jun-22,2022-06\nshoplifting,X,636,2\n"))
    assert problem.what_to_do == "Jun-22 and 2022-06 are the same month: take one of them out."


def test_the_same_row_twice_in_a_wide_file(reading_of):
    reading = reading_of("measure,area,Jun-22\nshoplifting,X,636\nshoplifting,X,636\n")
    assert only(reading).row == 3


def test_an_empty_column_is_a_month_to_come_and_one_with_figures_is_a_fault(reading_of):
    reading = reading_of("measure,area,Dec-22,Jan-23\nshoplifting,X,636,\nburglary,X,1,\n")
    assert reading.problems == ()
    assert reading.observations.height == 2
    assert any("Jan-23" in note for note in reading.notes)
    problem = only(reading_of("measure,area,Dec-22,Jan-23\nshoplifting,X,636,1\nburglary,X,1,2\n"))
    assert (problem.row, problem.column) == (1, "Jan-23")


def test_other_columns_of_a_wide_file_are_said(reading_of):
    reading = reading_of("measure,area,Group,Jun-22,Total\nshoplifting,X,a,636,636\n")
    assert reading.observations.height == 1
    assert any("'Group', 'Total'" in note for note in reading.notes)


def test_a_wide_file_of_one_day(reading_of):
    reading = reading_of("measure,area,Jun-22\nshoplifting,X,636\n", known_at=date(2022, 7, 15))
    assert reading.observations["known_at"].to_list() == [date(2022, 7, 15)]


def test_a_known_at_of_its_own_goes_before_the_file_s(reading_of):
    reading = reading_of(
        "measure,area,month,value,known_at\n"
        "shoplifting,X,2022-06,1,2022-08-01\nshoplifting,X,2022-07,1,\n",
        known_at=date(2022, 7, 15),
    )
    assert reading.observations["known_at"].to_list() == [date(2022, 8, 1), date(2022, 7, 15)]


@pytest.mark.parametrize("place", ["area", "force"])
def test_counts_of_data_police_uk(reading_of, place):
    reading = reading_of(
        f"month,{place},crime_type,records\n2022-06,X,Burglary,3\n2022-06,X,Robbery,1\n"
        "2022-07,X,Burglary,2\n"
    )
    assert reading.problems == ()
    found = reading.observations.sort("measure", "month")
    assert found.select("measure", "month", "value", "reason").rows() == [
        ("police-uk-burglary", JUNE, 3.0, None),
        ("police-uk-burglary", JULY, 2.0, None),
        ("police-uk-robbery", JUNE, 1.0, None),
        ("police-uk-robbery", JULY, 0.0, "none listed"),
    ]


def test_a_crime_type_nobody_knows(reading_of):
    problem = only(reading_of("month,area,crime_type,records\n2022-06,X,Violent crime,3\n"))
    assert (problem.column, problem.value) == ("crime_type", "Violent crime")


def test_counts_in_a_file_a_month_are_one_list(tmp_path, library):
    header = "month,area,crime_type,records\n"
    (tmp_path / "june.csv").write_text(header + "2022-06,X,Burglary,3\n2022-06,X,Robbery,1\n")
    (tmp_path / "july.csv").write_text(header + "2022-07,X,Burglary,2\n")
    found = read(tmp_path, library).observations
    (zero,) = found.filter(pl.col("reason") == "none listed").to_dicts()
    assert (zero["measure"], zero["month"], zero["value"]) == ("police-uk-robbery", JULY, 0.0)


def test_tidy_files_are_lists_of_their_own(tmp_path, library):
    header = "measure,area,month,value\n"
    (tmp_path / "a.csv").write_text(header + "police-uk-burglary,X,2022-06,3\n")
    (tmp_path / "b.csv").write_text(header + "police-uk-robbery,Y,2022-06,3\n")
    assert read(tmp_path, library).observations.height == 2
