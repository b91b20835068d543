"""Make the demonstration figures from what the June 2022 report prints.

    .venv/bin/python demo/reconstruct.py            writes demo/figures.csv
    .venv/bin/python demo/reconstruct.py --counts   prints how many figures of each kind there are

The report prints, for each volume row, June 2022, June 2021, the limits and the sums or the change
of the two first quarters. Those stand in `figures.csv` as printed. The other months from April 2021
to May 2022 are ours: whole counts that give the printed figures again (`whole_counts.py`), marked
"reconstructed". README.md says which printed figures cannot be had, and what ours say instead.

Nothing here is random: the same printed figures make the same bytes.
"""

from __future__ import annotations

import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from whole_counts import JUNE, Wanted, plausible, share, year

HERE = Path(__file__).resolve().parent
FORCE = "West Mercia"
AREA_NAMES = {"Telford & Wrekin": "Telford and Wrekin"}
"""Areas that we write otherwise than the report prints them."""
AREAS = (
    FORCE,
    "South Worcestershire",
    "North Worcestershire",
    "Herefordshire",
    "Shropshire",
    "Telford and Wrekin",
)
MONTHS = (*(f"2021-{m:02d}" for m in range(4, 13)), *(f"2022-{m:02d}" for m in range(1, 7)))
"""April 2021 to June 2022."""
KNOWN_AT = "2022-07-31"
"""The report was published in July 2022; the day is not printed, so the month's last is taken."""

HEADINGS = (
    "measure", "area", "month", "value", "numerator", "denominator",
    "known_at", "condition", "origin", "reason",
)  # fmt: skip
RECORDED = "recorded"
RECONSTRUCTED = "reconstructed"

Key = tuple[str, str]
"""A measure and an area."""


