"""What is said of figures that were taken."""

from __future__ import annotations

HEADER = "measure,area,month,value\n"


def test_the_marks_are_counted(reading_of):
    rows = "shoplifting,X,2022-06,*\nshoplifting,X,2022-07,\nshoplifting,X,2022-08,*\n"
    assert reading_of(HEADER + rows).notes == (
        "figures.csv: 2 cells written *: taken as suppressed.",
        "figures.csv: 1 cell left empty: taken as missing.",
    )


def confidences(*values: str) -> str:
    return HEADER + "".join(
        f"confidence,X,2022-0{month},{value}\n" for month, value in enumerate(values, start=1)
    )


def test_percentages_that_may_be_fractions(reading_of):
    (note,) = reading_of(confidences("0.725", "1", "0.7")).notes
    assert "fractions" in note
    assert reading_of(confidences("0.5", "2", "0.7")).notes == ()
    assert reading_of(confidences("0.4", "0.5")).notes == ()


def test_areas_that_may_be_one(reading_of):
    rows = "shoplifting,Telford & Wrekin,2022-06,1\nshoplifting,Telford and Wrekin,2022-07,1\n"
    (note,) = reading_of(HEADER + rows).notes
    assert "'Telford & Wrekin' and 'Telford and Wrekin'" in note
