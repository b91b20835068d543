"""Lists and actions for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from frankpledge.web.actions.acts import Owner, add_action, make_list, make_scheme
from frankpledge.web.actions.models import Action, ActionList, RagScheme
from frankpledge.web.actions.rules import Due

RATINGS = (
    {"key": "green", "word": "Green", "shape": "good", "meaning": "Will be done by its date"},
    {"key": "amber", "word": "Amber", "shape": "caution", "meaning": "At risk"},
    {"key": "red", "word": "Red", "shape": "bad", "meaning": "Will not be done by its date"},
)


def days(count: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=count)


def a_scheme(people: dict, body: Any) -> RagScheme:
    return make_scheme(by=people["office_officer"], body=body, name="Ratings", meanings=RATINGS)


def a_list(people: dict, body: Any, **said: Any) -> ActionList:
    said = {"name": "Delivery plan", "kind": "delivery_plan", "visibility": "public"} | said
    keeper = {"force": "chief_officer", "office": "office_officer", "panel": "panel_officer"}[
        body.kind
    ]
    prefix = "other_" if "Southshire" in body.name else ""
    return make_list(by=people[prefix + keeper], body=body, **said)


def an_action(people: dict, action_list: ActionList, reference: str = "1", **said: Any) -> Action:
    owner, post = said.pop("owner", None), said.pop("post", "")
    if owner or post:
        said["owners"] = [Owner(owner, post)]
    said.setdefault("what", "Repair the lights in the park")
    keeper = {"force": "chief_officer", "office": "office_officer", "panel": "panel_officer"}
    prefix = "other_" if "Southshire" in action_list.body.name else ""
    by = said.pop("by", None) or people[prefix + keeper[action_list.body.kind]]
    return add_action(by=by, action_list=action_list, reference=reference, **said)


def overdue(by_days: int = 5) -> Due:
    return Due.by(days(-by_days))
