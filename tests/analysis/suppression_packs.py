"""Small packs of a force and its areas, for the tests of disclosure control."""

from __future__ import annotations

from datetime import date

import polars as pl

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import complete, observations

FORCE = "Force"
BELOW = 5
APRIL = date(2021, 4, 1)


def traits(unit="count", below=BELOW, measure="m"):
    return pl.DataFrame(
        {
            "measure": [measure],
            "unit": [unit],
            "adds_up": [unit == "count"],
            "suppress_below": [below],
        },
        schema_overrides={"suppress_below": pl.Int64},
    )


def area_name(i):
    return f"area {i}"


def pack(cells, totals=None, first=APRIL):
    """Series from months of area values; the force is their sum unless `totals` says otherwise."""
    rows = []
    for m, values in enumerate(cells):
        month = add_months(first, m)
        total = sum(v for v in values if v is not None) if totals is None else totals[m]
        rows += [("m", area_name(i), month, v) for i, v in enumerate(values)]
        rows.append(("m", FORCE, month, total))
    frame = pl.DataFrame(
        rows,
        schema={"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64},
        orient="row",
    )
    return complete(observations(frame))


def areas_of(cells):
    return [area_name(i) for i in range(len(cells[0]))]


def mark(row):
    """A cell as the spec table writes it."""
    if row["condition"] == "suppressed":
        return "s" if row["reason"].startswith("fewer than") else "h"
    return "-" if row["value"] is None else f"{row['value']:g}"
