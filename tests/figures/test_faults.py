"""Everything that can be wrong with a table of figures: one test each, then all at once."""

from __future__ import annotations

from datetime import date

import pytest

from frankpledge.figures import FiguresError, read_or_refuse
from frankpledge.figures.problems import LISTED

HEADER = "measure,area,month,value\n"
LONG_HEADER = "measure,area,month,value,numerator,denominator,known_at,condition,origin,reason\n"


def only(reading):
    """The one problem of a reading that took nothing."""
    assert reading.observations.height == 0
    (problem,) = reading.problems
    return problem


def test_the_same_figure_twice(reading_of):
    row = "shoplifting,West Mercia,2022-06,636\n"
    problem = only(reading_of(HEADER + row + "burglary,West Mercia,2022-06,1\n" + row))
    assert problem.row == 4
    assert "figures.csv, row 2" in problem.expected


def test_the_same_figure_twice_with_another_value_and_another_spelling_of_the_month(reading_of):
    rows = "shoplifting,West Mercia,2022-06,636\nShoplifting,West Mercia,Jun-22,640\n"
    assert only(reading_of(HEADER + rows)).row == 3


def test_the_same_figure_in_two_files(tmp_path, library):
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEADER + "shoplifting,West Mercia,2022-06,636\n")
    with pytest.raises(FiguresError) as error:
        read_or_refuse(tmp_path, library)
    (problem,) = error.value.problems
    assert problem.file == "b.csv"
    assert "a.csv, row 2" in problem.expected


def test_a_later_known_at_is_a_revision_and_no_fault(reading_of):
    reading = reading_of(
        "measure,area,month,value,known_at\n"
        "shoplifting,West Mercia,2022-06,636,2022-07-15\n"
        "shoplifting,West Mercia,2022-06,640,2022-10-15\n"
        "shoplifting,West Mercia,2022-06,630,\n"
    )
    assert reading.problems == ()
    assert reading.observations["known_at"].to_list() == [
        date(2022, 7, 15),
        date(2022, 10, 15),
        None,
    ]


def test_the_same_day_of_knowing_twice_is_a_fault(reading_of):
    row = "shoplifting,West Mercia,2022-06,636,2022-07-15\n"
    assert only(reading_of("measure,area,month,value,known_at\n" + row + row)).row == 3


def test_a_measure_nobody_knows_is_one_problem_with_the_nearest_names(reading_of):
    rows = "".join(f"shopliftin,West Mercia,2022-0{m},1\n" for m in range(1, 6))
    problem = only(reading_of(HEADER + rows))
    assert (problem.row, problem.column, problem.value) == (2, "measure", "shopliftin")
    assert "shoplifting" in problem.what_to_do
    assert "5 rows" in problem.what_to_do


def test_a_month_to_come(reading_of):
    problem = only(reading_of(HEADER + "shoplifting,West Mercia,2023-01,1\n"))
    assert problem.expected == "a month not after December 2022"
    assert problem.column == "month"


def test_a_month_before_the_calendar(reading_of):
    problem = only(reading_of(HEADER + "shoplifting,West Mercia,1989-12,1\n"))
    assert problem.expected == "a month not before January 1990"


def test_the_calendar_ends_with_this_month_where_nothing_else_is_said(tmp_path, library):
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + f"shoplifting,West Mercia,{date.today():%Y-%m},1\n")
    assert read_or_refuse(path, library).observations.height == 1
    path.write_text(HEADER + f"shoplifting,West Mercia,{date.today().year + 1}-12,1\n")
    with pytest.raises(FiguresError):
        read_or_refuse(path, library)


