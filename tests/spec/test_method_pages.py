"""The method pages show the spec tables as they are."""

import pytest

from spec.publish import BLOCK, PAGES, published

ASKING = [page for page in sorted(PAGES.glob("*.md")) if BLOCK.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("page", ASKING, ids=lambda page: page.stem)
def test_a_page_shows_its_spec_tables_as_they_are(page):
    text = page.read_text("utf-8")
    assert published(text) == text, "run python tests/spec/publish.py"


def test_pages_ask_for_spec_tables():
    assert {"comparisons", "suppression", "screening"} <= {page.stem for page in ASKING}


def test_a_table_that_has_moved_on_is_written_again():
    old = "<!-- spec: comparisons/changes -->\n\n| now |\n\n<!-- end of spec -->"
    assert "| 60 | 50 | 20 |" in published(old)
