"""The measures that come with Frankpledge: all can be read, and they are the right ones."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from frankpledge.definitions import load, overdue

PRINTED = Path(__file__).resolve().parents[2] / "demo" / "printed"

REFERENCES = [
    "1.1.1",
    "1.2.1",
    "1.3.1",
    "1.3.2",
    "1.4.1",
    "2.1.1",
    "2.1.2",
    "3.1.1",
    "3.1.2",
    "3.1.3",
    "3.1.4",
    "4.1.1",
    "4.1.2",
    "4.1.3",
    "4.1.4",
    "4.1.5",
    "4.1.6",
    "4.1.8",
    "4.2.1",
    "4.2.2",
    "4.2.3",
    "4.2.4",
    "4.2.5",
    "4.2.6",
    "4.2.7",
    "4.2.8",
    "4.2.9",
    "4.2.10",
    "4.2.11",
    "4.2.12",
    "4.2.13",
    "4.2.15",
    "4.2.16",
    "4.2.17",
    "4.2.18",
    "4.2.19",
    "4.2.20",
    "4.2.21",
    "4.2.23",
    "4.2.24",
    "4.2.25",
    "4.3.2",
    "5.1.3",
    "5.1.4",
    "5.1.5",
    "5.1.7",
    "5.1.8",
    "5.3.2",
    "5.3.3",
    "5.3.4",
]

CRIME_TYPES = [
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs",
    "Other crime", "Other theft", "Possession of weapons", "Public order", "Robbery",
    "Shoplifting", "Theft from the person", "Vehicle crime", "Violence and sexual offences",
]  # fmt: skip


@pytest.fixture(scope="module")
def library():
    return load()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_whole_scorecard_is_defined(library):
    assert len(REFERENCES) == 50
    assert [m.reference for m in library.scorecard()] == REFERENCES


def test_the_scorecard_is_gold(library):
    assert {m.level for m in library.scorecard()} == {"gold"}


@pytest.mark.parametrize("table", ["force-volumes", "area-volumes"])
def test_the_printed_tables_are_whole_and_in_order(library, table):
    printed = rows(PRINTED / f"{table.removesuffix('-volumes').replace('area', 'areas')}.csv")
    first_area = [r for r in printed if r["area"] == printed[0]["area"]]
    found = [library.named(r["measure"], table) for r in first_area]
    assert [m.id for m in found] == [m.id for m in library.volumes(table)]


@pytest.mark.parametrize("file", ["force.csv", "areas.csv"])
def test_every_printed_row_has_a_measure(library, file):
    table = f"{file.removesuffix('.csv').removesuffix('s')}-volumes"
    printed = {r["measure"] for r in rows(PRINTED / file)}
    assert {p for p in printed if not (m := library.named(p)) or table not in m.tables} == set()


def test_every_printed_single_value_has_a_measure(library):
    printed = rows(PRINTED / "scorecard.csv")
    assert {r["measure"] for r in printed if r["measure"] not in library} == set()


def test_no_decimal_of_a_printed_value_is_lost(library):
    """Medians are printed in minutes and seconds, which no count of decimals keeps."""
    for row in rows(PRINTED / "scorecard.csv"):
        measure = library.get(row["measure"])
        _, _, decimals = row["value"].partition(".")
        assert len(decimals) <= measure.decimals or measure.unit == "minutes", row


@pytest.mark.shared
@pytest.mark.parametrize("file", ["force.csv", "areas.csv"])
def test_every_row_of_the_published_tables_has_a_measure(library, shared, file):
    table = f"{file.removesuffix('.csv').removesuffix('s')}-volumes"
    printed = {r["measure"] for r in rows(shared / "west-mercia-2022-q1" / file)}
    assert {p for p in printed if not (m := library.named(p)) or table not in m.tables} == set()


def test_every_published_crime_type_has_a_measure(library):
    found = [library.named(name, "police-uk") for name in CRIME_TYPES]
    assert [m.also_called[0] for m in found] == CRIME_TYPES
    assert [m.id for m in library.volumes("police-uk")] == [m.id for m in found]
    assert all(m.lists_only_occurrences for m in found)


@pytest.mark.shared
def test_the_published_crime_types_are_all_there_are(library, shared):
    found = {r["crime_type"] for r in rows(shared / "police-uk" / "force-month.csv")}
    assert found == set(CRIME_TYPES)


def test_only_street_level_files_leave_noughts_out(library):
    leaving_out = {m.family for m in library if m.lists_only_occurrences}
    assert leaving_out == {"police-uk"}


def test_every_measure_has_a_caveat_of_its_own(library):
    assert [m.id for m in library if not m.caveats] == []


def test_no_two_measures_have_the_same_definition(library):
    definitions = [m.definition for m in library]
    assert len(set(definitions)) == len(definitions)


def test_short_titles_tell_measures_of_one_table_apart(library):
    for table in ("force-volumes", "area-volumes", "police-uk"):
        titles = [m.short_title for m in library.volumes(table)]
        assert len(set(titles)) == len(titles)


def test_a_printed_ceiling_tells_the_reader_the_number(library):
    """The reason carries "fewer than N", which is what a table prints in place of the count."""
    for measure in library:
        if measure.suppress_below is not None:
            said = re.search(r"fewer than (\d+)", measure.suppression_reason, re.I)
            assert int(said[1]) == measure.suppress_below


# The targets of the scorecard that have a number, as printed: id, value, direction, by when.
TARGETS = [
    ("victim-satisfaction-domestic-abuse", 80, "at least", None),
    ("victim-satisfaction-burglary", 80, "at least", None),
    ("victim-satisfaction-violent-crime", 70, "at least", None),
    ("victim-satisfaction-hate-crime", 70, "at least", None),
    ("public-confidence", 88, "at least", None),
    ("complaints-outside-schedule-3", 75, "at least", None),
    ("managing-information-training", 80, "at least", None),
    ("data-protection-foundation-training", 80, "at least", None),
    ("freedom-of-information-timeliness", 90, "at least", None),
    ("subject-access-timeliness", 90, "at least", None),
    ("crime-data-integrity", 90, "at least", None),
    ("crime-recording-audit", 90, "at least", None),
    ("problem-solving-training", 200, "at least", date(2022, 9, 30)),
    ("open-investigations", 10000, "at most", None),
    ("calls-999-answered-within-10-seconds", 90, "at least", None),
    ("calls-101-answered-within-30-seconds", 80, "at least", date(2022, 6, 30)),
    ("response-grade-1-within-target", 90, "at least", None),
    ("objectives-set", 100, "at least", None),
    ("police-officer-absence", 4, "at most", None),
    ("police-staff-absence", 4, "at most", None),
    ("attrition-police-officers", 4.7, "at most", None),
    ("attrition-police-staff", 7.8, "at most", None),
    ("attrition-pcsos", 10.6, "at most", None),
    ("female-representation", 50, "at least", None),
    ("female-officer-representation", 35, "at least", None),
    ("ethnic-minority-representation", 3.8, "at least", None),
]


@pytest.mark.parametrize(("measure", "value", "direction", "by"), TARGETS)
def test_what_good_looks_like_is_as_printed(library, measure, value, direction, by):
    good = library.get(measure).good_looks_like
    assert (good.value, good.direction, good.by) == (value, direction, by)


@pytest.mark.parametrize("measure", ["residential-burglary", "domestic-abuse", "outcome-16"])
def test_a_target_without_a_number_stays_in_words(library, measure):
    good = library.get(measure).good_looks_like
    assert good.text
    assert good.value is None


# Where the printed report contradicts itself, the measure's caveats say so.
CONTRADICTIONS = [
    ("response-times", "12 minutes"),
    ("people-seriously-injured", "copy"),
    ("unresourced-incidents", "13.6%"),
    ("positive-action", "1,565"),
    ("public-order", "50.7%"),
    ("police-officer-absence", "4%"),
    ("objectives-set", "100%"),
    ("crime-data-integrity", "90%"),
    ("mandatory-training", "no row"),
    ("repeat-suspects-domestic-abuse", "557"),
    ("students-per-tutor", "1:1.5"),
    ("domestic-abuse", "North Worcestershire"),
]


@pytest.mark.parametrize(("measure", "said"), CONTRADICTIONS)
def test_what_the_source_contradicts_is_a_caveat(library, measure, said):
    assert any(said in caveat for caveat in library.get(measure).caveats)


def test_police_activity_is_neither_good_nor_bad(library):
    for measure in (
        "drug-offences",
        "possession-of-weapons",
        "domestic-abuse",
        "rape",
        "calls-999",
    ):
        assert library.get(measure).better == "neither"


def test_most_reviews_are_current_for_the_demonstration_report(library):
    late = overdue(library, date(2022, 7, 15))
    assert 0 < len(late) < len(library) / 10
    assert all(
        m.good_looks_like is None or m.good_looks_like.reviewed == date(2021, 10, 1) for m in late
    )


def test_what_adds_up_is_a_count_or_money(library):
    assert {m.unit for m in library if m.adds_up} <= {"count", "pounds"}


def test_no_person_is_named(library):
    """Roles are roles: no title of rank with a name, no address, no telephone number."""
    rank = re.compile(r"\b(DCC|ACC|CC|Supt|Insp|Sgt|PC|Mr|Mrs|Ms|Dr)\.? [A-Z][a-z]+")
    for measure in library:
        text = measure.model_dump_json()
        assert not rank.search(text), measure.id
        assert "@" not in text, measure.id
