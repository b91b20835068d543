"""The trail is walked from time to time, and what was found is kept to be shown."""

from __future__ import annotations

from django_tasks import task

from frankpledge.web.audit.models import Verification
from frankpledge.web.audit.verifying import Verified, verify_chain


@task()
def check_the_trail() -> None:
    """As a task, since the walk takes longer than a page may."""
    keep(verify_chain())


def keep(found: Verified) -> Verification:
    """What a walk found. No act: it changes nothing that the trail is about."""
    return Verification.objects.create(
        events=found.events,
        values=found.values,
        deleted=found.deleted,
        faults=found.faults[:100],
        last_hash=found.last_hash,
    )
