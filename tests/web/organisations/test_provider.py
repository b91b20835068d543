"""Signing in with a provider of OpenID Connect. The provider here is made of two patched calls."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.utils import timezone

from frankpledge.web.audit.models import Event
from frankpledge.web.organisations.acts import deactivate_person, invite_person
from frankpledge.web.organisations.models import Invitation, Person, RoleHeld
from frankpledge.web.organisations.second_factor import SESSION_KEY
from frankpledge.web.site.environment import Provider

pytestmark = pytest.mark.django_db
ORIGIN = "https://sign-in.example"


@pytest.fixture
def provider(settings, monkeypatch):
    """What the provider tells next: change `told` before `come_back`."""
    settings.PROVIDER = Provider(
        "Staff sign-in", ORIGIN, "frankpledge", "secret", ("mfa", "urn:two")
    )
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "staff",
                    "name": "Staff sign-in",
                    "client_id": "frankpledge",
                    "secret": "secret",
                    "settings": {"server_url": ORIGIN},
                }
            ],
            "OAUTH_PKCE_ENABLED": True,
        }
    }
    told = {"sub": "abc-1", "email": "", "email_verified": True, "amr": ["pwd", "mfa"]}
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter,
        "openid_config",
        {
            "authorization_endpoint": f"{ORIGIN}/authorize",
            "token_endpoint": f"{ORIGIN}/token",
            "userinfo_endpoint": f"{ORIGIN}/userinfo",
            "issuer": ORIGIN,
            "jwks_uri": f"{ORIGIN}/keys",
        },
    )
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter,
        "get_access_token_data",
        lambda self, *_, **__: {"access_token": "t", "id_token": "i"},
    )
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "_decode_id_token", lambda self, *_: dict(told))
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter,
        "_fetch_user_info",
        lambda self, _: {k: told[k] for k in ("sub", "email", "email_verified") if k in told},
    )
    return told


def come_back(client, **query):
    """From the button on the sign-in page to the provider and back."""
    away = client.post("/account/provider/staff/?process=login")
    assert away["Location"].startswith(f"{ORIGIN}/authorize")
    sent = parse_qs(urlsplit(away["Location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    return client.get(
        "/account/provider/staff/back/", {"code": "c", "state": sent["state"][0], **query}
    )


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_page_offers_it(client, provider, db):
    assert "Sign in with Staff sign-in" in client.get("/account/sign-in/").content.decode()


def test_whoever_has_a_role_is_known_by_a_verified_address(client, provider, people):
    provider["email"] = people["office_officer"].email.upper()
    assert come_back(client)["Location"] == "/"
    assert client.session["_auth_user_id"] == str(people["office_officer"].pk)
    assert client.session[SESSION_KEY] == "provider:mfa"
    assert Event.objects.get().verb == "person.linked_to_provider"
    assert "abc-1" not in str(list(Event.objects.values_list()))


def test_the_second_time_they_are_known_by_the_providers_own_name(client, provider, people):
    provider["email"] = people["office_officer"].email
    come_back(client)
    client.logout()
    provider["email"] = "changed@elsewhere.example"
    come_back(client)
    assert client.session["_auth_user_id"] == str(people["office_officer"].pk)
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("amr", [["pwd"], [], None])
def test_a_method_that_is_not_accepted_leads_to_set_up(client, provider, people, amr):
    provider |= {"email": people["office_officer"].email, "amr": amr}
    assert come_back(client)["Location"] == "/account/second-factor/"
    assert is_signed_in(client)
    assert SESSION_KEY not in client.session
    assert client.get("/my/account/")["Location"].startswith("/account/second-factor/")


def test_the_acr_counts_too(client, provider, people):
    provider |= {"email": people["office_officer"].email, "amr": ["pwd"], "acr": "urn:two"}
    come_back(client)
    assert client.session[SESSION_KEY] == "provider:urn:two"


@pytest.mark.parametrize("verified", [False, None, "false", "true"])
def test_an_address_that_is_not_verified_is_nobodys(client, provider, people, verified):
    provider |= {"email": people["office_officer"].email, "email_verified": verified}
    answer = come_back(client)
    assert answer.status_code == 403
    assert "does not say that it has verified it" in answer.content.decode()
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_stranger_is_not_made_a_person(client, provider, people):
    provider["email"] = "stranger@elsewhere.example"
    before = Person.objects.count()
    answer = come_back(client)
    assert answer.status_code == 403
    assert "nobody here has invited that address" in answer.content.decode()
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)
    assert not is_signed_in(client)


def test_somebody_who_never_held_a_role_is_not_expected(client, provider, people):
    Person.objects.create_user("without@role.example", name="Without a role")
    provider["email"] = "without@role.example"
    assert come_back(client).status_code == 403


def test_a_closed_account_stays_closed(client, provider, people):
    person = people["office_officer"]
    provider["email"] = person.email
    come_back(client)
    client.logout()
    deactivate_person(by=people["administrator"], person=person, why="Left")
    answer = come_back(client)
    assert not is_signed_in(client)
    assert answer["Location"] == "/account/closed/"


def invite(people, bodies, email):
    return invite_person(
        by=people["administrator"],
        body=bodies["office"],
        email=email,
        name="A new officer",
        role="office_officer",
        address=lambda secret: f"http://testserver/invitations/{secret}/",
    )


def test_whoever_is_invited_joins_by_signing_in(client, provider, people, bodies):
    invite(people, bodies, "new@office.example")
    provider["email"] = "New@office.example"
    assert come_back(client)["Location"] == "/"
    person = Person.objects.get(email__iexact="new@office.example")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert not person.has_usable_password()
    assert [(r.role, r.body) for r in person.roles.all()] == [("office_officer", bodies["office"])]
    assert Invitation.objects.get().state() == "accepted"


def test_an_invitation_whose_time_is_over_lets_nobody_in(client, provider, people, bodies):
    invite(people, bodies, "late@office.example")
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    provider["email"] = "late@office.example"
    assert come_back(client).status_code == 403
    assert not RoleHeld.objects.filter(person__email="late@office.example").exists()


def test_an_answer_nobody_asked_for_signs_nobody_in(client, provider, people):
    provider["email"] = people["office_officer"].email
    answer = client.get("/account/provider/staff/back/", {"code": "c", "state": "made-up"})
    assert not is_signed_in(client)
    assert answer["Location"] == "/account/sign-in/"


def test_a_provider_that_fails_is_told_of_in_words(client, provider, people, monkeypatch):
    from allauth.socialaccount.providers.oauth2.client import OAuth2Error

    def fails(*_, **__):
        raise OAuth2Error("no")

    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "get_access_token_data", fails)
    answer = come_back(client)
    assert answer["Location"] == "/account/sign-in/"
    assert "Staff sign-in did not sign you in" in client.get("/account/sign-in/").content.decode()