@dataclass(frozen=True)
class Row:
    """One printed row of the volume tables; a quarter that is not printed is None."""

    measure: str
    area: str
    upper: int
    lower: int
    june_2022: int
    june_2021: int
    quarter_2022: int | None = None
    quarter_2021: int | None = None

    @property
    def key(self) -> Key:
        return self.measure, self.area

    @property
    def name(self) -> str:
        return f"{self.area}|{self.measure}"


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file of `printed/`."""
    with (HERE / "printed" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def measure_ids() -> dict[str, str]:
    """The printed name of a row to the id of its measure."""
    return {row["printed"]: row["measure"] for row in read("names.csv")}


def area_name(printed: str) -> str:
    return AREA_NAMES.get(printed, printed)


def choices(kind: str) -> dict[Key, dict]:
    """What `choices.toml` puts in the place of a printed figure, by measure and area."""
    with (HERE / "choices.toml").open("rb") as file:
        return {(c["measure"], c["area"]): c for c in tomllib.load(file)[kind]}


def printed_rows() -> list[Row]:
    """Every row of the force's table and of the five areas', as printed."""
    ids = measure_ids()
    return [
        Row(
            measure=ids[row["measure"]],
            area=area_name(row["area"]),
            upper=int(row["upper_limit"]),
            lower=int(row["lower_limit"]),
            june_2022=int(row["jun_2022"]),
            june_2021=int(row["jun_2021"]),
            quarter_2022=int(row["ytd_2022_23"]) if "ytd_2022_23" in row else None,
            quarter_2021=int(row["ytd_2021_22"]) if "ytd_2021_22" in row else None,
        )
        for file in ("force.csv", "areas.csv")
        for row in read(file)
    ]


def with_choices(rows: list[Row]) -> list[Row]:
    """The rows with every quarter filled, and the choices in the place of what cannot be.

    The force's quarters are not printed: they are the sums of the areas' printed quarters, but for
    the measures that `choices.toml` names.
    """
    quarters, limits = choices("quarters"), choices("limits")
    filled = []
    for row in rows:
        if row.quarter_2022 is None:
            of_areas = [r for r in rows if r.measure == row.measure and r.area != FORCE]
            row = replace(
                row,
                quarter_2022=sum(r.quarter_2022 for r in of_areas),
                quarter_2021=sum(r.quarter_2021 for r in of_areas),
            )
        if (chosen := quarters.get(row.key)) is not None:
            row = replace(row, quarter_2022=chosen["year_2022"], quarter_2021=chosen["year_2021"])
        if (chosen := limits.get(row.key)) is not None:
            row = replace(
                row,
                upper=chosen.get("upper_limit", row.upper),
                lower=chosen.get("lower_limit", row.lower),
            )
        filled.append(row)
    return filled


def flagged() -> set[Key]:
    """The rows that the report flags although June 2022 equals the limit that it prints."""
    ids = measure_ids()
    return {(ids[row["measure"]], area_name(row["area"])) for row in read("flagged.csv")}


def wanted(row: Row, also_flagged: set[Key]) -> Wanted:
    """What the twelve months of 2021/22 must print for this row."""
    outside = not row.lower <= row.june_2022 <= row.upper
    return Wanted(
        upper=row.upper,
        lower=row.lower,
        june=row.june_2021,
        quarter=row.quarter_2021,
        judged=row.june_2022,
        exceptional=outside or row.key in also_flagged,
    )


def spring(row: Row, may: int | None) -> list[int]:
    """April and May 2022: May as printed where it is, else both by the sum of the quarter."""
    both = row.quarter_2022 - row.june_2022
    if may is not None:
        return [both - may, may]
    level = row.quarter_2022 / 3
    return share(both, plausible(f"{row.name}|2022", (0, 1), level))


def months_of(row: Row, also_flagged: set[Key], may: int | None) -> list[int]:
    """April 2021 to June 2022 of one row."""
    before = year(row.name, wanted(row, also_flagged), after=row.quarter_2022 / 3)
    return [*before, *spring(row, may), row.june_2022]


def volumes() -> Iterator[dict[str, str]]:
    """The figures of the volume tables, a row a month."""
    ids = measure_ids()
    printed_may = {(ids[r["measure"]], area_name(r["area"])): r for r in read("months.csv")}
    may = {key: int(r["value"]) for key, r in {**choices("may"), **printed_may}.items()}
    also_flagged = flagged()
    for row in with_choices(printed_rows()):
        printed = {MONTHS[JUNE], MONTHS[-1]}
        if row.key in printed_may:
            printed.add(MONTHS[-2])
        values = months_of(row, also_flagged, may.get(row.key))
        for month, value in zip(MONTHS, values, strict=True):
            origin = RECORDED if month in printed else RECONSTRUCTED
            yield figure(row.measure, row.area, month, str(value), origin)


def scorecard() -> Iterator[dict[str, str]]:
    """The values that the scorecard and its pages print, alone as they stand there."""
    for row in read("scorecard.csv"):
        yield figure(
            row["measure"],
            area_name(row["area"]),
            row["month"],
            row["value"],
            row["origin"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            condition=row["condition"],
            reason=row["reason"],
        )


def figure(
    measure: str,
    area: str,
    month: str,
    value: str,
    origin: str,
    *,
    numerator: str = "",
    denominator: str = "",
    condition: str = "observed",
    reason: str = "",
) -> dict[str, str]:
    """One line of `figures.csv`."""
    return {
        "measure": measure,
        "area": area,
        "month": month,
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "known_at": KNOWN_AT,
        "condition": condition,
        "origin": origin,
        "reason": reason,
    }


def figures() -> list[dict[str, str]]:
    """Every demonstration figure, by measure, area and month."""
    place = {area: i for i, area in enumerate(AREAS)}
    rows = [*volumes(), *scorecard()]
    return sorted(rows, key=lambda r: (r["measure"], place[r["area"]], r["month"]))


def write(rows: list[dict[str, str]], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, HEADINGS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def tally() -> list[str]:
    """How many figures of each kind there are, as lines of README.md."""
    kinds = {"months of the volume rows": [*volumes()], "figures that stand alone": [*scorecard()]}
    lines = ["| | recorded | reconstructed | all |", "|---|--:|--:|--:|"]
    for name, rows in kinds.items():
        of = Counter(row["origin"] for row in rows)
        lines.append(f"| {name} | {of[RECORDED]:,} | {of[RECONSTRUCTED]:,} | {len(rows):,} |")
    return lines


def main() -> None:
    if "--counts" in sys.argv[1:]:
        print("\n".join(tally()))
        return
    write(figures(), HERE / "figures.csv")


if __name__ == "__main__":
    main()
