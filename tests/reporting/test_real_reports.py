"""Whole reports from published figures, as they come: nothing here was made to fit."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from frankpledge.analysis.assembly import find
from frankpledge.definitions import load
from frankpledge.figures import convert_police_uk, read_or_refuse
from frankpledge.reporting.build import build_report
from frankpledge.reporting.making import write_forms
from frankpledge.reporting.settings import ReportSettings

pytestmark = [pytest.mark.shared, pytest.mark.slow]

AREAS = (
    "Herefordshire",
    "North Worcestershire",
    "Shropshire",
    "South Worcestershire",
    "Telford & Wrekin",
)


def settings(**more) -> ReportSettings:
    return ReportSettings(
        title="Performance report",
        purpose="Published street crime.",
        author_role="Performance analyst",
        owner_role="Head of performance",
        date=date(2026, 2, 15),
        force_table="police-uk",
        area_table="police-uk",
        **{"force": "West Mercia", "areas": AREAS, **more},
    )


def made(observations: pl.DataFrame, month: date, chosen: ReportSettings, folder: Path) -> dict:
    library = load()
    findings = find(observations, library.traits(), chosen.brief(month))
    write_forms(build_report(findings, library, chosen), findings, folder)
    for name in ("report.html", "report.pdf", "report.docx", "report.xlsx"):
        assert (folder / name).stat().st_size > 10_000
    return json.loads((folder / "findings.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("limits", ["fixed-year-1", "expected-1"])
def test_the_areas_of_a_force_make_a_whole_report(shared, tmp_path, limits):
    path = shared / "police-uk" / "west-mercia-area-month.csv"
    observed = read_or_refuse(path, load()).observations
    published = made(observed, date(2025, 12, 1), settings(limits=limits), tmp_path)
    assert published["report"]["series_judged"] == 14 * 6
    given = pl.read_csv(path).filter(pl.col("month") == "2025-12")
    december = {
        (f["measure"], f["area"]): f["value"]
        for f in published["findings"]
        if f["name"] == "value" and f["month"] == "2025-12"
    }
    shoplifting = given.filter(pl.col("crime_type") == "Shoplifting")
    for area, records in shoplifting.select("area", "records").iter_rows():
        assert december["police-uk-shoplifting", area] == records
    assert december["police-uk-shoplifting", "West Mercia"] == shoplifting["records"].sum()


def test_nine_months_of_street_files_make_a_whole_report(shared, tmp_path):
    """77,729 records, counted; too few months for fixed-year limits, and the report says so."""
    lookups = tmp_path / "lookup.csv"
    _lookup(shared, lookups)
    reading = convert_police_uk(
        shared / "police-uk" / "west-mercia-street", lookups, load(), force="West Mercia"
    )
    assert reading.problems == ()
    published = made(reading.observations, date(2025, 9, 1), settings(), tmp_path / "out")
    totals = [
        f["value"]
        for f in published["findings"]
        if f["name"] == "value" and f["area"] == "West Mercia" and f["condition"] == "observed"
    ]
    assert sum(totals) == 77_729


def _lookup(shared: Path, path: Path) -> None:
    lsoas = pl.read_csv(shared / "police-uk" / "west-mercia-lsoa-month.csv.gz")
    areas = pl.read_csv(shared / "lookups" / "west-mercia-district-to-area.csv")
    lsoas.select("lsoa", "district_code").unique().join(areas, on="district_code").select(
        "lsoa", "area"
    ).write_csv(path)


def test_what_cannot_be_right_is_held_back_and_never_ranks(shared):
    """Gwent's 23 records are no fall of 99%, and Greater Manchester is not the best in the country."""
    path = shared / "police-uk" / "force-month.csv"
    observed = read_or_refuse(path, load()).observations
    forces = tuple(observed["area"].unique().sort())
    populations = _populations(shared)
    chosen = settings(
        force="Gwent", areas=(), similar_forces=tuple(f for f in forces if f != "Gwent")
    )
    brief = chosen.brief(date(2025, 10, 1))
    brief = type(brief)(**{**brief.__dict__, "populations": populations})
    findings = find(observed, load().traits(), brief)
    gwent = findings.newest.filter(pl.col("measure") == "police-uk-anti-social-behaviour").row(
        0, named=True
    )
    assert gwent["condition"] == "missing"
    assert "implausible" in gwent["reason"]
    assert gwent["previous_month_change_pct"] is None
    assert gwent["rank"] is None
    assert 30 < gwent["rank_of"] < len(forces) - 1
    assert findings.exceptions.filter(pl.col("area") == "Gwent").is_empty()


def _populations(shared: Path) -> pl.DataFrame:
    people = pl.read_csv(shared / "lookups" / "lad-population-mid-year.csv.gz")
    forces = pl.read_csv(shared / "lookups" / "lad21-to-pfa21.csv")
    return (
        people.join(forces, left_on="code", right_on="lad21cd")
        .group_by(pl.col("pfa21nm").alias("area"), "year")
        .agg(pl.col("population").sum().cast(pl.Float64))
        .with_columns(pl.col("year").cast(pl.Int32))
    )
