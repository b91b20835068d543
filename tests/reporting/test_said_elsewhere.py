"""What the web's pages take from the report besides its sections: months in words, parts of pages."""

from __future__ import annotations

from datetime import date

from made_up import AREA, FORCE, HIDDEN, SHOPLIFTING, findings, settings

from frankpledge.definitions import load
from frankpledge.reporting import plots
from frankpledge.reporting.document import Paragraph
from frankpledge.reporting.readings import Material
from frankpledge.reporting.sections import areas, exceptional, explanations, scorecard


def material(*rows: dict) -> Material:
    return Material(findings(*rows), load(), settings())


def test_each_month_of_a_chart_is_said_in_words():
    said = dict(plots.spoken(material().reading("shoplifting", FORCE)))
    assert said[date(2022, 6, 1)] == "June 2022: 636, above the limits of 390 and 624"
    assert said[date(2021, 12, 1)] == "December 2021: not available (not reported)"
    assert said[date(2022, 5, 1)] == "May 2022: 569, reconstructed"
    assert (
        said[date(2022, 12, 1)] == "December 2022: projected at 606, 8 times in 10 from 540 to 660"
    )


def test_a_hidden_month_is_said_without_its_number():
    reading = material(HIDDEN).reading("rape", AREA)
    assert plots.spoken(reading) == ((date(2022, 6, 1), "June 2022: fewer than 5"),)


def test_what_a_reconstructed_month_is_is_said_only_where_there_is_one():
    (said,) = explanations.reconstructed(material(SHOPLIFTING))
    assert isinstance(said, Paragraph)
    assert explanations.reconstructed(material(HIDDEN)) == ()


def test_a_scorecards_cells_stand_alone():
    reading = material().reading("calls-999-answered-within-10-seconds", FORCE)
    assert scorecard.likelihood(reading).text == "Likely or probable (62%), low confidence"
    assert scorecard.reviewed(reading.measure, reading).text


def test_an_areas_lead_and_a_table_of_exceptions_take_readings_in_any_order():
    whole = material()
    readings = tuple(r for r in whole.readings() if r.area == AREA)
    assert areas.lead(AREA, readings[::-1], whole).endswith("in June 2022; 1 was not judged.")
    found = whole.exceptions
    table = exceptional.table(found, whole.month)
    assert [row.cells[0].text for row in table.rows] == [r.measure.short_title for r in found]
