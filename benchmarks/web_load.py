"""Loads a site for the benchmark: forces with their figures and findings, a ledger, a published report.

Run by `benchmarks/web.py` in a process of its own, with the site's settings in the environment; with
`session` instead of how many forces, it signs the officer of the first in and prints the cookie.
"""

from __future__ import annotations

import io
import json
import sys
from copy import copy
from datetime import date, timedelta
from random import Random
from time import time

import django

django.setup()

import polars as pl  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models.base import ModelState  # noqa: E402

from frankpledge.definitions import load  # noqa: E402
from frankpledge.web.actions.acts import Owner, add_action, make_list  # noqa: E402
from frankpledge.web.actions.models import Action, ActionOwner  # noqa: E402
from frankpledge.web.actions.rules import Due  # noqa: E402
from frankpledge.web.measures.acts import (  # noqa: E402
    commit_upload,
    load_definitions,
    upload_figures,
)
from frankpledge.web.measures.findings.refreshing import bring_up_to_date  # noqa: E402
from frankpledge.web.measures.outcomes import fingerprint  # noqa: E402
from frankpledge.web.measures.previewing import preview_of  # noqa: E402
from frankpledge.web.organisations.models import (  # noqa: E402
    Area,
    Body,
    Oversight,
    Person,
    PoliceArea,
    RoleHeld,
)
from frankpledge.web.reports.acts import ask_for_report, publish_report  # noqa: E402
from frankpledge.web.reports.tasks import make_report  # noqa: E402

FORCES, MEASURES, MONTHS, ACTIONS, AREAS = 43, 24, 60, 5000, 4
LAST, KNOWN, LONG_AGO = date(2022, 6, 1), date(2022, 7, 20), date(2016, 4, 1)


def main(forces: int) -> None:
    call_command("migrate", verbosity=0)
    keys = [m.id for m in load().volumes("force-volumes")][:MEASURES]
    people = []
    for n in range(forces):
        people.append(lay_out(n, keys))
        print(f"force {n + 1} of {forces}", file=sys.stderr)
    _, officer, force, office = people[0]
    fill_ledger(office, officer)
    publish(force, office, officer)
    print(json.dumps({"measure": keys[0]}))


@transaction.atomic
def lay_out(n: int, keys: list[str]) -> tuple[Person, Person, Body, Body]:
    """A force with its office, panel, areas and figures."""
    place = PoliceArea.objects.create(name=f"Shire {n:02}", slug=f"shire-{n:02}")
    force, office, panel = (
        Body.objects.create(kind=kind, name=f"Shire {n:02} {kind}", slug=f"shire-{n:02}-{kind}",
                            called=kind.capitalize(), police_area=place)
        for kind in ("force", "office", "panel")
    )  # fmt: skip
    for over, under in ((office, force), (panel, office)):
        Oversight.objects.create(overseer=over, overseen=under, starts=LONG_AGO)
    areas = [f"Area {n:02}-{a}" for a in range(AREAS)]
    for order, name in enumerate(areas):
        Area.objects.create(
            force=force, name=name, slug=name.lower().replace(" ", "-"), order=order
        )
    analyst = person(f"analyst-{n}", force, "force_analyst")
    officer = person(f"officer-{n}", office, "office_officer")
    load_definitions(by=analyst, force=force, keys=keys, visibility="public")
    upload = upload_figures(
        by=analyst,
        force=force,
        data=figures(n, place.name, areas, keys),
        name="figures.csv",
        known_at=KNOWN,
    )
    commit_upload(by=analyst, upload=upload, seen=fingerprint(preview_of(analyst, upload).judged))
    bring_up_to_date(force, [LAST])
    return analyst, officer, force, office


def person(name: str, body: Body, role: str) -> Person:
    somebody = Person.objects.create(email=f"{name}@bench.example", name=name)
    RoleHeld.objects.create(person=somebody, body=body, role=role, starts=LONG_AGO)
    return somebody


def figures(n: int, whole: str, areas: list[str], keys: list[str]) -> bytes:
    """Five years of invented counts for each measure and area, the force their sum."""
    chance = Random(n)
    rows = []
    for key in keys:
        level = chance.randint(20, 300)
        for back in range(MONTHS):
            months = LAST.year * 12 + LAST.month - 1 - back
            month = date(months // 12, months % 12 + 1, 1)
            counts = [max(0, round(chance.gauss(level, level**0.5))) for _ in areas]
            rows += [(key, area, month, count) for area, count in zip(areas, counts, strict=True)]
            rows.append((key, whole, month, sum(counts)))
    out = io.BytesIO()
    pl.DataFrame(rows, schema=["measure", "area", "month", "value"], orient="row").write_csv(out)
    return out.getvalue()


@transaction.atomic
def fill_ledger(office: Body, officer: Person) -> None:
    """Five thousand actions on one place's ledger, with owners, half of them due already.

    The first is added by the act; the others are rows such as the act leaves, put in at once.
    """
    chance = Random(1)
    told = make_list(
        by=officer, body=office, name="Delivery plan", kind="delivery_plan", visibility="public"
    )
    first = add_action(
        by=officer, action_list=told, reference="A0", what="Action 0 of the plan, in a sentence",
        due=Due.by(date(2022, 1, 1)), owners=[Owner(officer, "")],
    )  # fmt: skip
    others = Action.objects.bulk_create(
        another(first, i, date(2022, 1, 1) + timedelta(days=chance.randint(0, 364)))
        for i in range(1, ACTIONS)
    )
    owner = first.owners.get()
    ActionOwner.objects.bulk_create(
        ActionOwner(action=action, person=officer, part=owner.part, starts=owner.starts)
        for action in others
    )
    print(f"{ACTIONS} actions", file=sys.stderr)


def another(first: Action, number: int, due: date) -> Action:
    """An action like the first in everything but what tells it apart."""
    action = copy(first)
    action.pk, action._state = None, ModelState()
    action.reference, action.order, action.due_on = f"A{number}", first.order + number, due
    action.what = f"Action {number} of the plan, in a sentence"
    return action


def publish(force: Body, office: Body, officer: Person) -> None:
    run = ask_for_report(
        by=officer, body=office, force=force, month=LAST, as_at=KNOWN, title="Performance report",
        audience="everybody",
    )  # fmt: skip
    print(f"report: {make_report.func(run.pk, run.attempt)}", file=sys.stderr)
    run.report.refresh_from_db()
    publish_report(by=officer, report=run.report)
    bring_up_to_date(force, [LAST])


def session_of(somebody: Person) -> str:
    """The cookie of a session in which somebody has just signed in with a second factor."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from frankpledge.web.organisations.second_factor import SESSION_KEY as FACTOR
    from frankpledge.web.organisations.sessions import BEGAN, LAST_SEEN

    session = SessionStore()
    session[SESSION_KEY] = str(somebody.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = somebody.get_session_auth_hash()
    session[FACTOR] = "benchmark"
    session[BEGAN] = session[LAST_SEEN] = int(time())
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    if sys.argv[1:] == ["session"]:
        print(session_of(Person.objects.get(email="officer-0@bench.example")))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else FORCES)
