"""docs/running.md says every setting there is; the commands it names set a site up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command, get_commands
from django.urls import reverse

from frankpledge.web.organisations.models import Invitation, RoleHeld
from frankpledge.web.organisations.roles import READ_ONLY, Role
from frankpledge.web.site.environment import KNOWN

PAGE = (Path(__file__).parents[3] / "docs/running.md").read_text(encoding="utf-8")


def test_the_page_lists_every_setting_with_its_meaning_and_no_other():
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.+) \|$", PAGE, re.M))
    assert rows == KNOWN


def test_every_setting_the_page_mentions_is_one():
    assert set(re.findall(r"\b(?:FRANKPLEDGE|DATABASE)_[A-Z_]+\b", PAGE)) <= set(KNOWN)


def test_every_command_the_page_names_is_one():
    named = set(re.findall(r"frankpledge site ([a-z_]+)", PAGE))
    assert named
    assert named <= set(get_commands())


def test_the_redirect_the_page_gives_is_ours():
    assert reverse("openid_connect_callback", args=["staff"]) in PAGE


def test_who_needs_no_second_factor_is_as_the_page_says():
    assert {r for r in Role if r in READ_ONLY} == {
        Role.AUDITOR, Role.PANEL_MEMBER_SUBSTANTIVE, Role.PANEL_MEMBER_COOPTED,
        Role.PANEL_MEMBER_LAY, Role.PANEL_SUBSTITUTE,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_site_is_set_up_from_nothing(client, capsys, django_capture_on_commit_callbacks):
    call_command("set_up_place", "Northshire")
    told = capsys.readouterr().out
    assert "northshire-police-and-crime-commissioner" in told
    with django_capture_on_commit_callbacks(execute=True):
        call_command("invite_administrator", "northshire-police-and-crime-commissioner",
                     "first@example.org", "The first", site="http://testserver")  # fmt: skip
    link = capsys.readouterr().out.split()[-1]
    assert link in mail.outbox[0].body
    words = "three unlikely words"
    client.post(link, {"name": "The first", "password": words, "password_again": words})
    assert RoleHeld.objects.get().person.email == "first@example.org"
    assert RoleHeld.objects.get().role == "administrator"


@pytest.mark.django_db
def test_what_cannot_be_set_up_is_said(bodies):
    with pytest.raises(CommandError, match="There is a place called Northshire already"):
        call_command("set_up_place", "Northshire")
    with pytest.raises(CommandError, match=r"Those there are: .*northshire-police"):
        call_command("invite_administrator", "nowhere", "a@example.org", "A")
    call_command("invite_administrator", "northshire-police", "a@example.org", "A")
    with pytest.raises(CommandError, match="invited to the role already"):
        call_command("invite_administrator", "northshire-police", "a@example.org", "A")
    assert Invitation.objects.count() == 1
