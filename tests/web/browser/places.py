"""Places in which every page has something on it, left standing for all tests of a module.

What the house plants, and what a page needs besides to be more than an empty list: an owner's
actions and measures, a goal, an extract, a version with the panel, a report that is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NamedTuple

from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from frankpledge.web.actions.acts import Owner, assign_owner, make_extract, update_action
from frankpledge.web.actions.models import Action
from frankpledge.web.actions.rules import Due
from frankpledge.web.audit.append_only import guard, unguard
from frankpledge.web.measures.acts import give_owner, set_goal
from frankpledge.web.measures.findings.refreshing import bring_up_to_date
from frankpledge.web.measures.models import Measure
from frankpledge.web.organisations.acts.invitations import invite_person
from frankpledge.web.organisations.models import Invitation
from frankpledge.web.plans.models import Plan, PlanVersion
from frankpledge.web.reports.acts import publish_report
from frankpledge.web.reports.models import Report
from tests.web.actions.making import a_list, a_scheme, an_action, days, overdue
from tests.web.bodies import make_bodies, make_people
from tests.web.conftest import PASSWORD
from tests.web.house.addresses import addresses, examples, patterns
from tests.web.house.furnished import furnish
from tests.web.plans.plans import state_all
from tests.web.reports.stocked import JUNE, ask, made
from tests.web.signing_in import sign_in

ROLES = ("office_officer", "force_analyst", "measure_owner", "chief_executive", "panel_officer",
         "panel_member_lay", "administrator", "auditor", "public")  # fmt: skip
"""The roles that see different pages; those with most to do first."""
SEVERAL = {
    "actions:action": 2,
    "actions:import": 2,
    "measures:upload": 2,
    "plans:version": 3,
    "reports:report": 3,
}
"""Pages that look different by how their thing stands: so many of them."""
NOT_PAGES = {"reports:file", "measures:chart-svg"}
"""What is kept as a file, with a policy and tests of its own."""
TRIED = 6


class Standing(NamedTuple):
    people: dict[str, Any]
    told: dict[str, list[Any]]


@contextmanager
def standing_places() -> Iterator[Standing]:
    """The places, in the database for every connection; afterwards it is as empty as before."""
    bodies = make_bodies()
    people = make_people(bodies)
    furnish(bodies, people)
    first = _furnish_further(bodies, people)
    told = examples()
    for name, values in first.items():
        told[name] = [*values, *(each for each in told.get(name, ()) if each not in values)]
    yield Standing(people, told)
    unguard(connection)
    call_command("flush", interactive=False, verbosity=0)
    guard(connection)


def _furnish_further(bodies: dict, people: dict) -> dict[str, list[Any]]:
    """Plant, and say which things are to be asked for first."""
    mine = _actions(bodies, people)
    _measures(people)
    _plan(people)
    _report(bodies, people)
    person = people["administrator"]
    secret = []
    invite_person(
        by=person, body=bodies["office"], email="new@example.org", name="Somebody new",
        role="office_officer", address=lambda said: secret.append(said) or "https://example.org/",
    )  # fmt: skip
    for each in people.values():
        each.set_password(PASSWORD)
        each.save()
    lists = [each.list_id for each in mine]
    return {
        "actions:pk": [mine[0].pk, mine[-1].pk],
        "actions:change_list:pk": lists[:1],
        "actions:add:pk": lists[:1],
        "history:pk": [mine[0].pk],
        "measures:key": ["shoplifting"],
        "secret": secret,
        "withdraw-invitation:pk": list(Invitation.objects.values_list("pk", flat=True)),
        "actions:reopen:pk": [mine[-1].pk],
        "actions:evidence:number": [1],
        "edition": [2, 1],
        "plans:number": [2, 3, 1],
        "measures:goal:year": [2022],
    }


def _actions(bodies: dict, people: dict) -> list[Action]:
    """Three of one owner: on its way, overdue, and withdrawn; the first was shown to the panel."""
    officer, owner = people["office_officer"], people["measure_owner"]
    scheme = a_scheme(people, bodies["office"])
    kept = a_list(people, bodies["office"], name="Delivery plan of the year", scheme=scheme)
    actions = [
        an_action(people, kept, "7.1", owner=owner, post="Superintendent", due=Due.by(days(30)),
                  status="in_progress", rag=scheme.meanings.get(key="amber")),
        an_action(people, kept, "7.2", due=overdue(), status="not_started",
                  what="A long word: " + "antidisestablishmentarianism" * 2),
        an_action(people, kept, "7.3", due=Due("ongoing"), status="withdrawn"),
    ]  # fmt: skip
    assign_owner(by=officer, action=actions[1], owner=Owner(owner))
    first = Action.objects.get(pk=actions[0].pk)
    update_action(by=owner, action=first, seen=first.version, text="The lights are ordered.")
    make_extract(by=people["panel_officer"], panel=bodies["panel"], since=days(-90))
    first.refresh_from_db()
    update_action(by=owner, action=first, seen=first.version, text="The lights have come.")
    return actions


def _measures(people: dict) -> None:
    shoplifting = Measure.objects.get(key="shoplifting")
    give_owner(by=people["force_analyst"], measure=shoplifting, owner=people["measure_owner"])
    set_goal(
        by=people["office_officer"], measure=shoplifting, financial_year=2022,
        text="No more than 80 in a month", value=80, direction="at most", by_when=date(2023, 3, 31),
    )  # fmt: skip
    bring_up_to_date(shoplifting.body, [JUNE])


def _plan(people: dict) -> None:
    """A third version, which is with the panel."""
    plan = Plan.objects.get(key="plan-north")
    officer = people["office_officer"]
    version = PlanVersion.objects.create(
        plan=plan, number=3, label="Varied", state="with_panel", drafted_by=officer,
        drafted_on=date(2022, 6, 1), sent_by=officer, sent_on=date(2022, 6, 20), why_varied="A new law.",
    )  # fmt: skip
    state_all(version, (("later", "8", "Later", (("l-1", "8.1", "Soon.", "commissioner"),)),))


def _report(bodies: dict, people: dict) -> None:
    """A second edition, which is published."""
    made(ask(people, bodies, title="Performance report of June"))
    newest = Report.objects.order_by("edition").last()
    publish_report(by=people["office_officer"], report=newest)


def as_role(role: str, people: dict) -> Client:
    client = Client()
    if role != "public":
        sign_in(client, people[role])
    return client


def pages_of(role: str, standing: Standing) -> Iterator[tuple[str, str, HttpResponse]]:
    """(name, address, answer) of the pages that somebody of this role is shown: HTML, and no error."""
    client = as_role(role, standing.people)
    for name, arguments in patterns():
        if name in NOT_PAGES:
            continue
        wanted = SEVERAL.get(name, 1)
        for address in addresses(name, arguments, standing.told, most=TRIED * wanted):
            answer = client.get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield name, address, answer
                wanted -= 1
            if not wanted:
                break
