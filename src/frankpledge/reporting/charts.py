"""Charts, as the Government Analysis Function draws them: direct labels, horizontal text, its
colour-blind-safe palette, limits and breaks labelled, missing months as gaps.

One Vega-Lite specification makes the SVG of the HTML and the PDF and the PNG of the Word file. Every
mark that tells two things apart does so by shape or line as well as by colour.

The specification is written as plain dictionaries: Altair's objects take half a second a chart to
assemble one, vl-convert a fifth of a second to draw it. Tests hold it to the Vega-Lite schema.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import Any

import vl_convert

from frankpledge.analysis.periods import add_months, months_from
from frankpledge.reporting import numbers
from frankpledge.reporting.document import Chart, ChartPoint
from frankpledge.reporting.label_places import Scale, clear_place

DARK_BLUE, DARK_PINK, ORANGE = "#12436D", "#801650", "#F46A25"
DARK_GREY, LIGHT_PURPLE = "#3D3D3D", "#A285D1"
DEEP_TURQUOISE = "#1d7a72"
"""The palette's turquoise, darkened until text in it can be read on white (5 to 1)."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH, HEIGHT, ROLLING_HEIGHT = 640, 230, 70
PNG_SCALE = 2.0

Layer = dict[str, Any]

_CONFIG: Layer = {
    "font": FONT,
    "view": {"stroke": None},
    "aria": False,
    "axis": {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelColor": "#0b0c0c",
        "titleColor": "#0b0c0c",
        "gridColor": "#e1e4e6",
        "domainColor": "#505a5f",
        "tickColor": "#505a5f",
        "labelAngle": 0,
    },
    "text": {"fontSize": 13},
}


def svg(chart: Chart, alt_text: str, own_id: str) -> str:
    """The chart as an inline SVG element named by its `<title>`; `own_id` is unique in the page."""
    name = f'<title id="{own_id}">{escape(alt_text)}</title>'
    head = f'<svg role="img" aria-labelledby="{own_id}" '
    return picture(chart).replace("<svg ", head, 1).replace(">", f">{name}", 1)


def png(chart: Chart) -> bytes:
    """The chart as a picture for the Word file, at twice its size on screen."""
    return vl_convert.vegalite_to_png(specification(chart), scale=PNG_SCALE)


@lru_cache(maxsize=1024)
def picture(chart: Chart) -> str:
    """The chart as a bare SVG picture, without the groups and marks that only Vega needs."""
    drawn = vl_convert.vegalite_to_svg(specification(chart))
    for pattern, instead in _LEANER:
        drawn = pattern.sub(instead, drawn)
    return _without_bare_groups(drawn)


_LEANER = (
    (re.compile(r' (class|aria-[a-z]+|role|clip-path|pointer-events|xmlns:xlink)="[^"]*"'), ""),
    (re.compile(r' (font-family="[^"]*"|font-size="13px"|font-weight="normal")'), ""),
    (re.compile(r' transform="translate\(0,0\)"'), ""),
    (re.compile(r' (stroke-opacity|fill-opacity|opacity)="1"'), ""),
    (re.compile(r"<defs>.*?</defs>", re.DOTALL), ""),
    (re.compile(r'<path (d="[^"]*"|display="none")/>'), ""),
    (re.compile(r"<g[^>]*></g>"), ""),
    (re.compile(r"<svg "), f'<svg font-family="{FONT}" font-size="13px" '),
)
"""What Vega writes and nobody sees; the font is said once instead of at every label."""


def _without_bare_groups(drawn: str) -> str:
    """The SVG without `<g>` elements that say nothing: WeasyPrint walks through each."""
    said: list[bool] = []
    kept = []
    for part in re.split(r"(<g[^>]*>|</g>)", drawn):
        if part.startswith("<g"):
            said.append(part != "<g>")
        if (part == "</g>" and not said.pop()) or part == "<g>":
            continue
        kept.append(part)
    return "".join(kept)


def specification(chart: Chart) -> Layer:
    """The Vega-Lite specification of a chart: its months and, below, its rolling 12 months."""
    panels = [_months_panel(chart)]
    if chart.rolling_axis and any(point.rolling is not None for point in chart.points):
        panels.append(_rolling_panel(chart))
    whole: Layer = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json"}
    return whole | {"config": _CONFIG, "vconcat": panels, "spacing": 18}


def _months_panel(chart: Chart) -> Layer:
    layers = [
        *_projection(chart),
        *_values(chart),
        *_breaks(chart),
        *_limits(chart),
        *_target(chart),
    ]
    low, high = _extent(chart)
    from_nought = low <= high / 3
    axis = chart.axis if from_nought else f"{chart.axis} (the axis does not begin at 0)"
    y = _vertical(axis, zero=from_nought, padding=0 if from_nought else 14, ticks=5)
    return _panel(chart, layers, y, HEIGHT)


