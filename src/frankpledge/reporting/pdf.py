"""The HTML document as a tagged PDF, by WeasyPrint.

What the tests check in it: a structure tree, the language, the title in the metadata and shown in
the window, headings, table headers tied to their cells, an alternative text on every figure, and
bookmarks. No validator has confirmed conformance, and none is claimed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pydyf
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from frankpledge.reporting import html
from frankpledge.reporting.document import Report


def write_report(report: Report, path: Path) -> None:
    """Writes the report as a tagged PDF."""
    write_pdf(html.render(report, for_print=True), path)


def write_pdf(document: str, path: Path) -> None:
    """Writes an HTML document as a tagged PDF. It asks for nothing from outside the document."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    nothing_else = URLFetcher(allowed_protocols=["data"], fail_on_errors=True)
    with _pages_listed_once():
        HTML(string=document, url_fetcher=nothing_else).write_pdf(path, pdf_variant="pdf/ua-1")


@contextmanager
def _pages_listed_once() -> Iterator[None]:
    """Lets pydyf keep its list of pages while one document is written.

    It makes the list anew for every tag: 48,000 times 214 pages in the demonstration report, a
    tenth of the whole time. The list grows with each page, so it is kept only until one is added.
    """
    plain = pydyf.PDF.page_references
    kept: dict[int, tuple[int, tuple[bytes, ...]]] = {}

    def page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
        pages = len(pdf.pages["Kids"])
        if kept.get(id(pdf), (None,))[0] != pages:
            kept[id(pdf)] = (pages, plain.fget(pdf))
        return kept[id(pdf)][1]

    pydyf.PDF.page_references = property(page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = plain
