"""The diary, the people to sign in as, and the delivery plan's two files."""

from __future__ import annotations

import csv
import io
from datetime import date

from frankpledge.web.audit.today import today
from frankpledge.web.demonstration.delivery_plan import PROGRESS, as_at_june, as_begun
from frankpledge.web.demonstration.diary import Entry, in_order, live_through
from frankpledge.web.demonstration.sign_ins import sign_ins
from frankpledge.web.organisations.roles import Role

SPRING, SUMMER = date(2022, 4, 1), date(2022, 7, 1)


def test_things_are_done_in_the_order_of_their_days_and_each_on_its_own():
    done = []
    diary = [
        Entry(SUMMER, "later", lambda: done.append(("later", today()))),
        Entry(SPRING, "first", lambda: done.append(("first", today()))),
        Entry(SPRING, "second", lambda: done.append(("second", today()))),
    ]
    told = []
    assert live_through(diary, lambda *words: told.append(words)) == 3
    assert done == [("first", SPRING), ("second", SPRING), ("later", SUMMER)]
    assert told == [(0, 3, "first"), (1, 3, "second"), (2, 3, "later")]


def test_a_step_waits_for_the_one_before_it():
    steps = [Entry(SUMMER, "written", list), Entry(SPRING, "reviewed", list)]
    assert [entry.day for entry in in_order(steps)] == [SUMMER, SUMMER]


def test_there_is_somebody_for_each_role_and_nobody_twice():
    everybody = sign_ins()
    assert [each.role for each in everybody] == [role.label for role in Role]
    assert len({each.email for each in everybody}) == len(everybody)


def test_the_delivery_plan_of_january_tells_nothing_that_came_later():
    rows = list(csv.reader(io.StringIO(as_begun().decode())))
    assert {row[PROGRESS] for row in rows if row[0] != "Ref"} == {""}
    assert "2.8" not in {row[0] for row in rows}


def test_the_delivery_plan_of_june_leaves_to_its_owners_what_they_said():
    rows = list(csv.reader(io.StringIO(as_at_june().decode())))
    progress = {row[2][:9]: row[PROGRESS] for row in rows}
    assert progress["(1.1.1) T"] == ""
    assert progress["(1.3.2) A"] == "The question is now compulsory in the recording form."
    assert "Four of seven" not in as_at_june().decode()
    assert "The other three have been asked" not in as_at_june().decode()
