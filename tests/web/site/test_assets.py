"""The pages in a browser: axe finds nothing, our policy blocks nothing of ours, and a keyboard is enough."""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
STATIC = ROOT / "src/frankpledge/web/site/static"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZES = {"desk": (1280, 900), "phone": (320, 700)}
PAGES = ("/form/", "/due/", "/ledger/", "/chart/", "/missing/", "/cookies")

built = pytest.mark.skipif(
    not (STATIC / "frankpledge.css").exists(), reason="the styles are not built: make assets"
)
in_browser = [
    built,
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: apt install chromium"),
]


def test_the_lock_names_no_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert len(lock["packages"]) > 50
    assert not [name for name, each in lock["packages"].items() if "resolved" in each]
    for name, version in json.loads((ROOT / "package.json").read_text())["devDependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), f"{name} is not pinned"


@built
def test_the_styles_hold_no_crown_no_font_and_nothing_from_elsewhere():
    styles = (STATIC / "frankpledge.css").read_text()
    assert "@font-face" not in styles
    assert "GDS Transport" not in styles
    assert "crown" not in styles
    assert "url(" not in styles
    assert "--app-accent" in styles


@built
@pytest.mark.parametrize("name", ["frankpledge.js", "charts.js"])
def test_the_scripts_make_no_code_from_strings(name):
    """Vega's expressions are read by its interpreter: the policy has no unsafe-eval."""
    assert "unsafe-eval" not in (STATIC / name).read_text()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    from django.core.handlers.wsgi import WSGIHandler
    from django.urls import clear_url_caches

    templates = [
        {
            **settings.TEMPLATES[0],
            "DIRS": [*settings.TEMPLATES[0]["DIRS"], HERE.parent / "frame" / "templates"],
        }
    ]
    with override_settings(
        ROOT_URLCONF="tests.web.frame.specimens", TEMPLATES=templates, ALLOWED_HOSTS=["127.0.0.1"]
    ):
        clear_url_caches()
        server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()
    clear_url_caches()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        yield running
        running.close()


@pytest.fixture(params=SIZES)
def page(request, browser, address) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, base_url=address)
    opened = context.new_page()
    opened.complaints = []
    opened.on(
        "console",
        lambda said: opened.complaints.append(said.text) if said.type == "error" else None,
    )
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    yield opened
    context.close()


def found_by_axe(page: Page) -> list:
    found = Axe().run(page).response
    assert len(found["passes"]) > 10
    return [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found["violations"]]


class TestInBrowser:
    pytestmark = in_browser

    @pytest.mark.parametrize("path", PAGES)
    def test_axe_finds_nothing_and_nothing_is_blocked(self, page, path):
        page.goto(path)
        if path == "/chart/":
            page.wait_for_selector(".app-chart--interactive")
        assert found_by_axe(page) == []
        expected = [
            each for each in page.complaints if "404 (Not Found)" not in each or path != "/missing/"
        ]
        assert expected == []
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    def test_every_link_of_the_summary_moves_the_focus_to_its_control(self, page):
        page.goto("/form/")
        page.get_by_role("button", name="Save").click()
        assert page.title().startswith("Error: ")
        assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
        assert found_by_axe(page) == []
        links = page.locator(".govuk-error-summary a")
        assert links.count() == 12
        for link in links.all():
            link.click()
            target = link.get_attribute("href").removeprefix("#")
            focused = page.evaluate("[document.activeElement.id, document.activeElement.tagName]")
            assert focused[0] == target
            assert focused[1] in ("INPUT", "SELECT", "TEXTAREA")

    def test_without_scripts_the_summary_still_leads_to_each_control(self, browser, address):
        context = browser.new_context(java_script_enabled=False, base_url=address)
        page = context.new_page()
        page.goto("/form/")
        page.get_by_role("button", name="Save").click()
        assert page.locator(".govuk-error-summary a").count() == 12
        page.locator("a[href='#id_rating']").click()
        page.keyboard.press("Space")
        assert page.locator("#id_rating:checked").count() == 1
        context.close()

    def test_the_boxes_of_a_date_hold_what_is_written_in_them(self, page):
        page.goto("/form/")
        assert page.locator("#id_due-day").bounding_box()["width"] > 35
        assert page.locator("#id_due-year").bounding_box()["width"] > 60

    def test_a_choice_reveals_its_field(self, page):
        page.goto("/due/")
        assert not page.locator("#id_reference").is_visible()
        page.get_by_label("On a date").check()
        assert page.locator("#id_reference").is_visible()

    def test_a_wide_table_scrolls_in_a_region_that_the_keyboard_reaches(self, page):
        page.goto("/ledger/")
        region = page.get_by_role("region", name="Offences by month")
        region.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.querySelector('.app-scroll').scrollLeft > 0")

    def test_the_ledger_stays_a_table_when_it_turns_to_cards(self, page):
        page.goto("/ledger/")
        table = page.get_by_role("table", name="Actions, overdue first")
        assert table.get_by_role("row").count() == 6
        assert table.get_by_role("columnheader", name="Due").count() == 1

    def test_the_arrow_keys_read_a_chart_month_by_month(self, page):
        page.goto("/chart/")
        page.wait_for_selector(".app-chart--interactive")
        assert not page.locator(".app-chart__still").is_visible()
        chart = page.locator(".app-chart__drawn")
        chart.focus()
        page.keyboard.press("ArrowLeft")
        said = page.locator(".app-chart__said")
        assert said.inner_text() == "June 2022: 636 offences. Limits 440 to 624."
        page.keyboard.press("Home")
        assert said.inner_text().startswith("April 2020: 500 offences")
        page.keyboard.press("ArrowRight")
        assert said.inner_text().startswith("May 2020")
        page.keyboard.press("End")
        page.keyboard.press("ArrowRight")
        assert said.inner_text().startswith("June 2022")
        assert page.locator(".mark-rule.role-mark path, .mark-rule line").count() > 0
        assert page.complaints == []

    def test_a_pointer_reads_the_month_it_is_nearest_to(self, page):
        page.goto("/chart/")
        page.wait_for_selector(".app-chart--interactive")
        newest = page.locator(".app-chart__drawn .mark-text text", has_text="636").first
        newest.hover(force=True)  # the rule at the month stands in front of it
        assert page.locator(".app-chart__said").inner_text().startswith("June 2022: 636")

    def test_a_chart_is_drawn_anew_at_another_width(self, page):
        page.goto("/chart/")
        page.wait_for_selector(".app-chart--interactive")
        page.set_viewport_size({"width": 700, "height": 700})
        page.wait_for_function(
            "() => Math.abs(document.querySelector('.app-chart__drawn svg').getBoundingClientRect().width"
            " - document.querySelector('.app-chart').clientWidth) < 60"
        )

    def test_where_the_data_does_not_come_the_still_picture_stays(self, page):
        page.route("**/chart.json", lambda route: route.fulfill(status=500))
        page.goto("/chart/")
        page.wait_for_load_state("networkidle")
        assert page.locator(".app-chart__still svg").is_visible()
        assert page.locator(".app-chart__drawn").count() == 0
