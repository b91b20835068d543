"""Form fields as people fill them in: a date in three boxes, a month in two, choices with hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
          "september", "october", "november", "december")  # fmt: skip
EARLIEST, LATEST = 1900, 2200


class Parts(forms.Widget):
    """Boxes side by side that make one date. The boxes are named `due-day`, `due-month`, `due-year`."""

    parts: tuple[str, ...] = ("day", "month", "year")

    def value_from_datadict(self, data: Mapping, files: Mapping, name: str) -> dict[str, str] | str:
        """What was written in each box; a whole date under the plain name is taken too."""
        given = {part: (data.get(f"{name}-{part}") or "").strip() for part in self.parts}
        return given if any(given.values()) else (data.get(name) or "")

    def value_omitted_from_data(self, data: Mapping, files: Mapping, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part in self.parts)

    def boxes(self, value: Any) -> dict[str, str]:
        """The value of each box."""
        if isinstance(value, Mapping):
            return {part: str(value.get(part, "")) for part in self.parts}
        if isinstance(value, date):
            return {part: str(getattr(value, part)) for part in self.parts}
        return dict.fromkeys(self.parts, "")

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}-{self.parts[0]}" if id_ else ""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> str:
        raise NotImplementedError("Write {% form_field form.… %}: the boxes need their labels.")


class MonthParts(Parts):
    parts = ("month", "year")


class DateParts(forms.Field):
    """A day, in three boxes; months may be written in words. Gives a `date`.

    An error's code is the box it lies in: day, month or year.
    """

    widget = Parts
    thing = "date"
    example = "14 6 2022"
    default_error_messages = {  # noqa: RUF012 (Django's own way of saying it)
        "no_day": "%(label)s must include a day",
        "no_month": "%(label)s must include a month",
        "no_year": "%(label)s must include a year",
        "day": "%(label)s must have a day from 1 to %(last)d",
        "month": "%(label)s must have a month from 1 to 12, or its name",
        "year": "%(label)s must have a year in four figures, such as 2022",
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", f"For example, {self.example}")
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            value = self._taken_apart(value)
        wanting = [part for part in self.widget.parts if not value.get(part)]
        if wanting:
            raise ValidationError([self._error(f"no_{part}", part) for part in wanting])
        return self._put_together(value)

    def _taken_apart(self, value: str) -> dict[str, str]:
        """2022-06-14, as an address or a file writes it."""
        years, *others = value.split("-")
        return dict(zip(("year", "month", "day"), (years, *others), strict=False))

    def _put_together(self, value: Mapping[str, str]) -> date:
        year, month = _number(value["year"]), _month(value["month"])
        day = _number(value.get("day", "1"))
        problems = []
        if not month:
            problems.append(self._error("month", "month"))
        if not year or not EARLIEST <= year <= LATEST:
            problems.append(self._error("year", "year"))
        last = 31 if problems else _last_day(year, month)
        if not day or not 1 <= day <= last:
            problems.insert(0, self._error("day", "day", last=last))
        if problems:
            raise ValidationError(problems)
        return date(year, month, day)

    def _error(self, message: str, part: str, **params: Any) -> ValidationError:
        label = self.label or f"The {self.thing}"
        return ValidationError(self.error_messages[message], part, {"label": label, **params})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class MonthField(DateParts):
    """A month, in two boxes. Gives its first day."""

    widget = MonthParts
    thing = "month"
    example = "6 2022"


class Radios(forms.RadioSelect):
    """Radios with a hint below some choices, and fields that belong to one choice alone.

    `hints={"month": "The last day counts"}`; `reveals={"date": ["due_date"]}` shows the form's field
    `due_date` below the choice `date`. Without JavaScript all of them are shown.
    """

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})


class Checkboxes(forms.CheckboxSelectMultiple):
    """Checkboxes with a hint below some choices, and fields that belong to one choice alone."""

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, Sequence[str]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.hints = dict(hints or {})
        self.reveals = dict(reveals or {})


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 4 else None


def _month(written: str) -> int | None:
    """6, 06, June or Jun."""
    named = [
        at
        for at, name in enumerate(MONTHS, 1)
        if len(written) >= 3 and name.startswith(written.lower())
    ]
    number = named[0] if named else _number(written)
    return number if number and 1 <= number <= 12 else None


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date.resolution).day
