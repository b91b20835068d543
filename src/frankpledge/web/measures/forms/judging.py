"""What people fill in to say how figures are judged, and what to know of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from pydantic import BaseModel

from frankpledge.analysis.limits.rule_sets import RULE_SETS
from frankpledge.reporting.settings import Break, ExceptionalPeriod, Population, Rebaseline
from frankpledge.web.frame.fields import MonthField, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.measures.forms.choosing import why_field
from frankpledge.web.measures.models import JudgingSettings

ALL_AREAS = "Every area"


class JudgingForm(GovForm, forms.Form):
    """The rule-set, how many flags may be false, and whether implausible values are held back."""

    limits = forms.ChoiceField(
        label="How limits are drawn",
        choices=[(name, name) for name in RULE_SETS],
        widget=Radios(hints={name: known.summary for name, known in RULE_SETS.items()}),
    )
    false_discovery_level = forms.FloatField(
        label="Share of strong flags that may be false",
        help_text="Above 0 and below 1: with 0.1, at most one in ten in the long run.",
    )
    screen = forms.BooleanField(label="Hold implausible values back", required=False)
    why = why_field("Why is it changed?", required=True)
    why.error_messages["required"] = "Say why it is changed"
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_false_discovery_level(self) -> float:
        level = self.cleaned_data["false_discovery_level"]
        if not 0 < level < 1:
            raise ValidationError("The share must be above 0 and below 1, such as 0.1")
        return level

    @staticmethod
    def as_it_is(settled: JudgingSettings) -> dict[str, Any]:
        return {
            "limits": settled.limits,
            "false_discovery_level": settled.false_discovery_level,
            "screen": settled.screen,
            "seen": settled.said,
        }


class NoteForm(GovForm, forms.Form):
    """Something to note about the figures. `setting` is it as the ground floor has it."""

    def __init__(
        self, *args: Any, measures: Mapping[str, str], areas: list[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        if "measure" in self.fields:
            self.fields["measure"].choices = [("", "Choose a measure"), *measures.items()]
        if "area" in self.fields:
            first = ("", ALL_AREAS if not self.fields["area"].required else "Choose an area")
            self.fields["area"].choices = [first, *((name, name) for name in areas)]

    def in_order(self, first: str, last: str, words: str) -> None:
        given = self.cleaned_data
        if given.get(first) and given.get(last) and given[last] < given[first]:
            self.add_error(last, words)


def _of_measure() -> dict[str, forms.Field]:
    return {
        "measure": forms.ChoiceField(label="Measure"),
        "area": forms.ChoiceField(label="Area", required=False),
    }


class BreakForm(NoteForm):
    """From a month on a measure was recorded in another way."""

    measure, area = _of_measure().values()
    month = MonthField(label="From which month on?")
    reason = forms.CharField(
        label="What changed?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    restarts_baseline = forms.BooleanField(
        label="Limits rest on the months from then on alone", required=False, initial=True
    )

    def setting(self) -> BaseModel:
        given = self.cleaned_data
        return Break(**given | {"area": given["area"] or None})


class PeriodForm(NoteForm):
    """Months unlike others for a reason outside policing."""

    from_month = MonthField(label="From which month?")
    to_month = MonthField(label="To which month?")
    reason = forms.CharField(
        label="Why were they unlike others?",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    left_out = forms.BooleanField(label="Limits leave these months out", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.in_order("from_month", "to_month", "The last month must not be before the first")
        return given

    def setting(self) -> BaseModel:
        return ExceptionalPeriod(**self.cleaned_data)


class RebaselineForm(NoteForm):
    """From a month on a measure is judged against other months than the rule would take."""

    measure, area = _of_measure().values()
    from_month = MonthField(label="From which month on is it judged so?")
    baseline_from = MonthField(label="First month of the baseline")
    baseline_to = MonthField(label="Last month of the baseline")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self.in_order("baseline_from", "baseline_to", "The baseline must not end before it begins")
        last, used = given.get("baseline_to"), given.get("from_month")
        if last and used and last >= used:
            self.add_error("baseline_to", "The baseline must end before the months that it judges")
        return given

    def setting(self) -> BaseModel:
        given = self.cleaned_data
        return Rebaseline(**given | {"area": given["area"] or None})


class PopulationForm(NoteForm):
    """How many people live in an area, in the middle of a year."""

    area = forms.ChoiceField(label="Area")
    year = forms.IntegerField(label="Year", min_value=1900, max_value=2199)
    population = forms.IntegerField(label="People", min_value=1, max_value=100_000_000)

    def setting(self) -> BaseModel:
        return Population(**self.cleaned_data)