def _rolling_panel(chart: Chart) -> Layer:
    """The rolling 12 months in a panel of their own: twelve months do not share a month's axis."""
    rows = [{"month": p.month, "y": p.rolling} for p in chart.points]
    known = [row for row in rows if row["y"] is not None]
    newest = [{**known[-1], "said": _number(chart, known[-1]["y"])}]
    layers = [
        _layer(rows, _LINE),
        _layer(
            known, {"type": "point", "filled": True, "size": 16, "color": DARK_BLUE, "opacity": 1}
        ),
        _text(newest, align="left", dx=6, color=DARK_BLUE, fontWeight="bold"),
    ]
    axis = f"{chart.rolling_axis} (the axis does not begin at 0)"
    return _panel(
        chart, layers, _vertical(axis, zero=False, padding=8, ticks=3), ROLLING_HEIGHT, False
    )


def _panel(
    chart: Chart, layers: list[Layer], y: Layer, height: int, labelled: bool = True
) -> Layer:
    """Layers on one pair of axes. The scales are written on the first layer and shared by all."""
    for layer in layers:
        encoding = layer["encoding"]
        encoding["x"] = _horizontal(chart, labelled)
        if "field" in encoding.get("y", {}):
            encoding["y"] = {**encoding["y"], **y}
    return {"layer": layers, "width": WIDTH, "height": height}


def _vertical(title: str, zero: bool, padding: int, ticks: int) -> Layer:
    """A vertical axis with its title above it, read from left to right."""
    axis = {
        "title": title,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "start",
        "titleX": 0,
        "titleY": -14,
        "tickCount": ticks,
        "format": ",~f",
        "domain": False,
        "ticks": False,
    }
    return {"axis": axis, "scale": {"zero": zero, "nice": True, "padding": padding}}


def _horizontal(chart: Chart, labelled: bool) -> Layer:
    months = _months(chart)
    step = next((s for s in (1, 3, 6, 12) if len(months) <= 11 * s), 12)
    return {
        "field": "month",
        "type": "temporal",
        "scale": {
            "type": "utc",  # or a computer west of Greenwich prints the month before
            "domain": [_half_month_before(months[0]), months[-1].replace(day=16).isoformat()],
        },
        "axis": {
            "title": None,
            "values": [m.isoformat() for m in months if (m.month - 4) % step == 0],
            "format": "%b %Y",
            "grid": False,
            "labels": labelled,
            "ticks": False,
            "labelPadding": 6,
            "labelOverlap": "greedy",
        },
    }


def _half_month_before(month: date) -> str:
    return add_months(month, -1).replace(day=16).isoformat()


def _months(chart: Chart) -> list[date]:
    last = chart.projection[-1].month if chart.projection else chart.points[-1].month
    return months_from(chart.points[0].month, last)


def _extent(chart: Chart) -> tuple[float, float]:
    """The lowest and highest number that the chart shows."""
    shown = [v for p in chart.points for v in (p.value, p.lower, p.upper)]
    shown += [v for p in chart.projection for v in (p.lower_95, p.upper_95)]
    known = [v for v in (*shown, chart.target) if v is not None]
    return max(0.0, min(known, default=0.0)), max(known, default=1.0)


def _layer(rows: list[Layer], mark: Layer, y: str = "y", **channels: Layer) -> Layer:
    """One mark over rows that each have a month; the axes are added by `_panel`."""
    values = [{**row, "month": row["month"].isoformat()} for row in rows]
    encoding = {"y": {"field": y, "type": "quantitative"}, **channels}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _text(rows: list[Layer], **style: Any) -> Layer:
    said = {"field": "said", "type": "nominal"}
    return _layer(rows, {"type": "text", **style}, text=said)


_LINE: Layer = {
    "type": "line",
    "color": DARK_BLUE,
    "strokeWidth": 2,
    "invalid": "break-paths-show-domains",
}


def _point(**style: Any) -> Layer:
    return {"type": "point", "filled": True, "opacity": 1, **style}


_POINTS: dict[str, Layer] = {
    "recorded": _point(size=34, color=DARK_BLUE),
    "reconstructed": _point(size=38, fill="#ffffff", stroke=DARK_BLUE),
    "above": _point(size=110, shape="triangle-up", fill=ORANGE, stroke=DARK_GREY),
    "below": _point(size=110, shape="triangle-down", fill=ORANGE, stroke=DARK_GREY),
}


def _values(chart: Chart) -> list[Layer]:
    """The line (a gap where a month has no value), a point a month, and the newest value."""
    rows = [{"month": p.month, "y": p.value, "kind": _kind(p)} for p in chart.points]
    layers = [_layer(rows, _LINE)]
    for kind, style in _POINTS.items():
        points = [row for row in rows if row["kind"] == kind and row["y"] is not None]
        if points:
            layers.append(_layer(points, style))
    newest = chart.points[-1]
    if newest.value is None:
        return layers
    said = [{"month": newest.month, "y": newest.value, "said": _number(chart, newest.value)}]
    dy = 19 if newest.crossing == "below" else -15
    return [*layers, _text(said, fontWeight="bold", dy=dy, color=DARK_BLUE)]


def _kind(point: ChartPoint) -> str:
    """A reconstructed value stays hollow even outside the limits: nobody recorded it."""
    if point.reconstructed:
        return "reconstructed"
    return point.crossing or "recorded"


