"""Writing an event: a snapshot of the thing, its personal values set apart, the chain carried on."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from frankpledge.web.audit.chain import digest, link, new_salt
from frankpledge.web.audit.models import ChainHead, Event, PersonalValue
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import Visibility


def snapshot(thing: models.Model) -> dict[str, Any]:
    """The thing's own fields as plain JSON values, keys of other things as numbers.

    What a model names in `UNTOLD`, such as a password, never comes into the trail.
    """
    untold = getattr(thing, "UNTOLD", ())
    fields = [f for f in thing._meta.concrete_fields if f.name not in untold]
    told = {f.attname: f.value_from_object(thing) for f in fields}
    told = {k: v.name if hasattr(v, "storage") else v for k, v in told.items()}
    return json.loads(json.dumps(told, cls=DjangoJSONEncoder))


def write_event(
    verb: str,
    by: Any,
    about: models.Model,
    was: dict[str, Any],
    became: dict[str, Any] | None,
    why: str,
) -> Event:
    """Carry the chain on by one event. Call inside a transaction; the lock is held to its end."""
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    became = snapshot(about) if became is None else _plain(became)
    private: list[PersonalValue] = []
    personal = _personal_names(about)
    event = Event(
        number=head.number + 1,
        verb=verb,
        at=now(),
        by=by,
        body_id=body_of(about),
        about_type=about._meta.label_lower,
        about_id=str(about.pk),
        about_words=str(about)[:200] if not _says_personal(about) else "",
        was=_set_apart("was", _plain(was), personal, private),
        became=_set_apart("became", became, personal, private),
        why=why,
        restricted=getattr(about, "visibility", "") == Visibility.NAMED,
        previous_hash=head.hash,
    )
    event.hash = link(head.hash, event.content())
    event.save(force_insert=True)
    for value in private:
        value.event = event
    PersonalValue.objects.bulk_create(private)
    ChainHead.objects.filter(pk=1).update(number=event.number, hash=event.hash)
    return event


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def _personal_names(about: models.Model) -> set[str]:
    """The names of personal fields, as fields and as the columns they are kept in."""
    declared = getattr(about, "PERSONAL", ())
    return {name for f in about._meta.fields if f.name in declared for name in (f.name, f.attname)}


def _says_personal(about: models.Model) -> bool:
    """Whether the thing's own words would name somebody."""
    return bool(getattr(about, "PERSONAL", ()))


def _set_apart(
    moment: str, values: dict[str, Any], personal: set[str], private: list[PersonalValue]
) -> dict[str, Any]:
    """The values with each personal one replaced by its digest, the value itself put aside."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if name not in personal or value in (None, ""):
            kept[name] = value
            continue
        salt = new_salt()
        private.append(PersonalValue(moment=moment, field=name, salt=salt, value=value))
        kept[name] = {"digest": digest(salt, value)}
    return kept


def body_of(about: models.Model) -> int | None:
    """The body whose record this is: the thing's own, or that of what it hangs on."""
    if about._meta.label_lower == "organisations.body":
        return about.pk
    if hasattr(about, "body_id"):
        return about.body_id
    through = getattr(type(about), "VISIBLE_THROUGH", "")
    thing: Any = about
    for step in filter(None, through.split("__")):
        thing = getattr(thing, step)
    return getattr(thing, "body_id", None)
