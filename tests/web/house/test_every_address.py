"""Every address, asked for by every role and by the public: nothing breaks, and nothing leaks."""

from __future__ import annotations

import re
from functools import cache

import pypdfium2
import pytest
from django.test import Client

from frankpledge.web.audit.models import Event
from tests.web.bodies import make_bodies, make_people
from tests.web.house.addresses import addresses, examples, patterns
from tests.web.house.furnished import furnish
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db

FORCE = ("force-force", "force-office", "force-panel", "office-force", "panel-force")
OFFICE = ("force-office", "force-panel", "office-office", "office-force", "office-panel", "panel-office",
          "panel-force")  # fmt: skip
PANEL = ("force-panel", "office-panel", "panel-panel", "panel-office", "panel-force")
"""What people at a body read of what is shared at their own place, written out by hand."""

READERS = {
    **dict.fromkeys(("force_analyst", "measure_owner", "chief_officer"), FORCE),
    **dict.fromkeys(("office_officer", "chief_executive", "treasurer", "deputy_commissioner",
                     "commissioner", "auditor", "administrator"), OFFICE),
    **dict.fromkeys(("panel_officer", "panel_monitoring_officer", "panel_member_substantive",
                     "panel_member_coopted", "panel_member_lay", "panel_substitute", "panel_chair"), PANEL),
}  # fmt: skip
NAMED = {"chief_officer": "force", "office_officer": "office", "panel_officer": "panel"}
ROLES = ("public", *READERS, "other_force_analyst", "other_office_officer", "other_panel_chair")
FULL = ("public", "chief_officer", "office_officer", "panel_officer", "other_office_officer")
"""Roles for which every planted thing is asked for one by one."""
ONE_BY_ONE = (
    "actions:action",
    "actions:change_list",
    "history",
    "change-forum",
    "measures:measure",
    "reports:file",
)
"""Pages of one thing, by which the walk reaches everything that is planted."""

FOR_EVERYBODY = {
    "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "socialaccount_login_cancelled", "socialaccount_login_error",
    "account_reset_password_from_key", "account_set_password", "invitation",
    "accessibility", "privacy", "cookies", "how-numbers-are-made", "health",
    "publication:home", "publication:front",
    "plans:current", "plans:pdf", "plans:commitment", "plans:versions", "plans:version", "plans:compare",
    "actions:ledger", "actions:action", "actions:history", "actions:ratings", "actions:export_csv",
    "actions:export_xlsx", "actions:export_docx", "actions:lists", "forums", "measures:all", "measures:definition",
    "measures:goals",
    "measures:scorecard", "measures:exceptions", "measures:area", "measures:measure",
    "measures:figures-csv", "measures:figures-json", "measures:chart-svg", "measures:chart-json",
    "reports:list", "reports:report", "reports:file",
}  # fmt: skip
"""The only pages that somebody who has not signed in can be shown."""


def allowed(role: str) -> set[str]:
    """The planted words that somebody of this role may read."""
    place = "south" if role.startswith("other_") else "north"
    shared = {
        f"planted-{p}-{o}-public" for p in ("north", "south") for o in ("force", "office", "panel")
    }
    if role == "public":
        return shared
    plain = role.removeprefix("other_")
    own = {f"planted-{place}-{pair}" for pair in READERS[plain]}
    named = {f"planted-{place}-{NAMED[plain]}-named"} if plain in NAMED else set()
    return shared | own | named


def words_in(response) -> set[str]:
    """The planted words that a response brings, whatever its form."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        content = " ".join(page.get_textpage().get_text_range() for page in pages).encode()
    # In a body split over lines or marked up, the words still stand whole: they have no spaces.
    return set(
        re.findall(r"planted-(?:north|south)-[a-z]+-[a-z]+", content.decode("utf-8", "replace"))
    )


@pytest.fixture(scope="module")
def furnished(django_db_setup, django_db_blocker):
    """The furnished places, laid out once for all roles and taken away afterwards."""
    from django.db import transaction

    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        bodies = make_bodies()
        people = make_people(bodies)
        furnish(bodies, people)
        yield people, examples()
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def asked(role: str, people) -> Client:
    client = Client(raise_request_exception=True)
    if role != "public":
        sign_in(client, people[role])
    return client


@cache
def known() -> tuple:
    return tuple(patterns())


@pytest.mark.xdist_group("every_address")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_holds_and_keeps_its_secrets(role, furnished):
    people, told = furnished
    client = asked(role, people)
    leaks, open_to_all, seen = {}, set(), set()
    for name, arguments in known():
        for address in addresses(
            name, arguments, told, most=60 if role in FULL and name in ONE_BY_ONE else 2
        ):
            response = client.get(address)
            assert response.status_code < 500, f"{address} answers {response.status_code} to {role}"
            found = words_in(response)
            seen |= found
            if stray := found - allowed(role):
                leaks[address] = stray
            if response.status_code == 200:
                open_to_all.add(name)
    assert leaks == {}
    if role == "public":
        assert open_to_all - FOR_EVERYBODY == set()
        assert seen == allowed("public"), "the walk did not reach everything that is public"
    if role in FULL:
        assert seen == allowed(role), "the walk did not reach everything that is theirs"


@pytest.mark.xdist_group("every_address")
@pytest.mark.parametrize("role", ["public", "panel_member_lay", "auditor", "other_force_analyst"])
def test_nobody_changes_what_is_not_theirs_by_posting(role, furnished):
    people, told = furnished
    client = asked(role, people)
    theirs = {"my-account", "sign-out-everywhere", "check-trail", "second_factor"}
    for name, arguments in known():
        if name in theirs or name.startswith(("mfa_", "account_", "openid_")):
            continue
        for address in addresses(name, arguments, told, most=2):
            before = Event.objects.count()
            response = client.post(address, {"why": "because", "text": "text", "title": "title"})
            assert response.status_code < 500, f"{address} answers {response.status_code} to {role}"
            assert Event.objects.count() == before, f"{role} changed something at {address}"


def test_an_address_without_an_example_is_told_of():
    with pytest.raises(LookupError, match="say in tests"):
        addresses("plans:nothing", ("unheard_of",), {}, most=1)
