"""What is worked out once and kept until something is done.

Everything that changes something is an act, and each act carries the trail's chain on. While the
end of the chain and the day are the same, what was worked out still holds; one query a request
asks. What is kept is kept in the process, by who asks, and only reading does it: a request that may
act works everything out for itself, as does everything outside a request.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from threading import Lock
from typing import TypeVar

from frankpledge.web.audit.models import ChainHead
from frankpledge.web.audit.today import today

Made = TypeVar("Made")

MOST_KEPT = 1000
"""How many things stand kept in a process; whichever was asked for longest ago goes first."""

Stamp = tuple[str, date]


class _Reading:
    """A request that only reads, and how far the trail had come when it first asked."""

    def __init__(self) -> None:
        self._stamp: Stamp | None = None

    @property
    def stamp(self) -> Stamp:
        # Asked before anything is read: what is read after may be newer than its stamp, never older.
        if self._stamp is None:
            head = ChainHead.objects.order_by().filter(pk=1).values_list("hash", flat=True)
            self._stamp = (next(iter(head), ""), today())
        return self._stamp


_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)
_kept: OrderedDict[Hashable, tuple[Stamp, object]] = OrderedDict()
_lock = Lock()


@contextmanager
def only_reading() -> Iterator[None]:
    """Within, what `kept_until_an_act` works out is kept, and what was kept is used."""
    token = _reading.set(_Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def _is_there(made: object) -> bool:
    return made is not None


def kept_until_an_act(
    about: tuple[Hashable, ...],
    make: Callable[[], Made],
    lasts: Callable[[Made], bool] = _is_there,
) -> Made:
    """What `make` gives, as it was made last if nothing has been done since.

    `about` is all that the answer depends on but the database: what a reader sees is kept by who
    they are. `lasts` says whether it can change without an act, as something under way does; by
    default everything lasts but None.
    """
    reading = _reading.get()
    if reading is None:
        return make()
    stamp = reading.stamp
    with _lock:
        found = _kept.get(about)
        if found is not None and found[0] == stamp:
            _kept.move_to_end(about)
            return found[1]  # type: ignore[return-value]
    made = make()
    if lasts(made):
        with _lock:
            _kept[about] = (stamp, made)
            _kept.move_to_end(about)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return made


def forget_everything_kept() -> None:
    """For tests, whose trails all begin alike."""
    _kept.clear()
