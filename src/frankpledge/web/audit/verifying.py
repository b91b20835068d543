"""Walking the chain from its start, to say whether anything in it was changed, left out or added."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from frankpledge.web.audit.chain import START, digest, link
from frankpledge.web.audit.models import ChainHead, Event, PersonalValue


@dataclass
class Verified:
    """What the walk found: how many events, how many personal values were deleted, what is wrong."""

    events: int = 0
    values: int = 0
    deleted: int = 0
    faults: list[str] = field(default_factory=list)
    last_hash: str = START


def verify_chain() -> Verified:
    """Every event against the one before, every personal value still kept against its digest."""
    found = Verified()
    for event in Event.objects.order_by("number").iterator(chunk_size=2000):
        found.events += 1
        if event.number != found.events:
            found.faults.append(
                f"Event {found.events} is missing: {event.number} stands in its place."
            )
            found.events = event.number
        if event.previous_hash != found.last_hash:
            found.faults.append(f"Event {event.number} is not tied to the one before it.")
        if link(event.previous_hash, event.content()) != event.hash:
            found.faults.append(
                f"Event {event.number} ({event.verb}) was changed after it was written."
            )
        found.last_hash = event.hash
    found.faults += _faults_at_the_end(found)
    found.faults += _faults_of_values(found)
    return found


def _faults_at_the_end(found: Verified) -> Iterator[str]:
    head = ChainHead.objects.filter(pk=1).first()
    if head is None and found.events:
        yield "The end of the chain is missing."
    if head and (head.number, head.hash) != (found.events, found.last_hash):
        yield f"The chain should end with event {head.number} and ends with {found.events}."


def _faults_of_values(found: Verified) -> Iterator[str]:
    kept = set()
    for value in PersonalValue.objects.select_related("event").iterator(chunk_size=2000):
        found.values += 1
        kept.add((value.event_id, value.moment, value.field))
        stands = getattr(value.event, value.moment).get(value.field)
        if stands != {"digest": digest(value.salt, value.value)}:
            yield f"The {value.field} of event {value.event_id} is not what it was."
    for event in Event.objects.iterator(chunk_size=2000):
        for moment in ("was", "became"):
            for name, value in getattr(event, moment).items():
                if isinstance(value, dict) and set(value) == {"digest"}:
                    found.deleted += (event.number, moment, name) not in kept
