"""The demonstration's bodies, people, plan and measures agree with each other, and name nobody."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from itertools import pairwise

import pytest
from office_files import (
    BODIES,
    EMAILS,
    FIGURES_OF,
    FORUM_NAMES,
    FORUMS,
    OFFICE,
    PEOPLE,
    PLAN,
    SLUGS,
    TODAY,
    WITH_FIGURES,
    stated,
    toml,
)

from frankpledge import definitions
from printed import DEMO

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


# Measures


MEASURES = toml("measures")
AREAS = next(b["areas"] for b in BODIES["bodies"] if b["slug"] == "west-mercia-police")


def test_every_measure_of_the_scorecard_has_an_owner_who_exists():
    scorecard = [measure.id for measure in definitions.load().scorecard()]
    assert [row["id"] for row in MEASURES["measures"]] == scorecard
    owners = {row["owner"] for row in MEASURES["measures"]} | {MEASURES["otherwise"]["owner"]}
    assert owners <= set(EMAILS)


def test_what_good_looks_like_is_said_here_only_of_an_earlier_year():
    library = definitions.load()
    overdue = 0
    for row in MEASURES["measures"]:
        for good in row.get("good_looks_like", ()):
            assert good["reviewed_by"] in EMAILS
            assert good["reviewed_on"] <= TODAY
            assert ("text" in good) == (good["financial_year"] != "2022/23")
            assert library.get(row["id"]).good_looks_like is not None
            overdue += good.get("next_review", date.max) < TODAY
    assert overdue >= 2


def test_words_on_figures_pass_through_three_different_people():
    force = "West Mercia"
    for row in MEASURES["commentary"]:
        about = f"{row['measure']} {row['month']}"
        assert row["measure"] in WITH_FIGURES
        hands = [row[k] for k in ("by", "reviewed_by", "made_final_by") if k in row]
        days = [row[k] for k in ("written_on", "reviewed_on", "made_final_on") if k in row]
        assert len(hands) == len(days) == {"draft": 1, "reviewed": 2, "final": 3}[row["state"]], (
            about
        )
        assert len(set(hands)) == len(hands), about
        assert set(hands) <= set(EMAILS), about
        assert days == sorted(days), about
        assert days[-1] <= TODAY, about
        assert row["action_required"] == ("action" in row), about
        areas = [row["area"]] if "area" in row else [force, *AREAS]
        assert any((area, row["measure"], row["month"]) in FIGURES_OF for area in areas), about
    assert {row["state"] for row in MEASURES["commentary"]} == {"draft", "reviewed", "final"}


def test_no_figure_is_written_about_twice():
    keys = [(r["month"], r["measure"], r.get("area")) for r in MEASURES["commentary"]]
    final = tomllib.loads((DEMO / "commentary.toml").read_text(encoding="utf-8"))
    keys += [(final["month"], r["measure"], r.get("area")) for r in final["comments"]]
    assert len(keys) == len(set(keys))


def test_the_authors_of_the_report_are_people():
    names = {person["name"] for person in PEOPLE["people"]}
    final = tomllib.loads((DEMO / "commentary.toml").read_text(encoding="utf-8"))
    assert {row["by"] for row in final["comments"]} <= names


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
