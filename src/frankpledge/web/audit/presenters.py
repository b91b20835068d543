"""Events into words: what was done, and what was and is, field by field. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

DELETED = "kept until its time was over, and deleted"
NOTHING = "nothing"
MOMENTS = ("was", "became")


@dataclass(frozen=True)
class Difference:
    """One field of a thing: its name, what stood there, what stands there now."""

    field: str
    was: str
    became: str


@dataclass(frozen=True)
class Field:
    """How a field is called, and what its plain value is in words."""

    label: str
    words: Callable[[Any], str]


def verb_in_words(verb: str) -> str:
    """`role.given` as "Role given"."""
    return verb.replace(".", " ").replace("_", " ").capitalize()


def differences(
    was: Mapping[str, Any],
    became: Mapping[str, Any],
    fields: Mapping[str, Field],
    personal: Mapping[tuple[str, str], Any],
) -> list[Difference]:
    """The fields whose words differ. `personal` has the personal values that are kept, by moment and field.

    Where nothing was before, only what has a value is told; where nothing is told as having become, the
    event is about something that is gone.
    """
    names = dict.fromkeys([*was, *became])
    told = (
        Difference(
            field=fields[name].label if name in fields else plain_label(name),
            was=_said("was", name, was, fields, personal),
            became=_said("became", name, became, fields, personal),
        )
        for name in names
        if was.get(name) != became.get(name)
    )
    return [each for each in told if each.was != each.became]


def _said(
    moment: str,
    name: str,
    values: Mapping[str, Any],
    fields: Mapping[str, Field],
    personal: Mapping[tuple[str, str], Any],
) -> str:
    value = values.get(name)
    if is_digest(value):
        if (moment, name) not in personal:
            return DELETED
        value = personal[(moment, name)]
    words = fields[name].words if name in fields else plain_words
    return NOTHING if value in (None, "", [], {}) else words(value)


def is_digest(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {"digest"}


def plain_label(name: str) -> str:
    return name.removesuffix("_id").replace("_", " ").capitalize()


def plain_words(value: Any) -> str:
    """A value of an event that belongs to no field: yes and no, dates, lists, and pairs of name and value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{plain_label(str(k))}: {_or_nothing(v)}" for k, v in value.items())
    if isinstance(value, list):
        return ", ".join(_or_nothing(each) for each in value)
    return day_words(str(value))


def _or_nothing(value: Any) -> str:
    return NOTHING if value is None or value == "" else plain_words(value)


def day_words(value: str) -> str:
    """A date or moment written down by the trail, as people say it; any other text as it is."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return _moment_words(value)
    return f"{day.day} {day:%B %Y}"


def _moment_words(value: str) -> str:
    if len(value) < 19 or value[4:5] != "-" or value[10:11] != "T":
        return value
    try:
        moment = datetime.fromisoformat(value).astimezone()
    except ValueError:
        return value
    return f"{moment.day} {moment:%B %Y} at {moment:%H:%M}"


def choice_words(choices: Iterable[tuple[Any, Any]]) -> Callable[[Any], str]:
    known = {str(value): str(label) for value, label in choices}
    return lambda value: known.get(str(value), str(value))
