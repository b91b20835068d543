"""What the pages of the report say, from made-up findings."""

from __future__ import annotations

from datetime import date

import pytest
from made_up import AREA, FORCE, MISSING, SHOPLIFTING, report

from frankpledge.analysis.conditions import Condition
from frankpledge.reporting.document import (
    Block,
    DefinitionList,
    Figure,
    KeyPoints,
    Notice,
    Paragraph,
    Report,
    Section,
    Subheading,
    Table,
    plain,
)
from frankpledge.reporting.settings import Break


@pytest.fixture(scope="module")
def made() -> Report:
    return report()


def section(made: Report, anchor: str) -> Section:
    return next(s for s in made.sections if s.anchor == anchor)


def words_of(block: Block) -> str:
    if isinstance(block, Paragraph | Notice):
        return plain(block.words)
    if isinstance(block, KeyPoints):
        return " ".join([block.heading, *(plain(p) for p in block.points)])
    if isinstance(block, DefinitionList):
        return " ".join(f"{i.term}: {plain(i.words)}" for i in block.items)
    if isinstance(block, Subheading):
        return block.text
    if isinstance(block, Figure):
        return f"{block.title} {block.alt} {words_of(block.table)}"
    cells = [c.text for row in block.rows for c in row.cells]
    return " ".join([block.caption, *cells, *block.notes])


def text_of(found: Section) -> str:
    return " ".join([found.heading, *(words_of(b) for b in found.blocks)])


def cells(made: Report) -> dict[str, str]:
    return {str(ref): cell.text for ref, cell in made.printed()}


def test_the_parts_stand_in_their_order(made):
    parts = [s.heading for s in made.sections if s.level == 2]
    assert parts[:5] == [
        "How to read this report", "Scorecard", "Exceptions", "Volumes by area", "Exceptional volumes",
    ]  # fmt: skip
    assert parts[-3:] == ["Methods", "Revisions", "Values held back"]


def test_the_first_sentence_of_a_page_answers_its_question(made):
    page = section(made, "exceptional-shoplifting-west-mercia")
    assert page.blocks[0] == Paragraph(
        ("Shoplifting was above its expected range in June 2022: 636 offences against an upper limit of 624.",),
        lead=True,
    )  # fmt: skip


def test_every_exceptional_volume_has_a_page_and_a_row_in_the_list(made):
    pages = [
        s.anchor for s in made.sections if s.anchor.startswith("exceptional-") and s.level == 3
    ]
    assert pages == ["exceptional-shoplifting-west-mercia"]
    listed = section(made, "exceptions")
    assert "1 lies outside" in text_of(listed)
    assert "strong" in text_of(listed)


def test_an_exceptional_row_is_marked_by_word_as_well_as_colour(made):
    table = next(b for b in section(made, "area-west-mercia").blocks if isinstance(b, Table))
    row = next(r for r in table.rows if r.emphasis == "above")
    assert [c.text for c in row.cells if c.emphasis == "above"] == ["above, strong evidence"]


def test_a_page_with_reconstructed_months_says_so(made):
    """Whatever shows a reconstructed value, or what rests on one, stands under a notice."""
    shown = [
        s
        for s in made.sections
        for b in s.blocks
        if "shoplifting" in str([c.finding for r in getattr(b, "rows", ()) for c in r.cells])
        or isinstance(b, Figure)
    ]
    assert len(shown) >= 3
    for page in shown:
        if page.anchor in {"revisions", "held-back"}:
            continue
        labels = [b.label for b in page.blocks if isinstance(b, Notice)]
        assert "Reconstructed figures" in labels, page.anchor


def test_a_reconstructed_month_is_marked_in_its_table_and_drawn_hollow(made):
    figure = next(f for s, f in made.figures() if s.anchor == "measure-shoplifting")
    months = [row.cells[1] for row in figure.table.rows if row.cells[1].finding.name == "value"]
    assert [c.emphasis for c in months[:3]] == ["reconstructed"] * 3
    assert months[-1].emphasis == ""
    assert [p.reconstructed for p in figure.chart.points][-2:] == [True, False]
    assert "Hollow points" in figure.note


def test_a_missing_month_is_a_gap_and_not_a_nought(made):
    figure = next(f for s, f in made.figures() if s.anchor == "measure-shoplifting")
    gap = next(p for p in figure.chart.points if p.month == date(2021, 12, 1))
    assert gap.value is None
    row = next(r for r in figure.table.rows if r.cells[0].text == "December 2021")
    assert row.cells[1].text == "not available"
    assert row.cells[1].value is None


