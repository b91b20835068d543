"""From a reading to the figure that shows it: the chart, its title, its long text, its table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from frankpledge.analysis.conditions import Condition, Origin
from frankpledge.analysis.periods import month_name
from frankpledge.reporting import cells, numbers, sentences
from frankpledge.reporting.document import (
    Cell,
    Chart,
    ChartBreak,
    ChartPoint,
    Column,
    Figure,
    ProjectedPoint,
    Row,
    Table,
)
from frankpledge.reporting.grammar import capitalised, counted
from frankpledge.reporting.key_points import target_in_words
from frankpledge.reporting.readings import FindingsRow, Reading

LEAST_MONTHS = 3
"""Known months below which a chart would show nothing that a sentence does not."""

_AXES = {
    "percentage": "Per cent, each month",
    "pounds": "Pounds, each month",
    "rate": "Rate per 1,000 people, each month",
    "ratio": "Ratio, each month",
}


def can_be_drawn(reading: Reading) -> bool:
    return reading.months_known >= LEAST_MONTHS


def figure_of_the_past(reading: Reading, page: str) -> Figure:
    """The chart of this month and those before, for pages that ask about this month.

    Neither the months to come nor the 12 months to each: the measure's page and the workbook have
    them. Its table has the months alone, with the limits below it.
    """
    past = replace(reading, projection=())
    whole = figure(past, page)
    drawn = replace(whole.chart, rolling_axis="")
    return replace(whole, chart=drawn, table=months_alone(past, f"{page}-months"))


def figure(reading: Reading, page: str) -> Figure:
    """The chart of a reading, for the page with the anchor `page`."""
    return Figure(
        chart=chart(reading),
        title=title(reading),
        alt=long_text(reading),
        table=table(reading, f"{page}-months"),
        anchor=f"{page}-chart",
        note=hollow_note(reading),
    )


def title(reading: Reading) -> str:
    """The title of the chart, which states its finding."""
    row = reading.newest
    return sentences.chart_title(
        reading.subject,
        reading.area,
        reading.month,
        reading.value,
        reading.crossing,
        row["lower_limit"],
        row["upper_limit"],
        row["reason"],
    )


def chart(reading: Reading) -> Chart:
    """What the chart draws."""
    measure = reading.measure
    good = measure.good_looks_like
    rolls = measure.adds_up and any(row["rolling_12"] is not None for row in reading.history[:-1])
    return Chart(
        unit=measure.unit,
        axis=_axis(reading),
        decimals=measure.decimals,
        points=tuple(_point(row) for row in reading.history),
        projection=tuple(_projected(row) for row in reading.projection),
        breaks=tuple(ChartBreak(b.month, b.reason) for b in reading.breaks),
        target=good.value if good else None,
        target_label=capitalised(target_in_words(measure)),
        rolling_axis="Total of the 12 months to each month" if rolls else "",
    )


def _axis(reading: Reading) -> str:
    unit = reading.measure.unit
    if unit == "count":
        return f"{capitalised(reading.subject.many or 'number')} each month"
    return _AXES.get(unit, f"{capitalised(unit)}, each month")


def _point(row: FindingsRow) -> ChartPoint:
    condition = Condition(row["condition"])
    return ChartPoint(
        month=row["month"],
        value=row["value"] if condition.has_number else None,
        lower=row["lower_limit"],
        upper=row["upper_limit"],
        mean=row["limit_mean"],
        rolling=row["rolling_12"],
        crossing=row["crossing"],
        reconstructed=row["origin"] == Origin.RECONSTRUCTED,
        condition=condition,
    )


def _projected(row: FindingsRow) -> ProjectedPoint:
    return ProjectedPoint(
        row["month"],
        row["projection"],
        row["lower_80"],
        row["upper_80"],
        row["lower_95"],
        row["upper_95"],
    )


def hollow_note(reading: Reading) -> str:
    """What hollow points mean, where the chart has any."""
    if not reading.reconstructed:
        return ""
    return "Hollow points are reconstructed months, filled points recorded ones."


def long_text(reading: Reading) -> str:
    """What the chart shows, for a person who cannot see it; the table behind it has every month."""
    known = [row for row in reading.history if row["value"] is not None]
    first, last = reading.history[0]["month"], reading.history[-1]["month"]
    low = min(known, key=lambda row: row["value"])
    high = max(known, key=lambda row: row["value"])
    parts = [
        f"Line chart of {reading.title} in {reading.area}, a point a month from"
        f" {month_name(first)} to {month_name(last)}.",
        f"The lowest month is {month_name(low['month'])} at {_said(reading, low['value'])}, the highest"
        f" {month_name(high['month'])} at {_said(reading, high['value'])}.",
        _limits_text(reading),
        _gaps_text(reading),
        *(f"Recording changed in {month_name(b.month)}: {b.reason}" for b in reading.breaks),
        _projection_text(reading),
        hollow_note(reading),
        "The table that follows has the figures.",
    ]
    return " ".join(part for part in parts if part)


def _said(reading: Reading, value: float) -> str:
    return numbers.in_words(value, reading.measure.unit, reading.measure.decimals)


def _limits_text(reading: Reading) -> str:
    if not reading.has_limits:
        return "No control limits are drawn."
    row, subject = reading.newest, reading.subject
    where = f"{reading.crossing} them" if reading.crossing else "between them"
    return (
        f"The control limits are {subject.limit(row['lower_limit'])} and"
        f" {subject.limit(row['upper_limit'])}; {month_name(reading.month)} lies {where}."
    )


def _gaps_text(reading: Reading) -> str:
    gaps = sum(row["value"] is None for row in reading.history)
    return (
        f"The line has a gap for {counted(gaps, 'month', 'months')} without a value."
        if gaps
        else ""
    )


def _projection_text(reading: Reading) -> str:
    if not reading.projection:
        return ""
    last = reading.projection[-1]
    if any(last[name] is None for name in ("projection", "lower_80", "upper_80")):
        return ""
    return (
        f"A dashed line projects to {month_name(last['month'])} at {_said(reading, last['projection'])},"
        f" with an 80% interval of {_said(reading, last['lower_80'])} to"
        f" {_said(reading, last['upper_80'])}."
    )


def spoken(reading: Reading) -> tuple[tuple[date, str], ...]:
    """Each month of the chart in words, the months to come last: "June 2022: 636, above the limits of
    326 and 624"."""
    months = ((row["month"], _month_said(reading, row)) for row in reading.history)
    ahead = ((row["month"], _ahead_said(reading, row)) for row in reading.projection)
    return (*months, *ahead)


