"""Every page there is, as each role is shown it, at a desk and in the hand."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from tests.web.browser.conftest import DESK, PHONE, visit
from tests.web.browser.places import ROLES, pages_of

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]}))
    .violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html.slice(0, 160))])"""
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > innerWidth && !e.closest(".app-scroll > *"))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))"""

_seen: set[str] = set()
"""What stood on the pages of the roles before, so that a page that is the same is looked at once."""


def what_stands_on(html: bytes) -> str:
    """The content of a page, without what is different each time it is asked for."""
    main = str(BeautifulSoup(html, "html.parser").main)
    return re.sub(r'name="csrfmiddlewaretoken"[^>]*>|\d+', "", main)


def faults_of(page: Page, address: str) -> list[Any]:
    """All that is wrong with a page, at both widths."""
    page.complaints.clear()
    page.set_viewport_size(DESK)
    page.goto(address)
    faults = [["console", each] for each in page.complaints]
    if (headings := page.locator("h1").count()) != 1:
        faults.append(["headings of the first level", headings])
    if checking := page.locator("form[method]:not([novalidate])").count():
        faults.append(["forms that the browser checks", checking])
    page.evaluate(AXE)
    faults += page.evaluate(RUN)
    page.set_viewport_size(PHONE)
    if wide := page.evaluate(WIDE):
        faults.append(["wider than the telephone", wide])
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return faults + [each for each in page.evaluate(RUN) if each not in faults]


@pytest.mark.parametrize("role", ROLES)
def test_every_page(role, standing, browser, address):
    page = visit(browser, address, standing.people.get(role))
    faults, titles, paths, looked_at = {}, defaultdict(set), set(), 0
    for name, path, answer in pages_of(role, standing):
        if path in paths:
            continue
        paths.add(path)
        titles[BeautifulSoup(answer.content, "html.parser").title.get_text(strip=True)].add(name)
        content = what_stands_on(answer.content)
        if content in _seen:
            continue
        _seen.add(content)
        looked_at += 1
        if found := faults_of(page, path):
            faults[f"{path} as {role}"] = found
    page.context.close()
    print(f"{role}: {len(paths)} pages, {looked_at} of them looked at")
    assert looked_at
    shared = {title: sorted(names) for title, names in titles.items() if len(names) > 1}
    assert {"faults": faults, "titles of several pages": shared} == {
        "faults": {}, "titles of several pages": {},
    }, json.dumps([faults, shared], indent=1)  # fmt: skip
