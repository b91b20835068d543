"""From findings to the report: the title page and the sections in their order."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from frankpledge.analysis.findings import Findings
from frankpledge.analysis.periods import financial_year, month_name, quarter
from frankpledge.definitions.library import Library
from frankpledge.reporting.commentary import Commentary
from frankpledge.reporting.document import Notice, Report, Section, TitlePage
from frankpledge.reporting.grammar import year_to_date_name
from frankpledge.reporting.readings import Material
from frankpledge.reporting.sections import (
    areas,
    exceptional,
    explanations,
    measures,
    scorecard,
)
from frankpledge.reporting.settings import ReportSettings


def build_report(
    findings: Findings,
    library: Library,
    settings: ReportSettings,
    commentary: Commentary | None = None,
) -> Report:
    """The whole report as a document; every form is drawn from it."""
    material = Material(findings, library, settings, commentary or Commentary())
    sections = (
        explanations.how_to_read(material),
        scorecard.section(material),
        exceptional.exceptions_list(material),
        *areas.sections(material),
        *exceptional.sections(material),
        *measures.sections(material),
        explanations.methods(material),
        explanations.revisions(material),
        explanations.held_back(material),
    )
    return Report(title_page(material), _parts_begin_pages(sections))


def _parts_begin_pages(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The first page of a part follows its heading on the same sheet, as a cover of its own would
    be an empty one."""
    firsts = {
        page.anchor
        for part, page in pairwise(sections)
        if (part.level, page.level) == (2, 3) and part.landscape == page.landscape
    }
    return tuple(replace(s, new_page=False) if s.anchor in firsts else s for s in sections)


def title_page(material: Material) -> TitlePage:
    """What stands on the first page."""
    settings, month = material.settings, material.month
    rebuilt = any(reading.reconstructed for reading in material.readings())
    return TitlePage(
        title=settings.title,
        force=settings.force_name or settings.force,
        month=month,
        period=period(material),
        version=settings.version.capitalize(),
        classification=settings.classification,
        reference=settings.reference,
        purpose=settings.purpose,
        author_role=settings.author_role,
        owner_role=settings.owner_role,
        day=settings.date,
        handling=settings.handling,
        notices=(_RECONSTRUCTED,) if rebuilt else (),
    )


def period(material: Material) -> str:
    """The period the report is about: "June 2022 and April to June 2022 (Q1 of 2022/23)"."""
    month = material.month
    span = year_to_date_name(month)
    if span == month_name(month):
        return f"{span} ({quarter(month)} of {financial_year(month)})"
    return f"{month_name(month)}, with {span} ({financial_year(month)} to date)"


_RECONSTRUCTED = Notice(
    "Reconstructed figures",
    (
        "This report rests in part on months that were never published and have been reconstructed so"
        " that the published figures come out again. Every page that shows them says so.",
    ),
    "warning",
)
