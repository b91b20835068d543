"""What awaits somebody who has signed in: actions, words, files of figures, plans, reports; and what to ask."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from frankpledge.analysis.periods import month_name
from frankpledge.web.actions.models import Action
from frankpledge.web.actions.reads.finding import due_soon, overdue, stale
from frankpledge.web.actions.reads.own import own_actions
from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.measures.findings.shown import findings_of
from frankpledge.web.measures.models import Upload
from frankpledge.web.measures.presenters import exceptions
from frankpledge.web.measures.reads.keeping import own_measures, to_look_at
from frankpledge.web.measures.rules import OFFICE
from frankpledge.web.organisations.models import Body, Person, Role
from frankpledge.web.organisations.reads import place_or_404
from frankpledge.web.plans.models import PlanVersion
from frankpledge.web.plans.states import State
from frankpledge.web.publication.presenters import Owed, most_pressing_first
from frankpledge.web.reports.models import Audience, Report

MY_MEASURES = "/my/measures/"
READ_EXCEPTIONS = (Role.FORCE_ANALYST, *OFFICE)
PANELS_OFFICERS = (Role.PANEL_OFFICER, Role.PANEL_MONITORING_OFFICER)
KEEP_FOR = 24 * 60 * 60


def owed_by(person: Person, reader: Reader) -> list[Owed]:
    """What awaits this person, the most pressing first."""
    return kept_until_an_act(
        ("owed", person.pk, *reader.who),
        lambda: most_pressing_first(
            [
                *_actions(person),
                *_words(person),
                *_uploads(person, reader),
                *_plans(person, reader),
                *_reports(person, reader),
                *_exceptions(person, reader),
            ]
        ),
    )


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


def _words(person: Person) -> Iterator[Owed]:
    """Measures whose newest month wants words of theirs, and words of others that await their look."""
    months = sorted(a.month for a in own_measures(person) if a.wants_words)
    for month, found in groupby(months):
        count = len(list(found))
        said = "measure of yours awaits" if count == 1 else "measures of yours await"
        yield Owed(f"{count} {said} words on {month_name(month)}", MY_MEASURES, "caution")
    if count := len(to_look_at(person)):
        said = "measure await" if count == 1 else "measures await"
        yield Owed(f"Words on {count} {said} your review or signing off", MY_MEASURES, "caution")


def _uploads(person: Person, reader: Reader) -> Iterator[Owed]:
    """Files of figures that were looked at and are neither committed nor discarded."""
    waiting = (
        Upload.objects.visible_to(reader)
        .filter(state=Upload.State.PREVIEWED)
        .select_related("body__police_area")
        .order_by("body", "pk")
    )
    theirs = [upload for upload in waiting if person.has_perm("measures.commit_upload", upload)]
    for force, found in groupby(theirs, key=lambda upload: upload.body):
        place, uploads = force.police_area.slug, list(found)
        if len(uploads) == 1:
            address = reverse("measures:upload", args=[place, uploads[0].pk])
            yield Owed(f"The file {uploads[0].file_name} awaits a decision", address, "caution")
        else:
            said = f"{len(uploads)} files of figures await a decision"
            yield Owed(said, reverse("measures:uploads", args=[place]), "caution")


def _plans(person: Person, reader: Reader) -> Iterator[Owed]:
    """Versions with the panel: its officers record its report, the office answers it."""
    waiting = PlanVersion.objects.visible_to(reader).filter(
        state=State.WITH_PANEL, response_on__isnull=True
    )
    for version in waiting.select_related("plan", "body__police_area"):
        if version.panel_report_on is None:
            theirs = person.holds(*PANELS_OFFICERS)
            needs, page, said = "plans.record_panel_report", "panel_report", "the panel’s report"
        else:
            theirs = True
            needs, page, said = "plans.answer_panel", "response", "an answer to the panel’s report"
        if theirs and person.has_perm(needs, version):
            address = reverse(f"plans:{page}", args=[version.body.police_area.slug, version.number])
            yield Owed(
                f"Version {version.number} of {version.plan.title} awaits {said}",
                address,
                "caution",
            )


def _exceptions(person: Person, reader: Reader) -> Iterator[Owed]:
    """What deserves a question in the newest month, at the places whose figures they keep or ask about."""
    bodies = {body for role, body in person.roles_now if role in READ_EXCEPTIONS}
    kept = Body.objects.filter(pk__in=bodies, police_area__isnull=False)
    for slug in sorted(set(kept.values_list("police_area__slug", flat=True))):
        try:
            shown = findings_of(place_or_404(slug), reader)
        except Http404:  # a place that is not set up yet
            continue
        if shown is None:
            continue
        said = cache.get(key := shown.key("in brief"))
        if said is None:
            outside = shown.material(shown.kept.findings.exceptions["measure"])
            said = exceptions.in_brief(outside)
            cache.set(key, said, KEEP_FOR)
        count, strongest = said
        if count:
            yield Owed(count, shown.to.exceptions(), "quiet", strongest)


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
