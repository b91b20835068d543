"""Keep the findings of a month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from frankpledge.web.audit.acts import THE_SYSTEM, act, record
from frankpledge.web.measures.models.findings import StoredFindings
from frankpledge.web.organisations.models import Body


@act("findings.made")
def keep_findings(
    *, by: Any, force: Body, month: date, made: Sequence[StoredFindings]
) -> list[StoredFindings]:
    """Put these findings in the place of those kept of the month; an audience not among them has none.

    The system's alone. Findings are no record of their own: figures, definitions and settings are,
    and the same ones give the same findings.
    """
    if by is not THE_SYSTEM:
        raise PermissionDenied("Findings are made by the system, from the figures.")
    before = {
        row.audience: row
        for row in StoredFindings.objects.select_for_update()
        .defer("payload")
        .filter(force=force, month=month)
    }
    was = {audience: row.stamp for audience, row in before.items()}
    for findings in made:
        earlier = before.pop(findings.audience, None)
        if earlier:
            findings.pk = earlier.pk
            findings.behind_since = _still_behind(earlier, findings)
        findings.save()
    StoredFindings.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    stamps = {findings.audience: findings.stamp for findings in made}
    record(force, was={"stamps": was}, became={"month": month, "stamps": stamps})
    return list(made)


def _still_behind(earlier: StoredFindings, made: StoredFindings) -> datetime | None:
    """When something changed while these were being made: they do not have it."""
    since = earlier.behind_since
    return since if since and since > made.made_at else None
