"""The report as a Word file, by pandoc, with charts as pictures.

Headings are Word's own, tables have header rows that repeat on the next page, pictures have
alternative texts and the language is set, so that the file can be read aloud and moved about in.
"""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pypandoc
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor, Twips
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from frankpledge.reporting.charts import png
from frankpledge.reporting.document import Figure, Report
from frankpledge.reporting.html import SHAPES, contents, page_title, particulars

FONT = "Arial"
INK = RGBColor(0x0B, 0x0C, 0x0C)
PICTURE_WIDTH = "165mm"
TEXT_WIDTH = 9638
"""From margin to margin of an A4 page, in twips (170 mm)."""
LETTER, PADDING = 104, 230
"""What a letter of a table takes, and a cell beside its words, in twips."""


def write_word(report: Report, path: Path) -> None:
    """Writes the report as a Word file (.docx)."""
    with TemporaryDirectory() as folder:
        room = Path(folder)
        page = room / "report.html"
        page.write_text(_html(report, room), encoding="utf-8")
        _reference(room / "reference.docx")
        pypandoc.convert_file(
            str(page),
            "docx",
            format="html",
            outputfile=str(room / "report.docx"),
            extra_args=[f"--reference-doc={room / 'reference.docx'}", f"--resource-path={room}"],
        )
        document = docx.Document(str(room / "report.docx"))
        _finish(document, report)
        document.save(str(path))


