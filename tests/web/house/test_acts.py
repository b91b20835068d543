"""Every change is an act: views, forms, reads and presenters write nothing themselves."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import frankpledge.web
from frankpledge.web.audit.acts import ACTS

WEB = Path(frankpledge.web.__file__).parent
TESTS = Path(__file__).resolve().parents[1]
WRITES = {
    "save",
    "create",
    "update_or_create",
    "get_or_create",
    "bulk_create",
    "bulk_update",
    "delete",
}
QUIET_ROOMS = ("views", "forms", "reads", "presenters", "urls", "rules")
"""Modules, and packages of them, that may not write."""

for _found in pkgutil.walk_packages(frankpledge.web.__path__, "frankpledge.web."):
    if ".acts" in _found.name:
        importlib.import_module(_found.name)
OURS = {name: act for name, act in ACTS.items() if name.startswith("frankpledge.")}


def quiet_files() -> list[Path]:
    return [
        path
        for path in sorted(WEB.rglob("*.py"))
        if any(part in QUIET_ROOMS or part.startswith(("views", "forms")) for part in
               (*path.relative_to(WEB).parts[:-1], path.stem))
    ]  # fmt: skip


def test_there_are_acts_and_quiet_rooms_to_look_at():
    assert len(OURS) > 10
    assert len(quiet_files()) > 5


@pytest.mark.parametrize("path", quiet_files(), ids=lambda p: str(p.relative_to(WEB)))
def test_a_page_writes_nothing_by_itself(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    written = [
        f"line {node.lineno}: .{node.func.attr}()"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and not (isinstance(node.func.value, ast.Attribute) and node.func.value.attr == "session")
    ]
    assert written == []


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_act_has_a_test_that_does_it(name):
    called = re.compile(rf"\b{re.escape(name.rsplit('.', 1)[1])}\(")
    app = name.split(".")[2]
    tests = "".join(p.read_text(encoding="utf-8") for p in (TESTS / app).rglob("*.py"))
    assert called.search(tests), f"no test in tests/web/{app} calls {name.rsplit('.', 1)[1]}"


def test_an_event_is_named_after_its_thing_and_what_became_of_it():
    wrong = [act.verb for act in OURS.values() if not re.fullmatch(r"[a-z_]+\.[a-z_]+", act.verb)]
    assert wrong == []


def test_a_permission_that_an_act_needs_exists():
    import rules

    wrong = [act.needs for act in OURS.values() if act.needs and not rules.perm_exists(act.needs)]
    assert wrong == []
