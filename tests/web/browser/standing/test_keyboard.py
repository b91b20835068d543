"""The site without a mouse, and its most needed form without a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.web.browser.conftest import PHONE, visit
from tests.web.conftest import PASSWORD
from tests.web.measures.making import written

MOST_STEPS = 150
FOCUS = """() => {
    const e = document.activeElement, s = getComputedStyle(e), l = e.labels && e.labels[0];
    const after = l ? getComputedStyle(l, "::before") : null;
    const looks = s => [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow,
                        s.backgroundColor, s.borderColor, s.textDecorationLine].join();
    const at = {tag: e.tagName, html: e.outerHTML.slice(0, 120), words:
        (e.getAttribute("aria-label") || (l || e).innerText || "").replace(/\\s+/g, " ").trim()};
    const focused = [looks(s), after && looks(after)].join();
    e.blur();
    const not = [looks(getComputedStyle(e)), l && looks(getComputedStyle(l, "::before"))].join();
    e.focus({preventScroll: true});
    return {...at, visible: focused !== not};
}"""


@pytest.fixture
def page_of(standing, browser, address) -> Iterator:
    opened = []

    def of(role: str | None = None, **said: object) -> Page:
        opened.append(visit(browser, address, standing.people.get(role), **said))
        return opened[-1]

    yield of
    for page in opened:
        page.context.close()


def tab_to(page: Page, words: str, tag: str = "") -> None:
    """Tab until the focus is on what has these words; at each stop one must see where one is."""
    stops = []
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        stops.append(at["words"])
        assert at["visible"] or at["tag"] == "BODY", f"the focus is not to be seen: {at['html']}"
        if words in at["words"] and tag in ("", at["tag"]):
            return
    raise AssertionError(f"{words!r} is not reached by Tab from {page.url}: {stops}")


def figures(month: str) -> dict:
    data = written(("shoplifting", "East", month, 57))
    return {"name": f"{month}.csv", "mimeType": "text/csv", "buffer": data}


def test_one_signs_in(page_of, standing):
    page = page_of()
    page.goto("/")
    tab_to(page, "Sign in", "A")
    page.keyboard.press("Enter")
    expect(page).to_have_title("Sign in — Frankpledge")
    tab_to(page, "E-mail address", "INPUT")
    page.keyboard.type(standing.people["panel_member_lay"].email)
    tab_to(page, "Password", "INPUT")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_skip_link_leads_past_the_navigation(page_of):
    page = page_of("office_officer")
    page.goto("/northshire/actions/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["words"] == "Skip to main content"
    assert page.locator(".govuk-skip-link").bounding_box()["height"] > 10
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_navigation_leads_on(page_of, width):
    page = page_of("office_officer")
    if width == "phone":
        page.set_viewport_size(PHONE)
    page.goto("/northshire/")
    if width == "phone":
        tab_to(page, "Menu", "BUTTON")
        page.keyboard.press("Enter")
    tab_to(page, "Scorecard", "A")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/northshire/scorecard/$"))


def test_one_brings_ones_actions_up_to_date(page_of):
    page = page_of("measure_owner")
    page.goto("/my/actions/")
    tab_to(page, "What has happened", "TEXTAREA")
    page.keyboard.type("By keyboard alone.")
    tab_to(page, "Status", "SELECT")
    page.keyboard.type("In progress")
    tab_to(page, "Save all", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("1 action updated")


def test_one_narrows_the_ledger(page_of):
    page = page_of("office_officer")
    page.goto("/northshire/actions/")
    tab_to(page, "Find actions", "SUMMARY")
    page.keyboard.press("Space")
    tab_to(page, "How it stands", "SELECT")
    page.keyboard.type("Overdue")
    tab_to(page, "Find", "BUTTON")
    page.keyboard.press("Space")
    page.wait_for_url("**standing=overdue**")
    assert page.locator("table.app-ledger tbody tr").count() == 1


def test_one_brings_figures(page_of):
    page = page_of("force_analyst")
    page.goto("/northshire/figures/upload/")
    tab_to(page, "File of figures", "INPUT")
    with page.expect_file_chooser() as choosing:
        page.keyboard.press("Space")
    choosing.value.set_files(figures("2019-05"))
    tab_to(page, "Today", "INPUT")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Day", "INPUT")
    for part in ("22", "7", "2022"):
        page.keyboard.type(part)
        page.keyboard.press("Tab")
    tab_to(page, "Look at what it would do", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2019-05.csv")
    tab_to(page, "Commit these figures", "BUTTON")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Committed: 1 new figure")


def test_one_brings_figures_without_a_script(page_of):
    page = page_of("force_analyst", java_script_enabled=False)
    page.goto("/northshire/figures/upload/")
    page.get_by_role("button", name="Look at what it would do").click()
    page.get_by_role("link", name="Choose the file of figures").click()
    page.get_by_label("File of figures").set_input_files(figures("2019-06"))
    page.get_by_role("button", name="Look at what it would do").click()
    page.get_by_role("button", name="Commit these figures").click()
    expect(page.get_by_role("alert")).to_contain_text("Committed: 1 new figure")
