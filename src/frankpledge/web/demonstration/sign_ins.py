"""Whom a visitor can sign in as, and what to look at first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from frankpledge.web.demonstration.known import told_of
from frankpledge.web.demonstration.words import words
from frankpledge.web.organisations.roles import Role


@dataclass(frozen=True)
class SignIn:
    """A person of the demonstration who stands for a role."""

    role: str
    body: str
    email: str


def sign_ins() -> list[SignIn]:
    """For each role one who holds it today, without another if there is one, and with most to do."""
    owned = Counter(
        email for told in words("actions")["actions"] for email in told.get("owners", ())
    )
    by_work = sorted(
        words("people")["people"], key=lambda told: (len(told["roles"]), -owned[told["email"]])
    )
    in_full = words("bodies")["police_areas"][0]["slug"]
    found: dict[str, SignIn] = {}
    for person in by_work:
        for held in person["roles"]:
            here = told_of(held["body"]).get("police_area") == in_full
            if here and "ends" not in held and held["role"] not in found:
                label = Role(held["role"]).label
                found[held["role"]] = SignIn(label, told_of(held["body"])["name"], person["email"])
    return [found[role] for role in Role if role in found]


def first_looks() -> list[tuple[str, str]]:
    """Addresses worth a visitor's first minutes, each with what it shows."""
    place = words("bodies")["police_areas"][0]["slug"]
    return [
        (f"/{place}/", "Is the plan being kept? What everybody sees."),
        (f"/{place}/plan/", "What was promised, and what changed since."),
        (f"/{place}/scorecard/", "How the force does against what good looks like."),
        (
            f"/{place}/measures/shoplifting/",
            "One figure: what it says, and whether it can be trusted.",
        ),
        ("/my/actions/", "What somebody owes. Sign in first, as the office officer."),
    ]
