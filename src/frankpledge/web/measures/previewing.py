"""What an upload would do, worked out against the figures that stand now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from frankpledge.analysis.conditions import CONDITION, ORIGIN
from frankpledge.analysis.periods import month_name
from frankpledge.analysis.series import OBSERVATION, as_known_at
from frankpledge.analysis.totals import area_totals
from frankpledge.web.audit.today import today
from frankpledge.web.measures.intake import (
    EXAMPLES,
    Fault,
    UploadRefusedError,
    faults_of_areas,
    faults_of_days,
    faults_of_days_to_come,
    faults_of_measures,
    faults_of_month,
)
from frankpledge.web.measures.judging import called_in_figures, similar_forces
from frankpledge.web.measures.models import Figure, Measure, Upload
from frankpledge.web.measures.observations import library_for
from frankpledge.web.measures.outcomes import FIGURE, Outcome, counts, judge
from frankpledge.web.measures.rules import may_touch
from frankpledge.web.organisations.models import Area, Body

ROUNDING = 1e-6
"""Sums of floats that differ by no more than this are the same figure."""


@dataclass(frozen=True)
class Preview:
    """The rows of an upload with what would become of each; what is wrong, if anything."""

    rows: pl.DataFrame = field(repr=False)
    judged: pl.DataFrame = field(repr=False)
    faults: tuple[Fault, ...]
    counts: dict[str, int]


def preview_of(person: Any, upload: Upload) -> Preview:
    """What an upload that awaits a decision would do now."""
    with upload.read_rows.open("rb") as kept:
        rows = pl.read_parquet(kept.read())
    judged = judge_rows(person, upload.body, rows)
    faults = tuple(faults_of(person, upload.body, rows, judged))
    return Preview(rows, judged, faults, counts(judged))


def judge_rows(person: Any, force: Body, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with what would become of each: see `outcomes.judge`."""
    return judge(rows, _standing(force, rows))


def _standing(force: Body, rows: pl.DataFrame) -> pl.DataFrame:
    return numbered(force, rows).with_columns(
        pl.col("condition").cast(CONDITION),
        pl.col("origin").cast(ORIGIN),
        pl.col("reason").replace("", None),
    )


def remarks_on(force: Body, rows: pl.DataFrame, judged: pl.DataFrame) -> list[str]:
    """What to know of an upload beside what its file says."""
    return [*_brought_again(rows, judged), *_totals_apart(force, judged)]


def _totals_apart(force: Body, judged: pl.DataFrame) -> list[str]:
    """Measures that add up whose force figure would not be the sum of its areas after the upload."""
    library = library_for(force, judged["measure"].unique().to_list())
    areas = list(Area.objects.filter(force=force).values_list("name", flat=True))
    brought = judged.filter(pl.col("outcome").is_in([Outcome.NEW.value, Outcome.REVISED.value]))
    after = pl.concat(
        [_standing(force, judged).select(list(OBSERVATION)), brought.select(list(OBSERVATION))]
    )
    totals = area_totals(as_known_at(after), library.traits(), called_in_figures(force), areas)
    apart = totals.filter(pl.col("difference").abs() > ROUNDING).join(
        brought, on=["measure", "month"], how="semi"
    )
    told = [
        f"{library.get(row['measure']).title}, {month_name(row['month'])}: the figure of the force"
        f" would be {row['force_value']:,g}, and its areas come to {row['areas_value']:,g}."
        for row in apart.sort("measure", "month").head(EXAMPLES).iter_rows(named=True)
    ]
    more = apart.height - len(told)
    return [*told, f"In {more:,} more the force and its areas differ."] if more else told


def _brought_again(rows: pl.DataFrame, judged: pl.DataFrame) -> list[str]:
    again = rows.join(judged, on=[*FIGURE, "known_at"], how="anti", nulls_equal=True).height
    if not again:
        return []
    told = "1 figure counts" if again == 1 else f"{again:,} figures count"
    return [
        f"{told} as known from the day on which an earlier upload was undone, not from the day that"
        " the file gives."
    ]


def refuse_faults(
    person: Any, force: Body, rows: pl.DataFrame, judged: pl.DataFrame, month: date | None
) -> None:
    """Raises UploadRefusedError with everything that is wrong between the file and the force."""
    faults = [*faults_of_month(rows, month), *faults_of(person, force, rows, judged)]
    if faults:
        raise UploadRefusedError(faults, counts=counts(judged))


def with_faults_of_names(force: Body, refused: UploadRefusedError) -> UploadRefusedError:
    """The refusal of a file that could not be taken, with its unknown areas and its days to come."""
    if refused.named is None:
        return refused
    rows = refused.named.filter(pl.col("area") != "")
    more = [*faults_of_areas(rows, areas_of(force)), *faults_of_days_to_come(rows, today())]
    return UploadRefusedError([*more, *refused.faults], refused.total + len(more))


def faults_of(person: Any, force: Body, rows: pl.DataFrame, judged: pl.DataFrame) -> list[Fault]:
    """Areas nobody knows, measures that are not the person's, figures older than those that stand."""
    measures = {m.key: m for m in Measure.objects.filter(body=force).select_related("body")}
    titles = {key: measure.title for key, measure in measures.items()}
    wanted = set(rows["measure"].unique())
    allowed = {key for key in wanted if key in measures and may_touch(person, measures[key])}
    return [
        *faults_of_measures(rows, allowed, titles),
        *faults_of_areas(rows, areas_of(force)),
        *faults_of_days_to_come(rows, today()),
        *faults_of_days(judged, titles),
    ]


def areas_of(force: Body) -> set[str]:
    """The names that figures of this force may be of: itself, its areas, the forces beside it."""
    own = set(Area.objects.filter(force=force).values_list("name", flat=True))
    return {called_in_figures(force), *own, *similar_forces(force)}


def numbered(
    force: Body, rows: pl.DataFrame | None = None, *, of: Upload | None = None
) -> pl.DataFrame:
    """Every revision of the figures that `rows` (or an upload) are of, with its number and what it came with or undid."""
    figures = Figure.objects.filter(measure__body=force)
    if rows is not None:
        keys = rows["measure"].unique().to_list()
        figures = figures.filter(measure__key__in=keys, month__in=rows["month"].unique().to_list())
    if of is not None:
        own = Figure.objects.filter(upload=of)
        figures = figures.filter(
            measure__in=own.values("measure"), month__in=own.values("month").distinct()
        )
    told = figures.order_by("pk").values_list(
        "measure__key", "area_name", "month", "value", "numerator", "denominator", "known_at",
        "condition", "origin", "reason", "number", "upload_id", "undoes_id",
    )  # fmt: skip
    words = {"condition": pl.String, "origin": pl.String}
    schema = OBSERVATION | words | {"number": pl.Int64, "upload": pl.Int64, "undoes": pl.Int64}
    return pl.DataFrame(list(told), schema=schema, orient="row")
