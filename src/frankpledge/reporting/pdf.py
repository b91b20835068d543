"""The HTML document as a tagged PDF, by WeasyPrint.

What the tests check in it: a structure tree, the language, the title in the metadata and shown in
the window, headings, table headers tied to their cells, an alternative text on every figure, and
bookmarks. No validator has confirmed conformance, and none is claimed.
"""

from __future__ import annotations

import logging
from pathlib import Path

from weasyprint import HTML


def write_pdf(html: str, path: Path) -> None:
    """Writes the HTML document as a tagged PDF. It asks for nothing from outside the document."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    HTML(string=html, url_fetcher=_refuse).write_pdf(path, pdf_variant="pdf/ua-1")


def _refuse(url: str, *_args: object, **_kwargs: object) -> dict:
    raise ValueError(f"the report is self-contained and asks for nothing outside itself: {url}")
