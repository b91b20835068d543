"""Columns are offered for fields with a reason; nothing is taken twice, and a tie is left open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from frankpledge.intake.mapping import Reason, Wanted, problems_of, propose

FIELDS = (
    Wanted("reference", "Reference", ("ref", "#", "number", "action number")),
    Wanted("what", "What is to be done", ("action", "recommendation", "activity"), needed=True),
    Wanted("owner", "Owner", ("owners", "lead", "who")),
    Wanted("due", "Due", ("date", "timescale", "by when")),
    Wanted("rag", "RAG", ("status", "rating")),
    Wanted("kind", "Type of engagement"),
)


def test_the_names_of_a_charter_and_of_an_engagement_plan_are_told():
    assert propose(("#", "Charter Recommendation", "Owner/s", "Date", "RAG"), FIELDS).mapping == {
        0: "reference",
        1: "what",
        2: "owner",
        3: "due",
        4: "rag",
    }
    found = propose(
        ("Action\nnumber", "Action", "Type of Engagem ent", "t Stat us", "Timescale"), FIELDS
    )
    assert found.mapping == {0: "reference", 1: "what", 2: "kind", 3: "rag", 4: "due"}
    assert [match.reason for match in found.matches] == [
        Reason.SYNONYM,
        Reason.SYNONYM,
        Reason.EXACT,
        Reason.SIMILAR,
        Reason.SYNONYM,
    ]


def test_an_exact_name_goes_before_a_synonym_wherever_it_stands():
    assert propose(("Date", "Due"), FIELDS).mapping == {1: "due"}


def test_columns_without_a_field_and_needed_fields_without_a_column_are_listed():
    proposal = propose(("Ref", "", "Weather"), FIELDS)
    assert proposal.unmapped == ((1, "column B (no name)"), (2, "Weather"))
    assert [field.name for field in proposal.missing] == ["what"]


def test_of_two_columns_as_much_alike_neither_is_taken():
    assert propose(("Owner 1", "Owner 2"), FIELDS).mapping == {}


def test_what_a_person_chose_is_checked_all_at_once():
    said = [
        str(p)
        for p in problems_of({0: "owner", 1: "owner", 9: "made up"}, ("A", "B"), FIELDS, "x.csv")
    ]
    assert len(said) == 3
    assert "What is to be done" in said[0]
    assert "Owner is chosen for more than one column: A and B." in said[1]
    assert problems_of({0: "what", 1: "owner"}, ("A", "B"), FIELDS, "x.csv") == []


NAMES = st.sampled_from(
    ["Ref", "ref", "Owner", "owners", "ownr", "Due date", "Date", "Status", "", "#", "x"]
)


@given(st.lists(NAMES, max_size=8))
def test_no_column_and_no_field_is_ever_taken_twice(header):
    proposal = propose(header, FIELDS)
    fields = [match.field.name for match in proposal.matches]
    assert len(fields) == len(set(fields))
    columns = [m.column for m in proposal.matches] + [c for c, _ in proposal.unmapped]
    assert sorted(columns) == list(range(len(header)))
