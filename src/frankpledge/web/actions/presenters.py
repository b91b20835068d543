"""Actions into words and rows. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from frankpledge.analysis.periods import day_name
from frankpledge.web.actions.models import Action, ActionOwner, ActionRevision, Part, Status
from frankpledge.web.actions.rules import (
    Due,
    Standing,
    Wanting,
    is_due_soon,
    is_late,
    is_overdue,
    is_stale,
    quiet_since,
    why_due_soon,
    why_overdue,
    why_stale,
)
from frankpledge.web.plans.models import StatedCommitment

STATUS_TONES = {"not_started": "quiet", "in_progress": "quiet", "done": "done", "closed": "done",
                "withdrawn": "quiet", "absent": "quiet"}  # fmt: skip


@dataclass(frozen=True)
class Tag:
    """A status in a word, with the tone that gives its shape, and why it is so."""

    word: str
    tone: str
    why: str = ""
    short: str = ""


@dataclass(frozen=True)
class Row:
    """An action as a row of the ledger."""

    pk: int
    reference: str
    what: str
    list: str
    owner: str
    due: str
    tags: tuple[Tag, ...]
    rag: Tag | None
    wanting: str
    updated: str
    latest: str
    commitment: str
    forums: str


def standing_of(action: Action) -> Standing:
    """What the rules ask, from an action with its `latest` at hand."""
    heard = action.latest.dated if action.latest_id else None
    return Standing(
        status=action.status,
        due_on=action.due_on,
        stale_from=action.stale_from,
        next_update_due=action.next_update_due,
        quiet_since=quiet_since(timezone.localdate(action.added_at), action.starts, heard),
        done_on=action.done_on,
    )


def due_of(action: Action) -> str:
    return Due(action.due_kind, action.due_on, action.due_words).say()


def tags_of(action: Action, today: date) -> tuple[Tag, ...]:
    """How it stands: what needs looking at first, with why."""
    it = standing_of(action)
    tags = [Tag(action.get_status_display(), STATUS_TONES[action.status])]
    if action.status == Status.ABSENT:
        tags = []
    if is_overdue(it, today):
        tags.insert(0, Tag("Overdue", "bad", why_overdue(it, today), _by_days(it, today)))
    elif is_due_soon(it, today):
        tags.insert(0, Tag("Due soon", "caution", why_due_soon(it, today)))
    if is_stale(it, today):
        tags.append(Tag("Stale", "caution", why_stale(it, today)))
    if is_late(it):
        tags.append(
            Tag(
                "Late",
                "caution",
                f"It was done on {day_name(it.done_on)} and due by {day_name(it.due_on)}.",
            )
        )
    return tuple(tags)


def _by_days(it: Standing, today: date) -> str:
    """ "by 12 days" """
    return f"by {counted_words((today - it.due_on).days, 'day')}" if it.due_on else ""


def rag_tag(rag: Any) -> Tag | None:
    return Tag(rag.word, rag.shape, rag.meaning) if rag else None


def owner_words(owner: ActionOwner, *, public: bool) -> str:
    """The post; for those who have signed in the name too. The public is never shown a name."""
    if public or owner.person is None:
        return owner.named_as or "An officer"
    return f"{owner.named_as} ({owner.person})" if owner.named_as else str(owner.person)


def owners_words(owners: Iterable[ActionOwner], *, public: bool) -> str:
    """Who answers, then who helps."""
    ordered = sorted(owners, key=lambda each: (each.part != Part.ANSWERS, each.pk))
    return ", ".join(owner_words(each, public=public) for each in ordered)


def wanting_of(action: Action, owners: Iterable[ActionOwner]) -> tuple[Wanting, ...]:
    return Wanting.of(
        action.status,
        has_owner=any(each.part == Part.ANSWERS for each in owners),
        due_kind=action.due_kind,
        has_rag=action.rag_id is not None,
        is_rated=action.list.scheme_id is not None,
    )


def wanting_words(wanting: Sequence[Wanting]) -> str:
    """ "Wanting: nobody answers for it, it has no rating." """
    return f"Wanting: {', '.join(wanting)}." if wanting else ""


def row_of(
    action: Action, commitments: Mapping[int, StatedCommitment], today: date, *, public: bool
) -> Row:
    """A row, from an action fetched with `with_what_a_row_shows`."""
    stated = commitments.get(action.commitment_id)
    return Row(
        pk=action.pk,
        reference=action.reference,
        what=action.what,
        list=action.list.name,
        owner=owners_words(action.owners_now, public=public) or "Nobody",
        due=due_of(action),
        tags=tags_of(action, today),
        rag=rag_tag(action.rag),
        wanting=wanting_words(wanting_of(action, action.owners_now)),
        updated=day_name(action.latest.dated) if action.latest_id else "No update yet",
        latest=shortened(action.latest.text) if action.latest_id else "",
        commitment=f"{stated.ref} {shortened(stated.text, 90)}" if stated else "",
        forums=", ".join(forum.name for forum in action.overseen_at),
    )


def shortened(text: str, longest: int = 160) -> str:
    """The beginning of a text, up to a whole word."""
    if len(text) <= longest:
        return text
    return text[:longest].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def counted_words(count: int, one: str, many: str = "") -> str:
    """1 action; 12 actions; no actions."""
    return (
        f"{count:,} {one if count == 1 else many or one + 's'}"
        if count
        else f"no {many or one + 's'}"
    )


def summary(counts: Any, *, narrowed: bool) -> str:
    """The first sentence of the ledger."""
    if not counts.all:
        return "No action is like that." if narrowed else "There is no action here yet."
    of = f"{counted_words(counts.all, 'action')}{' found' if narrowed else ''}"
    if not counts.under_way:
        return f"{of}, all finished."
    if counts.all == 1:
        return f"There is {of}: it is {'' if counts.overdue else 'not '}overdue."
    if not counts.overdue:
        return f"None of {of} is overdue."
    return f"{counts.overdue:,} of {of} {'is' if counts.overdue == 1 else 'are'} overdue."


FIELDS = {
    "reference": "Reference", "what": "What", "aim": "Aim", "heading": "Heading",
    "particulars": "Particulars", "starts": "Starts", "due_kind": "Due, how exactly",
    "due_on": "Due by", "due_words": "Due, as written", "next_update_due": "Next update due",
    "status": "Status", "rag_id": "Rating", "commitment_id": "Commitment",
    "visibility": "Shared with", "classification": "Marking",
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """What one revision changed: (what, was, is)."""

    revision: ActionRevision
    differences: tuple[tuple[str, str, str], ...]


def changes_of(
    revisions: Sequence[ActionRevision], words: Mapping[str, Mapping[Any, str]]
) -> list[Change]:
    """The differences between each revision and the one before, the newest first."""
    oldest_first = sorted(revisions, key=lambda each: each.version)
    told = []
    before: Mapping[str, Any] = {}
    for each in oldest_first:
        differences = tuple(
            (
                label,
                _said(before.get(name), words.get(name)),
                _said(each.stated.get(name), words.get(name)),
            )
            for name, label in FIELDS.items()
            if before and before.get(name) != each.stated.get(name)
        )
        told.append(Change(each, differences))
        before = each.stated
    return told[::-1]


def _said(value: Any, words: Mapping[Any, str] | None) -> str:
    if value in (None, "", {}):
        return "not said"
    if words:
        return words.get(value, str(value))
    if isinstance(value, dict):
        return "; ".join(f"{k}: {v}" for k, v in value.items())
    try:
        return day_name(date.fromisoformat(value))
    except (TypeError, ValueError):
        return str(value)


def standing_links(counts: Any, address: Any, now: str) -> list[dict[str, Any]]:
    """The ways to those that stand in one way, each with its count; the rest of the address is kept."""
    offered = (
        ("overdue", counts.overdue, "overdue"),
        ("soon", counts.soon, "due within 14 days"),
        ("stale", counts.stale, "stale"),
        ("wanting", counts.wanting, "wanting an owner, a date or a rating"),
        ("finished", counts.finished, "finished"),
    )
    plain = address.copy()
    for name in ("page", "standing"):
        plain.pop(name, None)
    links = []
    for name, count, words in offered:
        if count:
            query = plain.copy()
            query["standing"] = name
            links.append(
                {"text": f"{count:,} {words}", "href": f"?{query.urlencode()}", "now": name == now}
            )
    if now:
        links.append({"text": f"All {counts.all:,}", "href": f"?{plain.urlencode()}", "now": False})
    return links


def own_summary(actions: Sequence[Action], today: date) -> str:
    """The first sentence of a person's own page."""
    if not actions:
        return "Nothing is due from you."
    stand = [standing_of(action) for action in actions]
    badly = (
        (sum(is_overdue(it, today) for it in stand), "overdue"),
        (sum(is_due_soon(it, today) for it in stand), "due within 14 days"),
        (sum(is_stale(it, today) for it in stand), "stale"),
    )
    said = [f"{count:,} {words}" for count, words in badly if count]
    has = f"You have {counted_words(len(actions), 'action')} under way"
    return f"{has}: {', '.join(said)}." if said else f"{has}, none overdue or stale."


