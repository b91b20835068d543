"""The figures, brought as an analyst brings them: looked at, then committed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import partial

from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body, person
from frankpledge.web.demonstration.measures import ANALYST, FORCE
from frankpledge.web.demonstration.words import FIGURES
from frankpledge.web.measures.acts import commit_upload, upload_figures
from frankpledge.web.measures.outcomes import fingerprint
from frankpledge.web.measures.previewing import preview_of

CHAPTER = "Bringing the figures"
BROUGHT = (
    (date(2022, 6, 13), "figures-to-may-2022.csv", "0000-00", "2022-05"),
    (date(2022, 7, 11), "figures-june-2022.csv", "2022-06", "9999-99"),
)
"""When each file was brought, what it is called, and its first and last month."""


def figures() -> Iterator[Entry]:
    """The past in one file, June in another."""
    for day, name, first, last in BROUGHT:
        yield Entry(day, CHAPTER, partial(_bring, day, name, first, last))


def file_of(day: date, first: str, last: str) -> bytes:
    """The figures of some months as a file of their own, known on the day they are brought."""
    made = io.StringIO()
    with FIGURES.open(encoding="utf-8", newline="") as kept:
        rows = csv.DictReader(kept)
        writer = csv.DictWriter(made, rows.fieldnames or ())
        writer.writeheader()
        for row in rows:
            if first <= row["month"] <= last:
                writer.writerow(row | {"known_at": day.isoformat()})
    return made.getvalue().encode()


def _bring(day: date, name: str, first: str, last: str) -> None:
    analyst = person(ANALYST)
    upload = upload_figures(
        by=analyst, force=body(FORCE), data=file_of(day, first, last), name=name
    )
    seen = fingerprint(preview_of(analyst, upload).judged)
    commit_upload(by=analyst, upload=upload, seen=seen)
