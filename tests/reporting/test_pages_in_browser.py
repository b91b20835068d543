"""The HTML document in a browser, at desk and in hand: axe finds nothing, and nothing runs over."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from made_up import report
from playwright.sync_api import Browser, Page, sync_playwright

from frankpledge.reporting.html import render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZES = {"desk": (1280, 900), "phone": (375, 800)}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield running
        running.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> str:
    path: Path = tmp_path_factory.mktemp("html") / "report.html"
    path.write_text(render(report()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(params=SIZES)
def page(request, browser, address) -> Iterator[Page]:
    width, height = SIZES[request.param]
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.goto(address)
    yield opened
    opened.close()


def test_axe_finds_nothing(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page).response
    assert len(found["passes"]) > 20
    said = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in found["violations"]]
    assert said == [], json.dumps(said, indent=1)


def test_nothing_runs_over_the_edge_but_what_scrolls(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    over = page.evaluate(
        """[...document.querySelectorAll('table, svg')].filter(each => {
             const region = each.closest('.scroll');
             const shown = region.getBoundingClientRect();
             const fits = each.getBoundingClientRect().right <= shown.right + 1;
             return !fits && !['auto', 'scroll'].includes(getComputedStyle(region).overflowX);
           }).length"""
    )
    assert over == 0


def test_it_asks_the_network_for_nothing(browser, address):
    asked: list[str] = []
    opened = browser.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    opened.close()
    assert asked == [address]


def test_the_first_key_leads_past_the_contents(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator("a.skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_the_figures_behind_a_chart_open_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    table = opened.locator("details table").first
    assert not table.is_visible()
    opened.locator("summary").first.click()
    assert table.is_visible()
    context.close()