def test_a_suppressed_value_says_so_and_carries_no_number(made):
    cell = next(c for ref, c in made.printed() if str(ref) == f"rape|{AREA}|2022-06|value")
    assert (cell.text, cell.value, cell.condition) == ("fewer than 5", None, Condition.SUPPRESSED)


def test_a_missing_value_gives_the_newest_there_is(made):
    assert "The newest figure, for May 2022, is 20,000" in text_of(
        section(made, "measure-incidents")
    )


def test_a_change_from_nought_has_no_percentage(made):
    page = section(made, f"area-{AREA.lower().replace(' ', '-')}")
    assert "Business robbery" in text_of(page)
    printed = cells(made)
    ref = f"shoplifting|{FORCE}|2022-06|previous_month_change_pct"
    assert printed[ref] == "+12.0%"


def test_single_observations_say_that_more_months_are_needed(made):
    said = text_of(section(made, "measure-public-confidence"))
    assert "Control limits and a computed likelihood need more months: one month is known." in said
    assert "Unlikely, judged by a person and not computed" in said


def test_words_of_people_are_printed_and_their_want_is_said(made):
    said = text_of(section(made, "measure-shoplifting"))
    assert "Prices rose." in said
    assert "Yes: Report in October." in said
    awaited = section(made, "measure-calls-999-answered-within-10-seconds")
    assert "Awaiting a person" in [b.label for b in awaited.blocks if isinstance(b, Notice)]


def test_a_likelihood_is_a_word_and_a_number(made):
    said = text_of(section(made, "measure-calls-999-answered-within-10-seconds"))
    assert "Likely or probable (62%), low confidence" in said


def test_areas_that_do_not_add_up_are_said(made):
    said = text_of(section(made, "area-west-mercia"))
    assert (
        "Shoplifting: the force's figure is 636, its areas add up to 630 (+6 for the force)."
        in said
    )


def test_indicators_without_figures_are_said_to_have_none(made):
    assert "No figures are held for this indicator." in text_of(section(made, "scorecard"))


def test_a_strong_mark_promises_no_more_than_its_limits_keep(made):
    for anchor in ("methods", "exceptional-shoplifting-west-mercia"):
        said = text_of(section(made, anchor))
        assert "12% to 23% of those of fixed-year limits" in said
        assert "at most 10%" not in said


def test_a_figure_of_several_months_says_which():
    row = {"measure": "homicide", "value": 4.0, "reason": "April to June 2022 together"}
    made = report(row)
    ref = f"homicide|{FORCE}|2022-06|value"
    cell = next(
        c for _, t in made.tables() for r in t.rows for c in r.cells if str(c.finding) == ref
    )
    assert (cell.text, cell.note) == ("4", "April to June 2022 together")
    said = text_of(section(made, "measure-homicide"))
    assert "(April to June 2022 together)." in said
    assert "4 in June 2022" not in said


def test_a_reconstructed_figure_is_marked_in_every_table():
    rebuilt = {
        **SHOPLIFTING, "origin": "reconstructed", "previous_month_origin": "reconstructed",
        "same_month_last_year_origin": "recorded", "derived_origin": "reconstructed",
    }  # fmt: skip
    made = report(rebuilt)
    marks: dict[str, set[str]] = {}
    for ref, cell in made.printed():
        if ref.month == date(2022, 6, 1) and not ref.name.startswith("year"):
            marks.setdefault(ref.name, set()).add(cell.emphasis)
    assert marks["previous_month"] == {"reconstructed"}
    assert marks["same_month_last_year"] == {""}
    for anchor in ("area-west-mercia", "measure-shoplifting", "exceptions"):
        tables = [b for b in section(made, anchor).blocks if isinstance(b, Table)]
        assert "come out as printed" in " ".join(tables[-1].notes), anchor
        values = [
            c for r in tables[-1].rows for c in r.cells if c.finding and c.finding.name == "value"
        ]
        assert {c.emphasis for c in values} == {"reconstructed"}, anchor


def test_a_withheld_figure_is_not_judged_and_said_so(made):
    assert cells(made)[f"rape|{AREA}|2022-06|exceptional"] == "withheld, not judged"
    assert "; 1 was not judged" in text_of(section(made, "area-south-worcestershire"))


