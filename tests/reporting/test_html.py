"""The HTML document: whole in itself, in order, and readable without pictures or scripts."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from made_up import report

from frankpledge.reporting.html import render


@pytest.fixture(scope="module")
def source() -> str:
    return render(report())


@pytest.fixture(scope="module")
def page(source) -> BeautifulSoup:
    return BeautifulSoup(source, "html.parser")


def test_it_has_a_language_a_title_and_landmarks(page):
    assert page.html["lang"] == "en-GB"
    assert page.title.text == (
        "Performance report, June 2022, with April to June 2022 (2022/23 to date), West Mercia Police"
    )
    assert [len(page.find_all(name)) for name in ("main", "nav", "header", "footer")] == [
        1,
        1,
        1,
        1,
    ]
    assert page.select_one("a.skip")["href"] == "#main"


def test_the_title_page_says_what_the_report_is(page):
    terms = [dt.text for dt in page.select(".particulars dt")]
    assert terms == [
        "Version", "Classification", "Date", "Reference", "Author", "Owner", "Handling",
    ]  # fmt: skip
    assert "31 July 2022" in page.select_one(".particulars").text


def test_it_asks_for_nothing_outside_itself_and_runs_no_script(source, page):
    assert not page.find_all(["script", "link", "iframe", "img"])
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org)", source)


def test_headings_leave_no_level_out(page):
    levels = [int(h.name[1]) for h in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(now <= before + 1 for before, now in pairwise(levels))


def test_ids_are_unique_and_every_link_leads_to_one(page):
    ids = Counter(node["id"] for node in page.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    targets = {a["href"][1:] for a in page.find_all("a", href=re.compile("^#"))}
    assert targets <= set(ids)
    named = {node["aria-labelledby"] for node in page.find_all(attrs={"aria-labelledby": True})}
    assert named <= set(ids)


def test_every_table_has_a_caption_and_headers_with_a_scope(page):
    tables = page.find_all("table")
    assert len(tables) > 5
    for table in tables:
        assert table.caption.text.strip()
        assert all(th["scope"] == "col" for th in table.thead.find_all("th"))
        for row in table.tbody.find_all("tr"):
            assert [th["scope"] for th in row.find_all("th")] == ["row"]
        assert not table.find_all(attrs={"colspan": True}) + table.find_all(attrs={"rowspan": True})


def test_every_wide_thing_scrolls_in_a_group_that_the_keyboard_reaches(page):
    """A group and not a landmark: a hundred landmarks would lead nobody."""
    for region in page.select(".scroll"):
        assert region["tabindex"] == "0"
        assert region["role"] == "group"
        assert region.get("aria-labelledby") or region.get("aria-label")


def test_every_picture_has_words(page):
    pictures = page.find_all("svg")
    assert len(pictures) >= 3
    for svg in pictures:
        assert svg["role"] == "img"
        assert svg.title.text.strip()


def test_text_from_figures_and_files_is_escaped():
    shown = render(report(purpose="Shows <b>all</b> & more", handling="<script>alert(1)</script>"))
    assert "&lt;b&gt;all&lt;/b&gt; &amp; more" in shown
    assert "<script>" not in shown


def test_the_document_for_print_says_the_same_with_charts_as_images(page):
    printed = BeautifulSoup(render(report(), for_print=True), "html.parser")
    assert not printed.find_all("svg")
    alts = [img["alt"] for img in printed.find_all("img")]
    assert alts == [svg.title.text for svg in page.find_all("svg")]
    cells = [td.get_text() for td in printed.find_all("td") if not td.img]
    assert cells == [td.get_text() for td in page.find_all("td") if not td.svg]
