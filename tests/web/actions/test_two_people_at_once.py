"""Two people who write at the same moment lose nothing."""

from __future__ import annotations

import threading

import pytest
from django.db import connections

from frankpledge.web.actions.acts import Wanted, make_extract, update_action, update_actions
from frankpledge.web.actions.acts.refusing import NotAsAskedError, SeveralProblemsError
from frankpledge.web.actions.models import ActionUpdate, ExtractedUpdate
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.verifying import verify_chain
from tests.web.actions.making import an_action, days

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """What each gives or is refused with, done from two threads that start together."""
    start, told = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        start.wait()
        try:
            told[number] = deed()
        except Exception as refused:
            told[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return told


def test_of_two_updates_at_once_one_is_kept_and_the_other_is_told_of_it(
    two_connections, people, action, owner
):
    officer = people["office_officer"]
    told = at_once(
        lambda: update_action(by=owner, action=action, seen=1, text="From the owner."),
        lambda: update_action(by=officer, action=action, seen=1, text="From the office."),
    )
    refused = [each for each in told if isinstance(each, ChangedMeanwhileError)]
    kept = ActionUpdate.objects.get()
    assert len(refused) == 1
    assert f"“{kept.text}”" in str(refused[0])
    by, text = (owner, "From the owner.") if kept.by == officer else (officer, "From the office.")
    update_action(by=by, action=action, seen=2, text=text)
    assert set(ActionUpdate.objects.values_list("text", flat=True)) == {
        "From the owner.", "From the office.",
    }  # fmt: skip
    assert verify_chain().faults == []


def test_two_who_save_the_same_rows_in_another_order_do_not_wait_for_each_other(
    two_connections, people, delivery_plan, action, owner
):
    second = an_action(people, delivery_plan, "2", owner=owner)
    officer = people["office_officer"]
    told = at_once(
        lambda: update_actions(by=owner, wanted=[Wanted(action, 1, "A"), Wanted(second, 1, "B")]),
        lambda: update_actions(by=officer, wanted=[Wanted(second, 1, "C"), Wanted(action, 1, "D")]),
    )
    refused = [each for each in told if isinstance(each, SeveralProblemsError)]
    assert len(refused) == 1
    assert set(refused[0].versions.values()) == {2}
    assert set(ActionUpdate.objects.values_list("text", flat=True)) in ({"A", "B"}, {"C", "D"})


def test_of_two_extracts_at_once_none_shows_an_update_twice(
    two_connections, people, bodies, action, owner
):
    update_action(by=owner, action=action, seen=1, text="It goes.")
    told = at_once(
        *(
            lambda by=people[role]: make_extract(by=by, panel=bodies["panel"], since=days(-1))
            for role in ("office_officer", "panel_officer")
        )
    )
    assert sum(isinstance(each, NotAsAskedError) for each in told) == 1
    assert ExtractedUpdate.objects.count() == 1