def _html(report: Report, room: Path) -> str:
    """The document in the plain HTML that pandoc turns into Word's own headings and tables."""
    environment = Environment(
        loader=PackageLoader("frankpledge.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = 0

    def picture(figure: Figure) -> Markup:
        nonlocal drawn
        drawn += 1
        name = f"chart-{drawn}.png"
        (room / name).write_bytes(png(figure.chart))
        alt = escape(figure.alt, quote=True)
        return Markup(f'<img src="{name}" alt="{alt}" style="width:{PICTURE_WIDTH}">')

    environment.globals |= {
        "picture": picture,
        "shape": SHAPES.__getitem__,
        "kind_of": lambda block: type(block).__name__,
        "right": Markup(' style="text-align:right"'),
    }
    return environment.get_template("word.html.j2").render(
        report=report,
        title_page=report.title_page,
        page_title=page_title(report.title_page),
        particulars=particulars(report.title_page),
        contents=list(contents(report.sections)),
    )


def _reference(path: Path) -> None:
    """The look of the file: pandoc's own reference document with our type and spaces."""
    pandoc = pypandoc.get_pandoc_path()
    command = [pandoc, "--print-default-data-file", "reference.docx"]
    path.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)
    reference = docx.Document(str(path))
    for section in reference.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin = section.bottom_margin = Mm(20)
    for name, size, space in (
        ("Normal", 11, 6),
        ("Body Text", 11, 8),
        ("First Paragraph", 11, 8),
        ("Compact", 8.5, 1),
        ("Heading 1", 26, 10),
        ("Heading 2", 20, 10),
        ("Heading 3", 16, 8),
        ("Heading 4", 12, 4),
        ("Table Caption", 10, 4),
        ("Definition Term", 11, 0),
        ("Definition", 11, 6),
    ):
        _style(reference, name, size, space)
    _style(reference, "Lead", 14, 10)
    _style(reference, "Figure title", 11, 4, bold=True).paragraph_format.keep_with_next = True
    _style(reference, "Notice", 11, 8)
    _style(reference, "Small print paragraph", 9, 4)
    _bordered_left(reference.styles["Notice"])
    reference.styles["Table Caption"].font.bold = True
    reference.styles["Table Caption"].paragraph_format.keep_with_next = True
    reference.styles["Definition Term"].font.bold = True
    reference.styles["Heading 2"].paragraph_format.page_break_before = True
    small = reference.styles.add_style("Small print", WD_STYLE_TYPE.CHARACTER)
    small.font.size = Pt(8)
    _ruled(reference.styles["Table"])
    reference.save(str(path))


def _style(document: Document, name: str, size: float, after: float, *, bold: bool | None = None):
    """A paragraph style of the reference document, made if it is not there yet."""
    names = {style.name for style in document.styles}
    style = (
        document.styles[name]
        if name in names
        else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    style.font.name = FONT
    style.font.size = Pt(size)
    style.font.color.rgb = INK
    style.font.italic = False
    if bold is not None:
        style.font.bold = bold
    style.paragraph_format.space_after = Pt(after)
    _every_script_in(style, FONT)
    return style


def _every_script_in(style, font: str) -> None:
    """Word keeps a font for each script, and a theme over them; ours is the same for all."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)


def _bordered_left(style) -> None:
    """A thick line to the left: how a notice is told from the text around it."""
    borders = OxmlElement("w:pBdr")
    borders.append(_line("w:left", size=36, space=8))
    style.element.get_or_add_pPr().append(borders)


def _ruled(style) -> None:
    """A table style with a line under each row and a little air in each cell."""
    properties = style.element.find(qn("w:tblPr"))
    if properties is None:
        properties = OxmlElement("w:tblPr")
        style.element.append(properties)
    borders = OxmlElement("w:tblBorders")
    for side in ("w:top", "w:bottom", "w:insideH"):
        borders.append(_line(side, size=4, space=0))
    properties.append(borders)


def _line(side: str, *, size: int, space: int):
    line = OxmlElement(side)
    for name, value in (("val", "single"), ("sz", size), ("space", space), ("color", "505A5F")):
        line.set(qn(f"w:{name}"), str(value))
    return line


def _finish(document: Document, report: Report) -> None:
    """What pandoc leaves out: properties, language, a classification on every page."""
    properties = document.core_properties
    properties.title = page_title(report.title_page)
    properties.author = report.title_page.author_role
    properties.subject = report.title_page.purpose
    properties.language = report.language
    properties.keywords = report.title_page.classification
    _language(document, report.language)
    _drop_repeated_title(document)
    for section in document.sections:
        section.footer.paragraphs[0].text = report.title_page.classification
    for table in document.tables:
        _fit(table)


def _language(document: Document, language: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    tag = run.find(qn("w:lang"))
    if tag is None:
        tag = OxmlElement("w:lang")
        run.append(tag)
    tag.set(qn("w:val"), language)


def _drop_repeated_title(document: Document) -> None:
    """Pandoc prints the page's title above its first heading, which says the same."""
    first = document.paragraphs[0]
    if first.style.name == "Title":
        first._element.getparent().remove(first._element)


def _fit(table) -> None:
    """A table as wide as the page, each column as wide as its words need; rows that do not break.

    Pandoc gives every column the same width, which breaks names in two beside half-empty numbers.
    """
    grid = table._tbl.tblGrid.findall(qn("w:gridCol"))
    lines = table._tbl.tr_lst
    texts = [[_words_in(cell) for cell in line.tc_lst] for line in lines]
    widths = _widths([list(column) for column in zip(*texts, strict=True)])
    for column, width in zip(grid, widths, strict=True):
        column.set(qn("w:w"), str(width))
    whole = table._tbl.tblPr.find(qn("w:tblW"))
    whole.set(qn("w:type"), "dxa")
    whole.set(qn("w:w"), str(sum(widths)))
    for line in lines:
        line.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(line.tc_lst, widths, strict=True):
            cell.width = Twips(width)


def _words_in(cell) -> str:
    return "".join(text.text or "" for text in cell.iter(qn("w:t")))


def _widths(columns: list[list[str]]) -> list[int]:
    """Widths in twips that share the page out: each column's longest word, then by how much is said."""
    needs = [LETTER * max(map(_longest_word, column)) + PADDING for column in columns]
    wishes = [max(map(len, column)) ** 0.5 for column in columns]
    left = max(TEXT_WIDTH - sum(needs), 0)
    scale = min(TEXT_WIDTH / sum(needs), 1)
    shares = [wish / (sum(wishes) or 1) for wish in wishes]
    return [int(need * scale + left * share) for need, share in zip(needs, shares, strict=True)]


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=1)
