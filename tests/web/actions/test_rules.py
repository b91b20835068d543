"""The rules of dues, standing, references and sharing, as small tables."""

from __future__ import annotations

from datetime import date

import pytest

from frankpledge.web.actions.rules import (
    Due,
    Standing,
    Wanting,
    end_of_quarter,
    is_due_soon,
    is_late,
    is_overdue,
    is_stale,
    quiet_since,
    references_in,
    same_reference,
    stale_from,
    why_due_soon,
    why_overdue,
    why_stale,
)
from frankpledge.web.actions.rules.sharing import is_no_wider

TODAY = date(2022, 7, 22)

OVERDUE = (
    # status, due_on, overdue
    ("in_progress", date(2022, 7, 21), True),
    ("in_progress", date(2022, 7, 22), False),  # its last day is still a day to do it on
    ("not_started", date(2022, 6, 30), True),
    ("absent", date(2022, 6, 30), True),
    ("in_progress", None, False),  # ongoing, or not said
    ("done", date(2022, 6, 30), False),
    ("closed", date(2022, 6, 30), False),
    ("withdrawn", date(2022, 6, 30), False),
)


@pytest.mark.parametrize(("status", "due_on", "expected"), OVERDUE)
def test_an_action_is_overdue_once_its_last_day_has_passed_and_it_is_not_finished(
    status, due_on, expected
):
    it = Standing(status, due_on)
    assert is_overdue(it, TODAY) is expected
    assert bool(why_overdue(it, TODAY)) is expected


def test_overdue_says_its_working():
    assert why_overdue(Standing("in_progress", date(2022, 6, 30)), TODAY) == (
        "It was due by 30 June 2022, 22 days ago."
    )
    assert why_overdue(Standing("in_progress", date(2022, 7, 21)), TODAY).endswith("1 day ago.")


DUES = (
    # due, last day, said
    (Due.by(date(2022, 6, 14)), date(2022, 6, 14), "14 June 2022"),
    (Due.in_month(2022, 2), date(2022, 2, 28), "February 2022"),
    (Due.in_month(2024, 2), date(2024, 2, 29), "February 2024"),
    (Due.in_month(2022, 12), date(2022, 12, 31), "December 2022"),
    (Due.in_quarter(2022, 1), date(2022, 6, 30), "Quarter 1 of 2022/23"),
    (Due.in_quarter(2022, 2), date(2022, 9, 30), "Quarter 2 of 2022/23"),
    (Due.in_quarter(2022, 3), date(2022, 12, 31), "Quarter 3 of 2022/23"),
    (Due.in_quarter(2022, 4), date(2023, 3, 31), "Quarter 4 of 2022/23"),
    (Due.ongoing(), None, "Ongoing"),
    (Due(), None, "Not said"),
)


@pytest.mark.parametrize(("due", "last_day", "said"), DUES)
def test_a_month_and_a_quarter_end_on_their_last_day(due, last_day, said):
    assert (due.on, due.say()) == (last_day, said)


def test_a_due_without_its_day_or_with_one_too_many_is_refused():
    with pytest.raises(ValueError, match="do not go together"):
        Due("month")
    with pytest.raises(ValueError, match="do not go together"):
        Due("ongoing", TODAY)
    with pytest.raises(ValueError, match="no quarter 5"):
        end_of_quarter(2022, 5)


QUIET = (
    # added, starts, heard, quiet since
    (date(2022, 3, 1), None, None, date(2022, 3, 1)),
    (date(2022, 3, 1), date(2022, 5, 1), None, date(2022, 5, 1)),
    (date(2022, 3, 1), date(2021, 5, 1), None, date(2022, 3, 1)),
    (date(2022, 3, 1), date(2022, 5, 1), date(2022, 4, 1), date(2022, 4, 1)),
    (date(2022, 3, 1), None, date(2022, 2, 1), date(2022, 2, 1)),
)


@pytest.mark.parametrize(("added", "starts", "heard", "since"), QUIET)
def test_silence_counts_from_the_latest_update_or_the_beginning(added, starts, heard, since):
    assert quiet_since(added, starts, heard) == since


STALE = (
    # quiet since, days allowed, promised, first stale day
    (date(2022, 3, 1), 90, None, date(2022, 5, 31)),
    (date(2022, 3, 1), 1, None, date(2022, 3, 3)),
    (date(2022, 3, 1), 90, date(2022, 4, 14), date(2022, 4, 15)),
    (date(2022, 3, 1), 90, date(2022, 12, 1), date(2022, 5, 31)),
)


