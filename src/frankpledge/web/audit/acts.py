"""How anything is done: an act, with a name on it, in one transaction, with one event.

    @act("action.updated", needs="actions.update_action", on="action")
    def update_action(*, by: Person, action: Action, text: str) -> ActionUpdate:
        was = snapshot(action)
        ...
        record(action, was=was)
        return update

The decorator opens the transaction, asks whether `by` may, and refuses an act that did not record
exactly one event. Outward effects wait for the commit: `transaction.on_commit`.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

import rules
from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from frankpledge.web.audit.recording import write_event

Done = TypeVar("Done")

ACTS: dict[str, Callable[..., Any]] = {}
"""Every act there is, by the path people say: `frankpledge.web.actions.acts.update_action`."""


class _TheSystem:
    """Who acts when nobody does: a schedule, a worker."""

    pk = None
    is_authenticated = True

    def __str__(self) -> str:
        return "the system"


THE_SYSTEM = _TheSystem()


class NotRecordedError(RuntimeError):
    """An act ended without exactly one event: a fault of ours, and nothing was kept."""


class ChangedMeanwhileError(Exception):
    """Somebody else changed the thing since it was read. Nothing was kept; the words are for a person."""


@dataclass
class _Deed:
    verb: str
    by: Any
    events: list[Any] = field(default_factory=list)


_deed: ContextVar[_Deed] = ContextVar("deed")


def act(verb: str, *, needs: str | None = None, on: str | None = None) -> Callable:
    """Make a function an act.

    `verb` names its event; `needs` the permission; `on` the argument the permission is about. Without
    `needs` only the system may, unless the act asks for itself (sign-in, accepting an invitation).
    """

    def decorate(function: Callable[..., Done]) -> Callable[..., Done]:
        if "by" not in inspect.signature(function).parameters:
            raise TypeError(f"{function.__qualname__} is an act and needs by=")

        @functools.wraps(function)
        def performed(*, by: Any, **words: Any) -> Done:
            if (
                needs
                and by is not THE_SYSTEM
                and not rules.has_perm(needs, by, words.get(on) if on else None)
            ):
                raise PermissionDenied(f"{needs} is not yours to do.")
            with transaction.atomic():
                deed = _Deed(verb, by)
                token = _deed.set(deed)
                try:
                    done = function(by=by, **words)
                finally:
                    _deed.reset(token)
                if len(deed.events) != 1:
                    raise NotRecordedError(f"{verb} recorded {len(deed.events)} events, not one")
            return done

        performed.verb, performed.needs, performed.on = verb, needs, on  # type: ignore[attr-defined]
        ACTS[f"{function.__module__}.{function.__qualname__}"] = performed
        return performed

    return decorate


def record(
    about: models.Model,
    *,
    was: dict[str, Any] | None = None,
    became: dict[str, Any] | None = None,
    why: str = "",
) -> None:
    """Write the act's event. `was` is a snapshot taken before; `became` is taken now if not given."""
    deed = _deed.get()
    by = None if deed.by is THE_SYSTEM else deed.by
    deed.events.append(write_event(deed.verb, by, about, was or {}, became, why))


def locked(thing: models.Model) -> Any:
    """The thing as it is in the database now, kept from other writers until the act ends."""
    return thing._meta.model._base_manager.select_for_update().get(pk=thing.pk)
