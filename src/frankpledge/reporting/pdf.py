"""The HTML document as a tagged PDF, by WeasyPrint.

What the tests check in it: a structure tree, the language, the title in the metadata and shown in
the window, headings, table headers tied to their cells, an alternative text on every figure, and
bookmarks. No validator has confirmed conformance, and none is claimed.
"""

from __future__ import annotations

import logging
from pathlib import Path

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
    HTML(string=document, url_fetcher=nothing_else).write_pdf(path, pdf_variant="pdf/ua-1")
