"""The trail as pages need it: the history of one thing, and the trail of one's bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404

from frankpledge.web.audit.models import WHO_READ_THE_TRAIL, Event
from frankpledge.web.audit.presenters import (
    Difference,
    Field,
    choice_words,
    differences,
    is_digest,
    plain_label,
    plain_words,
    verb_in_words,
)
from frankpledge.web.audit.recording import body_of
from frankpledge.web.audit.visibility import Reader, reader_for

OUR_APPS = ("organisations", "plans", "actions", "measures", "reports", "publication")


@dataclass(frozen=True)
class Told:
    """An event for a person: who did what when and why, and what it changed."""

    event: Event
    done: str
    by: str
    differences: list[Difference]


@dataclass(frozen=True)
class History:
    """A thing, and the events about it that a page shows."""

    thing: models.Model
    events: models.QuerySet


def history_of(person: Any, label: str, pk: str) -> History:
    """The thing and its events, newest first, for whoever may see the thing and is of its body.

    Raises Http404 for everybody else, as for a thing there is not.
    """
    model = _model(label)
    try:
        thing = model._default_manager.visible_to(reader_for(person)).filter(pk=pk).first()
    except (ValueError, TypeError):
        thing = None
    if thing is None or not _may_read_history(person, thing):
        raise Http404(f"There is no history of {label} {pk} that you can see.")
    events = Event.objects.filter(about_type=model._meta.label_lower, about_id=str(thing.pk))
    return History(thing, events.order_by("-number"))


def _model(label: str) -> type[models.Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as unknown:
        raise Http404(f"There is nothing called {label}.") from unknown
    if model._meta.app_label not in OUR_APPS or not hasattr(model._default_manager, "visible_to"):
        raise Http404(f"{label} has no history.")
    return model


def _may_read_history(person: Any, thing: models.Model) -> bool:
    """Whoever is of the thing's body; where a model names a permission for it, whoever has that."""
    if needs := getattr(thing, "HISTORY_NEEDS", ""):
        return person.has_perm(needs, thing)
    reader = reader_for(person)
    body = body_of(thing)
    return body is not None and body in _own_bodies(reader)


def _own_bodies(reader: Reader) -> frozenset[int]:
    """The reader's bodies, and the alliances whose things their office or force sees."""
    alliances = apps.get_model("organisations", "Body").objects.filter(kind="alliance")
    seen = {body for bodies in reader.sees.values() for body in bodies}
    return reader.bodies | frozenset(alliances.filter(pk__in=seen).values_list("pk", flat=True))


def reads_the_trail(reader: Reader) -> bool:
    return reader.holds(*WHO_READ_THE_TRAIL)


def told(events: Iterable[Event], person: Any) -> list[Told]:
    """Events in words, with the names of what they point to as far as the reader may see it.

    The number of queries depends on how many kinds of thing are pointed to, not on how many events.
    """
    events = list(events)
    kept: dict[int, dict[tuple[str, str], Any]] = defaultdict(dict)
    values = apps.get_model("audit", "PersonalValue").objects.filter(
        event__in=[e.pk for e in events]
    )
    for event, moment, field, value in values.values_list("event_id", "moment", "field", "value"):
        kept[event][(moment, field)] = value
    kinds = {event.about_type: _known(event.about_type) for event in events}
    names = _names(events, kinds, kept, reader_for(person))
    return [
        Told(
            event,
            verb_in_words(event.verb),
            str(event.by) if event.by_id else "the system",
            differences(
                _told_of(event.was, kinds[event.about_type]),
                _told_of(event.became, kinds[event.about_type]),
                _fields(kinds[event.about_type], names),
                kept[event.pk],
            ),
        )
        for event in events
    ]


def _known(label: str) -> type[models.Model] | None:
    try:
        return apps.get_model(label)
    except LookupError:
        return None


def _told_of(values: Mapping[str, Any], model: type[models.Model] | None) -> dict[str, Any]:
    """The values without the thing's own key, which tells nobody anything."""
    key = model._meta.pk.attname if model else ""
    return {name: value for name, value in values.items() if name != key}


def _names(
    events: Iterable[Event],
    kinds: Mapping[str, type[models.Model] | None],
    kept: Mapping[int, Mapping[tuple[str, str], Any]],
    reader: Reader,
) -> dict[tuple[str, str], str]:
    """The words for each thing that an event points to, by kind and key."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for event in events:
        pointers = _pointers(kinds[event.about_type])
        for moment, values in (("was", event.was), ("became", event.became)):
            for name, related in pointers.items():
                value = values.get(name)
                value = kept[event.pk].get((moment, name)) if is_digest(value) else value
                if value is not None:
                    wanted[related].add(value)
    return {
        (related._meta.label_lower, str(thing.pk)): str(thing)
        for related, keys in wanted.items()
        if hasattr(related._default_manager, "visible_to")
        for thing in related._default_manager.visible_to(reader).filter(pk__in=keys)
    }


def _pointers(model: type[models.Model] | None) -> dict[str, type[models.Model]]:
    if model is None:
        return {}
    fields = model._meta.concrete_fields
    return {f.attname: f.related_model for f in fields if f.is_relation and f.related_model}


def _fields(
    model: type[models.Model] | None, names: Mapping[tuple[str, str], str]
) -> dict[str, Field]:
    if model is None:
        return {}
    return {f.attname: Field(_label(f), _words(f, names)) for f in model._meta.concrete_fields}


def _label(field: models.Field) -> str:
    return plain_label(str(field.verbose_name))


def _words(field: models.Field, names: Mapping[tuple[str, str], str]) -> Any:
    if field.choices:
        return choice_words(field.flatchoices)
    if not field.is_relation:
        return plain_words
    kind = field.related_model._meta
    return lambda value: names.get((kind.label_lower, str(value)), f"{kind.verbose_name} {value}")
