"""The demonstration office's files, read plainly for its tests."""

from __future__ import annotations

import csv
import re
import tomllib

from printed import DEMO, rows_of

OFFICE = DEMO / "office"
COPIED = ("delivery-plan", "charter", "engagement")
OWN_REF = re.compile(r"^\(([A-DT]?\d+\.\d+(?:\.\d+)?)\) ", re.MULTILINE)


def toml(name: str) -> dict:
    return tomllib.loads((OFFICE / f"{name}.toml").read_text(encoding="utf-8"))


def grid(name: str) -> list[list[str]]:
    with (OFFICE / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def body_rows(name: str) -> list[list[str]]:
    """The rows that are neither the header, nor the header again, nor a heading."""
    rows = grid(name)
    return [row for row in rows if row != rows[0] and any(row[1:])]


BODIES, PEOPLE, PLAN, FORUMS = (toml(n) for n in ("bodies", "people", "plan", "forums"))
TODAY = BODIES["today"]
SLUGS = {body["slug"] for body in BODIES["bodies"]}
EMAILS = [person["email"] for person in PEOPLE["people"]]
FORUM_NAMES = [forum["name"] for forum in FORUMS["forums"]]
FIGURES_OF = {(r["area"], r["measure"], r["month"]) for r in rows_of(DEMO / "figures.csv")}
WITH_FIGURES = {measure for _, measure, _ in FIGURES_OF}


def stated(version: int) -> dict[str, dict]:
    """The commitments as a version of the plan states them, by reference."""
    found = {row["ref"]: row for row in PLAN["commitments"]}
    if version == 1:
        return found
    for row in PLAN["variation"]["changed"]:
        found[row["ref"]] = found[row["ref"]] | row
    for row in PLAN["variation"]["added"]:
        found[row["ref"]] = row
    for row in PLAN["variation"]["removed"]:
        del found[row["ref"]]
    return found
