"""Undoing an upload gives every figure back what it said before, and deletes nothing."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from frankpledge.analysis.series import as_known_at
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import undo_upload
from frankpledge.web.measures.models import Figure
from frankpledge.web.measures.observations import observations
from tests.web.measures.making import KNOWN, committed, uploaded, with_measures

pytestmark = pytest.mark.django_db

AUGUST = date(2022, 8, 12)


@pytest.fixture
def force(bodies):
    with_measures(bodies["force"])
    return bodies["force"]


@pytest.fixture
def analyst(people):
    return people["force_analyst"]


def said(force, day=None):
    known = as_known_at(observations(force), day)
    return {row["area"]: (row["value"], row["condition"]) for row in known.iter_rows(named=True)}


def test_what_stood_before_stands_again_and_every_revision_stays(force, analyst):
    committed(
        analyst,
        force,
        ("shoplifting", "East", "2022-06", 71),
        ("shoplifting", "West", "2022-06", 40),
    )
    wrong = committed(
        analyst, force, ("shoplifting", "East", "2022-06", 17), ("shoplifting", "Northshire", "2022-06", 111),
        known_at=AUGUST,
    )  # fmt: skip
    undone = undo_upload(by=analyst, upload=wrong, why="Digits exchanged.")
    assert undone.state == "undone"
    found = said(force)
    assert found["East"][0] == 71.0
    assert found["West"] == (40.0, "observed")
    assert found["Northshire"] == (None, "missing")
    assert Figure.objects.count() == 6
    event = Event.objects.get(verb="upload.undone")
    assert (event.why, event.was["state"], event.became["state"]) == (
        "Digits exchanged.",
        "committed",
        "undone",
    )


def test_what_was_said_meanwhile_can_still_be_told(force, analyst):
    committed(analyst, force, ("shoplifting", "East", "2022-06", 71))
    wrong = committed(analyst, force, ("shoplifting", "East", "2022-06", 17), known_at=AUGUST)
    undo_upload(by=analyst, upload=wrong, why="Wrong.")
    assert said(force, KNOWN)["East"][0] == 71.0
    assert said(force, AUGUST)["East"][0] == 17.0
    assert said(force, timezone.localdate())["East"][0] == 71.0


def test_a_withdrawn_figure_says_that_it_was(force, analyst):
    wrong = committed(analyst, force, ("shoplifting", "East", "2022-06", 17))
    undo_upload(by=analyst, upload=wrong, why="Wrong.")
    newest = Figure.objects.order_by("-number").first()
    assert (newest.reason, newest.undoes, newest.upload) == ("withdrawn", wrong, None)


def test_what_somebody_revised_since_is_left_as_they_made_it(force, analyst):
    first = committed(
        analyst,
        force,
        ("shoplifting", "East", "2022-06", 71),
        ("shoplifting", "West", "2022-06", 40),
    )
    committed(analyst, force, ("shoplifting", "East", "2022-06", 75), known_at=AUGUST)
    undo_upload(by=analyst, upload=first, why="Wrong.")
    assert said(force) == {"East": (75.0, "revised"), "West": (None, "missing")}


def test_an_undone_file_can_be_brought_again(force, analyst):
    first = committed(analyst, force, ("shoplifting", "East", "2022-06", 71))
    undo_upload(by=analyst, upload=first, why="Wrong.")
    again = committed(
        analyst, force, ("shoplifting", "East", "2022-06", 71), known_at=timezone.localdate()
    )
    assert (again.revised, said(force)["East"][0]) == (1, 71.0)


@pytest.mark.parametrize("day", [KNOWN, None])
def test_the_very_file_that_was_undone_can_be_brought_again(force, analyst, day):
    """Though it says that its figures were known before the undoing."""
    committed(analyst, force, ("shoplifting", "East", "2022-06", 60), known_at=None)
    rows = [("shoplifting", "West", "2022-06", 71), ("shoplifting", "East", "2022-05", 80)]
    first = committed(analyst, force, *rows, known_at=day)
    assert (first.new, first.revised) == (2, 0)
    undo_upload(by=analyst, upload=first, why="Wrong.")
    again = committed(analyst, force, *rows, known_at=day)
    assert (again.new, again.revised, again.unchanged) == (0, 2, 0)
    assert again.remarks[-1].startswith("2 figures count as known from the day on which an earlier")
    assert said(force)["West"][0] == 71.0


def test_nothing_is_undone_twice_nor_before_it_was_done(force, analyst):
    first = committed(analyst, force, ("shoplifting", "East", "2022-06", 71))
    undo_upload(by=analyst, upload=first, why="Wrong.")
    with pytest.raises(ChangedMeanwhileError, match="undid this upload on"):
        undo_upload(by=analyst, upload=first, why="Wrong.")
    waiting = uploaded(analyst, force, ("rape", "East", "2022-06", 4))
    with pytest.raises(ChangedMeanwhileError, match="never committed"):
        undo_upload(by=analyst, upload=waiting, why="Wrong.")


@pytest.mark.parametrize(
    "role", ["measure_owner", "chief_officer", "office_officer", "other_force_analyst"]
)
def test_only_the_forces_analyst_undoes(force, people, analyst, role):
    first = committed(analyst, force, ("shoplifting", "East", "2022-06", 71))
    with pytest.raises(PermissionDenied):
        undo_upload(by=people[role], upload=first, why="Wrong.")
