"""The demonstration report as a whole: every page in it, every mark it needs."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from frankpledge.analysis.conditions import Origin
from frankpledge.reporting.document import Figure, Notice, Table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demonstration")]

NO_NOTICE_NEEDED = {"revisions", "held-back"}


@pytest.fixture(scope="module")
def page(demonstration) -> BeautifulSoup:
    return BeautifulSoup((demonstration.folder / "report.html").read_text(encoding="utf-8"), "lxml")


def test_every_exceptional_volume_has_a_page_of_its_own(demonstration):
    pages = {s.anchor for s in demonstration.report.sections if s.anchor.startswith("exceptional-")}
    pages.discard("exceptional-volumes")
    assert len(pages) == demonstration.findings.exceptions.height == 28


def test_every_page_that_shows_a_reconstructed_series_says_so(demonstration):
    """A series with one reconstructed month marks every page that prints a finding of it."""
    history = demonstration.findings.history
    rebuilt = {
        (row["measure"], row["area"])
        for row in history.iter_rows(named=True)
        if row["origin"] == Origin.RECONSTRUCTED
    }
    assert len(rebuilt) > 100
    unmarked = []
    for section in demonstration.report.sections:
        shown = {
            (cell.finding.measure, cell.finding.area)
            for block in section.blocks
            if isinstance(block, Table | Figure)
            for row in (block if isinstance(block, Table) else block.table).rows
            for cell in row.cells
            if cell.finding is not None
        }
        labels = {b.label for b in section.blocks if isinstance(b, Notice)}
        if shown & rebuilt and "Reconstructed figures" not in labels:
            unmarked.append(section.anchor)
    assert [a for a in unmarked if a not in NO_NOTICE_NEEDED] == []


def test_ids_are_unique_and_links_lead_somewhere(page):
    ids = Counter(node["id"] for node in page.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    assert {a["href"][1:] for a in page.find_all("a", href=re.compile("^#"))} <= set(ids)


def test_no_sentence_prints_what_a_program_would(page):
    for svg in page.find_all(["svg", "style"]):
        svg.extract()
    said = page.get_text(" ")
    assert re.findall(r"\b(?:None|nan|NaN|True|False|null|inf)\b", said) == []
    assert re.findall(r"\w\.\.(?!\.)|\(\s*\)|\d-\d{2,}%", said) == []


def test_every_measure_with_a_figure_has_a_page(demonstration):
    anchors = {s.anchor for s in demonstration.report.sections}
    measures = set(demonstration.findings.newest["measure"])
    assert {f"measure-{m}" for m in measures} <= anchors
