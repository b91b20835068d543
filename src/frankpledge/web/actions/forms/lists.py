"""Making a list, a scheme of ratings, an extract for the panel."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from frankpledge.web.actions.forms.changing import SHARED_WITH
from frankpledge.web.actions.models import ActionList, Shape
from frankpledge.web.frame.fields import DateParts
from frankpledge.web.frame.forms import GovForm


class ListForm(GovForm, forms.Form):
    """A list: whose, what it is called and is, how it is rated, when silence counts."""

    body = forms.ChoiceField(label="Whose list it is")
    name = forms.CharField(label="Name", max_length=160)
    kind = forms.ChoiceField(label="Kind of list", choices=ActionList.Kind.choices)
    scheme = forms.ChoiceField(label="Ratings", required=False)
    plan = forms.ChoiceField(label="Plan it delivers", required=False)
    stale_after_days = forms.IntegerField(
        label="Days without an update after which an action is stale", min_value=1, max_value=1000
    )
    visibility = forms.ChoiceField(label="Shared with", choices=SHARED_WITH)

    def __init__(
        self,
        *args: Any,
        bodies: Iterable[Any],
        schemes: Iterable[Any],
        plans: Iterable[Any],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._of = {
            name: {str(each.pk): each for each in offered}
            for name, offered in (("body", bodies), ("scheme", schemes), ("plan", plans))
        }
        self.fields["body"].choices = [(pk, str(each)) for pk, each in self._of["body"].items()]
        for name, nothing in (("scheme", "Not rated"), ("plan", "No plan")):
            chosen = ((pk, str(each)) for pk, each in self._of[name].items())
            self.fields[name].choices = [("", nothing), *chosen]

    def chosen(self, name: str) -> Any:
        return self._of[name].get(self.cleaned_data[name])


class SchemeForm(GovForm, forms.Form):
    """A scheme of ratings."""

    body = forms.ChoiceField(label="Whose ratings they are")
    name = forms.CharField(label="Name", max_length=120)

    def __init__(self, *args: Any, bodies: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self._bodies = {str(each.pk): each for each in bodies}
        self.fields["body"].choices = [(pk, str(each)) for pk, each in self._bodies.items()]

    def chosen_body(self) -> Any:
        return self._bodies[self.cleaned_data["body"]]


class RatingForm(GovForm, forms.Form):
    """One rating of a scheme."""

    word = forms.CharField(label="Word", max_length=40, required=False)
    shape = forms.ChoiceField(label="Shape", choices=Shape.choices)
    meaning = forms.CharField(label="What it means", max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if bool(said.get("word")) != bool(said.get("meaning")):
            wanting = "meaning" if said.get("word") else "word"
            self.add_error(
                wanting, "Enter what the rating means" if wanting == "meaning" else "Enter the word"
            )
        return said


class _Ratings(forms.BaseFormSet):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for number, form in enumerate(self.forms, 1):
            form.about = f"Rating {number}"

    def ratings(self) -> list[dict[str, str]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data.get("word")]


RatingFormSet = forms.formset_factory(RatingForm, formset=_Ratings, extra=0, max_num=8)


class ExtractForm(GovForm, forms.Form):
    """From when the panel is to be shown updates."""

    since = DateParts(label="Updates since")
