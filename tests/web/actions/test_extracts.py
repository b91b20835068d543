"""The panel is shown each update once, and only what it may see."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from frankpledge.web.actions.acts import (
    NotAsAskedError,
    change_action,
    make_extract,
    update_action,
)
from frankpledge.web.actions.models import Extract, ExtractedUpdate
from frankpledge.web.audit.models import Event
from tests.web.actions.making import a_list, an_action, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def extract(people, bodies):
    def made(since=days(-1), **more):
        return make_extract(by=people["office_officer"], panel=bodies["panel"], since=since, **more)

    return made


def texts(extract) -> list[str]:
    return [each.update.text for each in extract.extracted.all()]


def test_an_extract_holds_what_the_panel_has_not_been_shown(owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="First.")
    one = extract()
    assert (one.number, texts(one)) == (1, ["First."])
    event = Event.objects.latest("number")
    assert (event.verb, len(event.became["updates"])) == ("extract.made", 1)
    update_action(by=owner, action=action, seen=2, text="Second.")
    two = extract()
    assert (two.number, texts(two)) == (2, ["Second."])
    with pytest.raises(NotAsAskedError, match="nothing since then"):
        extract()


def test_what_is_older_than_the_day_asked_for_waits(people, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="Old.", dated=days(-40))
    update_action(by=owner, action=action, seen=2, text="New.")
    assert texts(extract(days(-30))) == ["New."]
    assert texts(extract(days(-40))) == ["Old."]


def test_what_came_after_the_preview_waits_for_the_next(owner, action, extract):
    shown = update_action(by=owner, action=action, seen=1, text="In the preview.")
    update_action(by=owner, action=action, seen=2, text="After it.")
    assert texts(extract(up_to=shown.pk)) == ["In the preview."]
    assert texts(extract()) == ["After it."]


def test_the_panel_is_not_shown_what_it_may_not_see(people, bodies, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="Public.")
    for number, (body, visibility) in enumerate((
        ("office", "office"), ("office", "force"), ("force", "panel"), ("force", "office"),
        ("other_office", "public"), ("panel", "panel"),
    )):  # fmt: skip
        hidden = a_list(people, bodies[body], name=f"List {number}", visibility=visibility)
        other = an_action(people, hidden, str(number))
        keeper = other.added_by
        update_action(by=keeper, action=other, seen=1, text=f"{body} to {visibility}.")
    assert set(texts(extract())) == {"Public.", "force to panel.", "panel to panel."}


def test_what_is_shared_with_the_panel_later_is_shown_later(people, bodies, extract):
    private = a_list(people, bodies["office"], name="Open later", visibility="panel")
    action = an_action(people, private, visibility="office")
    officer = people["office_officer"]
    update_action(by=officer, action=action, seen=1, text="In private.")
    with pytest.raises(NotAsAskedError):
        extract()
    change_action(
        by=officer, action=action, seen=2, changes={"visibility": "panel"}, why="It may be known"
    )
    assert texts(extract()) == ["In private."]


@pytest.mark.parametrize(
    "role",
    ["chief_officer", "panel_chair", "auditor", "other_office_officer", "other_panel_officer"],
)
def test_an_extract_is_made_by_the_office_or_the_panels_officer(people, bodies, role):
    with pytest.raises(PermissionDenied):
        make_extract(by=people[role], panel=bodies["panel"], since=days(-1))


def test_an_extract_is_read_by_the_panel_and_the_office(people, owner, action, extract):
    update_action(by=owner, action=action, seen=1, text="It goes.")
    extract()
    for role, sees in (("panel_member_lay", 1), ("commissioner", 1), ("chief_officer", 0),
                       ("other_panel_chair", 0)):  # fmt: skip
        assert Extract.objects.visible_to(people[role]).count() == sees
    assert Extract.objects.visible_to(None).count() == 0


def test_the_database_refuses_to_show_a_panel_an_update_twice(bodies, owner, action, extract):
    update = update_action(by=owner, action=action, seen=1, text="It goes.")
    made = extract()
    with pytest.raises(IntegrityError), transaction.atomic():
        ExtractedUpdate.objects.create(extract=made, update=update, panel=bodies["panel"], order=2)
