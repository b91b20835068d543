"""What the weekly e-mail tells each person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from frankpledge.web.actions.models import Action, ActionOwner, DigestSent
from frankpledge.web.actions.presenters import standing_of
from frankpledge.web.actions.reads import finding
from frankpledge.web.actions.reads.own import own_actions
from frankpledge.web.actions.rules import is_due_soon, is_overdue, is_stale
from frankpledge.web.organisations.models import Person


@dataclass(frozen=True)
class DueOf:
    """What a person is told: each action once, under the worst that can be said of it."""

    overdue: tuple[Action, ...] = ()
    due_soon: tuple[Action, ...] = ()
    stale: tuple[Action, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.overdue or self.due_soon or self.stale)


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def people_to_tell(today: date) -> list[Person]:
    """Owners of something that needs them who want the digest and have not had this week's."""
    needed = Action.objects.filter(
        finding.overdue(today) | finding.due_soon(today) | finding.stale(today)
    )
    owners = ActionOwner.objects.filter(ends__isnull=True, action__in=needed.values("pk"))
    had = DigestSent.objects.filter(week=week_of(today), sent_at__isnull=False)
    people = Person.objects.filter(
        is_active=True, wants_digest=True, pk__in=owners.values("person")
    )
    return list(people.exclude(pk__in=had.values("person")).order_by("pk"))


def due_of(person: Person, today: date) -> DueOf:
    overdue, soon, stale = [], [], []
    for action in own_actions(person):
        it = standing_of(action)
        if is_overdue(it, today):
            overdue.append(action)
        elif is_due_soon(it, today):
            soon.append(action)
        elif is_stale(it, today):
            stale.append(action)
    return DueOf(tuple(overdue), tuple(soon), tuple(stale))


def digest_of(person: Person, today: date) -> DigestSent | None:
    """This week's digest of a person, where one was made."""
    return DigestSent.objects.filter(person=person, week=week_of(today)).first()
