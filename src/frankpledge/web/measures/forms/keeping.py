"""What people fill in to keep measures: files, definitions, goals, words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frankpledge.analysis.periods import financial_year_start
from frankpledge.intake.limits import LIMITS, MEGABYTE
from frankpledge.web.audit.today import today
from frankpledge.web.frame.fields import Checkboxes, DateParts, MonthField, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.measures.models import Commentary, Measure, WhatGoodLooksLike
from frankpledge.web.organisations.models import Person

TODAY, ANOTHER_DAY, FROM_THE_START = "today", "day", "start"
YES, NO = "yes", "no"


def _lines(label: str, hint: str, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, widget=widget, required=False, max_length=4000
    )


class UploadForm(GovForm, forms.Form):
    """A file of figures, and what to know of it that it may not say itself."""

    file = forms.FileField(
        label="File of figures",
        error_messages={"required": "Choose the file of figures"},
        help_text=f"CSV, Excel (.xlsx) or Parquet, at most {LIMITS.size // MEGABYTE} MB. A row a figure, or a column a month.",
    )
    known = forms.ChoiceField(
        label="When did these figures become known?",
        choices=(
            (TODAY, "Today"),
            (ANOTHER_DAY, "On another day"),
            (FROM_THE_START, "Known from the start"),
        ),
        initial=TODAY,
        widget=Radios(
            hints={
                FROM_THE_START: "For the history of a measure that is uploaded for the first time.",
            },
            reveals={ANOTHER_DAY: ["known_at"]},
        ),
        help_text="It is used where the file has no column known_at. A report made as at an earlier day leaves these figures out.",
    )
    known_at = DateParts(label="The day they became known", required=False)
    month = MonthField(
        label="Which month is it the file of? (optional)",
        required=False,
        help_text="Then a file whose newest month is another one is refused. For example, 6 2022",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("known") == ANOTHER_DAY:
            self._check_day(given.get("known_at"))
        return given

    def _check_day(self, day: date | None) -> None:
        if day is None and "known_at" not in self.errors:
            self.add_error("known_at", "Enter the day they became known")
        if day is not None and day > today():
            self.add_error("known_at", "The day they became known must not be in the future")

    @property
    def day_known(self) -> date | None:
        """The day for figures that do not say it; None for known from the start."""
        days = {TODAY: today(), ANOTHER_DAY: self.cleaned_data["known_at"]}
        return days.get(self.cleaned_data["known"])


class WhyForm(GovForm, forms.Form):
    why = forms.CharField(
        label="Why?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="It is kept in the record.",
    )


class DefinitionForm(GovForm, forms.Form):
    """A definition as text. What is wrong with the text is said by the act."""

    text = forms.CharField(
        label="Definition",
        help_text='In TOML. Each line says one thing of the measure, such as better = "lower".',
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "class": "app-code", "spellcheck": "false"}),
    )
    why = forms.CharField(
        label="What did you change, and why?",
        widget=forms.Textarea(attrs={"rows": 2}), max_length=1000,
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput)


class OwnerForm(GovForm, forms.Form):
    """Who owns a measure: somebody who holds the role at the force or its office."""

    owner = forms.ModelChoiceField(
        Person.objects.none(), required=False, empty_label="Nobody for now", label="Owner",
        help_text="Brings the measure's figures and writes about them. People who hold the role of measure owner are listed.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].queryset = people


class CommitmentsForm(GovForm, forms.Form):
    """The commitments of the plan that a measure shows the keeping of."""

    commitments = forms.MultipleChoiceField(
        label="Commitments of the plan", required=False, widget=Checkboxes,
        help_text="Choose those that this measure shows the keeping of.",
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["commitments"].choices = list(choices)


class GoalForm(GovForm, forms.Form):
    """What good looks like in one financial year."""

    text = forms.CharField(
        label="What good looks like", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000,
        help_text="In words, such as “At least 72 in every 100 victims are content by March 2023”.",
    )  # fmt: skip
    value = forms.DecimalField(
        label="The number to reach (optional)", required=False, max_digits=16, decimal_places=4,
        help_text="In the unit of the measure. Leave it empty where nobody has set one.",
    )  # fmt: skip
    direction = forms.ChoiceField(
        label="Is it a floor or a ceiling?", required=False,
        choices=WhatGoodLooksLike.Direction.choices, widget=Radios,
    )  # fmt: skip
    by_when = DateParts(
        label="By when? (optional)", required=False,
        help_text="Without a day no likelihood of getting there is worked out. For example, 31 3 2023",
    )  # fmt: skip
    over = forms.ChoiceField(
        label="What is held against it?", choices=WhatGoodLooksLike.Over.choices, widget=Radios,
        initial=WhatGoodLooksLike.Over.MONTH,
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, unit: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.unit = unit

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        value, direction = given.get("value"), given.get("direction")
        if value is not None and not direction:
            self.add_error("direction", "Say whether the number is to be reached or not passed")
        if value is None and direction and "value" not in self.errors:
            self.add_error("value", "Enter the number, or choose neither a floor nor a ceiling")
        if value is not None and self.unit == "percentage" and not 0 <= value <= 100:
            self.add_error("value", "The number to reach must be a percentage from 0 to 100")
        return given


class WordsForm(GovForm, forms.Form):
    """What a month's figures mean. On “my measures” several stand on one page, each with its prefix."""

    what_does_this_mean = _lines("What does this mean?", "A paragraph on each line.")
    next_steps = _lines("Next steps", "One on each line.", rows=3)
    action_required = forms.ChoiceField(
        label="Is an action required?", required=False, choices=((YES, "Yes"), (NO, "No")),
        widget=Radios(reveals={YES: ["action"]}),
    )  # fmt: skip
    action = forms.CharField(label="Which action, and whose?", required=False, max_length=500)
    judged_likelihood = forms.ChoiceField(
        label="How likely is it that what good looks like is reached? (optional)", required=False,
        choices=(("", "No judgement"), *Commentary.Likelihood.choices),
        help_text="A judgement of yours. It is printed, as one, where no likelihood can be worked out.",
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    SAYS = ("what_does_this_mean", "next_steps", "action_required", "action", "judged_likelihood")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("action_required") == YES and not given.get("action"):
            self.add_error("action", "Say which action, and who takes it")
        if not self.errors and not any(given.get(name) for name in self.SAYS):
            raise ValidationError("Write something before you save, or leave the page")
        return given

    def wanted(self) -> dict[str, Any]:
        """The words, as the act takes them."""
        given = dict(self.cleaned_data)
        required = {YES: True, NO: False}.get(given["action_required"])
        return given | {"action_required": required, "action": given["action"] if required else ""}

    def has_words(self) -> bool:
        """Whether anything was written in it that was not there before."""
        return any(name in self.changed_data for name in self.SAYS)


def words_as_given(words: Commentary | None) -> dict[str, Any]:
    """Words that stand, as a form begins with them."""
    if words is None:
        return {"seen": 0}
    required = {True: YES, False: NO, None: ""}[words.action_required]
    told = {name: getattr(words, name) for name in WordsForm.SAYS}
    return told | {"action_required": required, "seen": words.number}


def years_to_choose(today: date) -> list[int]:
    """The financial years for which a goal may be set: the last, this one and the next."""
    this = financial_year_start(today).year
    return [this - 1, this, this + 1]


def owner_choices(measure: Measure) -> Any:
    """People who can own a measure of this force."""
    from django.db.models import Q

    from frankpledge.web.organisations.dates import holding
    from frankpledge.web.organisations.models import Role, RoleHeld

    held = RoleHeld.objects.filter(
        Q(body=measure.body) | Q(body__oversees__overseen=measure.body),
        holding(), role=Role.MEASURE_OWNER,
    )  # fmt: skip
    return Person.objects.filter(is_active=True, pk__in=held.values("person"))
