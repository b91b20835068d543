"""The plan as a PDF: tagged, named, bookmarked, made once, and never kept before it is public."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings

from frankpledge.web.plans import paper
from tests.web.plans.plans import words_of_pdf

pytestmark = pytest.mark.django_db

PDF = "/northshire/plan/plan.pdf"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path / "plans"


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*")) if folder.exists() else []


def test_the_pdf_is_tagged_and_has_title_language_and_bookmarks(plan, client, folder):
    response = client.get(PDF)
    assert response["Content-Disposition"] == 'inline; filename="northshire-plan-version-1.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "en-GB"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.docinfo.Title) == "A Safer Shire, version 1"
        with document.open_outline() as outline:
            titles = {entry.title for root in outline.root for entry in (root, *root.children)}
    assert {"The vision", "1. Help those who were harmed", "How this version was made"} <= titles
    assert "Answering every call for help." in words_of_pdf(response.content)


def test_it_is_made_once(plan, client, folder, monkeypatch):
    made = []
    monkeypatch.setattr(
        paper, "write_pdf", lambda html, path: made.append(path.write_bytes(b"%PDF"))
    )
    first, second = (client.get(PDF).content for _ in range(2))
    assert (first, second, len(made), len(kept(folder))) == (b"%PDF", b"%PDF", 1, 1)


def test_a_draft_is_made_for_the_office_alone_and_not_kept(draft, as_role, folder, monkeypatch):
    monkeypatch.setattr(paper, "write_pdf", lambda html, path: path.write_bytes(html.encode()))
    office = as_role("office_officer").get(f"{PDF}?version=2")
    assert "Draft. Not in force." in office.content.decode()
    assert as_role("public").get(f"{PDF}?version=2").status_code == 404
    assert as_role("panel_chair").get(f"{PDF}?version=2").status_code == 404
    assert kept(folder) == []
