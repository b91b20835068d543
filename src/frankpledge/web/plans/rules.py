"""What must hold for a plan, and who may do what with it.

The order of steps is that of the Police Reform and Social Responsibility Act 2011, sections 5 and 28.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import rules

from frankpledge.analysis.periods import (
    add_months,
    day_name,
    financial_year,
    financial_year_start,
    last_day,
)
from frankpledge.web.organisations.roles import Role
from frankpledge.web.organisations.rules import held_at_its_body, held_on_its_line
from frankpledge.web.plans.states import State

drafts = held_at_its_body(
    Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE, Role.DEPUTY_COMMISSIONER, Role.COMMISSIONER
)
keeps_the_record = held_at_its_body(Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE)
of_the_panel = held_on_its_line(Role.PANEL_OFFICER, Role.PANEL_MONITORING_OFFICER)
issues = held_at_its_body(Role.COMMISSIONER, Role.CHIEF_EXECUTIVE)

rules.add_perm("plans.draft", drafts)
rules.add_perm("plans.send_to_panel", keeps_the_record | held_at_its_body(Role.COMMISSIONER))
rules.add_perm("plans.record_panel_report", keeps_the_record | of_the_panel)
rules.add_perm("plans.answer_panel", keeps_the_record | held_at_its_body(Role.COMMISSIONER))
rules.add_perm("plans.adopt", issues)
rules.add_perm("plans.withdraw", keeps_the_record | held_at_its_body(Role.COMMISSIONER))


@dataclass(frozen=True)
class Deadline:
    """A day by which something is due, whether it was done in time, and how that was worked out."""

    due: date
    done: date | None
    working: str

    def met(self, today: date) -> bool | None:
        """Whether it was met; None while it is still to come."""
        if self.done is None and today <= self.due:
            return None
        return self.done is not None and self.done <= self.due


def plan_due(elected_on: date, first_adopted_on: date | None) -> Deadline:
    """A plan is issued within the financial year in which the ordinary election is held.

    Police Reform and Social Responsibility Act 2011, section 5(1).
    """
    due = last_day(add_months(financial_year_start(elected_on), 11))
    working = (
        f"The election was on {day_name(elected_on)}, in the financial year {financial_year(elected_on)},"
        f" which ended on {day_name(due)}."
    )
    return Deadline(due, first_adopted_on, working)


@dataclass(frozen=True)
class Readiness:
    """What a draft has, as far as sending it depends on it."""

    number: int
    varies: bool
    why_varied: str
    objectives: Mapping[str, int]
    """Ref of each objective -> how many commitments stand under it."""


def problems_of_sending(draft: Readiness) -> list[str]:
    """What is still wanting before a draft can go to the panel. Empty when nothing is."""
    problems = []
    if not draft.objectives:
        problems.append("The draft has no objective: a plan sets out objectives (section 7(1)(a)).")
    problems += [
        f"Objective {ref} has no commitment: add one, or remove the objective."
        for ref, count in draft.objectives.items()
        if not count
    ]
    if draft.varies and not draft.why_varied.strip():
        problems.append("The draft varies a plan in force: say why.")
    return problems


@dataclass(frozen=True)
class Steps:
    """How far a version has come and when."""

    state: str
    drafted_on: date
    sent_on: date | None = None
    panel_report_on: date | None = None
    response_on: date | None = None


def problems_of_adopting(version: Steps, *, by_commissioner: bool, on_record: str) -> list[str]:
    """What is still wanting before a version can be adopted. Empty when nothing is.

    A draft, or a draft variation, goes to the panel, which reviews it and reports (section 28(3)); the
    commissioner has regard to the report and answers it before the plan is issued (section 5(6)). Only
    the commissioner issues it (section 18(7)): somebody else who records it says where that is on record.
    """
    if version.state != State.WITH_PANEL:
        return [
            f"Only a version that is with the panel can be adopted; this one is: {State(version.state).label}."
        ]
    problems = []
    if version.panel_report_on is None:
        problems.append("The panel has not reported on it. Record the panel's report first.")
    elif version.response_on is None:
        problems.append("The panel's report has not been answered. Record the response first.")
    if not by_commissioner and not on_record.strip():
        problems.append(
            "Only the commissioner can issue a plan. Say where the commissioner's decision is on record."
        )
    return problems


def problem_of_day(step: str, on: date, *, after: date | None, today: date) -> list[str]:
    """A step lies neither in the future nor before the step that comes before it."""
    if on > today:
        return [f"{step}: {day_name(on)} is still to come."]
    if after and on < after:
        return [f"{step}: {day_name(on)} lies before the step before it, on {day_name(after)}."]
    return []
