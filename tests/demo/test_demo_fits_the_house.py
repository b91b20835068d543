"""The demonstration agrees with the rooms that read it: definitions, figures, settings, limits."""

from __future__ import annotations

import re
from datetime import date

import polars as pl
import pytest
from test_exceptional_rows import TABLE

from frankpledge import definitions
from frankpledge.analysis.limits.fixed_year import fixed_year
from frankpledge.analysis.rounding import half_away_from_zero
from frankpledge.analysis.series import as_known_at, complete
from frankpledge.figures.reading import read
from frankpledge.reporting.commentary import read_commentary
from frankpledge.reporting.settings import read_settings
from printed import DEMO, YEAR, counts, figures, printed_rows, rows_of, unrounded_limits

JUNE = date(2022, 6, 1)
FIGURES = figures()


@pytest.fixture(scope="module")
def library():
    return definitions.load()


@pytest.fixture(scope="module")
def report():
    return read_settings(DEMO / "report.toml")


@pytest.fixture(scope="module")
def observed(library):
    reading = read(DEMO, library, calendar_until=JUNE)
    assert not reading.problems
    return reading.observations


def test_every_demonstration_measure_has_a_definition(library):
    defined = {measure.id for measure in library}
    assert {row["measure"] for row in rows_of(DEMO / "figures.csv")} <= defined


def test_the_library_knows_a_row_by_the_name_that_the_report_prints(library):
    for row in rows_of(DEMO / "printed" / "names.csv"):
        assert library.named(row["printed"], "area-volumes").id == row["measure"]


def test_every_measure_of_the_volume_tables_has_figures(library):
    tables = {"force-volumes", "area-volumes"}
    of_tables = {measure.id for measure in library if tables & set(measure.tables)}
    assert of_tables == {row.measure for row in printed_rows()}


def test_the_readme_lists_the_indicators_without_a_figure(library):
    """The scorecard references of which neither the indicator nor a part has a value."""
    with_value = {row["measure"] for row in rows_of(DEMO / "figures.csv") if row["value"]}
    without = set()
    for measure in library.scorecard():
        whole_and_parts = (measure, *library.parts_of(measure.reference))
        if not with_value & {m.id for m in whole_and_parts}:
            without.add(measure.reference)
    readme = (DEMO / "README.md").read_text(encoding="utf-8")
    paragraph = readme.split("print no value at all")[1].split("\n\n")[0]
    assert set(re.findall(r"\d\.\d+\.\d+", paragraph)) == without


def test_a_share_lies_between_nought_and_a_hundred(library):
    units = {measure.id: measure.unit for measure in library}
    for row in rows_of(DEMO / "figures.csv"):
        if row["value"] and units[row["measure"]] == "percentage":
            assert 0 <= float(row["value"]) <= 100


def test_the_figures_are_read_whole(observed):
    assert observed.height == len(rows_of(DEMO / "figures.csv"))


def test_the_report_names_the_areas_of_the_figures(report):
    assert {row["area"] for row in rows_of(DEMO / "figures.csv")} == {report.force, *report.areas}


def test_the_report_knows_every_figure_by_its_own_date(observed, report):
    as_at = report.as_at or report.date
    assert as_known_at(observed, as_at).height == observed.height


def test_a_break_or_a_comment_is_about_a_measure_with_figures(report):
    commentary = read_commentary(DEMO / "commentary.toml")
    assert 6 <= len(commentary.comments) <= 10
    for comment in commentary.comments:
        assert (comment.area or report.force, comment.measure) in FIGURES
    assert all((report.force, row.measure) in FIGURES for row in report.breaks)
    assert all(not row.restarts_baseline for row in report.breaks)
    assert all(not row.left_out for row in report.exceptional_periods)


def test_the_areas_people_add_to_the_forces(report):
    people = {row.area: row.population for row in report.populations}
    assert people.keys() == {report.force, *report.areas}
    assert sum(people[area] for area in report.areas) == people[report.force]


@pytest.mark.shared
def test_the_people_are_the_published_ones(report, shared):
    districts = pl.read_csv(shared / "lookups" / "west-mercia-district-to-area.csv")
    published = (
        pl.read_csv(shared / "lookups" / "lad-population-mid-year.csv.gz")
        .join(districts, left_on="code", right_on="district_code")
        .group_by(pl.col("area").str.replace("&", "and", literal=True), "year")
        .agg(pl.col("population").sum())
    )
    expected = {(area, year): people for area, year, people in published.iter_rows()}
    for row in report.populations:
        if row.area != report.force:
            assert expected[row.area, row.year] == row.population


@pytest.mark.shared
def test_the_printed_tables_are_the_published_ones(shared):
    for name in ("force.csv", "areas.csv"):
        ours = (DEMO / "printed" / name).read_text(encoding="utf-8")
        theirs = (shared / "west-mercia-2022-q1" / name).read_text(encoding="utf-8")
        assert ours.splitlines()[1:] == theirs.splitlines()[1:]


@pytest.fixture(scope="module")
def judged(observed, report):
    series = complete(as_known_at(observed, report.date), until=JUNE)
    brief = report.brief(JUNE)
    return fixed_year(
        series, breaks=brief.breaks, exceptional_periods=brief.exceptional_periods, month=JUNE
    )


def test_the_analysis_finds_exactly_the_28(judged):
    crossings = judged.filter(pl.col("crossing").is_not_null())
    found = {
        (area, measure): side
        for area, measure, side in crossings.select("area", "measure", "crossing").iter_rows()
    }
    assert found == TABLE


def test_the_analysis_prints_the_limits_that_the_plain_code_prints(judged):
    rows = {(r["area"], r["measure"]): r for r in judged.iter_rows(named=True)}
    for row in printed_rows():
        months = counts(FIGURES[row.key])
        lower, upper = unrounded_limits([months[m] for m in YEAR])
        ours = rows[row.key]
        assert ours["upper_limit"] == pytest.approx(upper)
        assert max(ours["lower_limit"], 0) == pytest.approx(lower)
        for limit, plain in ((ours["upper_limit"], upper), (max(ours["lower_limit"], 0), lower)):
            assert half_away_from_zero(limit) == int(plain + 0.5)


def test_a_value_that_stands_alone_has_no_limits(judged):
    alone = judged.filter(
        ~pl.struct("area", "measure").is_in(
            [{"area": a, "measure": m} for a, m in (row.key for row in printed_rows())]
        )
    )
    assert alone.height > 50
    assert alone["upper_limit"].is_null().all()
