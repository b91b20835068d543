"""The sentences of the pages, held to the spec tables, and the grammar they rest on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frankpledge.reporting import grammar, sentences
from frankpledge.reporting.sentences import Change, Subject
from spec.spec_table import number, spec_table

ROOT = Path(__file__).parents[2]
JUNE = date(2022, 6, 1)
CHANGES = spec_table("sentences/changes")
STATES = spec_table("sentences/states")


@pytest.mark.parametrize("row", CHANGES, ids=lambda r: r["case"])
def test_two_figures_are_compared_in_plain_words(row):
    subject = Subject("Anything", row["unit"])
    change = Change(
        number(row["then"]),
        number(row["difference"]),
        number(row["per cent"]),
        number(row["points"]),
        row["small base"] == "yes",
    )
    said = "" if row["said"] == "-" else row["said"]
    assert sentences.difference(subject, change, "in May") == said


@pytest.mark.parametrize("row", STATES, ids=lambda r: f"{r['title']} {r['crossing']}")
def test_the_first_sentence_says_whether_a_figure_is_out_of_line(row):
    subject = Subject(row["title"], "count", one="offence", many="offences")
    crossing = None if row["crossing"] == "-" else row["crossing"]
    said = sentences.state(
        subject, JUNE, float(row["value"]), crossing, number(row["lower"]), number(row["upper"]),
        int(row["months running"]), None if row["note"] == "-" else row["note"],
    )  # fmt: skip
    assert said == row["said"]


def test_the_example_of_the_house_reads_as_it_should():
    subject = Subject("Shoplifting", "count", one="offence", many="offences")
    said = sentences.changes(
        subject,
        JUNE,
        Change(568.0, 68.0, 11.971830985915492),
        Change(455.0, 181.0, 39.78021978021978),
    )
    assert said == "That is 68 (12.0%) more than in May and 181 (39.8%) more than in June 2021."


def test_totals_are_said_with_their_months():
    subject = Subject("Shoplifting", "count", one="offence", many="offences")
    change = Change(1398.0, 399.0, 28.540772532188842)
    assert sentences.year_to_date(subject, JUNE, 1797.0, change) == (
        "From April to June 2022 there were 1,797 offences, 399 (28.5%) more than in the same months"
        " of the year before."
    )
    assert sentences.rolling(subject, JUNE, 1.0, Change(None)) == (
        "Over the 12 months to June 2022 there was 1 offence."
    )
    assert sentences.year_to_date(subject, JUNE, None, change) == ""


def test_what_is_not_known_is_said_with_the_newest_figure():
    subject = Subject("Crimes recorded in time", "percentage")
    assert sentences.without_figure(
        subject, JUNE, "not available", "not reported", date(2022, 5, 1), 89.0
    ) == (
        "Crimes recorded in time: not available for June 2022."
        " The newest figure, for May 2022, is 89%."
    )


def test_the_list_of_exceptions_agrees_in_number():
    assert sentences.outside_list(JUNE, ["shoplifting"], [], 3, "the force's") == (
        "Shoplifting was above the expected range in June 2022."
    )
    assert sentences.outside_list(JUNE, ["rape", "robbery"], ["arson"], 9, "the force's") == (
        "Rape and robbery were above the expected range; arson was below the expected range in June"
        " 2022."
    )
    assert sentences.outside_list(JUNE, [], [], 24, "the force's") == (
        "None of the force's 24 volumes was outside its expected range in June 2022."
    )


def test_what_was_not_judged_is_not_said_to_be_within():
    def said(judged, unjudged):
        return sentences.outside_list(JUNE, [], [], judged, "Telford's", unjudged)

    assert said(1, 0) == (
        "Telford's one volume that could be judged was within its expected range in June 2022."
    )
    assert said(1, 3) == (
        "Telford's one volume that could be judged was within its expected range in June 2022;"
        " 3 were not judged."
    )
    assert said(4, 1) == (
        "None of Telford's 4 volumes that could be judged was outside its expected range in June"
        " 2022; 1 was not judged."
    )
    assert said(0, 5) == "None of Telford's 5 volumes could be judged in June 2022."
    assert sentences.outside_list(JUNE, ["rape"], [], 2, "Telford's", 2) == (
        "Rape was above the expected range in June 2022; 2 were not judged."
    )


def test_a_projection_from_a_short_history_says_how_such_ranges_held():
    subject = Subject("Shoplifting", "count")

    def said(months):
        return sentences.projected(subject, JUNE, 600.0, 540.0, 660.0, months)

    assert said(23).endswith(
        "8 times in 10 it would lie between 540 and 660."
        " With so short a history such ranges have held about 7 times in 10."
    )
    assert said(24).endswith("it would lie between 540 and 660.")
    page = (ROOT / "docs/methods/likelihood.md").read_text(encoding="utf-8")
    forces = page.split("<!-- transfer-coverage-force-areas -->")[1]
    row = next(line for line in forces.splitlines() if line.startswith("| 12 to 23 months"))
    assert round(float(row.split("|")[4]) / 10) == 7


def test_flags_by_chance_are_said_before_the_list():
    assert sentences.by_chance(14.68, 158, 28) == (
        "Of 158 series judged, 28 lie outside their limits. About 15 would do so by chance if nothing"
        " were going on anywhere."
    )
    assert sentences.by_chance(None, 0, 0) == ""
    assert sentences.by_chance(0.3, 2, 1) == (
        "Of 2 series judged, 1 lies outside their limits. Fewer than 1 would do so by chance if"
        " nothing were going on anywhere."
    )


def test_strong_marks_are_worth_what_the_simulation_of_their_limits_found():
    assert sentences.false_share("expected", 0.1) == (
        "In the long run at most 10% of the flags marked strong are false."
    )
    for method in ("fixed year", "xmr"):
        said = sentences.false_share(method, 0.1)
        assert "at most" not in said
        assert "12% to 23%" in said
        assert "no proof" in said


def test_the_false_share_of_fixed_year_limits_is_that_of_the_method_page():
    page = (ROOT / "docs/methods/limits.md").read_text(encoding="utf-8")
    packs = page.split("<!-- table: packs -->")[1].split("<!-- end of table -->")[0]
    rows = [line.split("|")[8] for line in packs.splitlines() if "±" in line]
    shares = [float(cell.split("%")[0]) for cell in rows]
    assert len(shares) == 18
    assert (round(min(shares)), round(max(shares))) == sentences.FALSE_SHARE_OF_FIXED_YEAR


@pytest.mark.parametrize(
    ("title", "plural"),
    [
        ("Shoplifting", False),
        ("Vehicle offences", True),
        ("Theft from person", False),
        ("Miscellaneous crimes against society", True),
        ("Possession of weapons", False),
        ("Freedom of information requests answered in time", False),
        ("999 calls answered within 10 seconds", True),
        ("People killed", True),
        ("Sickness", False),
        ("Officer-in-charge workflows", True),
        ("Drug-related homicides and county lines", True),
        ("Alcohol-related crime", False),
        ("People seriously injured on the roads", True),
        ("Active organised crime groups", True),
        ("Managed offenders suspected of a new offence", True),
        ("Hate crimes and crimed incidents", True),
        ("Complaints upheld", True),
        ("Digital work packages still open", True),
        ("Child at risk", False),
        ("Satisfaction of burglary victims", False),
    ],
)
def test_a_title_is_one_thing_or_several(title, plural):
    assert grammar.is_plural(title) is plural


@pytest.mark.parametrize(
    ("things", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_are_joined_as_people_join_them(things, said):
    assert grammar.listed(things) == said


@pytest.mark.parametrize(
    ("number_", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (8, "8th"), (11, "11th"), (21, "21st"), (112, "112th")],
)
def test_ordinals(number_, said):
    assert grammar.ordinal(number_) == said


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Shoplifting", "shoplifting"),
        ("FOI requests answered", "FOI requests answered"),
        ("999 calls", "999 calls"),
        ("Victims' Code", "victims' Code"),
    ],
)
def test_a_title_inside_a_sentence(title, inside):
    assert grammar.lowered(title) == inside


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (date(2022, 4, 1), "April 2022"),
        (date(2022, 6, 1), "April to June 2022"),
        (date(2023, 1, 1), "April 2022 to January 2023"),
    ],
)
def test_the_year_to_date_has_a_name(month, said):
    assert grammar.year_to_date_name(month) == said


def test_two_windows_are_told_apart_by_the_months_they_do_not_share():
    june = date(2022, 6, 1)
    assert sentences.windows(june, 73.04, 75.12, -2.08, 0.0123) == (
        "The 12 months to June 2022 stood at 73.0%, against 75.1% for the 12 to March 2022"
        " (−2.1 points). Tested on the months that the two do not share, the difference is more than"
        " chance would give (p 0.012)."
    )
    assert "may well be chance (p 0.40)." in sentences.windows(june, 73.0, 72.0, 1.0, 0.4)
    assert "Too few answers" in sentences.windows(june, 73.0, 72.0, 1.0, None)
