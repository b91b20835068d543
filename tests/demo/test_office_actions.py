"""The demonstration's three action plans, their Word and Excel copies, and what is set after an import."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from office_files import (
    COPIED,
    EMAILS,
    FORUM_NAMES,
    FORUMS,
    OFFICE,
    OWN_REF,
    SLUGS,
    TODAY,
    body_rows,
    grid,
    stated,
    toml,
)

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


# What is set by hand after the import


ACTIONS = toml("actions")
LISTS = {row["key"]: row for row in ACTIONS["lists"]}
LETTERS = {row["key"]: {r["letter"] for r in row["ratings"]} for row in ACTIONS["rag_schemes"]}


def references(name: str) -> set[str]:
    """The references that an import gives: an activity's own, or else its commitment's or number."""
    if name != "delivery-plan":
        return {row[0] for row in body_rows(name)}
    return {ref for row in body_rows(name) for ref in OWN_REF.findall(row[2])}


def test_each_list_has_its_file_its_body_and_its_ratings():
    assert set(LISTS) == set(COPIED)
    for row in LISTS.values():
        assert (OFFICE / f"{row['file']}.csv").exists()
        assert row["body"] in SLUGS
        assert row.get("rag_scheme") in {*LETTERS, None}


def test_two_schemes_give_the_same_letter_its_own_meaning():
    first, second = ACTIONS["rag_schemes"]
    meanings = {r["letter"]: r["meaning"] for r in first["ratings"]}
    assert all(meanings[r["letter"]] != r["meaning"] for r in second["ratings"])


@pytest.mark.parametrize("name", ["charter", "engagement"])
def test_every_owner_in_a_file_is_somebody(name):
    says = {r["says"]: r["people"] for r in ACTIONS["owner_names"] if r["list"] == name}
    column = next(i for i, title in enumerate(grid(name)[0]) if title.startswith("Owner"))
    assert {owner for row in body_rows(name) for owner in row[column].split("\n")} == says.keys()
    assert {email for people in says.values() for email in people} <= set(EMAILS)


def test_every_status_word_in_the_engagement_plan_is_read():
    assert {row[10] for row in body_rows("engagement")} - {""} == ACTIONS["status_words"].keys()


def test_each_action_that_is_set_is_in_its_file_once_and_refers_to_people():
    keys = [(row["list"], row["ref"]) for row in ACTIONS["actions"]]
    assert len(keys) == len(set(keys))
    for row in ACTIONS["actions"]:
        assert row["ref"] in references(row["list"]), row["ref"]
        assert set(row.get("owners", ())) <= set(EMAILS), row["ref"]
        assert len(row.get("owners", ())) == len(set(row.get("owners", ())))
        assert not ("due" in row and "due_words" in row)


def test_updates_stand_in_order_between_the_start_and_today():
    for row in ACTIONS["actions"]:
        updates = row.get("updates", [])
        days = [update["on"] for update in updates]
        assert days == sorted(set(days)), row["ref"]
        assert all(row.get("starts", date.min) <= day <= TODAY for day in days), row["ref"]
        for update in updates:
            assert update["by"] in EMAILS, row["ref"]
            assert update["rag"] in LETTERS[LISTS[row["list"]]["rag_scheme"]]
        assert len(updates) <= 3


def test_what_is_done_says_so_in_blue_with_evidence_and_awaits_nothing():
    for row in ACTIONS["actions"]:
        last = row.get("updates", [{}])[-1]
        assert (row["status"] == "done") == (last.get("rag") == "B"), row["ref"]
        if row["status"] == "done":
            assert last["evidence"]
            assert "next_update_due" not in row


def test_some_actions_are_overdue_some_stale_some_done():
    set_here = [row for row in ACTIONS["actions"] if row["list"] == "delivery-plan"]
    open_ = [row for row in set_here if row["status"] != "done"]
    assert 40 <= len(set_here) <= 60
    assert len(set_here) - len(open_) >= 5
    assert sum(row.get("due", date.max) < TODAY for row in open_) >= 8
    assert sum(row["next_update_due"] < TODAY for row in open_) >= 8
    assert sum(row.get("due", date.max) >= TODAY for row in open_) >= 15