def _month_said(reading: Reading, row: FindingsRow) -> str:
    cell = cells.of_month(reading, row, "value")
    if cell.value is None:
        why = f" ({cell.note})" if cell.note else ""
        return f"{month_name(row['month'])}: {cell.text}{why}"
    said = f"{month_name(row['month'])}: {_said(reading, cell.value)}"
    if row["lower_limit"] is not None and row["upper_limit"] is not None:
        lower, upper = (reading.subject.limit(row[n]) for n in ("lower_limit", "upper_limit"))
        said = f"{said}, {row['crossing'] or 'within'} the limits of {lower} and {upper}"
    return f"{said}, reconstructed" if row["origin"] == Origin.RECONSTRUCTED else said


def _ahead_said(reading: Reading, row: FindingsRow) -> str:
    low, high = (_said(reading, row[name]) for name in ("lower_80", "upper_80"))
    middle = _said(reading, row["projection"])
    return f"{month_name(row['month'])}: projected at {middle}, 8 times in 10 from {low} to {high}"


def table(reading: Reading, anchor: str) -> Table:
    """Every month of the chart, and the months to come. A column that would be empty is left out."""
    limits = any(row["upper_limit"] is not None for row in reading.history)
    rolls = any(row["rolling_12"] is not None for row in reading.history)
    names = (
        "value",
        *(("lower_limit", "upper_limit") if limits else ()),
        *(("rolling_12",) if rolls else ()),
    )
    columns = (
        Column("Month", heads_row=True),
        *(_MONTH_COLUMNS[name] for name in names),
        Column("Note"),
    )
    months = [_month_row(reading, row, names) for row in reading.history]
    ahead = [_ahead_row(reading, row, len(names)) for row in reading.projection]
    return Table(
        f"{reading.title}, {reading.area}, by month{_hint(reading)}",
        columns,
        (*months, *ahead),
        anchor,
        compact=True,
    )


def months_alone(reading: Reading, anchor: str) -> Table:
    """Every month's figure, and the newest month's limits in a note."""
    whole, row = table(reading, anchor), reading.newest
    kept = (0, 1, len(whole.columns) - 1)
    lower, upper = (reading.subject.limit(row[name]) for name in ("lower_limit", "upper_limit"))
    return replace(
        whole,
        columns=tuple(whole.columns[i] for i in kept),
        rows=tuple(replace(r, cells=tuple(r.cells[i] for i in kept)) for r in whole.rows),
        notes=(f"The limits of {month_name(reading.month)} are {lower} and {upper}.",),
    )


_MONTH_COLUMNS = {
    "value": Column("Figure", "number"),
    "lower_limit": Column("Lower limit", "number"),
    "upper_limit": Column("Upper limit", "number"),
    "rolling_12": Column("12 months", "number", hint="to this month"),
}


def _hint(reading: Reading) -> str:
    unit = reading.measure.unit
    return f", in {unit}" if unit in {"seconds", "minutes", "hours", "days"} else ""


def _month_row(reading: Reading, row: FindingsRow, names: tuple[str, ...]) -> Row:
    printed = [cells.of_month(reading, row, name) for name in names]
    crossing = row["crossing"]
    note = Cell(f"{crossing} the limits" if crossing else "", emphasis=crossing or "")
    return Row((Cell(month_name(row["month"])), *printed, note), emphasis=crossing or "")


def _ahead_row(reading: Reading, row: FindingsRow, numbers_wide: int) -> Row:
    low, high = (_said(reading, row[name]) for name in ("lower_80", "upper_80"))
    return Row(
        (
            Cell(month_name(row["month"])),
            cells.projected(reading, row, "projection"),
            *(Cell("") for _ in range(numbers_wide - 1)),
            Cell(f"projected; 80% interval {low} to {high}"),
        )
    )
