"""The printed tables and our figures, read slowly and plainly: nothing here is the project's code."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

DEMO = Path(__file__).resolve().parents[2] / "demo"
FORCE = "West Mercia"
YEAR = [*(f"2021-{m:02d}" for m in range(4, 13)), *(f"2022-{m:02d}" for m in range(1, 4))]
QUARTER_2021 = ["2021-04", "2021-05", "2021-06"]
QUARTER_2022 = ["2022-04", "2022-05", "2022-06"]


@dataclass(frozen=True)
class Printed:
    """A row of the volume tables as the report prints it."""

    measure: str
    area: str
    upper: int
    lower: int
    june_2022: int
    june_2021: int
    change: int
    """The change of the quarter on the quarter, in whole per cent."""
    quarter_2022: int | None
    quarter_2021: int | None

    @property
    def key(self) -> tuple[str, str]:
        return self.area, self.measure


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def printed_rows() -> list[Printed]:
    ids = {row["printed"]: row["measure"] for row in rows_of(DEMO / "printed" / "names.csv")}
    found = []
    for name in ("force.csv", "areas.csv"):
        for row in rows_of(DEMO / "printed" / name):
            area = "Telford and Wrekin" if row["area"] == "Telford & Wrekin" else row["area"]
            quarters = "ytd_2022_23" in row
            found.append(
                Printed(
                    measure=ids[row["measure"]],
                    area=area,
                    upper=int(row["upper_limit"]),
                    lower=int(row["lower_limit"]),
                    june_2022=int(row["jun_2022"]),
                    june_2021=int(row["jun_2021"]),
                    change=int(row["ytd_change_pct"] if quarters else row["ytm_change_pct"]),
                    quarter_2022=int(row["ytd_2022_23"]) if quarters else None,
                    quarter_2021=int(row["ytd_2021_22"]) if quarters else None,
                )
            )
    return found


def figures() -> dict[tuple[str, str], dict[str, dict[str, str]]]:
    """Our figures: by area and measure, then by month, the line of the file."""
    found: dict[tuple[str, str], dict[str, dict[str, str]]] = {}
    for row in rows_of(DEMO / "figures.csv"):
        months = found.setdefault((row["area"], row["measure"]), {})
        assert row["month"] not in months, f"twice: {row}"
        months[row["month"]] = row
    return found


def counts(months: dict[str, dict[str, str]]) -> dict[str, int]:
    return {month: int(row["value"]) for month, row in months.items()}


def whole(number: float) -> int:
    """The nearest whole number, a half going away from zero."""
    return math.floor(abs(number) + 0.5) * (1 if number >= 0 else -1)


def unrounded_limits(values: list[int]) -> tuple[float, float]:
    """Mean minus and plus two population standard deviations; a lower limit below 0 is 0."""
    mean = sum(values) / len(values)
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
    return max(mean - 2 * spread, 0.0), mean + 2 * spread


def change_pct(now: int, then: int) -> int | None:
    """The change in whole per cent; None from nought, where there is no percentage."""
    return whole(100 * (now - then) / then) if then else None
