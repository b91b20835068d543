"""The commands as a person types them: what comes out, what is said, and the exit code."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from frankpledge.cli.main import app
from frankpledge.definitions import load

FIGURES = "measure,area,month,value\n" + "".join(
    f"shoplifting,{area},{year}-{month:02d},{value + month}\n"
    for area, value in (("Force", 100), ("North", 60), ("South", 40))
    for year in (2021, 2022)
    for month in range(1, 13)
    if (year, month) <= (2022, 6) and (year, month) >= (2021, 4)
)


def say(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words], terminal_width=200)


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    path.write_text(FIGURES, encoding="utf-8")
    return path


def test_help_teaches_with_an_example():
    for words in (
        [],
        ["report"],
        ["figures", "check"],
        ["figures", "convert", "police-uk"],
        ["measures", "check"],
    ):
        told = say(*words, "--help")
        assert told.exit_code == 0
        assert "frankpledge" in told.output


def test_a_report_is_written_from_figures_alone(figures, tmp_path):
    out = tmp_path / "out"
    told = say(
        "report", figures, "--month", "2022-06", "--out", out, "--force", "Force", "--form", "html"
    )
    assert told.exit_code == 0, told.output
    assert sorted(p.name for p in out.iterdir()) == [
        "findings.json",
        "findings.schema.json",
        "report.html",
    ]
    found = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    values = {
        f["area"]: f["value"]
        for f in found["findings"]
        if f["name"] == "value" and f["month"] == "2022-06"
    }
    assert values == {"Force": 106, "North": 66, "South": 46}


def june(out: Path, name: str = "value") -> dict[str, float]:
    """The month's findings of this name, by measure and area."""
    found = json.loads((out / "findings.json").read_text(encoding="utf-8"))
    return {
        f"{f['measure']} {f['area']}": f["value"]
        for f in found["findings"]
        if f["name"] == name and f["month"] == "2022-06"
    }


def test_a_force_row_beside_its_areas_is_not_counted_twice(tmp_path):
    figures, out = tmp_path / "figures.csv", tmp_path / "out"
    rows = (("Anyforce", 95), ("Northshire", 71), ("Southshire", 24))
    figures.write_text(
        "measure,area,month,value\n" + "".join(f"shoplifting,{a},2022-06,{v}\n" for a, v in rows),
        encoding="utf-8",
    )
    told = say("report", figures, "--month", "2022-06", "--out", out, "--form", "html")
    assert told.exit_code == 0, told.output
    assert "Anyforce is the sum of the other areas and is taken as the force" in told.output
    assert june(out) == {f"shoplifting {a}": v for a, v in rows}


def test_a_scorecard_without_figures_is_one_sentence(figures, tmp_path):
    def page(extra: str) -> str:
        figures.write_text(FIGURES + extra, encoding="utf-8")
        out = tmp_path / "out"
        told = say(
            "report", figures, "--month", "2022-06", "--out", out, "--force", "Force", "--form", "html"
        )  # fmt: skip
        assert told.exit_code == 0, told.output
        return (out / "report.html").read_text(encoding="utf-8")

    sentence = "The scorecard is left out: the figures hold none of its indicators for Force."
    without = page("")
    assert sentence in without
    assert "Strategic objective:" not in without
    indicator = next(m.id for m in load().scorecard() if m.unit == "count")
    held = page(f"{indicator},Force,2022-06,50\n")
    assert sentence not in held
    assert "Strategic objective:" in held


def test_areas_of_which_none_is_the_sum_are_added_up(figures, tmp_path):
    out = tmp_path / "out"
    told = say("report", figures, "--month", "2022-06", "--out", out, "--form", "html")
    assert told.exit_code == 0, told.output
    assert "is taken as the force" not in told.output
    assert june(out)["shoplifting All areas"] == 106 + 66 + 46


