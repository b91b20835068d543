"""The report as one HTML document: self-contained, readable without scripts, the source of the PDF
and of the Word file."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from frankpledge.analysis.periods import day_name
from frankpledge.reporting import charts, sparklines
from frankpledge.reporting.document import Figure, Report, Section, Sparkline, TitlePage

SHAPES = {
    "above": "▲\N{NO-BREAK SPACE}",
    "below": "▼\N{NO-BREAK SPACE}",
    "strong": "◆\N{NO-BREAK SPACE}",
    "reconstructed": "○\N{NO-BREAK SPACE}",
    "overdue": "!\N{NO-BREAK SPACE}",
}
"""What stands before a marked cell, so that a mark is never colour alone."""


def render(report: Report, *, for_print: bool = False) -> str:
    """The whole report as an HTML document.

    `for_print` makes the same document for WeasyPrint, with its charts as images instead of inline
    and without the names of findings: what is not there need not be matched against the style sheet.
    """
    drawing = _Images() if for_print else _Inline()
    return (
        _environment(drawing)
        .get_template("report.html.j2")
        .render(
            report=report,
            title_page=report.title_page,
            page_title=page_title(report.title_page),
            particulars=particulars(report.title_page),
            contents=list(contents(report.sections)),
            styles=Markup(style_sheet()),
        )
    )


def write_html(report: Report, path: Path) -> None:
    """Writes the report as a web page."""
    path.write_text(render(report), encoding="utf-8")


def page_title(title_page: TitlePage) -> str:
    """The document's title: "Performance report, April to June 2022, West Mercia"."""
    return f"{title_page.title}, {title_page.period}, {title_page.force}"


def particulars(title_page: TitlePage) -> list[tuple[str, str]]:
    """What the title page says about the report, in order; what is empty is left out."""
    rows = [
        ("Version", title_page.version),
        ("Classification", title_page.classification),
        ("Date", day_name(title_page.day)),
        ("Reference", title_page.reference),
        ("Author", title_page.author_role),
        ("Owner", title_page.owner_role),
        ("Handling", title_page.handling),
    ]
    return [(term, text) for term, text in rows if text]


def contents(sections: tuple[Section, ...]) -> Iterator[tuple[Section, list[Section]]]:
    """The parts of the report, each with the pages in it."""
    pages: list[Section] = []
    for section in sections:
        if section.level == 2:
            pages = []
            yield section, pages
        else:
            pages.append(section)


def style_sheet() -> str:
    """The style sheet, for screen and print."""
    folder = files("frankpledge.reporting") / "styles"
    return "\n".join(
        (folder / name).read_text(encoding="utf-8") for name in ("report.css", "print.css")
    )


class _Inline:
    """Draws charts into the document, giving every one an id of its own."""

    def __init__(self) -> None:
        self.drawn = 0

    def _next_id(self) -> str:
        self.drawn += 1
        return f"svg{self.drawn}"

    def chart(self, figure: Figure) -> Markup:
        return Markup(charts.svg(figure.chart, figure.alt, self._next_id()))

    def sparkline(self, line: Sparkline) -> Markup:
        return Markup(sparklines.svg(line, self._next_id()))


class _Images:
    """Puts charts into the document as images with an alternative text."""

    def chart(self, figure: Figure) -> Markup:
        return _image("chart-image", charts.picture(figure.chart), figure.alt)

    def sparkline(self, line: Sparkline) -> Markup:
        return _image("spark", sparklines.picture(line), line.alt)


def _image(kind: str, picture: str, alt: str) -> Markup:
    data = b64encode(picture.encode()).decode()
    return Markup('<img class="{}" src="data:image/svg+xml;base64,{}" alt="{}">').format(
        kind, data, alt
    )


def _environment(drawing: _Inline | _Images) -> Environment:
    environment = Environment(
        loader=PackageLoader("frankpledge.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "chart": drawing.chart,
        "sparkline": drawing.sparkline,
        "shape": SHAPES.__getitem__,
        "for_print": isinstance(drawing, _Images),
        "kind_of": lambda block: type(block).__name__,
    }
    return environment
