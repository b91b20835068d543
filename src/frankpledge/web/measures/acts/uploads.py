"""Bringing figures: looked at first, then committed or discarded; and undone by further revisions."""

from __future__ import annotations

import io
from datetime import date, datetime
from functools import partial

import polars as pl
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from frankpledge.analysis.periods import day_name
from frankpledge.web.audit.acts import ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now, today
from frankpledge.web.measures.intake import ReadUpload, UploadRefusedError, read_upload
from frankpledge.web.measures.models import Figure, Measure, Upload
from frankpledge.web.measures.observations import library_for
from frankpledge.web.measures.outcomes import Outcome, counts, fingerprint, restored
from frankpledge.web.measures.previewing import (
    Preview,
    judge_rows,
    numbered,
    preview_of,
    refuse_faults,
    remarks_on,
    with_faults_of_names,
)
from frankpledge.web.measures.refreshing import findings_are_behind
from frankpledge.web.organisations.models import Area, Body, Person

AT_ONCE = 2000


@act("upload.previewed", needs="measures.upload_figures", on="force")
def upload_figures(
    *,
    by: Person,
    force: Body,
    data: bytes,
    name: str,
    known_at: date | None = None,
    month: date | None = None,
    until: date | None = None,
) -> Upload:
    """Hand a file of figures in, to be looked at before anything is done with it.

    `known_at` is the day on which its figures became known that do not say so themselves (None: from
    the start); `month` the month it is said to be of; `until` the last month there can be figures of (None: this month).
    Raises UploadRefusedError with everything that is wrong; nothing is then kept.
    """
    try:
        taken = read_upload(
            data, name, library_for(force), until=until or today(), known_at=known_at
        )
    except UploadRefusedError as refused:
        raise with_faults_of_names(force, refused) from None
    judged = judge_rows(by, force, taken.rows)
    refuse_faults(by, force, taken.rows, judged, month)
    found = counts(judged)
    upload = Upload(
        body=force,
        file_name=taken.name[:160],
        sha256=taken.sha256,
        size=len(data),
        new=found[Outcome.NEW],
        revised=found[Outcome.REVISED],
        unchanged=found[Outcome.UNCHANGED],
        first_month=taken.rows["month"].min(),
        last_month=taken.rows["month"].max(),
        remarks=[*taken.remarks, *remarks_on(force, taken.rows, judged)],
        uploaded_by=by,
    )
    _keep(upload, taken)
    upload.save()
    record(upload)
    return upload


def _keep(upload: Upload, taken: ReadUpload) -> None:
    """The file as it came, and the rows that were read from it."""
    rows = io.BytesIO()
    taken.rows.write_parquet(rows)
    upload.kept_file.save(f"file{taken.ending}", ContentFile(taken.data), save=False)
    upload.read_rows.save("rows.parquet", ContentFile(rows.getvalue()), save=False)


@act("upload.committed", needs="measures.commit_upload", on="upload")
def commit_upload(*, by: Person, upload: Upload, seen: str) -> Upload:
    """Take the figures of an upload into the force's own, each as a revision.

    `seen` is the fingerprint of the preview that the person looked at. Nobody else brings figures of
    this force meanwhile; if anybody did since the preview, and it would now do something else, the
    person is told to look again and nothing is kept.
    """
    force = locked(upload.body)
    upload = _awaiting(locked(upload))
    was = snapshot(upload)
    preview = preview_of(by, upload)
    _refuse_unseen(preview, seen)
    brought = preview.judged.filter(
        pl.col("outcome").is_in([Outcome.NEW.value, Outcome.REVISED.value])
    )
    if brought.is_empty():
        raise ChangedMeanwhileError("Every figure of this file stands already. Discard it.")
    moment = now()
    _store(force, _with_numbers(brought, numbered(force, preview.rows)), moment, upload=upload)
    upload.state = Upload.State.COMMITTED
    upload.committed_by, upload.committed_at = by, moment
    upload.new, upload.revised = preview.counts[Outcome.NEW], preview.counts[Outcome.REVISED]
    upload.unchanged = preview.counts[Outcome.UNCHANGED]
    upload.save()
    findings_are_behind(force, brought["month"].unique().to_list())
    record(upload, was=was)
    return upload


