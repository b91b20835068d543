"""Signing in with an e-mail address and a password, and signing out."""

from __future__ import annotations

from time import time

import pytest
from django.core import mail
from django.urls import reverse

from frankpledge.web.organisations.sessions import BEGAN, LAST_SEEN, why_ended
from tests.web.conftest import PASSWORD
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


@pytest.fixture
def member(people):
    """A panel member: reads, and so needs no second factor."""
    person = people["panel_member_lay"]
    person.set_password(PASSWORD)
    person.save()
    return person


def test_the_right_password_signs_in_with_a_new_session_key(client, member):
    client.get(SIGN_IN)
    client.session["something"] = 1
    client.session.save()
    before = client.session.session_key
    answer = client.post(SIGN_IN, {"login": member.email.upper(), "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(member.pk)
    assert client.session.session_key != before


@pytest.mark.parametrize("login", ["", "nobody@nowhere.example"])
def test_a_wrong_password_and_an_unknown_address_are_told_the_same(client, member, login):
    answer = client.post(SIGN_IN, {"login": login or member.email, "password": "not the password"})
    page = answer.content.decode()
    assert "The e-mail address or the password is not right" in page
    assert "There is a problem" in page
    assert 'href="#id_login"' in page
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_sign_in(client, member):
    member.is_active = False
    member.save()
    answer = client.post(SIGN_IN, {"login": member.email, "password": PASSWORD}, follow=True)
    assert "This account is closed" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_wrong_passwords_are_refused_in_words(client, member):
    for _ in range(5):
        client.post(SIGN_IN, {"login": member.email, "password": "wrong"})
    answer = client.post(SIGN_IN, {"login": member.email, "password": PASSWORD})
    assert "too many attempts to sign in to this account" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_too_many_requests_from_one_address_are_answered_429_with_a_page(client):
    answers = [client.post(SIGN_IN, {}) for _ in range(31)]
    assert answers[29].status_code == 200
    assert answers[30].status_code == 429
    assert "Too many attempts" in answers[30].content.decode()


def test_signing_out_takes_a_form(client, member):
    sign_in(client, member)
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_told_the_same_to_a_stranger(client, member):
    there = client.post(reverse("account_reset_password"), {"email": member.email}, follow=True)
    nobody = client.post(
        reverse("account_reset_password"), {"email": "nobody@nowhere.example"}, follow=True
    )
    assert there.content.decode().split("<main")[1] == nobody.content.decode().split("<main")[1]
    assert [message.to for message in mail.outbox] == [[member.email]]


def test_a_new_password_by_the_link(client, member):
    client.post(reverse("account_reset_password"), {"email": member.email})
    link = next(w for w in mail.outbox[0].body.split() if "/account/forgotten/" in w)
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0]
    new = "three unlikely words"
    answer = client.post(address, {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in answer.content.decode()
    member.refresh_from_db()
    assert member.check_password(new)
    assert "does not work" in client.get(link, follow=True).content.decode()


def test_whoever_signs_in_with_the_provider_gets_no_password_by_mail(client, member):
    member.set_unusable_password()
    member.save()
    client.post(reverse("account_reset_password"), {"email": member.email})
    assert mail.outbox == []


def test_an_idle_session_ends(client, member):
    sign_in(client, member)
    session = client.session
    session[LAST_SEEN] = int(time()) - 60 * 60
    session.save()
    answer = client.get(reverse("my-account"))
    assert answer["Location"].startswith(SIGN_IN)
    assert "_auth_user_id" not in client.session
    assert "session had ended" in client.get(SIGN_IN).content.decode()


def test_a_session_in_use_goes_on_and_ends_for_certain_after_its_hours(client, member, settings):
    sign_in(client, member)
    session = client.session
    session[LAST_SEEN] = int(time()) - 59 * 60
    session.save()
    assert client.get(reverse("my-account")).status_code == 200
    assert client.session[LAST_SEEN] >= int(time()) - 5
    session = client.session
    session[BEGAN] = int(time()) - settings.SESSION_COOKIE_AGE
    session.save()
    assert client.get(reverse("my-account")).status_code == 302


def test_a_form_sent_after_the_end_is_refused_in_words(client, member):
    sign_in(client, member)
    session = client.session
    session[LAST_SEEN] = 0
    session.save()
    answer = client.post(reverse("my-account"), {"name": "Another name"}, follow=True)
    assert "Nothing that you sent was kept" in answer.content.decode()
    member.refresh_from_db()
    assert member.name != "Another name"


@pytest.mark.parametrize(
    ("began", "last_seen", "why"),
    [(0, 3599, ""), (0, 0, "idle"), (0, 8 * 3600 - 60, "over"), (100, 100, "idle")],
)
def test_why_a_session_ended(settings, began, last_seen, why):
    settings.SESSION_COOKIE_AGE = 8 * 3600
    now = 3600 + began if why != "over" else 8 * 3600
    assert why_ended(began, last_seen, now) == why


def test_signing_out_everywhere_ends_other_sessions(client, member):
    from django.test import Client

    elsewhere = Client()
    sign_in(elsewhere, member)
    sign_in(client, member)
    assert elsewhere.get(reverse("my-account")).status_code == 200
    client.post(reverse("sign-out-everywhere"))
    assert elsewhere.get(reverse("my-account")).status_code == 302


@pytest.mark.parametrize(
    "address", ["signup/", "email/", "3rdparty/", "confirm-email/", "sessions/", "password/set/"]
)
def test_ways_past_the_invitation_do_not_exist(client, member, address):
    sign_in(client, member)
    assert client.get(f"/account/{address}").status_code == 404