@dataclass(frozen=True)
class ToldUpdate:
    """An update as it is shown."""

    number: int
    dated: date
    by: str
    text: str
    rag: Tag | None
    status: str
    next_update_due: date | None
    evidence_words: str
    evidence_url: str
    has_file: bool
    corrects: str


def update_of(update: Any, *, public: bool) -> ToldUpdate:
    """An update, by the post that said it; for those who have signed in by the name too."""
    by = update.by_words or "An officer"
    if not public and update.by:
        by = (
            f"{update.by}"
            if update.by_words in ("", str(update.by))
            else f"{update.by} ({update.by_words})"
        )
    return ToldUpdate(
        number=update.number,
        dated=update.dated,
        by=by,
        text=update.text,
        rag=rag_tag(update.rag),
        status="" if update.status == Status.ABSENT else update.get_status_display(),
        next_update_due=update.next_update_due,
        evidence_words=update.evidence_words,
        evidence_url=update.evidence_url,
        has_file=bool(update.evidence_file),
        corrects=f"update {update.corrects.number}" if update.corrects_id else "",
    )


def action_summary(action: Action, today: date) -> str:
    """The first sentence of an action's page: is it done, and if not, is it late?"""
    it = standing_of(action)
    if action.status == Status.WITHDRAWN:
        return "This action was withdrawn."
    if action.is_finished:
        when = f" on {day_name(action.done_on)}" if action.done_on else ""
        late = ", after it was due" if is_late(it) else ""
        return f"This action was done{when}{late}."
    worst = why_overdue(it, today) or why_stale(it, today) or why_due_soon(it, today)
    if worst:
        return f"This action is {'overdue' if is_overdue(it, today) else 'stale' if is_stale(it, today) else 'due soon'}. {worst}"
    said = action.get_status_display().lower() if action.status != Status.ABSENT else "under way"
    due = f" and due by {day_name(action.due_on)}" if action.due_on else ""
    return f"This action is {said}{due}."


