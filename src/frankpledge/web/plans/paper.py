"""A version of a plan on paper: a tagged PDF, made once for the words it holds."""

from __future__ import annotations

import hashlib
import os
import tempfile
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from frankpledge.reporting.pdf import write_pdf
from frankpledge.web.organisations.models import Body
from frankpledge.web.plans import presenters
from frankpledge.web.plans.reads import WholeVersion
from frankpledge.web.plans.states import State


def plan_as_pdf(whole: WholeVersion, office: Body) -> bytes:
    """The version as a PDF. Call it only with what the reader was found to be allowed to see.

    A published version is kept on disk under the digest of its words, so that it is made once and a
    change in how it is set makes it anew. What is not published is never kept.
    """
    document = plan_as_html(whole, office)
    if not whole.version.is_published:
        return _made(document)
    kept = _folder() / f"{hashlib.sha256(document.encode()).hexdigest()}.pdf"
    if not kept.exists():
        _keep(_made(document), kept)
    return kept.read_bytes()


def plan_as_html(whole: WholeVersion, office: Body) -> str:
    """The document of which the PDF is made. It says nothing that changes once a version is adopted."""
    version = whole.version
    published = version.is_published
    return render_to_string(
        "plans/paper.html",
        {
            "office": office,
            "plan": version.plan,
            "version": version,
            "published": published,
            "state": State(version.state).label,
            "term": presenters.term(version.plan.starts, version.plan.ends),
            "objectives": presenters.objectives_shown(whole),
            "consultations": whole.consultations,
            "dropped": whole.dropped,
            "styles": mark_safe(
                files(__package__).joinpath("paper.css").read_text(encoding="utf-8")
            ),
        },
    )


def _made(document: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.pdf"
        write_pdf(document, path)
        return path.read_bytes()


def _folder() -> Path:
    folder = Path(settings.DATA) / "plans"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _keep(content: bytes, path: Path) -> None:
    """Whole or not at all: two who ask at once each write their own and the last one stands."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as written:
        written.write(content)
    os.replace(written.name, path)
