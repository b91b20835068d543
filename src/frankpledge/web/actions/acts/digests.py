"""The weekly e-mail: made for a person once a week, marked when it has gone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from frankpledge.web.actions.models import DigestSent
from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now
from frankpledge.web.organisations.models import Person


@act("digest.made")
def make_digest(
    *, by: Any, person: Person, week: date, overdue: int, due_soon: int, stale: int, at: datetime
) -> DigestSent:
    """Claim a person's digest of a week, so that nobody sends it twice. The system's."""
    made = DigestSent.objects.create(
        person=person, week=week, overdue=overdue, due_soon=due_soon, stale=stale, made_at=at
    )
    record(made)
    return made


@act("digest.sent")
def mark_digest_sent(*, by: Any, digest: DigestSent) -> DigestSent:
    """It has gone. The system's."""
    was = snapshot(digest)
    digest = locked(digest)
    digest.sent_at = now()
    digest.save()
    record(digest, was=was)
    return digest
