"""The report as one document: a title page and sections made of a few kinds of block.

Every form (HTML, PDF, Word, Excel, findings.json) is drawn from this and from nothing else, so that
a number reads the same in all of them. Everything here is frozen and carries no behaviour beyond
looking itself up; the words and figures were chosen by the section builders.

A number that stands in a table is a `Cell` with a `FindingRef`: the measure, area, month and name of
the finding it prints. That is how the forms are read back and compared.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from frankpledge.analysis.conditions import Condition


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that a sentence leans on."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another section of the report, or to an address."""

    text: str
    target: str
    """"#anchor" inside the report, or a whole address."""


Words = tuple[str | Strong | Link, ...]
"""Running text: plain strings, strong words and links, one after the other."""


def plain(words: Words) -> str:
    """The words without marks: what a screen reader says and a spreadsheet prints."""
    return "".join(part if isinstance(part, str) else part.text for part in words)


@dataclass(frozen=True, slots=True)
class FindingRef:
    """Which finding a printed number is: a row of `findings.json`."""

    measure: str
    area: str
    month: date
    name: str
    """A name of `analysis.findings.NAMES`, as "value" or "year_to_date_change_pct"."""

    def __str__(self) -> str:
        return f"{self.measure}|{self.area}|{self.month:%Y-%m}|{self.name}"


Emphasis = Literal["", "above", "below", "strong", "reconstructed", "overdue"]
"""What marks a cell or a row out. Each is a word and a shape in every form, never colour alone."""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line of the last months, without axes; its words say what it shows."""

    values: tuple[float | None, ...]
    alt: str
    projection: tuple[float, ...] = ()
    lower: float | None = None
    upper: float | None = None
    hollow: bool = False
    """True where the line rests on reconstructed values."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: what it prints, and what that is."""

    text: str
    finding: FindingRef | None = None
    value: float | bool | str | date | None = None
    """The unrounded value behind the text; None where there is none to show."""
    places: int | None = None
    """How many decimals `text` prints of a number."""
    condition: Condition | None = None
    emphasis: Emphasis = ""
    note: str = ""
    """Why there is no value, or what marks it; read out and shown in print."""
    link: str = ""
    """Where the text leads: "#anchor"."""
    sparkline: Sparkline | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    heading: str
    kind: Literal["words", "number", "sparkline"] = "words"
    heads_row: bool = False
    """True of the column that names each row (a row header)."""
    hint: str = ""
    """A unit or an explanation, printed below the heading."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a row with `group` set is a line that names the rows below it."""

    cells: tuple[Cell, ...]
    emphasis: Emphasis = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, one header row and a header in each row. No merged cells."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    anchor: str
    """Unique in the report: the address in HTML, the sheet's subject in Excel."""
    notes: tuple[str, ...] = ()
    compact: bool = False
    """True of long tables set in smaller type in print."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A month of a chart. A value of None is a gap in the line, never a nought."""

    month: date
    value: float | None
    lower: float | None = None
    upper: float | None = None
    mean: float | None = None
    rolling: float | None = None
    crossing: Literal["above", "below"] | None = None
    reconstructed: bool = False
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class ChartBreak:
    """A month from which the figures were recorded in another way."""

    month: date
    reason: str


@dataclass(frozen=True, slots=True)
class ProjectedPoint:
    """A month to come: the middle of what is expected, and the 80% and 95% intervals."""

    month: date
    middle: float
    lower_80: float
    upper_80: float
    lower_95: float
    upper_95: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure's months with limits, rolling 12 months, target, breaks and projection."""

    unit: str
    axis: str
    """What the vertical axis counts, as "Offences a month"."""
    decimals: int
    points: tuple[ChartPoint, ...]
    projection: tuple[ProjectedPoint, ...] = ()
    breaks: tuple[ChartBreak, ...] = ()
    target: float | None = None
    target_label: str = ""
    rolling_axis: str = ""
    """What the rolling line counts; empty where no rolling line is drawn."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Words
    lead: bool = False
    """True of the first sentence of a page, set larger: it answers the page's question."""


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading one level below its section's."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class KeyPoints:
    """A list of sentences; with `heading`, under a subheading of that name."""

    points: tuple[Words, ...]
    heading: str = "Key points"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know before the figures: reconstructed, trial limits, overdue."""

    label: str
    """The word that says what kind of notice it is, as "Reconstructed figures"."""
    words: Words
    kind: Literal["warning", "information", "awaiting"] = "information"


@dataclass(frozen=True, slots=True)
class Definition:
    term: str
    words: Words
    finding: FindingRef | None = None
    value: float | bool | str | date | None = None


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms and what each is: definition, source, roles, next review."""

    items: tuple[Definition, ...]
    heading: str = ""
    boxed: bool = False
    """True of the box that says what good looks like."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with a title that states the finding, a long description and its table."""

    chart: Chart
    title: str
    alt: str
    table: Table
    anchor: str
    note: str = ""
    """What the marks mean, where that needs words below the chart."""


Block = Paragraph | Subheading | KeyPoints | Table | Figure | Notice | DefinitionList


@dataclass(frozen=True, slots=True)
class Section:
    """A part (level 2) or a page (level 3) of the report; the title page has level 1."""

    heading: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    level: Literal[2, 3] = 2
    new_page: bool = True
    """Begins a new page in print."""
    landscape: bool = False
    """Printed on its side: a page of wide tables."""


@dataclass(frozen=True, slots=True)
class TitlePage:
    title: str
    force: str
    month: date
    period: str
    """As people say it: "April to June 2022"."""
    version: str
    classification: str
    reference: str
    purpose: str
    author_role: str
    owner_role: str
    day: date
    """The date of the report: what was known by then is in it."""
    handling: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    title_page: TitlePage
    sections: tuple[Section, ...]
    language: str = "en-GB"

    def tables(self) -> Iterator[tuple[Section, Table]]:
        """Every table with the section it stands in, those behind charts included."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Table):
                    yield section, block
                elif isinstance(block, Figure):
                    yield section, block.table

    def figures(self) -> Iterator[tuple[Section, Figure]]:
        """Every chart with the section it stands in."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Figure):
                    yield section, block

    def printed(self) -> Iterator[tuple[FindingRef, Cell]]:
        """Every number that a table prints, with the finding it is."""
        for _, table in self.tables():
            for row in table.rows:
                for cell in row.cells:
                    if cell.finding is not None:
                        yield cell.finding, cell
