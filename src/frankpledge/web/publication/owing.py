"""What awaits somebody who has signed in: their actions, their measures' words, reports to publish."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from frankpledge.analysis.periods import month_name
from frankpledge.web.actions.models import Action
from frankpledge.web.actions.reads.finding import due_soon, overdue, stale
from frankpledge.web.actions.reads.own import own_actions
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.organisations.models import Person
from frankpledge.web.publication.presenters import Owed
from frankpledge.web.reports.models import Audience, Report


def owed_by(person: Person, reader: Reader) -> list[Owed]:
    """What awaits this person, the most pressing first."""
    return [*_actions(person), *_reports(person, reader)]


def _actions(person: Person) -> Iterator[Owed]:
    mine = Action.objects.filter(pk__in=[action.pk for action in own_actions(person)])
    day, address = today(), "/my/actions/"
    for condition, said, tone in (
        (overdue(day), "overdue", "bad"),
        (due_soon(day), "due soon", "caution"),
        (stale(day), "waiting for an update", "caution"),
    ):
        if count := _count(mine, condition):
            yield Owed(
                f"{count} of your actions {'is' if count == 1 else 'are'} {said}", address, tone
            )


def _count(actions: QuerySet, condition: object) -> int:
    return actions.filter(condition).distinct().count()


def _reports(person: Person, reader: Reader) -> Iterator[Owed]:
    """Reports that are made and that this person may publish."""
    waiting = (
        Report.objects.visible_to(reader)
        .filter(built_at__isnull=False, published_at__isnull=True, audience=Audience.EVERYBODY)
        .select_related("force__police_area", "body")
    )
    for report in waiting:
        if person.has_perm("reports.publish", report):
            address = reverse(
                "reports:report",
                args=[report.force.police_area.slug, f"{report.month:%Y-%m}", report.edition],
            )
            yield Owed(
                f"The report of {month_name(report.month)} is made and can be published",
                address,
                "caution",
            )
