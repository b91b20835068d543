"""How to read the report, the methods behind it, what was revised and what was held back."""

from __future__ import annotations

from datetime import date

from frankpledge.analysis.limits.rule_sets import RULE_SETS
from frankpledge.analysis.periods import day_name, month_name
from frankpledge.analysis.yardstick import BANDS
from frankpledge.reporting import numbers, sentences
from frankpledge.reporting.document import (
    Block,
    Cell,
    Column,
    Definition,
    DefinitionList,
    FindingRef,
    KeyPoints,
    Paragraph,
    Row,
    Section,
    Subheading,
    Table,
)
from frankpledge.reporting.readings import FindingsRow, Material
from frankpledge.reporting.settings import Break, ExceptionalPeriod, Rebaseline


def how_to_read(material: Material) -> Section:
    """What a reader needs before the first table."""
    pack = material.findings.pack
    chance = sentences.by_chance(pack.expected_by_chance, pack.judged, pack.crossings)
    return Section(
        "How to read this report",
        "how-to-read",
        (
            Paragraph(
                (
                    "A figure is worth a question when it lies outside its control limits: the range"
                    " that this measure mostly keeps to while nothing changes.",
                ),
                lead=True,
            ),
            Subheading("Control limits"),
            KeyPoints(
                (
                    (limits_summary(pack.limits),),
                    (
                        "Limits are printed as whole numbers and a lower limit below 0 as 0. Whether a"
                        " figure lies outside is judged on the unrounded limit, so a figure may equal a"
                        " printed limit and still lie beyond it.",
                    ),
                    (chance or "No series has limits yet, so none can lie outside them.",),
                    *((said,) for said in _on_chance(material)),
                    (
                        "▲ means above the upper limit, ▼ below the lower limit, ◆ that the evidence is"
                        " strong when all series are judged together, ○ that a month is reconstructed.",
                    ),
                ),
                heading="",
            ),
            Subheading("Changes"),
            KeyPoints(
                (
                    (
                        "A percentage change is the difference divided by the earlier figure. From 0"
                        " there is none. From a count below 10 the counts lead and the percentage is"
                        " marked as from a small base.",
                    ),
                    ("The difference of two percentages is given in percentage points.",),
                    (
                        "The year to date runs from 1 April and is compared with the same months of"
                        " the year before.",
                    ),
                    ("Numbers are rounded for print only, half away from zero.",),
                ),
                heading="",
            ),
            Subheading("Likelihood"),
            Paragraph(
                (
                    "How likely it is that what good looks like is met by its date is said in the words"
                    " of the probability yardstick, with the number beside the word. The gaps between"
                    " the bands are meant; a number in a gap takes the nearer word.",
                )
            ),
            _yardstick(),
            *_reconstructed(material),
            Subheading("What is not known"),
            Paragraph(
                (
                    "“Not available” is a figure that nobody reported. “Fewer than” a number, or"
                    " “withheld”, is one hidden to protect people. Neither is a nought.",
                )
            ),
        ),
    )


def _on_chance(material: Material) -> tuple[str, ...]:
    """What a season does to the limits, what a p-value is, and what judging together means."""
    known = RULE_SETS.get(material.findings.pack.limits)
    season = (
        "These limits know no season: a measure that has one lies outside them more often in its"
        " season, with nothing going on.",
    )
    return (
        *(season if known is not None and known.method == "fixed year" else ()),
        "A p-value is how probable a figure so far from what is expected, or further, would be if"
        " nothing had changed: the smaller it is, the harder it is to put down to chance.",
        "Among many series some lie outside by chance. Judged together means that a flag must be"
        " clearer the more series were looked at, before its evidence is called strong.",
    )


def _reconstructed(material: Material) -> tuple[Block, ...]:
    said = reconstructed(material)
    return (Subheading("Reconstructed figures", "reconstructed-figures"), *said) if said else ()


def reconstructed(material: Material) -> tuple[Block, ...]:
    """What a reconstructed month is, where there is any."""
    if not any(reading.reconstructed for reading in material.readings()):
        return ()
    said = (
        "Some months were not published. They were worked out so that the limits, totals and changes"
        " that were published come out again. Other months would do so too: a reconstructed month is"
        " marked ○ in tables and drawn hollow in charts, and limits, totals, changes and projections"
        " that rest on one are no surer than it is."
    )
    return (Paragraph((said,)),)


def limits_summary(name: str) -> str:
    """How the limits of this report were drawn, by the name of the rule-set."""
    known = RULE_SETS.get(name)
    said = known.summary if known else "Limits as the named rule-set draws them."
    return f"{said} (Rule-set {name}.)"


def strong_flags(material: Material) -> str:
    """What a strong mark is worth under the limits of this report."""
    pack = material.findings.pack
    known = RULE_SETS.get(pack.limits)
    return sentences.false_share(known.method if known else "", pack.false_discovery_level)


def _yardstick() -> Table:
    return Table(
        "The probability yardstick",
        (Column("Words", heads_row=True), Column("Probability", "number")),
        tuple(Row((Cell(band.word.capitalize()), Cell(band.printed))) for band in BANDS),
        "yardstick",
    )