def _number(chart: Chart, value: float) -> str:
    return numbers.measured(value, chart.unit, chart.decimals)


def _limits(chart: Chart) -> list[Layer]:
    """The limits as dashed steps and the mean dotted, the limits with their name and number."""
    layers = []
    for name in ("upper", "mean", "lower"):
        rows = _limit_rows(chart, name)
        if not rows:
            continue
        dash, width = ([2, 3], 1.2) if name == "mean" else ([6, 4], 1.6)
        mark = {"type": "line", "color": DARK_GREY, "strokeDash": dash, "strokeWidth": width}
        layers.append(_layer(rows, mark, detail={"field": "run", "type": "nominal"}))
        if name != "mean":
            layers.append(_limit_label(chart, rows, name))
    return layers


def _limit_rows(chart: Chart, name: str) -> list[Layer]:
    """The months that have this limit, each with the stretch (one baseline, no gap) it is in."""
    judged = [p for p in chart.points if getattr(p, name) is not None]
    runs = [0]
    for before, now in pairwise(judged):
        follows = now.month == add_months(before.month, 1)
        runs.append(runs[-1] + (not follows or getattr(before, name) != getattr(now, name)))
    return [
        {"month": p.month, "y": _shown_limit(chart, getattr(p, name)), "run": run}
        for p, run in zip(judged, runs, strict=False)
    ]


def _shown_limit(chart: Chart, value: float) -> float:
    """A limit where it is printed: not below 0, and no percentage above 100."""
    return min(max(value, 0.0), 100.0 if chart.unit == "percentage" else float("inf"))


def _limit_label(chart: Chart, rows: list[Layer], name: str) -> Layer:
    """The limit's name and number: along a long newest stretch, before a short one, clear of the line."""
    newest = [row for row in rows if row["run"] == rows[-1]["run"]]
    limit = newest[0]["y"]
    said = f"{name.capitalize()} limit {numbers.limit(limit, chart.unit, chart.decimals)}"
    months = _months(chart)
    first, last = (months.index(newest[n]["month"]) for n in (0, -1))
    low, high = _extent(chart)
    scale = Scale(len(months), WIDTH, HEIGHT, 0.0 if low <= high / 3 else low, high)
    figures = [point.value for point in chart.points]
    breaks = [months.index(each.month) for each in chart.breaks if each.month in months]
    place = clear_place(
        scale, said, limit, range(first, last + 1), name == "upper", figures, breaks
    )
    label = [{**newest[0], "month": months[place.month], "said": said}]
    return _text(label, align="left", dx=place.dx, dy=place.dy, color=DARK_GREY)


def _breaks(chart: Chart) -> list[Layer]:
    """A dotted vertical line where recording changed, and words that say so."""
    within = {p.month for p in chart.points}
    rows = [
        {"month": b.month, "said": "Recording changed"} for b in chart.breaks if b.month in within
    ]
    if not rows:
        return []
    rule = {"type": "rule", "color": DARK_PINK, "strokeDash": [1, 2], "strokeWidth": 2}
    line = _layer(rows, rule)
    del line["encoding"]["y"]
    text = _text(rows, align="right", dx=-5, color=DARK_PINK, baseline="top")
    text["encoding"]["y"] = {"value": 0}
    return [line, text]


def _target(chart: Chart) -> list[Layer]:
    """A solid line at the value that good looks like, with its words."""
    if chart.target is None:
        return []
    months = _months(chart)
    rows = [{"month": month, "y": chart.target} for month in (months[0], months[-1])]
    said = [{**rows[0], "said": chart.target_label}]
    line = {"type": "line", "color": DEEP_TURQUOISE, "strokeWidth": 2}
    label = _text(said, align="left", dy=-8, color=DEEP_TURQUOISE, fontWeight="bold")
    return [_layer(rows, line), label]


def _projection(chart: Chart) -> list[Layer]:
    """The months to come: the middle dashed, the 80% and the paler 95% interval around it."""
    if not chart.projection:
        return []
    rows = [
        {"month": p.month, "y": p.middle, "lower_80": p.lower_80, "upper_80": p.upper_80,
         "lower_95": p.lower_95, "upper_95": p.upper_95}
        for p in chart.projection
    ]  # fmt: skip
    line = {"type": "line", "color": DARK_PINK, "strokeDash": [4, 3], "strokeWidth": 2}
    highest = max(p.upper_95 for p in chart.projection)
    said = [{"month": rows[0]["month"], "y": highest, "said": "Projected"}]
    return [
        _interval(rows, "95", 0.25),
        _interval(rows, "80", 0.4),
        _layer(rows, line),
        _text(said, align="left", dy=-8, color=DARK_PINK),
    ]


def _interval(rows: list[Layer], level: str, opacity: float) -> Layer:
    mark = {"type": "area", "color": LIGHT_PURPLE, "opacity": opacity}
    return _layer(rows, mark, y=f"lower_{level}", y2={"field": f"upper_{level}"})