def test_a_day_of_knowing_that_is_no_day_or_before_its_month(reading_of):
    header = "measure,area,month,value,known_at\n"
    problem = only(reading_of(header + "shoplifting,West Mercia,2022-06,1,soon\n"))
    assert (problem.column, problem.value) == ("known_at", "soon")
    problem = only(reading_of(header + "shoplifting,West Mercia,2022-06,1,2022-05-31\n"))
    assert "on or after the first" in problem.expected


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        ("confidence,X,2022-06,,-1,40,,,,", "numerator", "0 or more"),
        ("confidence,X,2022-06,,1,-40,,,,", "denominator", "0 or more"),
        ("confidence,X,2022-06,,1.5,40,,,,", "numerator", "a whole number"),
        ("confidence,X,2022-06,,1,40.5,,,,", "denominator", "a whole number"),
        ("confidence,X,2022-06,,41,40,,,,", "numerator", "not above its denominator"),
        ("confidence,X,2022-06,,many,40,,,,", "numerator", "a number"),
        ("confidence,X,2022-06,72.4,29,40,,,,", "value", "72.50, which is what"),
        ("shoplifting,X,2022-06,1,,,,guessed,,", "condition", "one of observed"),
        ("shoplifting,X,2022-06,1,,,,suppressed,,", "condition", "no value"),
        ("shoplifting,X,2022-06,,,,,observed,,", "condition", "a value"),
        ("shoplifting,X,2022-06,*,,,,provisional,,", "condition", "a value"),
        ("confidence,X,2022-06,,2,40,,suppressed,,", "numerator", "gives the figure away"),
        ("shoplifting,X,2022-06,1,,,,,invented,", "origin", "recorded or reconstructed"),
        ("shoplifting,,2022-06,1,,,,,,", "area", "the name of an area"),
        (",X,2022-06,1,,,,,,", "measure", "the name of a measure"),
        ("shoplifting,X,,1,,,,,,", "month", "a month"),
    ],
)
def test_a_cell_that_cannot_be(reading_of, row, column, expected):
    problem = only(reading_of(LONG_HEADER + row + "\n"))
    assert problem.row == 2
    assert problem.column == column
    assert expected in problem.expected
    assert problem.what_to_do.endswith(".")


@pytest.mark.parametrize("value", ["72", "72.5", "72.50", "72.5%", "73"])
def test_a_percentage_that_agrees_with_its_counts_is_kept_unrounded(reading_of, value):
    reading = reading_of(LONG_HEADER + f"confidence,X,2022-06,{value},29,40,,,,\n")
    assert reading.problems == ()
    assert reading.observations["value"][0] == 72.5


def test_a_percentage_is_worked_out_from_its_counts(reading_of):
    rows = "confidence,X,2022-06,,1,3,,,,\nconfidence,X,2022-07,,0,0,,,,\n"
    found = reading_of(LONG_HEADER + rows).observations
    assert found["value"].to_list() == [pytest.approx(100 / 3), None]
    assert found["condition"].to_list() == ["observed", "not applicable"]
    assert found["reason"].to_list() == [None, "nothing to divide by"]


def test_a_percentage_of_a_hidden_count_is_hidden(reading_of):
    found = reading_of(LONG_HEADER + "confidence,X,2022-06,,<5,40,,,,\n").observations
    assert found.select("value", "numerator", "condition").row(0) == (None, None, "suppressed")


def test_the_condition_the_origin_and_the_reason_are_kept(reading_of):
    rows = (
        "shoplifting,X,2022-06,1,,,,P,Reconstructed,from the printed limits\n"
        "shoplifting,X,2022-07,,,,,suppressed,,asked for\n"
    )
    found = reading_of(LONG_HEADER + rows).observations
    assert found.select("condition", "origin", "reason").rows() == [
        ("provisional", "reconstructed", "from the printed limits"),
        ("suppressed", "recorded", "asked for"),
    ]


def test_all_faults_are_told_at_once_from_the_top_down(reading_of):
    reading = reading_of(
        HEADER
        + "shoplifting,West Mercia,2022-06,636\n"
        + 'murders,,06/22,"12,5"\n'
        + "shoplifting,West Mercia\n"
        + "shoplifting,West Mercia,2022-05,-1\n"
    )
    assert [(p.row, p.column) for p in reading.problems] == [
        (3, "area"),
        (3, "measure"),
        (3, "month"),
        (3, "value"),
        (4, None),
        (5, "value"),
    ]
    assert reading.total == 6
    assert reading.observations.height == 0


def test_of_very_many_faults_a_thousand_are_listed_and_the_rest_counted(tmp_path, library):
    rows = "".join(f"shoplifting,Place {i},2022-06,-1\n" for i in range(2_500))
    path = tmp_path / "figures.csv"
    path.write_text(HEADER + rows)
    with pytest.raises(FiguresError) as error:
        read_or_refuse(path, library)
    assert len(error.value.problems) == LISTED
    assert error.value.total == 2_500
    assert "and 1500 more" in str(error.value)


def test_a_problem_reads_as_a_sentence(reading_of):
    problem = only(reading_of(HEADER + "shoplifting,West Mercia,2022-06,many\n"))
    assert str(problem) == (
        "figures.csv, row 2, column value: found 'many'; expected a number. Write digits, as in"
        " 1234 or 72.5, or leave the cell empty if the figure is not known."
    )