def methods(material: Material) -> Section:
    """How each kind of number was made."""
    pack, settings = material.findings.pack, material.settings
    as_at = f"Figures as known on {day_name(pack.as_at)}." if pack.as_at else "All figures given."
    items = [
        ("What was known", as_at),
        ("Control limits", limits_summary(pack.limits)),
        (
            "Strong flags",
            f"The flags of the whole report are judged together (Benjamini and Hochberg)."
            f" {strong_flags(material)}",
        ),
        (
            "Projection",
            "Six months ahead from the series' own level, trend and season, with 80% and 95%"
            " intervals.",
        ),
        (
            "Likelihood",
            "The share of simulated paths that meet what good looks like, corrected by how often such"
            " shares came true, over both directions together: “at least” and “at most” taken by"
            " themselves were 5 to 9 points off in the middle bands in the years it was judged on."
            " Under 12 months of history none is computed; under 24 the confidence"
            " is low.",
        ),
        (
            "Similar forces",
            f"Ranked among {len(settings.similar_forces)} similar forces."
            if settings.similar_forces
            else "No figures of similar forces were given.",
        ),
        *(("Break in recording", _break(b, material)) for b in settings.breaks),
        *(("Re-baselined", _rebaseline(r, material)) for r in settings.rebaselines),
        *(("Exceptional period", _period(p)) for p in settings.exceptional_periods),
    ]
    terms = tuple(Definition(term, (text,)) for term, text in items)
    return Section(
        "Methods",
        "methods",
        (
            Paragraph(
                ("Every number in this report is worked out once, from the figures given.",),
                lead=True,
            ),
            DefinitionList(terms),
        ),
    )


def _title(measure: str, material: Material) -> str:
    return material.library.get(measure).title if measure in material.library else measure


def _break(each: Break, material: Material) -> str:
    where = each.area or "every area"
    after = " The limits are drawn anew from there." if each.restarts_baseline else ""
    return f"{_title(each.measure, material)}, {where}, from {month_name(each.month)}: {each.reason}{after}"


def _rebaseline(each: Rebaseline, material: Material) -> str:
    where = each.area or "every area"
    return (
        f"{_title(each.measure, material)}, {where}, from {month_name(each.from_month)}: judged against"
        f" {month_name(each.baseline_from)} to {month_name(each.baseline_to)}."
    )


def _period(each: ExceptionalPeriod) -> str:
    left = "left out of baselines" if each.left_out else "kept in baselines"
    return f"{month_name(each.from_month)} to {month_name(each.to_month)}: {each.reason} ({left})."


def revisions(material: Material) -> Section:
    """Every figure that replaced another."""
    frame = material.findings.revisions
    if frame.is_empty():
        said = "No figure in this report replaced an earlier one."
        return Section("Revisions", "revisions", (Paragraph((said,), lead=True),), new_page=False)
    table = Table(
        "Figures that replaced earlier ones",
        (
            Column("Measure", heads_row=True),
            Column("Area"),
            Column("Month"),
            Column("Earlier", "number"),
            Column("Known"),
            Column("Later", "number"),
            Column("Known"),
        ),
        tuple(_revision(row, material) for row in frame.iter_rows(named=True)),
        "revisions-table",
        compact=True,
    )
    said = (
        f"{frame.height:,} {'figure' if frame.height == 1 else 'figures'} replaced an earlier one."
    )
    return Section("Revisions", "revisions", (Paragraph((said,), lead=True), table))


def _revision(row: FindingsRow, material: Material) -> Row:
    measure = material.library.get(row["measure"])

    def printed(value: float | None) -> Cell:
        return Cell(
            numbers.measured(value, measure.unit, measure.decimals),
            value=value,
            places=measure.decimals,
        )

    def known(day: date | None) -> Cell:
        return Cell(day_name(day) if day else "from the start")

    return Row(
        (
            Cell(measure.title),
            Cell(row["area"]),
            Cell(month_name(row["month"])),
            printed(row["earlier"]),
            known(row["earlier_known_at"]),
            printed(row["later"]),
            known(row["later_known_at"]),
        )
    )


def held_back(material: Material) -> Section:
    """Values too unlike the rest to be believed, and what would be usual."""
    frame = material.findings.held_back
    if frame.is_empty():
        said = "No value was held back as implausible."
        return Section(
            "Values held back", "held-back", (Paragraph((said,), lead=True),), new_page=False
        )
    table = Table(
        "Values held back as implausible",
        (
            Column("Measure", heads_row=True),
            Column("Area"),
            Column("Month"),
            Column("Reported", "number"),
            Column("Usual", "number"),
            Column("Why"),
        ),
        tuple(_held(row, material) for row in frame.iter_rows(named=True)),
        "held-back-table",
        compact=True,
    )
    said = (
        f"{frame.height:,} {'value is' if frame.height == 1 else 'values are'} implausible and left out"
        " of every total, change and limit."
    )
    return Section("Values held back", "held-back", (Paragraph((said,), lead=True), table))


def _held(row: FindingsRow, material: Material) -> Row:
    measure = material.library.get(row["measure"])
    ref = FindingRef(row["measure"], row["area"], row["month"], "held_back")
    value, usual = row["value"], row["usual"]
    places = measure.decimals
    return Row(
        (
            Cell(measure.title),
            Cell(row["area"]),
            Cell(month_name(row["month"])),
            Cell(numbers.measured(value, measure.unit, places), ref, value, places),
            Cell("unknown" if usual is None else numbers.measured(usual, measure.unit, places)),
            Cell(row["why"]),
        )
    )
