"""Files of actions for tests: the demonstration's three plans in their three forms, and lists for them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from frankpledge.web.actions.importing.acts import commit_import, hand_in
from frankpledge.web.actions.importing.previewing import preview_of
from frankpledge.web.actions.models import ActionList, Import
from tests.web.actions.making import a_list

DEMO = Path(__file__).parents[3] / "demo" / "office"
FORMS = ("csv", "xlsx", "docx")
AS_AT = date(2022, 6, 30)


def example(name: str) -> bytes:
    """One of the demonstration's plans: `example("charter.csv")`."""
    return (DEMO / name).read_bytes()


def as_csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def handed_in(people, action_list: ActionList, data: bytes, name: str = "plan.csv", by: str = "office_officer", as_at: date = AS_AT) -> Import:  # fmt: skip
    return hand_in(by=people[by], action_list=action_list, data=data, name=name, as_at=as_at)


def taken(people, imported: Import, by: str = "office_officer") -> Import:
    seen = preview_of(people[by], imported).fingerprint
    return commit_import(by=people[by], imported=imported, seen=seen)


def brought(people, action_list, data, name="plan.csv", by="office_officer", **said) -> Import:
    return taken(people, handed_in(people, action_list, data, name, by=by, **said), by=by)


def a_charter(people, bodies, **said) -> ActionList:
    said = {"name": "Charter", "kind": "charter", "visibility": "panel"} | said
    return a_list(people, bodies["office"], **said)
