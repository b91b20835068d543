"""A browser, and the whole site served to it from this process, on the test's own database."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from frankpledge.web import site
from frankpledge.web.organisations.models import Person
from tests.web.signing_in import sign_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STYLES = os.path.join(os.path.dirname(site.__file__), "static", "frankpledge.css")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
PATIENCE = 20_000
"""Milliseconds that a page may take on a busy machine before the test gives up."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder drives Chromium, one test after another, and is skipped where there is none."""
    here = os.path.dirname(__file__)
    for item in items:
        if not str(item.path).startswith(here):
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.slow)
        item.add_marker(pytest.mark.xdist_group("browser"))
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip("Chromium is not installed: apt install chromium"))
        if not os.path.exists(STYLES):
            item.add_marker(pytest.mark.skip("the styles are not built: make assets"))


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in the thread of the tests, which is why Django would refuse them the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="package")
def address() -> Iterator[str]:
    """Where the site answers: WhiteNoise, policy, sessions and all, as it would on a real server."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(10)


def visit(browser: Browser, address: str, person: Person | None = None, **said: object) -> Page:
    """A page of a browser of its own: of somebody signed in, or of the public. `page.complaints` is
    what the browser complained of."""
    said = {"viewport": DESK, "base_url": address} | said
    context = browser.new_context(**said)
    context.set_default_timeout(PATIENCE)
    if person is not None:
        let_in(context, address, person)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    return page


def let_in(context: BrowserContext, address: str, person: Person) -> None:
    client = Client()
    sign_in(client, person)
    cookie = client.cookies["sessionid"]
    context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": address}])


@pytest.fixture
def opened(browser, address, two_connections, people) -> Iterator[Callable[..., Page]]:
    """`opened("office_officer")` is a page of somebody of that role; `opened()` one of the public."""
    pages = []

    def of(role: str | None = None, **said: object) -> Page:
        pages.append(visit(browser, address, people[role] if role else None, **said))
        return pages[-1]

    yield of
    for page in pages:
        page.context.close()
