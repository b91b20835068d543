"""Every form sent in wrong: each error leads to the control it is about, and the control takes the focus."""

from __future__ import annotations

import json
from typing import Any

from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.web.browser.conftest import visit
from tests.web.browser.places import ROLES, pages_of

FORMS = "main form[method=post]"
ASKS = "input:not([type=hidden]), select, textarea"
CHOICES = "input[data-aria-controls]"
"""Choices that reveal fields of their own, which are wrong too."""
FILL_IN_WRONG = """(form, choice) => {
    const wrong = {day: "99", month: "99", year: "1"};
    for (const each of form.elements) {
        if (each.type === "hidden" || each.type === "submit" || each.type === "file") continue;
        if (each.type === "radio" || each.type === "checkbox") each.checked = each.id === choice;
        else if (each.tagName === "SELECT") {
            each.add(new Option("none such", "none-such", true, true));
            each.value = "none-such";
        }
        else if (each.inputMode === "numeric" || each.type === "number")
            each.value = wrong[each.name.split("-").pop()] || "x";
        else each.value = "";
    }
    form.querySelector("button[type=submit], button:not([type])").click();
}"""
FOCUSED = "() => [document.activeElement.id, document.activeElement.checkVisibility()]"
NOTHING_TO_GET_WRONG = {"measures:commitments", "plans:commitment_drop"}
"""Forms that ask nothing that must be answered."""


def faults_of_errors(page: Page) -> list[Any]:
    """What is wrong with how a page tells its errors."""
    faults = []
    if not page.title().startswith("Error: "):
        faults.append(["title", page.title()])
    links = page.locator(".govuk-error-summary a")
    if links.count() != page.locator(".govuk-error-summary__list li").count():
        faults.append(["not all are links", links.count()])
    for link in links.all():
        wanted = link.get_attribute("href").partition("#")[2]
        link.click()
        if page.evaluate(FOCUSED) != [wanted, True]:
            faults.append([link.inner_text(), wanted, page.evaluate(FOCUSED)])
    return faults


def sends_wrong(page: Page, path: str, number: int, choice: str) -> list[Any] | None:
    """The faults of what is told; None where nothing is, because it was taken."""
    page.goto(path)
    form = page.locator(FORMS).nth(number)
    with page.expect_navigation() as navigation:
        form.evaluate(FILL_IN_WRONG, choice)
    if navigation.value.status >= 500:
        return ["the site broke", navigation.value.status]
    if page.locator(".govuk-error-summary").count():
        return faults_of_errors(page)
    return None


def to_send(html: bytes) -> list[tuple[int, str]]:
    """Which forms of a page ask anything, each once for every choice that asks for more."""
    forms = BeautifulSoup(html, "html.parser").select(FORMS)
    asking = [(number, form) for number, form in enumerate(forms) if form.select(ASKS)]
    return [
        (number, choice)
        for number, form in asking
        for choice in ("", *(each["id"] for each in form.select(CHOICES)))
    ]


def test_every_error_leads_to_its_control(standing, browser, address):
    faults, taken, sent = {}, set(), set()
    for role in ROLES:
        page = visit(browser, address, standing.people.get(role))
        # All pages first: what is sent in could otherwise change what is there.
        pages = [(n, p, a.content) for n, p, a in pages_of(role, standing) if n not in sent]
        for name, path, html in pages:
            for number, choice in to_send(html):
                sent.add(name)
                found = sends_wrong(page, path, number, choice)
                if found is None:
                    taken.add(name)
                elif found:
                    faults[f"{path} as {role}, {choice}"] = found
        page.context.close()
    print(f"{len(sent)} pages with forms")
    assert len(sent) > 40
    assert faults == {}, json.dumps(faults, indent=1)
    assert taken == NOTHING_TO_GET_WRONG


def test_a_refused_file_leads_to_what_is_wrong_and_to_the_file(standing, browser, address):
    page = visit(browser, address, standing.people["force_analyst"])
    page.goto("/northshire/figures/upload/")
    wrong = {"name": "june.csv", "mimeType": "text/csv", "buffer": b"measure,area\nnone,Nowhere\n"}
    page.get_by_label("File of figures").set_input_files(wrong)
    page.get_by_role("button", name="Look at what it would do").click()
    page.wait_for_selector(".govuk-error-summary")
    assert faults_of_errors(page) == []
    page.context.close()
