"""Drafting a plan, or a variation of one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import slugify

from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.models import Body, Person
from frankpledge.web.plans.acts.locking import check_seen, locked_draft
from frankpledge.web.plans.models import (
    FocusArea,
    Outcome,
    Plan,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)
from frankpledge.web.plans.states import PUBLISHED, State


@act("plan.drafted", needs="plans.draft", on="office")
def draft_plan(
    *,
    by: Person,
    office: Body,
    title: str,
    starts: date,
    ends: date,
    subtitle: str = "",
    elected_on: date | None = None,
    key: str = "",
    on: date | None = None,
) -> Plan:
    """Begin a plan. Its first version is an empty draft."""
    key = key or slugify(title)
    if Plan.objects.filter(body=office, key=key).exists():
        raise ValidationError({"title": f"There is already a plan called “{title}”."})
    plan = Plan(body=office, key=key, title=title, subtitle=subtitle, starts=starts, ends=ends)
    plan.elected_on = elected_on
    plan.full_clean(exclude=["named_people"])
    plan.save()
    record(plan)
    draft_version(by=by, plan=plan, label="As first adopted", on=on)
    return plan


@act("plan_version.drafted", needs="plans.draft", on="plan")
def draft_version(
    *, by: Person, plan: Plan, why: str = "", label: str = "", on: date | None = None
) -> PlanVersion:
    """Begin a version: a copy of the newest, to be changed. A variation of a plan in force says why."""
    plan = locked(plan)
    versions = list(plan.versions.order_by("-number"))
    draft = next((v for v in versions if v.is_draft), None)
    if draft:
        raise ValidationError(
            f"Version {draft.number} is already a draft. Finish or withdraw it first."
        )
    varies = any(v.state in PUBLISHED for v in versions)
    if varies and not why.strip():
        raise ValidationError({"why": "Say why the plan is varied."})
    standing = [v for v in versions if v.state != State.WITHDRAWN]
    newest = next(iter(standing or versions), None)
    version = PlanVersion.objects.create(
        plan=plan,
        number=versions[0].number + 1 if versions else 1,
        label=label,
        why_varied=why,
        drafted_by=by,
        drafted_on=on or today(),
        **(
            {n: getattr(newest, n) for n in ("vision", "foreword", "party_words")} if newest else {}
        ),
    )
    if newest:
        _copy_words(newest, version)
    record(
        version, became=snapshot(version) | {"copy_of": newest.number if newest else None}, why=why
    )
    return version


def _copy_words(source: PlanVersion, version: PlanVersion) -> None:
    """Give a new draft the objectives and commitments of the version it varies."""
    stated = {}
    for at, old in enumerate(source.stated_objectives.order_by("order", "pk"), 1):
        stated[old.pk] = StatedObjective.objects.create(
            version=version, objective_id=old.objective_id, ref=old.ref, title=old.title,
            why_it_matters=old.why_it_matters, order=at,
        )  # fmt: skip
    for line in (FocusArea, Outcome):
        line.objects.bulk_create(
            line(stated_objective=stated[old.stated_objective_id], text=old.text, order=old.order)
            for old in line.objects.filter(stated_objective__in=stated)
        )
    StatedCommitment.objects.bulk_create(
        StatedCommitment(
            version=version, commitment_id=old.commitment_id, stated_objective=stated[old.stated_objective_id],
            ref=old.ref, text=old.text, party=old.party, order=at,
        )
        for at, old in enumerate(source.stated_commitments.order_by("order", "pk"), 1)
    )  # fmt: skip


@act("plan_version.worded", needs="plans.draft", on="version")
def word_version(
    *,
    by: Person,
    version: PlanVersion,
    vision: str,
    foreword: str = "",
    label: str = "",
    why: str = "",
    party_words: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> PlanVersion:
    """Word a draft's vision and foreword, what it calls the parties, and why it varies the plan."""
    was = snapshot(version)
    version = locked_draft(version)
    check_seen(version.revision, seen, "the words of this draft")
    version.vision, version.foreword, version.label = vision, foreword, label
    version.why_varied = why or version.why_varied
    version.party_words = dict(version.party_words if party_words is None else party_words)
    version.revision += 1
    version.save()
    record(version, was=was)
    return version


def next_order(rows: object) -> int:
    """The place after the last of these rows."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1  # type: ignore[attr-defined]