def extract_groups(updates: Iterable[Any]) -> list[dict[str, Any]]:
    """Updates by list, each with its action, as a panel reads them: by post, not by name."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for update in updates:
        row = {
            "action": update.action,
            "due": due_of(update.action),
            "update": update_of(update, public=True),
        }
        groups.setdefault(update.action.list.name, []).append(row)
    return [{"list": name, "rows": rows} for name, rows in groups.items()]


def commitment_address(stated: StatedCommitment | None, place: str) -> str:
    return f"/{place}/plan/commitments/{stated.commitment.key}/" if stated else ""


def references_of(read: Any, place: str) -> list[dict[str, str]]:
    """What an action's words refer to: as links; what is not there to be seen is said not to be found."""
    told = []
    for reference, action, commitment in read.references:
        if action:
            text, href = (
                f"{action.reference} {shortened(action.what, 90)}",
                f"/{place}/actions/{action.pk}/",
            )
        elif commitment:
            text = f"{commitment.ref} {shortened(commitment.text, 90)}"
            href = commitment_address(commitment, place)
        else:
            text, href = f"{reference.reference}: not found", ""
        told.append({"text": text, "href": href, "words": reference.words})
    return told


def own_row(action: Action, today: date) -> dict[str, str]:
    """An action as an e-mail to its owner says it."""
    it = standing_of(action)
    return {
        "reference": action.reference,
        "what": shortened(action.what),
        "why": why_overdue(it, today) or why_due_soon(it, today) or why_stale(it, today),
    }


def digest_subject(due: Any) -> str:
    """ "Your actions: 2 overdue, 1 due within 14 days" """
    counts = (
        (len(due.overdue), "overdue"),
        (len(due.due_soon), "due within 14 days"),
        (len(due.stale), "without an update"),
    )
    return "Your actions: " + ", ".join(f"{count:,} {words}" for count, words in counts if count)
