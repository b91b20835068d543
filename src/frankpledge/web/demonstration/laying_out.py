"""Laying the demonstration out: everything that happened, on its day, in one piece."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from frankpledge.web.demonstration.bodies import bodies
from frankpledge.web.demonstration.diary import Entry, Step, live_through
from frankpledge.web.demonstration.people import forums, give_password, people
from frankpledge.web.demonstration.plan import plan


def diary() -> Iterator[Entry]:
    """All that happened. What happens on one day happens in the order in which it stands here."""
    yield from bodies()
    yield from people()
    yield from forums()
    yield from plan()


def lay_out(password: str, tell: Step) -> int:
    """Fill an empty site. Whoever stops it half-way leaves nothing behind: it is one transaction."""
    with transaction.atomic():
        done = live_through(diary(), tell)
        give_password(password)
    return done