@pytest.mark.parametrize(("quiet", "allowed", "promised", "first"), STALE)
def test_an_action_is_stale_after_long_silence_or_a_broken_promise(quiet, allowed, promised, first):
    assert stale_from(quiet, allowed, promised) == first
    it = Standing("in_progress", None, first, promised, quiet)
    assert is_stale(it, first)
    assert not is_stale(it, date.fromordinal(first.toordinal() - 1))
    assert not is_stale(Standing("done", None, first, promised, quiet), first)


def test_an_ongoing_action_is_never_overdue_and_can_be_stale():
    it = Standing("in_progress", None, date(2022, 6, 1), None, date(2022, 3, 1))
    assert not is_overdue(it, TODAY)
    assert is_stale(it, TODAY)


def test_stale_says_which_of_the_two_it_is():
    silent = Standing("in_progress", None, date(2022, 5, 31), None, date(2022, 3, 1))
    assert why_stale(silent, TODAY) == "Nothing has been heard since 1 March 2022, 143 days ago."
    promised = Standing("in_progress", None, date(2022, 7, 15), date(2022, 7, 14), date(2022, 7, 1))
    assert why_stale(promised, TODAY) == "An update was promised by 14 July 2022, 8 days ago."


SOON = ((-1, False), (0, True), (1, True), (14, True), (15, False))


@pytest.mark.parametrize(("ahead", "expected"), SOON)
def test_due_soon_is_today_and_the_next_14_days(ahead, expected):
    it = Standing("in_progress", date.fromordinal(TODAY.toordinal() + ahead))
    assert is_due_soon(it, TODAY) is expected
    assert bool(why_due_soon(it, TODAY)) is expected
    assert not is_due_soon(Standing("done", it.due_on), TODAY)


def test_late_is_what_was_done_after_its_last_day():
    assert is_late(Standing("done", date(2022, 6, 30), done_on=date(2022, 7, 1)))
    assert not is_late(Standing("done", date(2022, 6, 30), done_on=date(2022, 6, 30)))
    assert not is_late(Standing("done", date(2022, 6, 30)))  # nobody said when
    assert not is_late(Standing("done", None, done_on=date(2022, 7, 1)))


WANTED = (
    # status, has owner, due kind, has rating, is rated, wanting
    ("in_progress", True, "date", True, True, ()),
    ("in_progress", False, "absent", False, True, (Wanting.OWNER, Wanting.DUE, Wanting.RAG)),
    ("in_progress", True, "ongoing", False, False, ()),  # a list without a scheme wants no rating
    ("done", False, "absent", False, True, ()),
)


@pytest.mark.parametrize(("status", "owner", "due", "rag", "rated", "wanting"), WANTED)
def test_what_is_absent_is_wanting_while_the_action_is_under_way(
    status, owner, due, rag, rated, wanting
):
    found = Wanting.of(status, has_owner=owner, due_kind=due, has_rag=rag, is_rated=rated)
    assert found == wanting


REFERENCES = (
    ("Cross reference to 3.4", ["3.4"]),
    ("(Cross reference: 1.2 2.1.2)", ["1.2", "2.1.2"]),
    ("Cross reference: 1.2 & 2.1.2", ["1.2", "2.1.2"]),
    ("Refer to 3.1 - 3.4", ["3.1", "3.2", "3.3", "3.4"]),
    ("Refer to 2.2-2.4", ["2.2", "2.3", "2.4"]),
    ("See B4. Teams share offices in three towns.", ["B4"]),
    ("Cross reference to A3 (the board and A4(the assessment)", ["A3", "A4"]),
    ("Refer to D2 and D5, then to D2 again; see D5", ["D2", "D5"]),
    ("see A.3 and a4", ["A.3", "a4"]),
    ("See action 12", ["12"]),
    ("see 12 people", []),
    ("See it on 3.4", []),
    ("Nothing to see", []),
)


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_references_are_read_as_documents_write_them(text, expected):
    assert [found.reference for found in references_in(text)] == expected


def test_a_reference_keeps_the_words_it_stands_in():
    assert references_in("All of it. (Cross reference to 3.4)")[0].words == "Cross reference to 3.4"


def test_references_that_differ_in_brackets_and_stops_are_the_same():
    assert same_reference("A.3", "(a3)")
    assert not same_reference("A.3", "A.31")


SHARED = (
    # kind of body, the action, its list, whether it may be
    ("office", "public", "public", True),
    ("office", "public", "panel", False),
    ("office", "panel", "panel", True),
    ("office", "office", "panel", True),
    ("office", "force", "panel", False),
    ("office", "panel", "office", False),
    ("office", "named", "office", True),
    ("office", "office", "named", False),
    ("force", "office", "panel", True),
    ("panel", "force", "office", False),
)


@pytest.mark.parametrize(("kind", "action_is", "list_is", "expected"), SHARED)
def test_an_action_is_shared_no_wider_than_its_list(kind, action_is, list_is, expected):
    assert is_no_wider(kind, action_is, list_is) is expected
