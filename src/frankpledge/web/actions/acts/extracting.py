"""Making an extract: what a panel is shown, once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max

from frankpledge.web.actions.acts.keeping import whom
from frankpledge.web.actions.acts.refusing import NotAsAskedError
from frankpledge.web.actions.models import Extract, ExtractedUpdate
from frankpledge.web.actions.reads.showing import not_yet_shown
from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.organisations.models import Body


@act("extract.made", needs="actions.make_extract", on="panel")
def make_extract(*, by: Any, panel: Body, since: date, up_to: int | None = None) -> Extract:
    """Keep what a panel is shown: updates dated `since` or later that no extract has shown it.

    `up_to` is the last update that was in the preview; what came after it waits for the next extract.
    """
    # One extract at a time for a panel, so that no update is in two.
    panel = locked(panel)
    updates = not_yet_shown(panel, since)
    if up_to is not None:
        updates = updates.filter(pk__lte=up_to)
    chosen = list(updates.values_list("pk", flat=True))
    if not chosen:
        raise NotAsAskedError(
            {"since": "There is nothing since then that the panel has not been shown"}
        )
    number = (Extract.objects.filter(body=panel).aggregate(last=Max("number"))["last"] or 0) + 1
    extract = Extract.objects.create(
        body=panel,
        number=number,
        since=since,
        made_by=whom(by),
        made_at=now(),
        visibility=Visibility.OFFICE,
    )
    ExtractedUpdate.objects.bulk_create(
        ExtractedUpdate(extract=extract, update_id=pk, panel=panel, order=order)
        for order, pk in enumerate(chosen)
    )
    record(extract, became=snapshot(extract) | {"updates": chosen})
    return extract
