"""A version's way to the panel and into force."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Count

from frankpledge.web.audit.acts import act, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.organisations.models import Person
from frankpledge.web.organisations.roles import Role
from frankpledge.web.plans.acts.locking import locked_draft, locked_version
from frankpledge.web.plans.models import Plan, PlanVersion
from frankpledge.web.plans.rules import (
    Readiness,
    Steps,
    problem_of_day,
    problems_of_adopting,
    problems_of_sending,
)
from frankpledge.web.plans.states import PUBLISHED, State


@act("plan_version.sent_to_panel", needs="plans.send_to_panel", on="version")
def send_to_panel(*, by: Person, version: PlanVersion, on: date | None = None) -> PlanVersion:
    """Send a draft to the panel. From here on its words stand as they are.

    A version that is still with the panel is withdrawn: this one takes its place.
    """
    was = snapshot(version)
    version = locked_draft(version)
    on = on or today()
    _refuse(
        problem_of_day("Sent to the panel", on, after=version.drafted_on, today=today())
        + problems_of_sending(readiness(version))
    )
    replaced = version.plan.versions.filter(state=State.WITH_PANEL).first()
    if replaced:
        withdraw_version(
            by=by, version=replaced, why=f"Replaced by version {version.number}.", on=on
        )
    version.state, version.sent_by, version.sent_on = State.WITH_PANEL, by, on
    version.save()
    _show_plan(version.plan, Visibility.PANEL)
    record(version, was=was)
    return version


@act("plan_version.panel_reported", needs="plans.record_panel_report", on="version")
def record_panel_report(
    *, by: Person, version: PlanVersion, report: str, on: date | None = None
) -> PlanVersion:
    """Record what the panel reported on the version before it."""
    was = snapshot(version)
    version = locked_version(version)
    on = on or today()
    problems = problem_of_day("The panel's report", on, after=version.sent_on, today=today())
    if version.state != State.WITH_PANEL:
        problems = ["The version is not with the panel."]
    elif version.panel_report_on:
        problems = ["The panel's report on this version is already recorded."]
    if not report.strip():
        problems.append("Enter what the panel reported.")
    _refuse(problems)
    version.panel_report, version.panel_report_by, version.panel_report_on = report.strip(), by, on
    version.save()
    record(version, was=was)
    return version


@act("plan_version.panel_answered", needs="plans.answer_panel", on="version")
def answer_panel(
    *, by: Person, version: PlanVersion, response: str, on: date | None = None
) -> PlanVersion:
    """Record the commissioner's response to the panel's report."""
    was = snapshot(version)
    version = locked_version(version)
    on = on or today()
    problems = problem_of_day("The response", on, after=version.panel_report_on, today=today())
    if version.state != State.WITH_PANEL or not version.panel_report_on:
        problems = ["There is no report of the panel on this version to answer."]
    elif version.response_on:
        problems = ["The response to the panel is already recorded."]
    if not response.strip():
        problems.append("Enter the response to the panel.")
    _refuse(problems)
    version.response_to_panel, version.response_by, version.response_on = response.strip(), by, on
    version.save()
    record(version, was=was)
    return version


@act("plan_version.adopted", needs="plans.adopt", on="version")
def adopt_version(
    *,
    by: Person,
    version: PlanVersion,
    on: date | None = None,
    starts: date | None = None,
    on_record: str = "",
) -> PlanVersion:
    """Adopt a version, in place of the one in force. It is public from here on."""
    was = snapshot(version)
    version = locked_version(version)
    on = on or today()
    starts = starts or on
    steps = Steps(
        version.state,
        version.drafted_on,
        version.sent_on,
        version.panel_report_on,
        version.response_on,
    )
    commissioner = by.holds(Role.COMMISSIONER, at=version.body_id)
    problems = problems_of_adopting(steps, by_commissioner=commissioner, on_record=on_record)
    problems += problem_of_day("Adopted", on, after=version.response_on, today=today())
    if starts < on:
        problems.append("It cannot take effect before it is adopted.")
    _refuse(problems)
    for earlier in version.plan.versions.filter(state=State.ADOPTED):
        supersede_version(by=by, version=earlier, on=on)
    version.state, version.adopted_by, version.adopted_on = State.ADOPTED, by, on
    version.starts, version.on_record = starts, on_record.strip()
    version.save()
    _show_plan(version.plan, Visibility.PUBLIC)
    record(version, was=was)
    return version


@act("plan_version.superseded", needs="plans.adopt", on="version")
def supersede_version(*, by: Person, version: PlanVersion, on: date) -> PlanVersion:
    """Let a version in force give way to the one adopted after it. It stays public."""
    was = snapshot(version)
    version = locked_version(version)
    version.state, version.superseded_on = State.SUPERSEDED, on
    version.save()
    record(version, was=was)
    return version


@act("plan_version.withdrawn", needs="plans.withdraw", on="version")
def withdraw_version(
    *, by: Person, version: PlanVersion, why: str, on: date | None = None
) -> PlanVersion:
    """Withdraw a version that was never adopted. Whoever saw it before still can."""
    was = snapshot(version)
    version = locked_version(version)
    on = on or today()
    problems = problem_of_day(
        "Withdrawn", on, after=version.sent_on or version.drafted_on, today=today()
    )
    if version.state in PUBLISHED:
        problems = ["What was adopted is not withdrawn: it is varied by a new version."]
    elif version.state == State.WITHDRAWN:
        problems = ["The version is already withdrawn."]
    if not why.strip():
        problems.append("Say why it is withdrawn.")
    _refuse(problems)
    version.state, version.withdrawn_by, version.withdrawn_on = State.WITHDRAWN, by, on
    version.why_withdrawn = why.strip()
    version.save()
    record(version, was=was, why=why)
    return version


def readiness(version: PlanVersion) -> Readiness:
    """What a draft has, as far as sending it depends on it."""
    counted = version.stated_objectives.annotate(commitments=Count("stated_commitments"))
    return Readiness(
        number=version.number,
        varies=version.plan.versions.filter(state__in=PUBLISHED).exists(),
        why_varied=version.why_varied,
        objectives={each.ref: each.commitments for each in counted},
    )


def _show_plan(plan: Plan, audience: Visibility) -> None:
    """Widen who sees the plan; it is never narrowed."""
    if plan.visibility != Visibility.PUBLIC:
        plan.visibility = audience
        plan.save(update_fields=["visibility"])


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ValidationError(problems)
