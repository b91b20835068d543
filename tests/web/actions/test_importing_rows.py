"""Which rows of a table are actions, and what their words mean."""

from __future__ import annotations

from datetime import date

import pytest

from frankpledge.intake import open_upload, tables_in
from frankpledge.web.actions.importing.formats import FORMATS, KNOWN_NAMES, guess
from frankpledge.web.actions.importing.reading import Kind, read_rows
from frankpledge.web.actions.importing.understanding import (
    Reading,
    propose_rating,
    propose_status,
    told_twice,
    understand,
)
from frankpledge.web.actions.rules.dues import Due
from tests.web.actions.importing import FORMS, as_csv, example

HOW = Reading(date(2022, 6, 30), date(2022, 7, 22), {"A": 2}, {"Complete": "done"}, {})
EXPECTED = {"delivery-plan": ("delivery_plan", 96), "charter": ("charter", 36), "engagement": ("engagement", 20)}  # fmt: skip


def read(data: bytes, name: str = "plan.csv"):
    tables = tables_in(open_upload(data, name), known=KNOWN_NAMES)
    taken = guess(tables[0].header)
    rows = read_rows(tables, taken.format, taken.proposal.mapping)
    return taken.format, rows, [row for row in rows if row.kind is Kind.ACTION]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_three_forms_of_a_plan_are_read_alike(name):
    seen = []
    for form in FORMS:
        fmt, _, actions = read(example(f"{name}.{form}"), f"{name}.{form}")
        assert (fmt.key, len(actions)) == EXPECTED[name]
        seen.append(
            [(a.number, a.reference, a.also, a.heading, a.texts, a.goes_on) for a in actions]
        )
    assert seen[0] == seen[1] == seen[2]


def test_an_aim_stands_once_and_a_new_one_does_not_take_the_action_above():
    _, _, actions = read(as_csv(
        "Action number,Aim,Action,Type of engagement,Details",
        "CE1,Be known,Write guides,Inform,A leaflet",
        "CE2,,,Inform,A column",
        "CE3,as above,Tell the press,Inform,Releases",
        "CE4,Be asked,,Consult,Days out",
    ))  # fmt: skip
    assert [(a.texts["aim"], a.texts["what"]) for a in actions] == [
        ("Be known", "Write guides"),
        ("Be known", "Write guides"),
        ("Be known", "Tell the press"),
        ("Be asked", ""),
    ]


DELIVERY = "Ref,Plan commitment,Supporting activity,Progress update,Oversight mechanism"


def test_a_row_goes_on_with_the_activity_above_and_never_over_a_heading():
    _, rows, actions = read(as_csv(
        DELIVERY,
        "A.1,Publish,(A1.1) Consult,Begun.,A board",
        ",,,More is to come.,",
        "OTHER THINGS,,,,",
        ",,,Whose is this?,",
        "A.2,Ask,(A2.1) Interview,,",
    ))  # fmt: skip
    assert [row.kind for row in rows] == [
        Kind.ACTION, Kind.CONTINUED, Kind.HEADING, Kind.LEFT, Kind.ACTION,
    ]  # fmt: skip
    assert actions[0].texts["updates"] == "Begun.\nMore is to come."
    assert actions[0].goes_on == [3]


@pytest.mark.parametrize(
    ("words", "reference", "also", "what"),
    [
        ("(A4.5) Decide whether", "A4.5", (), "Decide whether"),
        ("( 2.3.1 ) Score", "2.3.1", (), "Score"),
        ("(2.3.1) Score\n(2.3.2) Train", "2.3.1", ("2.3.2",), "(2.3.1) Score\n(2.3.2) Train"),
        ("Decide (see (2.3.1)) whether", "9.9", (), "Decide (see (2.3.1)) whether"),
        ("(1) Shorten\n(2) Visit", "9.9", (), "(1) Shorten\n(2) Visit"),
        ("Publish", "9.9", (), "Publish"),
    ],
)
def test_references_stand_inside_an_activity(words, reference, also, what):
    _, _, actions = read(as_csv(DELIVERY, f'9.9,Promise,"{words}",,', "9.8,Other,x,,"))
    assert (actions[0].reference, actions[0].also, actions[0].texts["what"]) == (
        reference,
        also,
        what,
    )


def test_a_commitment_that_only_refers_elsewhere_is_no_activity():
    _, rows, _ = read(as_csv(DELIVERY, "C.1,Oversee,,Cross reference to 3.1,", "C.2,Watch,,,", "C.3,Lead,(C3.1) Agree,,"))  # fmt: skip
    assert [(row.kind, row.why) for row in rows[:2]] == [
        (Kind.CROSS_REFERENCE, "Commitment C.1 refers to 3.1."),
        (Kind.LEFT, "It has a commitment and no activity."),
    ]


