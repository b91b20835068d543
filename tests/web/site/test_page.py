"""The frame of every page, and the pages that say why one cannot be shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import RequestFactory

from frankpledge.web.audit.visibility import THE_PUBLIC, Reader
from frankpledge.web.site import errors, pages
from frankpledge.web.site import page as pages_frame
from frankpledge.web.site.errors import TOLD

WEB = Path(errors.__file__).parents[1]


def asked(path="/", reader=THE_PUBLIC):
    request = RequestFactory().get(path)
    request.reader = reader
    request.user = AnonymousUser()
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def soup(template: str, context=None, request=None) -> BeautifulSoup:
    return BeautifulSoup(
        render_to_string(template, context or {}, request or asked()), "html.parser"
    )


def test_the_frame_has_what_every_page_needs():
    seen = soup("site/cookies.html")
    assert seen.html["lang"] == "en-GB"
    assert seen.title.get_text() == "Cookies — Frankpledge"
    assert seen.find(class_="govuk-skip-link")["href"] == "#main-content"
    assert seen.main["id"] == "main-content"
    assert [h.get_text() for h in seen.find_all("h1")] == ["Cookies"]
    assert {a["href"] for a in seen.footer.find_all("a")} >= {
        f"/{p.pattern}" for p in pages.urlpatterns
    }


def test_the_page_of_a_body_carries_its_name_and_accent():
    class Body:
        name, accent = "Northshire Police", "pink"

    seen = soup("site/cookies.html", {"body": Body()})
    assert seen.title.get_text() == "Cookies — Northshire Police"
    assert "app-accent--pink" in seen.body["class"]
    assert seen.header.a.get_text() == "Northshire Police"


def test_every_accent_a_body_may_have_is_in_the_styles():
    from frankpledge.web.organisations.models import Body

    styles = (WEB / "site/assets/styles/_accents.scss").read_text()
    for accent in Body.Accent.values:
        assert f'"{accent}":' in styles


def test_a_page_with_errors_says_so_in_its_title():
    assert soup("site/cookies.html", {"error_in_page": True}).title.get_text().startswith("Error: ")


def test_a_success_is_announced_and_a_note_is_not():
    request = asked()
    messages.success(request, "Saved <now>")
    messages.info(request, "A new month has arrived")
    banners = soup("site/cookies.html", request=request).find_all(
        class_="govuk-notification-banner"
    )
    assert [b["role"] for b in banners] == ["alert", "region"]
    assert "Saved <now>" in banners[0].get_text()
    assert len({b["aria-labelledby"] for b in banners}) == 2


def test_the_banner_of_a_demonstration(settings):
    assert soup("site/cookies.html").find(class_="app-demonstration") is None
    settings.DEMONSTRATION = True
    assert "made up" in soup("site/cookies.html").find(class_="app-demonstration").get_text()


@pytest.fixture
def all_addresses(monkeypatch):
    monkeypatch.setattr(pages_frame, "_exists", lambda address: True)


def test_the_navigation_shows_each_reader_what_is_theirs(all_addresses):
    def shown(reader, place="northshire"):
        return {each["text"]: each["href"] for each in pages_frame.navigation("/", reader, place)}

    public, officer = shown(THE_PUBLIC), shown(Reader(1, roles=frozenset({("office_officer", 1)})))
    administrator = shown(Reader(2, roles=frozenset({("administrator", 1)})))
    assert public["Plan"] == "/northshire/plan/"
    assert not {"My actions", "People"} & set(public)
    assert "My actions" in officer
    assert "People" not in officer
    assert "People" in administrator
    assert shown(THE_PUBLIC, None) == {}


def test_an_address_that_there_is_not_is_not_led_to():
    shown = {each["href"] for each in pages_frame.navigation("/", Reader(1), "nowhere")}
    assert shown <= {entry.address.format(place="nowhere") for entry in pages_frame.ENTRIES}
    assert not pages_frame._exists("/{place}/nothing/of/the/kind/")
    assert pages_frame._exists("/accessibility")


def test_the_entry_one_is_at_is_marked(all_addresses):
    def marks(path):
        items = pages_frame.navigation(path, THE_PUBLIC, "northshire")
        return {
            e["text"]: "current" if e["current"] else "active"
            for e in items
            if e["current"] or e["active"]
        }

    assert marks("/northshire/actions/") == {"Actions": "current"}
    assert marks("/northshire/actions/A12/") == {"Actions": "active"}
    assert marks("/northshire/") == {"Overview": "current"}
    assert marks("/cookies") == {}


def test_on_a_page_of_no_place_a_reader_keeps_their_own(all_addresses, bodies):
    reader = Reader(1, roles=frozenset({("force_analyst", bodies["force"].pk)}))
    seen = soup("site/cookies.html", request=asked(reader=reader))
    slug = bodies["force"].police_area.slug
    assert (
        seen.nav.find("a", string=lambda text: text and text.strip() == "Plan")["href"]
        == f"/{slug}/plan/"
    )


def test_the_frame_asks_the_database_nothing_for_the_public(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        soup("site/cookies.html")


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (errors.too_many, 429),
    ],
)
def test_an_error_says_what_happened_and_what_to_do(view, status):
    response = view(asked(), Exception("secret"))
    said = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == status
    assert said.h1.get_text() == TOLD[status].heading
    assert TOLD[status].next_step in said.get_text()
    assert "secret" not in said.get_text()


def test_an_expired_form_says_so_and_not_that_permission_is_wanting():
    response = errors.csrf_failed(asked(), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert b"This form has expired" in response.content
    assert b"CSRF" not in response.content


def test_our_own_fault_is_told_even_where_the_frame_cannot_be_made():
    class Broken:
        def __getattr__(self, name):
            raise RuntimeError("no database")

    response = errors.broken(asked(reader=Broken()))
    assert response.status_code == 500
    said = BeautifulSoup(response.content, "html.parser")
    assert said.h1.get_text() == TOLD[500].heading
    assert said.nav is None


PAPER = "paper.html"
"""A template of this name becomes a PDF; no browser is sent it."""
TEMPLATES = sorted(p for p in WEB.rglob("templates/**/*.html") if p.name != PAPER)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(WEB)))
def test_no_template_holds_a_script_a_style_or_a_form_checked_by_the_browser(path):
    """The policy would block the first two without a word; the browser's own bubbles cannot be styled,
    vanish, and are told apart by nobody who does not see them."""
    text = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script
    for form in re.findall(r"<form\b[^>]*>", text):
        assert "novalidate" in form, form