def test_a_force_that_is_in_no_figure_is_refused_with_the_areas_there_are(figures, tmp_path):
    out = tmp_path / "out"
    told = say("report", figures, "--month", "2022-06", "--out", out, "--force", "Forse")
    assert told.exit_code == 1
    assert "Force, North, South (nearest: Force)" in told.output
    assert not (out / "findings.json").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--month", "June"], "2022-06"),
        (["--month", "2022-06", "--as-at", "yesterday"], "2022-07-31"),
        (["--month", "2022-06", "--form", "papyrus"], "html, pdf, word, excel"),
    ],
)
def test_a_slip_in_the_command_is_told_with_the_right_form(figures, words, said):
    told = say("report", figures, *words)
    assert told.exit_code == 2
    assert said in re.sub(r"\s+", " ", told.output)


def test_a_month_without_figures_gives_no_report_and_says_which_there_are(figures, tmp_path):
    out = tmp_path / "out"
    told = say("report", figures, "--month", "2019-06", "--out", out)
    assert told.exit_code == 1
    assert "April 2021 to June 2022" in told.output
    assert not (out / "report.html").exists()


def test_wrong_figures_are_refused_whole_and_an_earlier_report_stays(figures, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "report.html").write_text("the earlier report", encoding="utf-8")
    figures.write_text(
        FIGURES + "shoplifting,North,2022-05,-3\nshopliftng,North,2022-05,3\n", encoding="utf-8"
    )
    told = say("report", figures, "--month", "2022-06", "--out", out)
    assert told.exit_code == 1
    assert "Traceback" not in told.output
    assert "row 47" in told.output
    assert "row 48" in told.output
    assert [p.read_text(encoding="utf-8") for p in out.iterdir()] == ["the earlier report"]


def test_wrong_settings_name_the_field(figures, tmp_path):
    (tmp_path / "report.toml").write_text('title = "T"\ncolour = "red"\n', encoding="utf-8")
    told = say("report", figures, "--month", "2022-06", "--out", tmp_path / "out")
    assert told.exit_code == 1
    assert "colour" in told.output
    assert "author_role" in told.output


