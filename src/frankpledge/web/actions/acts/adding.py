"""Adding an action to a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from frankpledge.web.actions.acts.keeping import revise, stale_day, whom
from frankpledge.web.actions.acts.referring import find_those_waiting, refer
from frankpledge.web.actions.acts.refusing import refuse_if
from frankpledge.web.actions.models import (
    Action,
    ActionList,
    ActionOwner,
    Part,
    RagMeaning,
    Status,
)
from frankpledge.web.actions.rules.dues import Due
from frankpledge.web.actions.rules.sharing import is_no_wider
from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now, today
from frankpledge.web.organisations.models import Forum, Person
from frankpledge.web.organisations.roles import WRITING
from frankpledge.web.plans.models import Commitment


@dataclass(frozen=True)
class Owner:
    """Who owns an action: an account, or a post as a document names it, or both."""

    person: Person | None = None
    named_as: str = ""
    part: str = Part.ANSWERS


@act("action.added", needs="actions.add_action", on="action_list")
def add_action(
    *,
    by: Any,
    action_list: ActionList,
    reference: str,
    what: str,
    aim: str = "",
    heading: str = "",
    particulars: Mapping[str, str] | None = None,
    starts: date | None = None,
    due: Due = Due(),
    next_update_due: date | None = None,
    status: str = Status.ABSENT,
    done_on: date | None = None,
    rag: RagMeaning | None = None,
    commitment: Commitment | None = None,
    forums: Iterable[Forum] = (),
    owners: Iterable[Owner] = (),
    visibility: str = "",
    classification: str = "",
    order: int | None = None,
    why: str = "",
) -> Action:
    """Add one. What is absent stays absent, and is shown as wanting. Of several owners one answers."""
    action_list = locked(action_list)
    owners, forums = list(owners), list(forums)
    closed = status == Status.CLOSED
    action = Action(
        list=action_list,
        body=action_list.body,
        visibility=visibility or action_list.visibility,
        classification=classification or action_list.classification,
        reference=reference.strip(),
        order=_next_order(action_list) if order is None else order,
        what=what.strip(),
        aim=aim.strip(),
        heading=heading.strip(),
        particulars={k: v for k, v in (particulars or {}).items() if v},
        starts=starts,
        due_kind=due.kind,
        due_on=due.on,
        due_words=due.words,
        next_update_due=next_update_due,
        status=status,
        done_on=done_on,
        rag=rag,
        commitment=commitment,
        added_by=whom(by),
        added_at=now(),
        closed_by=whom(by) if closed else None,
        closed_at=now() if closed else None,
    )
    refuse_if(problems_of(action) | _problems_of_owners(action, owners))
    action.stale_from = stale_day(action)
    action.save()
    action.named_people.set(action_list.named_people.all())
    action.forums.set(forums)
    day = today()
    for owner in owners:
        ActionOwner.objects.create(
            action=action,
            person=owner.person,
            named_as=owner.named_as,
            part=owner.part,
            starts=day,
        )
    refer(action, (action.what, action.aim, *action.particulars.values()))
    find_those_waiting(action)
    revise(action, by, why)
    record(
        action,
        became=snapshot(action)
        | {
            "forums": [forum.pk for forum in forums],
            "owners": [[owner.person and owner.person.pk, owner.part] for owner in owners],
        },
        why=why,
    )
    return action


def problems_of(action: Action) -> dict[str, str]:
    """What is wrong with an action as it would be stored."""
    problems = {}
    if not action.reference:
        problems["reference"] = "Enter the reference"
    same = Action.objects.filter(list=action.list, reference=action.reference).exclude(pk=action.pk)
    if action.reference and same.exists():
        problems["reference"] = (
            f"{action.list.name} already has an action {action.reference}: choose another reference"
        )
    if len(action.reference) > 30:
        problems["reference"] = "The reference must be 30 characters or fewer"
    if not action.what:
        problems["what"] = "Enter what is to be done"
    if action.starts and action.due_on and action.due_on < action.starts:
        problems["due"] = "The day it is due must not be before the day it starts"
    if action.rag and action.rag.scheme_id != action.list.scheme_id:
        problems["rag"] = f"{action.rag.word} is not a rating of this list's scheme"
    if not is_no_wider(action.body.kind, action.visibility, action.list.visibility):
        problems["visibility"] = (
            f"{action.list.name} is shared with “{action.list.get_visibility_display()}”:"
            " an action in it cannot be shared more widely. Share the list first"
        )
    return problems


def _problems_of_owners(action: Action, owners: list[Owner]) -> dict[str, str]:
    if sum(owner.part == Part.ANSWERS for owner in owners) > 1:
        return {"owners": "One person answers for an action; the others help"}
    wrong = [problem for owner in owners if (problem := problem_of_owner(action, owner))]
    return {"owners": " ".join(wrong)} if wrong else {}


def problem_of_owner(action: Action, owner: Owner) -> str:
    """Why this owner cannot own this action, if they cannot."""
    if owner.person is None:
        return "" if owner.named_as.strip() else "Choose a person or enter the post that owns it"
    if not owner.person.holds(*WRITING):
        return f"{owner.person} holds no role in which updates can be given: name them by their post instead."
    if could_see(action, owner.person):
        return ""
    return f"{owner.person} could not see this action: share it with their body first."


def could_see(action: Action, person: Person) -> bool:
    """Whether this person may see an action, stored already or about to be."""
    return bool(
        action.visibility == "public"
        or action.body_id in person.as_reader().sees.get(action.visibility, ())
        or (action.pk and Action.objects.visible_to(person).filter(pk=action.pk).exists())
    )


def _next_order(action_list: ActionList) -> int:
    return (action_list.actions.aggregate(last=Max("order"))["last"] or 0) + 1
