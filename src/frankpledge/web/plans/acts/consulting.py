"""Recording who was asked about a draft."""

from __future__ import annotations

from datetime import date

from frankpledge.web.audit.acts import act, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.organisations.models import Person
from frankpledge.web.plans.acts.locking import locked_draft
from frankpledge.web.plans.models import Consultation, PlanVersion


@act("consultation.recorded", needs="plans.draft", on="version")
def record_consultation(
    *,
    by: Person,
    version: PlanVersion,
    name: str,
    starts: date,
    ends: date,
    how: str = Consultation.How.CONSULT,
    responses: int | None = None,
    heard: str = "",
    changed: str = "",
) -> Consultation:
    """Record that people were asked about a draft, what they said, and what changed because of it."""
    version = locked_draft(version)
    held = Consultation(
        version=version, name=name, how=how, starts=starts, ends=ends, responses=responses,
        heard=heard, changed=changed, recorded_by=by,
    )  # fmt: skip
    held.full_clean()
    held.save()
    record(held)
    return held


@act("consultation.struck", needs="plans.draft", on="consultation")
def strike_consultation(*, by: Person, consultation: Consultation) -> None:
    """Take back a consultation that was recorded wrongly, while its version is a draft."""
    locked_draft(consultation.version)
    record(consultation, was=snapshot(consultation), became={})
    consultation.delete()