CHARTER = "#,Recommendation,Owner/s,Date,RAG,Update,Status"


def understood(row: str):
    fmt, _, actions = read(as_csv(CHARTER, row, "99,Other,,,,,"))
    return understand(actions[0], fmt, HOW)


@pytest.mark.parametrize(
    ("words", "due", "starts", "tells"),
    [
        ("Oct 22", Due("month", date(2022, 10, 31), "Oct 22"), None, False),
        ("Q3 2022/23", Due("quarter", date(2022, 12, 31), "Q3 2022/23"), None, False),
        ("Start Nov 22, complete by Jan 23", Due("month", date(2023, 1, 31), "Start Nov 22, complete by Jan 23"), date(2022, 11, 1), False),
        ("Ongoing", Due("ongoing", None, "Ongoing"), None, False),
        ("TBC", Due("absent", None, "TBC"), None, False),
        ("", Due(), None, False),
        ("Commence Nov 22", Due("absent", None, "Commence Nov 22"), date(2022, 11, 1), True),
    ],
)  # fmt: skip
def test_by_when(words, due, starts, tells):
    it = understood(f'1,Do,,"{words}",,,')
    assert (it.due, it.starts) == (due, starts)
    assert any("The words are kept" in told for told in it.told) is tells


def test_the_first_owner_answers_and_each_line_is_one():
    it = understood('1,Do,"Chief inspectors, safer neighbourhood teams\n\nEstates\nEstates",,,,')
    assert it.owners == ("Chief inspectors, safer neighbourhood teams", "Estates")


def test_updates_are_of_their_own_day_or_of_the_files():
    it = understood('1,Do,,,,"Begun.\n290622 - Bought.\n310622 - Lost.\n010922 - To come.",')
    assert [(said.dated, said.text) for said in it.updates] == [
        (date(2022, 6, 30), "Begun."),
        (date(2022, 6, 29), "Bought."),
        (date(2022, 6, 30), "310622 - Lost."),
        (date(2022, 6, 30), "(1 September 2022) To come."),
    ]
    assert it.told == [
        "310622 is no date (day, month, year). It is kept in the update's words.",
        "An update is dated 1 September 2022, which has not come. It is kept with that in its words.",
    ]


def test_a_rating_and_a_status_that_are_none_of_ours_are_kept_in_words():
    it = understood("1,Do,,,Mauve,,On hold")
    assert (it.rag, it.status) == (None, "")
    assert it.particulars == {"rating": "Mauve", "status": "On hold"}
    it = understood("1,Do,,,A,,Complete")
    assert (it.rag, it.status, it.particulars, it.told) == (2, "done", {}, [])
    assert understood("1,Do,,,n/a,,").told == []


def test_a_reference_that_comes_twice_is_told_with_both_rows():
    fmt, _, actions = read(as_csv(CHARTER, "A.1,Do,,,,,", "a1,Do it,,,,,"))
    both = [(row, understand(row, fmt, HOW)) for row in actions]
    told_twice(both, fmt, HOW)
    assert both[0][1].problems == []
    assert [str(p).split(" Give")[0] for p in both[1][1].problems] == [
        "Row 3: The reference a1 stands in row 2 too."
    ]


MEANINGS = {1: ("green", "Green"), 2: ("a", "Amber"), 3: ("red", "Not on course"), 4: ("x", "Blue")}


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("A", 2), ("amber", 2), ("Not on course", 3), ("R", 3), ("G", 1), ("Complete", 4), ("A/G", None), ("Mauve", None)],
)  # fmt: skip
def test_a_files_rating_is_proposed_from_the_lists_own(word, meaning):
    assert propose_rating(word, MEANINGS) == meaning


@pytest.mark.parametrize(
    ("word", "status"), [("In  Progress", "in_progress"), ("Complete", "done"), ("On hold", "")]
)
def test_a_files_status_is_proposed(word, status):
    assert propose_status(word) == status


def test_every_kind_of_plan_knows_what_it_cannot_do_without():
    assert {fmt.key: [f.name for f in fmt.fields if f.needed] for fmt in FORMATS.values()} == {
        "delivery_plan": ["commitment", "what"],
        "charter": ["reference", "what"],
        "engagement": ["reference", "what"],
        "full": ["reference", "what"],
    }


@pytest.mark.parametrize(
    "header", [("measure", "area", "month", "value"), ("Name", "Council", "Party"), ("", "", "")]
)
def test_a_table_of_something_else_is_not_taken_for_actions(header):
    assert not guess(header).looks_right
