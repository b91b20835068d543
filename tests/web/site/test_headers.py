"""The headers of every answer: pages, error pages and static files."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory, override_settings

from frankpledge.web.site.environment import Provider
from frankpledge.web.site.headers import FIXED, SecurityHeaders, content_security_policy


def answer(path="/", cookies=None, **headers):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies or {})
    return SecurityHeaders(lambda _: HttpResponse(headers=headers))(request)


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (each.split() for each in policy.split("; "))}


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    told = directives(answer()["Content-Security-Policy"])
    assert told["default-src"] == ["'none'"]
    assert told["script-src"] == ["'self'"]
    assert told["style-src"] == ["'self'"]
    assert told["form-action"] == ["'self'"]
    for name in ("frame-ancestors", "base-uri", "object-src"):
        assert told[name] == ["'none'"]
    assert "unsafe" not in answer()["Content-Security-Policy"]


def test_a_form_may_lead_to_the_provider_of_sign_in():
    provider = Provider("Staff", "https://id.example.org/realm/x", "id", "secret", ("mfa",))
    with override_settings(PROVIDER=provider):
        told = directives(answer()["Content-Security-Policy"])
    assert told["form-action"] == ["'self'", "https://id.example.org"]
    assert directives(content_security_policy())["form-action"] == ["'self'"]


@pytest.mark.parametrize("name", FIXED)
def test_the_other_headers_stand_on_every_answer(name):
    assert answer()[name] == FIXED[name]
    assert answer("/static/frankpledge.css")[name] == FIXED[name]


def test_what_a_signed_in_person_saw_is_kept_nowhere():
    seen = answer(cookies={"sessionid": "x"}, **{"Cache-Control": "public, max-age=60"})
    assert seen["Cache-Control"] == "no-store"
    assert "Cookie" in seen["Vary"]


def test_signing_in_is_kept_nowhere_either():
    response = HttpResponse()
    response.set_cookie("sessionid", "new")
    request = RequestFactory().post("/account/login/")
    assert SecurityHeaders(lambda _: response)(request)["Cache-Control"] == "no-store"


def test_a_public_page_is_asked_for_anew_unless_its_view_says_otherwise():
    assert answer()["Cache-Control"] == "no-cache"
    assert answer(**{"Cache-Control": "max-age=60"})["Cache-Control"] == "max-age=60"


def test_static_files_may_be_kept_by_anybody():
    kept = answer("/static/a.css", {"sessionid": "x"}, **{"Cache-Control": "max-age=60, public"})
    assert kept["Cache-Control"] == "max-age=60, public"
    assert "Vary" not in kept
