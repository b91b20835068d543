"""The PDF's tags, read with another library. These are the claims we make for it, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from made_up import report
from weasyprint.urls import FatalURLFetchingError

from frankpledge.reporting.pdf import write_pdf, write_report


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    write_report(report(), path)
    return path


@pytest.fixture(scope="module")
def pdf(path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(path) as opened:
        yield opened


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every structure element of the tag tree."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if "/S" in element:
            yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, pikepdf.Array) else [kids]
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


def tagged(pdf: pikepdf.Pdf, tag: str) -> list[pikepdf.Dictionary]:
    return [e for e in elements(pdf) if str(e.S) == f"/{tag}"]


def test_it_is_tagged_and_says_its_language(pdf):
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-GB"
    assert len(list(elements(pdf))) > 500


def test_its_title_is_in_the_metadata_and_shown_in_the_window(pdf):
    title = "Performance report, June 2022, with April to June 2022 (2022/23 to date), West Mercia Police"
    assert str(pdf.docinfo["/Title"]) == title
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == title
        assert metadata["pdfuaid:part"] == "1"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_headings_are_tagged_by_their_level(pdf):
    counts = Counter(str(e.S) for e in elements(pdf))
    assert counts["/H1"] == 1
    assert counts["/H2"] > 5
    assert counts["/H3"] > 5
    assert counts["/H4"] > 5


def test_every_cell_of_a_table_names_the_headers_it_stands_under(pdf):
    names = {str(th.ID) for th in tagged(pdf, "TH") if "/ID" in th}
    cells = [td for td in tagged(pdf, "TD") if "/A" in td]
    assert len(cells) > 100
    for cell in cells:
        headers = [str(name) for name in cell.A.Headers]
        assert len(headers) >= 2
        assert set(headers) <= names


def test_every_figure_has_an_alternative_text(pdf):
    figures = tagged(pdf, "Figure")
    assert len(figures) >= 3
    assert all(str(figure.get("/Alt", "")).strip() for figure in figures)
    assert any("Line chart of Shoplifting" in str(figure.Alt) for figure in figures)


def test_its_bookmarks_are_the_contents(pdf):
    with pdf.open_outline() as outline:
        parts = [item.title for item in outline.root]
        pages = [page.title for item in outline.root for page in item.children]
    assert parts[:3] == ["Contents", "How to read this report", "Scorecard"]
    assert "Shoplifting" in pages


def test_every_page_carries_the_classification_and_its_number(path):
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    for number, page in enumerate(document, start=1):
        text = page.get_textpage().get_text_bounded()
        assert text.count("OFFICIAL") >= 2
        assert f"Page {number} of {len(document)}" in text


def test_it_refuses_to_fetch_from_outside(tmp_path):
    picture = '<html lang="en"><title>x</title><img alt="x" src="http://127.0.0.1:9/x.png"></html>'
    with pytest.raises(FatalURLFetchingError, match=r"127\.0\.0\.1"):
        write_pdf(picture, tmp_path / "x.pdf")
