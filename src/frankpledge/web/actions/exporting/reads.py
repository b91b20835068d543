"""Actions as facts, as a reader may see them: some queries, however many actions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from frankpledge.web.actions.exporting.facts import Facts
from frankpledge.web.actions.models import Action, ActionOwner, ActionUpdate
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.organisations.models import Forum
from frankpledge.web.plans.reads import words_of


def facts_of(actions: QuerySet[Action], reader: Reader) -> dict[int, Facts]:
    """Facts by the action's key, in the order of the actions. The caller has asked who may see them."""
    rows = list(actions.select_related("list", "rag", "body"))
    keys = [row.pk for row in rows]
    owners, updates, forums = _owners(keys, reader), _updates(keys, reader), _forums(keys, reader)
    refs = words_of({row.commitment_id for row in rows if row.commitment_id}, reader)
    return {
        row.pk: Facts(
            reference=row.reference,
            what=row.what,
            aim=row.aim,
            heading=row.heading,
            commitment=_commitment(row, refs),
            owners=tuple(owners[row.pk]),
            starts=row.starts,
            due_kind=row.due_kind,
            due_on=row.due_on,
            due_words=row.due_words,
            status=row.status,
            status_word=row.get_status_display(),
            rag=row.rag.word if row.rag else "",
            done_on=row.done_on,
            next_update_due=row.next_update_due,
            updates=tuple(updates[row.pk]),
            named_forums=tuple(forums[row.pk]),
            particulars=row.particulars,
            list_name=row.list.name,
            body=row.body.name,
            shared_with=row.get_visibility_display(),
            marking=row.classification,
        )
        for row in rows
    }


def _commitment(row: Action, refs: dict) -> str:
    """Its reference in the plan; where the plan has none of the sort, as the document says it."""
    stated = refs.get(row.commitment_id)
    return stated.ref if stated else row.particulars.get("commitment", "")


def _owners(keys: list[int], reader: Reader) -> dict[int, list[str]]:
    """By post. Somebody without a post is named to those alone who have signed in."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = ActionOwner.objects.visible_to(reader).filter(action__in=keys, ends__isnull=True)
    for owner in rows.select_related("person").order_by("part", "pk"):
        word = owner.named_as or ("An officer" if reader.is_public else str(owner.person))
        if word not in found[owner.action_id]:
            found[owner.action_id].append(word)
    return found


def _updates(keys: list[int], reader: Reader) -> dict[int, list[tuple[date, str]]]:
    found: dict[int, list[tuple[date, str]]] = defaultdict(list)
    rows = ActionUpdate.objects.visible_to(reader).filter(action__in=keys).exclude(text="")
    for key, dated, text in rows.order_by("dated", "number").values_list("action", "dated", "text"):
        found[key].append((dated, text))
    return found


def _forums(keys: list[int], reader: Reader) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Forum.objects.visible_to(reader).filter(actions__in=keys)
    for key, name in rows.order_by("name").values_list("actions", "name"):
        found[key].append(name)
    return found
