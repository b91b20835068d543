"""What a panel has been shown of the ledger, and what it has not."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from frankpledge.web.actions.models import Action, ActionUpdate, Extract, ExtractedUpdate
from frankpledge.web.audit.visibility import Reader, shared_with
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import AllianceMember, Body, Oversight
from frankpledge.web.organisations.readers import bodies_seen


def reader_at(body: Body) -> Reader:
    """The reader that a body is: what all of its people see, and nothing for named people."""
    kinds = dict(Body.objects.values_list("pk", "kind"))
    oversight = list(Oversight.objects.filter(holding()).values_list("overseer_id", "overseen_id"))
    members = list(AllianceMember.objects.filter(holding()).values_list("alliance_id", "member_id"))
    return Reader(sees=bodies_seen({body.pk}, kinds, oversight, members))


def actions_for(panel: Body) -> QuerySet[Action]:
    """The actions that a panel may be shown: what it sees of the bodies on its line, public or not."""
    reader = reader_at(panel)
    on_its_line = {body for bodies in reader.sees.values() for body in bodies}
    return Action.objects.filter(shared_with(reader), body_id__in=on_its_line)


def not_yet_shown(panel: Body, since: date) -> QuerySet[ActionUpdate]:
    """Updates dated `since` or later that no extract has shown this panel, in the ledger's order."""
    return _unseen(panel).filter(dated__gte=since)


def not_shown_and_older(panel: Body, since: date) -> QuerySet[ActionUpdate]:
    """Updates dated before `since` that the panel was never shown either."""
    return _unseen(panel).filter(dated__lt=since)


def _unseen(panel: Body) -> QuerySet[ActionUpdate]:
    shown = ExtractedUpdate.objects.filter(panel=panel, update=OuterRef("pk"))
    return ActionUpdate.objects.filter(
        ~Exists(shown), action__in=actions_for(panel).values("pk")
    ).order_by("action__list__name", "action__order", "dated", "number")


def with_their_actions(updates: QuerySet[ActionUpdate]) -> QuerySet[ActionUpdate]:
    return updates.select_related("action__list", "rag", "by", "corrects")


def extracts_for(panel: Body, reader: Reader) -> list[Extract]:
    """The extracts made for a panel, the latest first, with how many updates are in each."""
    rows = Extract.objects.visible_to(reader).filter(body=panel).select_related("made_by")
    return list(rows.annotate(count=Count("extracted")))


def extract_or_404(panel: Body, reader: Reader, number: int) -> Extract:
    found = Extract.objects.visible_to(reader).filter(body=panel, number=number)
    extract = found.select_related("made_by", "body").first()
    if extract is None:
        raise Http404("There is no extract here that you can see.")
    return extract


def updates_of(extract: Extract, reader: Reader) -> QuerySet[ActionUpdate]:
    """Its updates in the order they were kept, those whose actions the reader may see."""
    rows = ActionUpdate.objects.visible_to(reader).filter(extracted__extract=extract)
    return with_their_actions(rows).order_by("extracted__order")
