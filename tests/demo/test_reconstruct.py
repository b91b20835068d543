"""The program makes the same bytes each time, from printed figures that say where they come from."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from printed import DEMO, rows_of

SCORECARD = rows_of(DEMO / "printed" / "scorecard.csv")
FIGURES = rows_of(DEMO / "figures.csv")


def test_the_same_printed_figures_make_the_same_bytes(tmp_path):
    """In another folder, with another hash seed: nothing depends on chance or on what was there."""
    for name in ("reconstruct.py", "whole_counts.py", "choices.toml"):
        shutil.copy(DEMO / name, tmp_path)
    shutil.copytree(DEMO / "printed", tmp_path / "printed")
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, tmp_path / "reconstruct.py"],
            env={"PYTHONHASHSEED": seed},
            check=True,
        )
        assert (tmp_path / "figures.csv").read_bytes() == (DEMO / "figures.csv").read_bytes()


def test_every_figure_is_known_from_the_month_of_the_report():
    assert {row["known_at"] for row in FIGURES} == {"2022-07-31"}


def test_every_value_of_the_scorecard_stands_as_printed():
    ours = {(r["measure"], r["area"], r["month"]): r for r in FIGURES}
    for row in SCORECARD:
        area = row["area"].replace("&", "and")
        found = ours[row["measure"], area, row["month"]]
        for cell in ("value", "numerator", "denominator", "condition", "origin", "reason"):
            assert found[cell] == row[cell], (row["measure"], cell)


# What the scorecard of June 2022 prints, read again from it: measure, value.
PRINTED = {
    "victim-satisfaction-domestic-abuse": 71,
    "victim-satisfaction-burglary": 73,
    "victim-satisfaction-violent-crime": 60,
    "victim-satisfaction-hate-crime": 63,
    "public-confidence": 82,
    "conduct-matters": 24,
    "freedom-of-information-timeliness": 23,
    "subject-access-timeliness": 81,
    "positive-action": 6.0,
    "outcome-16": 32.2,
    "outcome-16-domestic-abuse": 61.2,
    "integrated-offender-management-reoffending": 23,
    "open-investigations": 11856,
    "calls-999-answered-within-10-seconds": 90,
    "calls-999-abandonment": 2.4,
    "calls-101-answered-within-30-seconds": 45,
    "calls-101-abandonment": 24.5,
    "digital-contacts": 2162,
    "unresourced-incidents": 701,
    "domestic-abuse-arrest-rate": 31,
    "serious-organised-crime-disruptions": 42,
    "serious-organised-crime-disruptions-major-or-moderate": 7,
    "killed-or-seriously-injured-powered-two-wheelers": 18,
    "objectives-set": 77,
    "ict-tickets-open": 3156,
    "ict-work-packages-open": 144,
    "ict-events-resolved": 3106,
}


@pytest.mark.parametrize(("measure", "value"), PRINTED.items())
def test_what_the_scorecard_prints_for_june_2022_is_there(measure, value):
    found = [
        row
        for row in FIGURES
        if (row["measure"], row["area"], row["month"]) == (measure, "West Mercia", "2022-06")
    ]
    assert [float(row["value"]) for row in found] == [value]


def test_the_grade_1_median_is_12_minutes_37_seconds():
    found = [r for r in FIGURES if r["measure"] == "response-grade-1-median"]
    assert [round(float(r["value"]) * 60) for r in found] == [12 * 60 + 37]


def test_a_share_agrees_with_the_counts_beside_it():
    """Per cent to one decimal; investigations a workflow and students a tutor as they are."""
    with_counts = [row for row in SCORECARD if row["denominator"]]
    assert len(with_counts) >= 10
    for row in with_counts:
        share = int(row["numerator"]) / int(row["denominator"])
        if row["measure"] not in ("open-investigations-per-workflow", "students-per-tutor"):
            share *= 100
        assert abs(share - float(row["value"])) <= 0.0501, row


@pytest.mark.parametrize(
    ("measure", "then", "change", "printed_pct"),
    [
        ("killed-or-seriously-injured", 47, -12, -26),
        ("collisions-killed-or-seriously-injured", 43, -9, -21),
    ],
)
def test_the_casualties_are_the_only_counts_that_fit(measure, then, change, printed_pct):
    """A share of June (18 is 51%; 12 is 35%) and a change on May (26%, 21%), both rounded."""
    part, share = (18, 51) if measure.startswith("killed") else (12, 35)
    fits = [
        before
        for before in range(13, 200)
        if round(100 * change / before) == printed_pct
        and round(100 * part / (before + change)) == share
    ]
    assert fits == [then]
    found = {
        r["month"]: r for r in FIGURES if r["measure"] == measure and r["area"] == "West Mercia"
    }
    assert int(found["2022-05"]["value"]) == then
    assert int(found["2022-06"]["value"]) == then + change
    assert {row["origin"] for row in found.values()} == {"reconstructed"}


def test_a_hidden_or_missing_figure_has_no_value_and_says_why():
    without = [row for row in FIGURES if row["condition"] in ("suppressed", "missing")]
    assert {row["condition"] for row in without} == {"suppressed", "missing"}
    for row in without:
        assert row["value"] == ""
        assert row["reason"]


def test_a_value_of_three_months_says_so():
    quarterly = {"homicide", "firearm-discharges", "drug-related-homicide", "ict-events-resolved"}
    quarterly |= {"serious-organised-crime-disruptions"}
    for row in FIGURES:
        if row["measure"] in quarterly:
            assert row["reason"].endswith("together"), row
            assert row["month"][-2:] in ("03", "06", "09", "12")


def test_no_person_is_named_in_the_demonstration():
    """Ranks, titles and contact details are what a name comes with in the source. An address under
    .example reaches nobody: that name is kept free for examples."""
    telling = re.compile(
        r"\w@(?![\w-]+\.example\b)\w|\b0\d{9,}\b|\b(Mr|Mrs|Ms|Dr|Supt|Insp|Sgt|ACC|DCC)\b\.?\s+[A-Z]"
    )
    files = [p for p in DEMO.rglob("*") if p.suffix in (".csv", ".toml", ".md", ".py")]
    assert len(files) >= 10
    for path in files:
        found = telling.search(path.read_text(encoding="utf-8"))
        assert not found, (path.name, found)
