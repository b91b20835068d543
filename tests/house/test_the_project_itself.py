"""Laws of the house that no linter knows."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def tracked(*patterns: str) -> list[Path]:
    """The project's own files, as git knows them; in a tree without git, as they lie there."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns],
            cwd=ROOT, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in told.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_every_dependency_says_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    wanting = [
        ln for ln in lines if re.match(r'    "[a-z]', ln, re.I) and "#" not in ln and ">=" in ln
    ]
    assert wanting == []


def test_the_analysis_runs_with_nothing_of_ours_above_it_and_no_web():
    """The ground floor can be used from a notebook: importing it brings in no other room."""
    code = (
        "import sys, pkgutil, importlib, frankpledge.analysis as a\n"
        "for m in pkgutil.walk_packages(a.__path__, a.__name__ + '.'): importlib.import_module(m.name)\n"
        "print([m for m in sys.modules if m.split('.')[0] in {'django', 'typer', 'altair', 'weasyprint'}"
        " or m.startswith('frankpledge.') and not m.startswith('frankpledge.analysis')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "word",
    ["/wo" + "rk/", "farm-" + "bench", "farm-" + "studio"],
)
def test_nothing_names_the_machine_it_was_made_on(word):
    named = [p.relative_to(ROOT) for p in tracked() if p.suffix != ".lock" and word in text_of(p)]
    assert named == []


def test_no_contact_details_of_a_person_stand_in_the_project():
    """Demonstration data has roles; an address or a telephone number would be somebody's."""
    address = re.compile(r"[\w.+-]+@[\w-]+\.(?:police\.uk|gov\.uk|pnn\.police)", re.I)
    telephone = re.compile(r"(?<![\d.])0(?:1\d{3}|2\d|7\d{3})[ -]\d{3}[ -]?\d{3,4}(?!\d)")
    found = [
        p.relative_to(ROOT)
        for p in tracked("*.md", "*.toml", "*.csv", "*.py", "*.html")
        if address.search(text_of(p)) or telephone.search(text_of(p))
    ]
    assert found == []


def test_links_between_the_documents_lead_somewhere():
    broken = []
    for page in tracked("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text_of(page)):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} -> {target}")
    assert broken == []


def test_ci_is_the_same_door_as_the_readme():
    assert "exec make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme


def test_the_licence_is_the_one_the_package_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_no_room_has_a_name_that_says_nothing():
    """A thing without a field's name is not understood yet."""
    empty = {"utils", "util", "common", "helpers", "helper", "misc", "manager", "service", "base"}
    named = [
        p.relative_to(ROOT)
        for p in tracked("src/*.py")
        if p.stem in empty or p.parent.name in empty
    ]
    assert named == []