def _awaiting(upload: Upload) -> Upload:
    if upload.state == Upload.State.PREVIEWED:
        return upload
    who = upload.committed_by or upload.discarded_by
    raise ChangedMeanwhileError(
        f"{who} has already {upload.state} this upload. Nothing was done again."
    )


def _refuse_unseen(preview: Preview, seen: str) -> None:
    if preview.faults:
        raise UploadRefusedError(preview.faults, counts=preview.counts)
    if fingerprint(preview.judged) != seen:
        raise ChangedMeanwhileError(
            "Somebody else has brought figures since you looked, and this file would now do something"
            " else. Nothing was kept. Look at the new preview, and commit again if it is right."
        )


def _with_numbers(brought: pl.DataFrame, standing: pl.DataFrame) -> pl.DataFrame:
    """Each row with the number of the revision it becomes."""
    figure = ["measure", "area", "month"]
    last = standing.group_by(figure).agg(pl.col("number").max().alias("last"))
    return brought.join(last, on=figure, how="left", maintain_order="left").with_columns(
        (pl.col("last").fill_null(0) + pl.int_range(pl.len()).over(figure) + 1).alias("number")
    )


def _store(
    force: Body, rows: pl.DataFrame, moment: datetime, *,
    upload: Upload | None = None, undoes: Upload | None = None,
) -> None:  # fmt: skip
    measures = dict(Measure.objects.filter(body=force).values_list("key", "pk"))
    areas = dict(Area.objects.filter(force=force).values_list("name", "pk"))
    figures = (
        Figure(
            measure_id=measures[row["measure"]],
            area_id=areas.get(row["area"]),
            area_name=row["area"],
            month=row["month"],
            number=row["number"],
            value=row["value"],
            numerator=row["numerator"],
            denominator=row["denominator"],
            condition=row["condition"],
            origin=row["origin"],
            reason=row["reason"] or "",
            known_at=row["known_at"],
            recorded_at=moment,
            upload=upload,
            undoes=undoes,
        )
        for row in rows.iter_rows(named=True)
    )
    Figure.objects.bulk_create(list(figures), batch_size=AT_ONCE)


@act("upload.discarded", needs="measures.discard_upload", on="upload")
def discard_upload(*, by: Person, upload: Upload) -> Upload:
    """Put an upload aside that nothing was done with. Its file is deleted."""
    upload = _awaiting(locked(upload))
    was = snapshot(upload)
    upload.state = Upload.State.DISCARDED
    upload.discarded_by, upload.discarded_at = by, now()
    for kept in (upload.kept_file, upload.read_rows):
        transaction.on_commit(partial(kept.storage.delete, kept.name))
    upload.kept_file, upload.read_rows = "", ""
    upload.save()
    record(upload, was=was)
    return upload


@act("upload.undone", needs="measures.undo_upload", on="upload")
def undo_upload(*, by: Person, upload: Upload, why: str) -> Upload:
    """Give every figure of an upload the value it had before, as a further revision.

    Nothing is deleted. What somebody revised since stays as they made it; what was not there before
    becomes missing, with the reason "withdrawn".
    """
    force = locked(upload.body)
    upload = locked(upload)
    if upload.state != Upload.State.COMMITTED:
        raise ChangedMeanwhileError(_why_not_undone(upload))
    was = snapshot(upload)
    moment = now()
    standing = numbered(force, of=upload)
    own = standing.filter(pl.col("upload") == upload.pk)
    rows = restored(own, standing, timezone.localdate(moment))
    _store(force, rows, moment, undoes=upload)
    upload.state, upload.why_undone = Upload.State.UNDONE, why
    upload.undone_by, upload.undone_at = by, moment
    upload.save()
    findings_are_behind(force, own["month"].unique().to_list())
    record(upload, was=was, why=why)
    return upload


def _why_not_undone(upload: Upload) -> str:
    if upload.state == Upload.State.UNDONE:
        return f"{upload.undone_by} undid this upload on {day_name(timezone.localdate(upload.undone_at))}."
    return "This upload was never committed, so there is nothing to undo."