def test_how_to_read_explains_what_the_pages_lean_on(made):
    said = text_of(section(made, "how-to-read"))
    for words in ("mostly keeps to", "A p-value is", "Judged together means", "know no season"):
        assert words in said
    assert "5 to 9 points off" in text_of(section(made, "methods"))


def test_figures_across_a_change_of_recording_are_said_not_to_be_alike(made):
    said = "Recording changed in February 2022 (A new code): figures on either side are not alike."
    page = section(made, "measure-shoplifting")
    table = next(b for b in page.blocks if isinstance(b, Table))
    assert said in table.notes
    assert said in words_of(next(b for b in page.blocks if isinstance(b, KeyPoints)))
    listed = next(b for b in section(made, "exceptions").blocks if isinstance(b, Table))
    assert listed.rows[0].cells[-1].text == "concern; recording changed"
    volumes = next(b for b in section(made, "area-west-mercia").blocks if isinstance(b, Table))
    assert f"Shoplifting: r{said[1:]}" in volumes.notes


@pytest.mark.parametrize("month", ["2020-06", "2022-07"])
def test_a_change_of_recording_outside_the_months_compared_is_not_said_of_them(month):
    breaks = (Break(measure="shoplifting", month=month, reason="A new code."),)
    found = report(SHOPLIFTING, breaks=breaks)
    listed = next(b for b in section(found, "exceptions").blocks if isinstance(b, Table))
    assert listed.rows[0].cells[-1].text == "concern"
    table = next(b for b in section(found, "measure-shoplifting").blocks if isinstance(b, Table))
    assert not any("not alike" in note for note in table.notes)


def test_a_table_that_compares_with_nothing_is_left_out():
    earlier = ("previous_month", "same_month_last_year", "last_year_to_date", "rolling_12_before")
    found = report({**SHOPLIFTING, **dict.fromkeys(earlier)})
    page = section(found, "measure-shoplifting")
    assert not any(isinstance(b, Table) and "comparisons" in b.caption for b in page.blocks)
    alone = section(report(), "measure-public-confidence")
    assert not any(isinstance(b, Table | Figure) for b in alone.blocks)


def test_an_overdue_review_is_marked():
    said = text_of(section(report(date=date(2050, 1, 1)), "measure-shoplifting"))
    assert "(overdue)" in said
    assert "was due for review by" in said


def test_revisions_and_values_held_back_are_listed(made):
    assert "560" in text_of(section(made, "revisions"))
    assert "568" in text_of(section(made, "revisions"))
    held = text_of(section(made, "held-back"))
    assert "23" in held
    assert "far below its usual level" in held
    notices = [b.label for b in section(made, "measure-incidents").blocks if isinstance(b, Notice)]
    assert "Held back" in notices


def test_a_break_in_recording_is_marked_in_the_chart_and_said(made):
    figure = next(f for s, f in made.figures() if s.anchor == "measure-shoplifting")
    assert [b.month for b in figure.chart.breaks] == [date(2022, 2, 1)]
    assert "Recording changed in February 2022: A new code." in figure.alt


def test_a_limit_is_printed_whole_and_not_below_nought(made):
    printed = cells(made)
    assert printed[f"business-robbery|{AREA}|2022-06|lower_limit"] == "0"
    assert printed[f"shoplifting|{FORCE}|2022-06|upper_limit"] == "624"


def test_anchors_are_unique_and_links_lead_somewhere(made):
    anchors = [s.anchor for s in made.sections] + [t.anchor for _, t in made.tables()]
    anchors += [f.anchor for _, f in made.figures()]
    assert len(anchors) == len(set(anchors))


def test_a_report_of_nothing_but_a_missing_figure_can_be_made():
    found = report(MISSING)
    assert "No series was outside its limits" in text_of(section(found, "exceptions"))


def test_the_same_finding_is_printed_the_same_everywhere(made):
    seen: dict[str, str] = {}
    for ref, cell in made.printed():
        if ref.name != "exceptional":  # "above" in the list, "above, strong evidence" in the tables
            assert seen.setdefault(str(ref), cell.text) == cell.text, ref


def test_the_direction_of_good_is_said():
    worse = report({**SHOPLIFTING, "assessment": "concern"})
    assert "For this measure that is a concern." in text_of(
        section(worse, "exceptional-shoplifting-west-mercia")
    )
