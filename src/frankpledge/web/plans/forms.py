"""What people fill in to draft a plan, send it to the panel and adopt it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frankpledge.web.audit.today import today
from frankpledge.web.frame.fields import DateParts, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.plans.models import Consultation
from frankpledge.web.plans.states import Party

LINES = "One on each line"


class ActForm(GovForm, forms.Form):
    """A form behind which stands one act. What the act refuses is shown as the form's own errors."""

    def refuse(self, error: ValidationError) -> None:
        """Take on what an act refused, at the field it is about where there is one."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


def _long(label: str, *, rows: int = 5, required: bool = True, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=required, help_text=hint)


class Lines(forms.CharField):
    """Several texts, one on each line. Gives a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), help_text=LINES, **options)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if long := [line for line in lines if len(line) > 300]:
            raise ValidationError(f"Shorten “{long[0][:40]}…”: a line has up to 300 characters")
        return lines


class PlanForm(ActForm):
    title = forms.CharField(label="Title of the plan", max_length=160)
    subtitle = forms.CharField(label="Subtitle (optional)", max_length=200, required=False)
    starts = DateParts(label="The day it starts")
    ends = DateParts(label="The day it ends")
    elected_on = DateParts(
        label="The day of the election (optional)",
        required=False,
        help_text="The first plan of a term is due within the financial year of the election",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "The day it ends must not be before the day it starts")
        return given


class VariationForm(ActForm):
    label = forms.CharField(
        label="Name of the version (optional)", max_length=120, required=False,
        help_text="For example, Second variation",
    )  # fmt: skip
    why = _long("Why the plan is varied", hint="Published with the version once it is adopted")


class WordsForm(ActForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    label = forms.CharField(label="Name of the version (optional)", max_length=120, required=False)
    vision = _long("The vision")
    foreword = _long("The commissioner's foreword (optional)", rows=8, required=False)
    why = _long(
        "Why the plan is varied", required=False, hint="Only for a variation of a plan in force"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for party in Party:
            said = f"{party.label[:1].lower()}{party.label[1:]}"
            self.fields[f"words_{party.value}"] = forms.CharField(
                label=f"Words before what is promised by: {said}",
                max_length=120,
                error_messages={"required": f"Enter the words before what is promised by {said}"},
            )

    @property
    def party_words(self) -> dict[str, str]:
        return {party.value: self.cleaned_data[f"words_{party.value}"] for party in Party}


class ObjectiveForm(ActForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    ref = forms.CharField(
        label="Number", max_length=12, error_messages={"required": "Enter the number"}
    )
    title = forms.CharField(
        label="Title", max_length=160, error_messages={"required": "Enter the title"}
    )
    why_it_matters = _long("Why it matters", required=False)
    focus_areas = Lines(label="Focus areas (optional)", required=False)
    outcomes = Lines(label="Outcomes (optional)", required=False)


class CommitmentForm(ActForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    objective = forms.ChoiceField(label="Objective")
    party = forms.ChoiceField(label="Who answers for it", choices=Party.choices, widget=Radios)
    ref = forms.CharField(
        label="Reference",
        max_length=12,
        help_text="For example, 1.4 or A.2",
        error_messages={"required": "Enter the reference"},
    )
    text = _long("What is promised", rows=4)
    why = _long("Why it is added or reworded (optional)", rows=3, required=False)

    def __init__(self, *args: Any, objectives: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["objective"].choices = list(objectives)


class WhyForm(ActForm):
    """A reason, and nothing else."""

    why = _long("Why", rows=4)

    def __init__(
        self, *args: Any, label: str = "Why", required: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["why"].label = label
        self.fields["why"].required = required


class ConsultationForm(ActForm):
    name = forms.CharField(
        label="Who was asked", max_length=160, help_text="For example, Survey of residents"
    )
    how = forms.ChoiceField(label="How", choices=Consultation.How.choices, widget=Radios)
    starts = DateParts(label="The first day")
    ends = DateParts(label="The last day")
    responses = forms.IntegerField(
        label="Number of responses (optional)", min_value=0, required=False
    )
    heard = _long("What was heard", required=False)
    changed = _long("What changed because of it", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("starts") and given.get("ends") and given["ends"] < given["starts"]:
            self.add_error("ends", "The last day must not be before the first day")
        return given


class OnForm(ActForm):
    """A step that was taken on a day."""

    on = DateParts(label="The day it was sent")

    def __init__(self, *args: Any, label: str, **options: Any) -> None:
        options.setdefault("initial", {})
        options["initial"] = {"on": today(), **options["initial"]}
        super().__init__(*args, **options)
        self.fields["on"].label = label


class PanelReportForm(OnForm):
    report = _long("What the panel reported", rows=8)
    field_order: Sequence[str] = ("report", "on")


class ResponseForm(OnForm):
    response = _long("The commissioner's response", rows=8)
    field_order: Sequence[str] = ("response", "on")


class AdoptForm(OnForm):
    starts = DateParts(
        label="The day it takes effect (optional)",
        required=False,
        help_text="Leave empty if it takes effect on the day it is adopted",
    )
    on_record = forms.CharField(
        label="Where the commissioner's decision is on record",
        max_length=200,
        required=False,
        help_text="Needed if you are not the commissioner. For example, decision notice 14 of 2022",
    )
