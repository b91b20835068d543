"""A second factor for everybody who can write, by each road to it."""

from __future__ import annotations

import base64
from time import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from frankpledge.web.audit.models import Event
from frankpledge.web.organisations.acts import reset_second_factor
from frankpledge.web.organisations.second_factor import (
    SESSION_KEY,
    accepted_of,
    said_by_provider,
)
from tests.web.conftest import PASSWORD
from tests.web.signing_in import sign_in

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"
SECRET = base64.b32encode(b"twenty bytes of key!").decode()
PAGE = "/account/second-factor/"


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time()) // 30))


@pytest.fixture
def officer(people):
    person = people["office_officer"]
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def officer_with_app(officer):
    TOTP.activate(officer, SECRET)
    RecoveryCodes.activate(officer)
    return officer


@pytest.fixture
def at_once(monkeypatch):
    """What waits for the commit is done at once: a test's transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda done, **_: done())


def give_password(client, person, onward=""):
    return client.post(SIGN_IN, {"login": person.email, "password": PASSWORD, "next": onward})


def test_a_password_alone_leads_whoever_can_write_to_set_up(client, officer):
    assert give_password(client, officer)["Location"] == PAGE
    assert SESSION_KEY not in client.session


def test_held_back_they_see_what_the_public_sees(client, officer):
    give_password(client, officer)
    assert client.get("/accessibility").status_code == 200
    for address in ("/my/actions/", "/organisations/people/", "/trail/", "/history/a.b/1/"):
        assert client.get(address)["Location"].startswith(f"{PAGE}?next="), address
    # Whatever is not there for the public may be there for them.
    assert client.get("/northshire/not-a-page/")["Location"].startswith(PAGE)


def test_held_back_they_can_change_nothing(client, officer):
    give_password(client, officer)
    answer = client.post("/accessibility", {"anything": 1})
    assert answer["Location"].startswith(PAGE)
    client.post("/my/account/", {"name": "Another name"})
    officer.refresh_from_db()
    assert officer.name != "Another name"


def test_held_back_a_person_holds_no_role_and_reads_as_the_public(people):
    person = people["office_officer"]
    person.hold_back()
    assert person.roles_now == frozenset()
    assert not person.has_perm("organisations.change_forum")
    assert person.as_reader().is_public


def test_who_only_reads_needs_none(client, people):
    sign_in(client, people["panel_member_lay"], second_factor=False)
    assert client.get("/my/account/").status_code == 200


def test_the_demonstration_needs_none(client, officer, settings):
    settings.DEMONSTRATION = True
    assert give_password(client, officer)["Location"] == "/"
    assert client.get("/my/account/").status_code == 200


def test_setting_up_by_picture_and_key(client, officer, at_once):
    give_password(client, officer, "/my/account/")
    client.get(f"{PAGE}?next=/my/account/")
    page = client.get(reverse("mfa_activate_totp"))
    html = page.content.decode()
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml;base64,' in html
    assert secret in html
    assert "style=" not in html
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong
    assert 'href="#id_code"' in wrong
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)}, follow=True)
    html = answer.content.decode()
    assert "Keep these recovery codes" in html
    assert 'href="/my/account/"' in html
    assert client.session[SESSION_KEY] == "totp"
    assert client.get("/my/account/").status_code == 200
    assert Event.objects.filter(verb="person.second_factor_set_up", by=officer).count() == 1
    assert secret not in str(list(Event.objects.values_list()))


def test_the_code_is_asked_for_at_sign_in(client, officer_with_app):
    assert give_password(client, officer_with_app)["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    answer = client.post(reverse("mfa_authenticate"), {"code": code_now(SECRET)})
    assert answer["Location"] == "/"
    assert client.session[SESSION_KEY] == "totp"


def test_a_recovery_code_works_once(client, officer_with_app):
    codes = Authenticator.objects.get(user=officer_with_app, type="recovery_codes").wrap()
    code = codes.get_unused_codes()[0]
    give_password(client, officer_with_app)
    client.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session[SESSION_KEY] == "recovery_codes"
    client.post(reverse("account_logout"))
    give_password(client, officer_with_app)
    again = client.post(reverse("mfa_authenticate"), {"code": code})
    assert "This code is not right" in again.content.decode()


def test_codes_cannot_be_guessed_for_long(client, officer_with_app):
    give_password(client, officer_with_app)
    pages = [
        client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).content.decode()
        for n in range(8)
    ]
    assert "too many attempts" in pages[-1]
    right = client.post(reverse("mfa_authenticate"), {"code": code_now(SECRET)})
    assert right.status_code == 200
    assert "_auth_user_id" not in client.session


def test_one_persons_second_factor_is_not_the_next_ones(client, officer, officer_with_app, people):
    """A browser in which one person has shown a code is no second factor for another."""
    other = people["treasurer"]
    other.set_password(PASSWORD)
    other.save()
    give_password(client, officer_with_app)
    client.post(reverse("mfa_authenticate"), {"code": code_now(SECRET)})
    sign_in(client, other, second_factor=False)
    assert SESSION_KEY not in client.session
    session = client.session
    session.flush()
    session[SESSION_KEY] = "left by somebody"
    session.save()
    client.cookies["sessionid"] = session.session_key
    give_password(client, other)
    assert client.session["_auth_user_id"] == str(other.pk)
    assert SESSION_KEY not in client.session


def test_an_administrator_resets_a_lost_one_and_its_sessions_end(client, officer_with_app, people):
    sign_in(client, officer_with_app)
    assert client.get("/my/account/").status_code == 200
    with pytest.raises(PermissionDenied):
        reset_second_factor(by=people["treasurer"], person=officer_with_app, why="Lost")
    reset_second_factor(by=people["administrator"], person=officer_with_app, why="Telephone lost")
    assert not Authenticator.objects.filter(user=officer_with_app).exists()
    assert client.get("/my/account/")["Location"].startswith(SIGN_IN)
    assert give_password(client, officer_with_app)["Location"] == PAGE
    event = Event.objects.get(verb="person.second_factor_reset")
    assert (event.was["second_factor"], event.why) == (["recovery_codes", "totp"], "Telephone lost")


def test_an_administrator_of_another_body_resets_nothing(officer_with_app, people):
    with pytest.raises(PermissionDenied):
        reset_second_factor(by=people["other_administrator"], person=officer_with_app, why="Lost")


def test_nobody_resets_their_own_by_that_road(people):
    with pytest.raises(PermissionDenied):
        reset_second_factor(by=people["administrator"], person=people["administrator"], why="Lost")


def test_removing_the_app_and_making_codes_are_on_the_trail(client, officer_with_app, at_once):
    give_password(client, officer_with_app)
    client.post(reverse("mfa_authenticate"), {"code": code_now(SECRET)})
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs == ["person.recovery_codes_made", "person.second_factor_given_up"]
    assert SESSION_KEY not in client.session
    assert client.get("/my/account/")["Location"].startswith(PAGE)


def test_changing_the_password_is_on_the_trail(client, officer):
    sign_in(client, officer)
    new = "three unlikely words"
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
    )
    officer.refresh_from_db()
    assert officer.check_password(new)
    assert Event.objects.get().verb == "person.password_changed"
    assert client.get("/my/account/").status_code == 200


@pytest.mark.parametrize(
    ("token", "accepted", "found"),
    [
        ({"amr": ["pwd", "mfa"]}, ("mfa",), "mfa"),
        ({"amr": ["pwd"]}, ("mfa",), ""),
        ({"amr": "mfa"}, ("mfa",), "mfa"),
        ({"amr": ["pwd"], "acr": "urn:two"}, ("urn:two",), "urn:two"),
        ({"acr": "urn:one"}, ("urn:two", "mfa"), ""),
        ({}, ("mfa",), ""),
        ({"amr": ["mfa"]}, (), ""),
    ],
)
def test_what_a_provider_says_counts_if_it_is_named(token, accepted, found):
    assert accepted_of(said_by_provider({"id_token": token}), accepted) == found


def test_only_the_id_token_is_believed():
    assert said_by_provider({"userinfo": {"amr": ["mfa"]}}) == ()