def test_a_folder_that_cannot_be_written_to_is_said_plainly(figures, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    told = say("report", figures, "--month", "2022-06", "--out", blocked, "--form", "html")
    assert told.exit_code == 1
    assert "a-file is a file, not a folder: give another name with --out" in told.output
    assert "Reading" not in told.output
    told = say("report", figures, "--month", "2022-06", "--out", blocked / "deeper")
    assert "a-file is a file, not a folder" in told.output


def test_a_folder_without_permission_is_said_plainly(figures, tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda _, mode, **__: not mode & os.W_OK)
    told = say("report", figures, "--month", "2022-06", "--out", tmp_path / "out", "--form", "html")
    assert told.exit_code == 1
    assert "cannot be written to: check the permissions, or give another folder" in told.output
    assert "Reading" not in told.output


def test_names_that_match_nothing_are_all_said_and_nothing_is_written(figures, tmp_path):
    (tmp_path / "report.toml").write_text(
        'title = "T"\npurpose = "P"\nauthor_role = "Analyst"\nowner_role = "Head"\n'
        'date = 2022-07-31\nforce = "Force"\nareas = ["North", "Sooth"]\n',
        encoding="utf-8",
    )
    (tmp_path / "commentary.toml").write_text(
        '[[comments]]\nmeasure = "shopliftng"\n', encoding="utf-8"
    )
    told = say("report", figures, "--month", "2022-06", "--out", tmp_path / "out")
    assert told.exit_code == 1
    assert "report.toml: areas item 2: found 'Sooth'" in told.output
    assert "nearest: South" in told.output
    assert "commentary.toml: comments item 1.measure: found 'shopliftng'" in told.output
    assert "nearest: shoplifting" in told.output
    assert not (tmp_path / "out").exists()


def test_figures_check_says_what_there_is(figures):
    told = say("figures", "check", figures)
    assert told.exit_code == 0
    assert "45 figures can be used: 1 measures, 3 areas, April 2021 to June 2022." in told.output


def test_figures_check_lists_every_problem(figures):
    figures.write_text(
        "measure,area,month,value\nshoplifting,N,2022-13,1\nshoplifting,N,2022-01,many\n",
        encoding="utf-8",
    )
    told = say("figures", "check", figures)
    assert told.exit_code == 1
    assert "row 2" in told.output
    assert "row 3" in told.output


def test_measures_are_listed_by_table_and_checked():
    told = say("measures", "list", "--table", "force-volumes")
    assert told.exit_code == 0
    assert "total-recorded-crime" in told.output
    assert "police-uk" not in told.output
    assert say("measures", "list", "--table", "no-such").exit_code == 2
    told = say("measures", "check", "--day", "2022-07-31")
    assert told.exit_code == 0
    assert "definitions can be used" in told.output


def test_no_measure_is_cut_to_the_width_of_the_screen(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    told = CliRunner().invoke(app, ["measures", "list"], terminal_width=40)
    assert "…" not in told.output
    lines = [line.split("  ") for line in told.output.splitlines()]
    assert [(line[0], line[-1]) for line in lines] == [(m.id, m.title) for m in load()]
    assert all(len(line) == 4 for line in lines)


def test_a_broken_definition_is_told_by_file_and_field(tmp_path):
    (tmp_path / "mine.toml").write_text('title = "Mine"\n', encoding="utf-8")
    told = say("measures", "check", tmp_path)
    assert told.exit_code == 1
    assert "mine.toml" in told.output
    assert "definition" in told.output


def test_street_files_are_counted_record_by_record(tmp_path):
    folder = tmp_path / "downloads"
    folder.mkdir()
    head = "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n"
    row = ",2025-01,Some Police,Some Police,-2,52,On or near,E01000001,Place 1A,Anti-social behaviour,,\n"
    (folder / "2025-01-some-police-street.csv").write_text(head + row * 3, encoding="utf-8")
    lookup = tmp_path / "lookup.csv"
    lookup.write_text("lsoa,area\nE01000001,North\n", encoding="utf-8")
    out = tmp_path / "figures.csv"
    told = say("figures", "convert", "police-uk", folder, "--lookup", lookup, "--out", out)
    assert told.exit_code == 0, told.output
    assert "police-uk-anti-social-behaviour,North,2025-01,3" in out.read_text(encoding="utf-8")


def test_a_column_a_month_becomes_a_row_a_figure_with_its_day(tmp_path):
    wide = tmp_path / "wide.csv"
    wide.write_text("Offence,area,2022-01,2022-02\nShoplifting,North,5,7\n", encoding="utf-8")
    out = tmp_path / "tidy.csv"
    told = say(
        "figures", "convert", "tidy", wide, "--out", out, "--column", "measure=Offence", "--known-at", "2022-03-15"
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("measure,area,month,value,")
    assert [line.split(",")[:4] for line in lines[1:]] == [
        ["shoplifting", "North", "2022-01", "5"],
        ["shoplifting", "North", "2022-02", "7"],
    ]
    assert all("2022-03-15" in line for line in lines[1:])


def test_a_force_that_the_settings_do_not_name_is_refused_not_ignored(tmp_path):
    demo = Path(__file__).resolve().parents[2] / "demo"
    told = say(
        "report", demo, "--month", "2022-06", "--out", tmp_path / "out", "--force", "Shropshire"
    )
    assert told.exit_code == 1
    assert "report.toml: force: found 'West Mercia'" in told.output
    assert not list(tmp_path.glob("out/report.*"))


def test_every_command_stands_in_the_documents():
    root = Path(__file__).resolve().parents[2]
    written = "".join(
        p.read_text(encoding="utf-8") for p in [root / "README.md", *root.glob("docs/*.md")]
    )
    for command in (
        "report",
        "figures check",
        "figures convert police-uk",
        "figures convert tidy",
        "measures list",
        "measures check",
    ):
        assert f"frankpledge {command}" in written
