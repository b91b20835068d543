"""The demonstration's plan, people and action plans agree with each other, and name nobody."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import tomllib
from datetime import date
from itertools import pairwise

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from frankpledge import definitions
from printed import DEMO, rows_of

OFFICE = DEMO / "office"
COPIED = ("delivery-plan", "charter", "engagement")
ROLES = {
    "force_analyst",
    "measure_owner",
    "chief_officer",
    "office_officer",
    "chief_executive",
    "treasurer",
    "deputy_commissioner",
    "commissioner",
    "panel_officer",
    "panel_monitoring_officer",
    "panel_member_substantive",
    "panel_member_coopted",
    "panel_member_lay",
    "panel_substitute",
    "panel_chair",
    "auditor",
    "administrator",
}
OWN_REF = re.compile(r"^\(([A-DT]?\d+\.\d+(?:\.\d+)?)\) ", re.MULTILINE)


def toml(name: str) -> dict:
    return tomllib.loads((OFFICE / f"{name}.toml").read_text(encoding="utf-8"))


def grid(name: str) -> list[list[str]]:
    with (OFFICE / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def body_rows(name: str) -> list[list[str]]:
    """The rows that are neither the header, nor the header again, nor a heading."""
    rows = grid(name)
    return [row for row in rows if row != rows[0] and any(row[1:])]


BODIES, PEOPLE, PLAN, FORUMS = (toml(n) for n in ("bodies", "people", "plan", "forums"))
TODAY = BODIES["today"]
SLUGS = {body["slug"] for body in BODIES["bodies"]}
EMAILS = [person["email"] for person in PEOPLE["people"]]
FORUM_NAMES = [forum["name"] for forum in FORUMS["forums"]]
WITH_FIGURES = {row["measure"] for row in rows_of(DEMO / "figures.csv")}


def stated(version: int) -> dict[str, dict]:
    """The commitments as a version of the plan states them, by reference."""
    found = {row["ref"]: row for row in PLAN["commitments"]}
    if version == 1:
        return found
    for row in PLAN["variation"]["changed"]:
        found[row["ref"]] = found[row["ref"]] | row
    for row in PLAN["variation"]["added"]:
        found[row["ref"]] = row
    for row in PLAN["variation"]["removed"]:
        del found[row["ref"]]
    return found


# Bodies and people


def test_the_first_force_has_the_areas_of_the_figures():
    report = tomllib.loads((DEMO / "report.toml").read_text(encoding="utf-8"))
    force = next(body for body in BODIES["bodies"] if body["slug"] == "west-mercia-police")
    assert (force["name"], force["areas"]) == (report["force_name"], report["areas"])


def test_the_alliance_shares_all_of_the_money_with_equal_votes_and_a_chair_that_rotates():
    members = BODIES["alliance_members"]
    assert {row["member"]: row["share_of_costs"] for row in members} == {
        "west-mercia-office": 69,
        "warwickshire-office": 31,
    }
    assert {row["votes"] for row in members} == {1}
    for year, following in pairwise(BODIES["alliance_chairs"]):
        assert (following["starts"] - year["ends"]).days == 1
        assert following["member"] != year["member"]


def test_bodies_refer_to_bodies():
    named = [row[key] for row in BODIES["oversight"] for key in ("overseer", "overseen")]
    for table in ("alliance_members", "alliance_chairs"):
        named += [row[key] for row in BODIES[table] for key in ("alliance", "member")]
    assert set(named) <= SLUGS
    areas = {row["slug"] for row in BODIES["police_areas"]}
    assert all(b["police_area"] in areas for b in BODIES["bodies"] if b["kind"] != "alliance")


def test_each_person_is_a_post_of_their_own():
    names = [person["name"] for person in PEOPLE["people"]]
    locals_ = [email.partition("@")[0] for email in EMAILS]
    assert len(set(EMAILS)) == len(set(names)) == len(set(locals_)) == len(names)
    assert all(email.endswith(".example") for email in EMAILS)


def test_every_role_is_held_today_at_the_first_force_office_or_panel():
    held = set()
    for person in PEOPLE["people"]:
        for role in person["roles"]:
            assert role["role"] in ROLES
            assert role["body"] in SLUGS
            assert role["starts"] <= role.get("ends", date.max)
            if role["body"].startswith("west-mercia") and role.get("ends", TODAY) >= TODAY:
                held.add(role["role"])
            if "standing_in_for" in role:
                assert role["standing_in_for"] in EMAILS
    assert held == ROLES


# The plan


def test_four_objectives_and_about_fifty_commitments():
    assert [row["number"] for row in PLAN["objectives"]] == [1, 2, 3, 4]
    for version in (1, 2):
        assert 45 <= len(stated(version)) <= 60
    assert len({row["ref"] for row in PLAN["commitments"]}) == len(PLAN["commitments"])


def test_commitments_stand_under_an_objective_and_a_party():
    objectives = {row["key"] for row in PLAN["objectives"]}
    for row in [*PLAN["commitments"], *PLAN["variation"]["added"]]:
        assert row["objective"] in objectives, row["ref"]
        assert row["party"] in PLAN["parties"], row["ref"]


def test_the_variation_changes_what_was_there_and_says_why():
    variation, first = PLAN["variation"], stated(1)
    for kind in ("changed", "removed"):
        assert all(row["ref"] in first for row in variation[kind])
    assert not {row["ref"] for row in variation["added"]} & first.keys()
    assert all(row["text"] != first[row["ref"]]["text"] for row in variation["changed"])
    assert all(row["reason"] for kind in variation.values() for row in kind)


def test_the_dates_of_a_version_follow_the_law():
    for row in PLAN["versions"]:
        order = [row[key] for key in ("drafted", "to_panel", "panel_reported", "adopted")]
        assert order == sorted(order)
        assert order[-1] <= TODAY
        for asked in (c for c in PLAN["consultation"] if c["version"] == row["number"]):
            assert row["drafted"] <= asked["starts"] <= asked["ends"] < row["to_panel"]


def test_measures_of_commitments_are_defined_and_have_figures():
    defined = {measure.id for measure in definitions.load()}
    linked = {ref: set(row.get("measures", ())) for ref, row in stated(2).items()}
    assert sum(bool(measures) for measures in linked.values()) >= 20
    assert set().union(*linked.values()) <= defined & WITH_FIGURES


def test_the_library_knows_the_four_objectives_by_their_other_name():
    named = {measure.plan_objective for measure in definitions.load()} - {None}
    assert named == {row["also_called"] for row in PLAN["objectives"]}


# The register of meetings


def test_the_register_of_meetings():
    assert 30 <= len(FORUM_NAMES) == len(set(FORUM_NAMES)) <= 40
    keys = {row["key"] for row in PLAN["objectives"]} | {"all"}
    assert {row["objective"] for row in FORUMS["forums"]} == keys
    assert {row["body"] for row in FORUMS["forums"]} <= SLUGS
    assert all(row["notes_published"] for row in FORUMS["forums"] if row["public"])


# The three action plans


def test_the_delivery_plan_has_every_commitment_as_the_plan_words_it():
    found = {row[0]: row[1] for row in body_rows("delivery-plan") if row[0]}
    assert found.keys() == stated(2).keys()
    for ref, row in stated(2).items():
        assert found[ref].split(" (Cross reference")[0] == row["text"]


def test_the_delivery_plan_has_about_ninety_activities_each_with_a_reference_of_its_own():
    rows = body_rows("delivery-plan")
    assert 85 <= sum(bool(row[2]) for row in rows) <= 100
    refs = [ref for row in rows for ref in OWN_REF.findall(row[2])]
    assert len(refs) == len(set(refs)) >= 85


def test_an_activity_stands_under_the_commitment_of_its_reference():
    current = ""
    for row in body_rows("delivery-plan"):
        current = row[0] or current
        for ref in OWN_REF.findall(row[2]):
            assert ref.rpartition(".")[0].replace(".", "") == current.replace(".", "")


def test_the_delivery_plan_names_no_owner_date_or_rating():
    assert grid("delivery-plan")[0] == [
        "Ref", "Plan commitment", "Supporting activity", "Progress update", "Oversight mechanism",
    ]  # fmt: skip


def test_every_oversight_mechanism_is_a_forum_or_a_known_way():
    known = {*FORUM_NAMES, *FORUMS["mechanisms"]}
    for row in body_rows("delivery-plan"):
        assert set(row[4].split("\n")) - {""} <= known, row[4]


def test_cross_references_lead_to_a_commitment():
    text = "\n".join(cell for row in grid("delivery-plan") for cell in row)
    phrases = re.findall(r"Cross reference to ([^\n)]+)", text)
    assert len(phrases) >= 5
    for phrase in phrases:
        assert {part.strip() for part in phrase.split(" and ")} <= stated(2).keys()


def test_the_charter_has_36_actions_under_six_strands():
    rows = body_rows("charter")
    assert [row[0] for row in rows] == [str(n) for n in range(1, 37)]
    assert {row[4] for row in rows} == {"A", "R", ""}
    assert sum(bool(row[0]) and not any(row[1:]) for row in grid("charter")) == 6


def test_the_engagement_plan_has_twenty_rows_and_leaves_a_repeated_aim_blank():
    rows = body_rows("engagement")
    assert [row[0] for row in rows] == [f"CE{n}" for n in range(1, 21)]
    assert 5 <= sum(bool(row[1]) for row in rows) < 12
    kinds = {kind for row in rows for kind in re.split(r" and ", row[3].lower())}
    assert kinds == {"inform", "consult", "involve"}


def from_excel(name: str) -> list[list[str]]:
    sheet = openpyxl.load_workbook(OFFICE / f"{name}.xlsx").active
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


def from_word(name: str) -> list[list[str]]:
    """What each cell of the table says, and nothing where it is merged into the one before."""
    (table,) = docx.Document(OFFICE / f"{name}.docx").tables
    rows = []
    for row in table._tbl.tr_lst:
        cells = []
        for cell in row.tc_lst:
            properties = cell.tcPr
            down = properties.find(qn("w:vMerge"))
            continued = down is not None and down.get(qn("w:val")) != "restart"
            words = docx.table._Cell(cell, table).text
            cells += ["" if continued else words, *[""] * (cell.grid_span - 1)]
            assert not (continued and words)
        rows.append(cells)
    return rows


@pytest.mark.parametrize("name", COPIED)
def test_the_three_copies_say_the_same(name):
    assert from_excel(name) == grid(name)
    assert from_word(name) == grid(name)


@pytest.mark.parametrize("name", COPIED)
def test_cells_are_merged_as_a_person_would(name):
    sheet = openpyxl.load_workbook(OFFICE / f"{name}.xlsx").active
    across = [m for m in sheet.merged_cells.ranges if m.min_row == m.max_row]
    down = [m for m in sheet.merged_cells.ranges if m.min_col == m.max_col]
    assert len(across) == sum(bool(row[0]) and not any(row[1:]) for row in grid(name))
    assert bool(down) == (name != "charter")


def test_the_copies_are_made_with_the_same_bytes_each_time(tmp_path):
    for file in (*OFFICE.glob("*.csv"), OFFICE / "make_examples.py"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    subprocess.run([sys.executable, tmp_path / "make_examples.py"], check=True)
    for name in COPIED:
        for kind in ("xlsx", "docx"):
            kept, made = OFFICE / f"{name}.{kind}", tmp_path / f"{name}.{kind}"
            assert kept.read_bytes() == made.read_bytes(), (
                f"run make_examples.py again: {kept.name}"
            )


# Nobody is named


CONTACT = re.compile(
    r"\d{5}\s?\d{5,6}|\b0\d{9,10}\b|@(?!\w+\.example\b)|\.pnn\b|\.gov\.uk|\.police\.uk"
)
RANKED = re.compile(
    r"\b(?:DCC|ACC|Supt|C/Supt|CI|Insp|PC|Sgt|Cllr|Councillor|Mr|Mrs|Ms|Dr)\.? [A-Z][a-z]+"
)


@pytest.mark.parametrize("path", sorted(OFFICE.glob("*.*")), ids=lambda path: path.name)
def test_no_name_and_no_contact_detail(path):
    if path.suffix in {".toml", ".csv", ".md"}:
        text = path.read_text(encoding="utf-8")
        assert not CONTACT.findall(text)
        assert not RANKED.findall(text)
