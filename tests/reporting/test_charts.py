"""Charts and sparklines: the specification is sound, gaps are gaps, names are unique."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import altair
import pytest
from made_up import report

from frankpledge.reporting import charts, sparklines
from frankpledge.reporting.document import Chart, Sparkline
from frankpledge.reporting.label_places import Place, Scale, clear_place

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def chart() -> Chart:
    return next(f.chart for s, f in report().figures() if s.anchor == "measure-shoplifting")


def texts(drawn: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_the_specification_keeps_to_the_schema_of_vega_lite(chart):
    altair.VConcatChart.from_dict(charts.specification(chart), validate=True)


def test_a_chart_is_named_by_its_title_element(chart):
    drawn = charts.svg(chart, "What it <shows> & more", "svg7")
    root = ElementTree.fromstring(drawn)
    title = root.find(f"{SVG}title")
    assert title is root[0]
    assert title.text == "What it <shows> & more"
    assert (root.get("role"), root.get("aria-labelledby"), title.get("id")) == (
        "img",
        "svg7",
        "svg7",
    )
    assert re.findall(r'\bid="', drawn) == ['id="']


def test_what_a_chart_shows_is_labelled_and_not_left_to_a_legend(chart):
    said = texts(charts.picture(chart))
    for label in ("636", "Upper limit 624", "Lower limit 390", "Recording changed", "Projected"):
        assert label in said
    assert any("does not begin at 0" in text for text in said)


def test_labels_are_horizontal(chart):
    assert "rotate" not in charts.picture(chart)


def test_a_missing_month_breaks_the_line_and_draws_no_point(chart):
    """Between November and January there is no segment: the line is two strokes."""
    drawn = charts.picture(replace(chart, rolling_axis="", projection=(), breaks=()))
    line = next(d for d in re.findall(r'd="([^"]+)" stroke="#12436D"', drawn) if d.count("L") > 4)
    assert line.count("M") == 2
    values = [v for layer in _layers(chart) for v in layer["data"]["values"]]
    december = [v for v in values if v["month"] == "2021-12-01" and "kind" in v]
    assert [v["y"] for v in december] == [None]


def test_reconstructed_points_are_hollow_and_crossings_are_triangles(chart):
    marks = {
        values[0]["kind"]: layer["mark"]
        for layer in _layers(chart)
        if layer["mark"]["type"] == "point" and "kind" in (values := layer["data"]["values"])[0]
    }
    assert marks["reconstructed"]["fill"] == "#ffffff"
    assert marks["above"]["shape"] == "triangle-up"


def _layers(chart: Chart) -> list[dict]:
    return charts.specification(chart)["vconcat"][0]["layer"]


def test_a_lower_limit_is_not_drawn_below_nought(chart):
    below = replace(chart, points=tuple(replace(p, lower=-20.0, upper=900.0) for p in chart.points))
    drawn = [v["y"] for layer in _layers(below) for v in layer["data"]["values"] if "run" in v]
    assert min(v for v in drawn if v is not None) == 0


def test_the_picture_for_word_is_a_png_of_twice_the_size(chart):
    picture = charts.png(chart)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    width = int.from_bytes(picture[16:20], "big")
    assert width > 2 * charts.WIDTH


def test_a_sparkline_has_words_and_gaps():
    line = Sparkline((1.0, 2.0, None, 4.0, 5.0), "From 1 to 5.", (6.0,), 0.0, 7.0, hollow=True)
    root = ElementTree.fromstring(sparklines.svg(line, "svg1"))
    assert root.find(f"{SVG}title").text == "From 1 to 5."
    strokes = [node.get("points").split() for node in root.iter(f"{SVG}polyline")]
    assert [len(s) for s in strokes] == [2, 2, 2]
    assert root.find(f"{SVG}circle").get("fill") == "#ffffff"


def test_a_flat_or_an_empty_sparkline_can_be_drawn():
    for values in ((3.0, 3.0, 3.0), (None, None), ()):
        ElementTree.fromstring(sparklines.picture(Sparkline(values, "x")))


def test_the_label_of_a_limit_keeps_clear_of_the_line():
    scale = Scale(months=24, width=640, height=230, low=400, high=700)
    figures = [600.0] * 8 + [450.0] * 16
    place = clear_place(scale, "Upper limit 600", 600, range(24), True, figures)
    assert place == Place(8, -9)
    level = clear_place(scale, "Upper limit 600", 600, range(24), True, [610.0] * 24)
    assert level.dy == 12
    beside = clear_place(scale, "Upper limit 600", 600, range(24), True, figures, breaks=[10])
    assert beside.month == 11


def test_no_label_has_a_box_that_could_cover_a_figure(chart):
    marks = [layer["mark"] for layer in _layers(chart)]
    assert not [mark for mark in marks if mark["type"] == "text" and "stroke" in mark]


def test_the_label_of_a_short_limit_ends_before_it():
    scale = Scale(months=24, width=640, height=230, low=400, high=700)
    place = clear_place(scale, "Upper limit 600", 600, [20], True, [450.0] * 24)
    assert scale.spot(20, 600)[0] + place.dx + len("Upper limit 600") * 7.2 < scale.spot(20, 600)[0]
