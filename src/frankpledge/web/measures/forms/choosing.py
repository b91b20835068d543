"""What people fill in to say which measures there are, and who may see them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.frame.fields import Checkboxes, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.reads.shipping import PACKS, Shipped

AUDIENCES = [choice for choice in Visibility.choices if choice[0] != Visibility.NAMED]
MEANS = {
    Visibility.PUBLIC: "The force and its office at once; everybody, once a published report shows it.",
    Visibility.PANEL: "The force, its office and the panel.",
    Visibility.OFFICE: "The force and its office.",
    Visibility.FORCE: "The force alone. Not even the office sees it.",
}


def _audience(label: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=AUDIENCES, widget=Radios(hints=MEANS), **more)


def why_field(label: str = "Why? (optional)", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It is kept in the record.",
    )  # fmt: skip


class LoadForm(GovForm, forms.Form):
    """Which of the shipped definitions to load, by pack."""

    def __init__(self, *args: Any, shipped: Shipped, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = {PACKS[pack]: (pack, found) for pack, found in shipped.wanting.items()}
        groups["Definitions that have changed since they were loaded"] = (
            "changed",
            shipped.changed,
        )
        for label, (name, found) in groups.items():
            if found:
                choices = [
                    (m.id, f"{m.reference} {m.title}" if m.reference else m.title) for m in found
                ]
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, choices=choices, required=False, widget=Checkboxes
                )
        self.packs = tuple(self.fields)
        if any(shipped.wanting.values()):
            self.fields["visibility"] = _audience(
                "Who may see those that are new here?", initial=Visibility.OFFICE
            )
        self.fields["why"] = why_field()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not self.chosen:
            raise ValidationError("Select at least one definition to load")
        return given

    @property
    def chosen(self) -> list[str]:
        return [key for pack in self.packs for key in self.cleaned_data.get(pack, ())]


class SharingForm(GovForm, forms.Form):
    """Who may see which measures."""

    visibility = _audience("Who may see them?")
    keys = forms.MultipleChoiceField(
        label="Measures",
        widget=Checkboxes,
        error_messages={"required": "Select at least one measure"},
    )

    def __init__(self, *args: Any, measures: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["keys"]
        field.choices = [(m.key, m.title) for m in measures]
        field.widget.hints = {m.key: shared_now(m) for m in measures}


def shared_now(measure: Measure) -> str:
    """With whom a measure is shared, in words."""
    if measure.visibility != Visibility.PUBLIC:
        return f"Now: {measure.get_visibility_display().lower()}"
    shown = "a published report shows it" if measure.public_month else "no report shows it yet"
    return f"Now: everybody; {shown}"
