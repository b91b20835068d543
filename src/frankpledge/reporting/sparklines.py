"""Sparklines: the last months as a small line, with the limits as a band behind it.

Drawn by hand as a few SVG elements, not through Altair: a report has about 160 of them, and a chart
takes some 50 milliseconds where one of these takes less than one.
"""

from __future__ import annotations

from html import escape

from frankpledge.reporting.document import Sparkline

WIDTH, HEIGHT, EDGE = 110, 26, 3


def svg(line: Sparkline, own_id: str) -> str:
    """The sparkline as an inline SVG element named by its `<title>`."""
    name = f'<title id="{own_id}">{escape(line.alt)}</title>'
    head = f'<svg class="spark" role="img" aria-labelledby="{own_id}" '
    return picture(line).replace("<svg ", head, 1).replace(">", f">{name}", 1)


def picture(line: Sparkline) -> str:
    """The sparkline as a bare SVG picture. Months without a value are gaps in the line."""
    known = [v for v in (*line.values, *line.projection, line.lower, line.upper) if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    months = len(line.values) + len(line.projection)

    def x(i: int) -> float:
        return round(EDGE + i * (WIDTH - 2 * EDGE) / max(months - 1, 1), 1)

    def y(value: float) -> float:
        return round(HEIGHT - EDGE - (value - low) * (HEIGHT - 2 * EDGE) / ((high - low) or 1), 1)

    parts = []
    if line.lower is not None and line.upper is not None:
        top = y(line.upper)
        parts.append(
            f'<rect x="0" y="{top}" width="{WIDTH}" height="{round(y(line.lower) - top, 1)}" fill="#e4e9f0"/>'
        )
    points = [(x(i), y(v)) if v is not None else None for i, v in enumerate(line.values)]
    parts += [_line(run, "#12436D") for run in _runs(points)]
    if line.projection and points and points[-1]:
        ahead = [(x(len(points) + i), y(v)) for i, v in enumerate(line.projection)]
        parts.append(_line([points[-1], *ahead], "#801650", dashed=True))
    if points and points[-1]:
        fill = "#ffffff" if line.hollow else "#12436D"
        cx, cy = points[-1]
        parts.append(
            f'<circle cx="{cx}" cy="{cy}" r="2.2" fill="{fill}" stroke="#12436D" stroke-width="1"/>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'


_Point = tuple[float, float]


def _runs(points: list[_Point | None]) -> list[list[_Point]]:
    """The stretches of months that follow each other without a gap."""
    runs: list[list[_Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if len(run) > 1]


def _line(run: list[_Point], colour: str, dashed: bool = False) -> str:
    path = " ".join(f"{x},{y}" for x, y in run)
    dashes = ' stroke-dasharray="3 2"' if dashed else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="1.5"{dashes}/>'
