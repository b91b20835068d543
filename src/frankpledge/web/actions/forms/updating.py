"""Updating an action: one at a time, or all of one's own in one go; closing it; saying why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxLengthValidator

from frankpledge.analysis.periods import day_name
from frankpledge.web.actions.acts.updating import OWNERS_STATUSES, Evidence, Wanted
from frankpledge.web.actions.models import Action, RagMeaning, Status
from frankpledge.web.frame.fields import DateParts, Parts
from frankpledge.web.frame.forms import GovForm

LONGEST_UPDATE = 4000
EVIDENCE_FILES = ("pdf", "docx", "xlsx", "odt", "ods", "csv", "txt", "png", "jpg", "jpeg")
LARGEST_FILE = 10 * 1024 * 1024


class SeenForm(GovForm, forms.Form):
    """A form about an action as it was seen; if somebody else was quicker, its words are kept.

    The page carries what it showed of the `TOLD` fields, so that only what the person changed is
    changed, whatever somebody else did to the others meanwhile.
    """

    TOLD: tuple[str, ...] = ()

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.tell()

    def tell(self) -> None:
        """Have the page carry what it shows. To be called again for fields that are added later."""
        for name in self.TOLD:
            if name in self.fields:
                self.fields[name].show_hidden_initial = True

    @property
    def shown_at_first(self) -> list[str]:
        """What the page carries, as hidden controls."""
        return [self[n].as_hidden(only_initial=True) for n in self.TOLD if n in self.fields]

    def see_again(self, version: int, now: Mapping[str, Any]) -> None:
        """Take the action as it is now for seen: the person has been told what was said meanwhile.

        What they changed stays as they wrote it; what they left alone is shown as it is now.
        """
        untouched = [n for n in self.TOLD if n in self.fields and n not in self.changed_data]
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(version)
        for name in untouched:
            bound, value = self[name], now.get(name)
            written = [_written(each) for each in (value if isinstance(value, list) else [value])]
            self.data.setlist(bound.html_initial_name, written)
            if isinstance(bound.field.widget, Parts):
                for part, box in bound.field.widget.boxes(value).items():
                    self.data[f"{bound.html_name}-{part}"] = box
            else:
                self.data.setlist(bound.html_name, written)


def _written(value: Any) -> str:
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)


class DayInput(forms.TextInput):
    """A date in one box, as people write it."""

    def format_value(self, value: Any) -> str:
        return day_name(value) if hasattr(value, "month") else (value or "")


class DayField(forms.DateField):
    """A date in one box: 14 June 2022, 14/6/2022, 14.6.22. For rows in which three boxes are too many."""

    widget = DayInput
    input_formats = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d-%m-%Y", "%Y-%m-%d",
                     "%d/%m/%y", "%d.%m.%y", "%d %m %y", "%d %B %y", "%d %b %y")  # fmt: skip

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=self.input_formats, **options)


def rating_field(action: Action) -> forms.TypedChoiceField:
    """The ratings of the action's list. A list without a scheme has none to choose."""
    scheme = action.list.scheme
    meanings = {str(m.pk): m for m in scheme.meanings.all()} if scheme else {}

    def rating(pk: str) -> RagMeaning:
        if pk not in meanings:
            raise ValueError(
                f"{pk!r} is no rating of this list"
            )  # which Django tells as a wrong choice
        return meanings[pk]

    return forms.TypedChoiceField(
        label="Rating",
        required=False,
        choices=[("", "No rating"), *((pk, m.word) for pk, m in meanings.items())],
        coerce=rating,
        empty_value=None,
    )


def shown(action: Action) -> dict[str, Any]:
    """What a form about how an action stands shows at first."""
    return {
        "seen": action.version,
        "status": action.status,
        "rag": action.rag_id or "",
        "next_update_due": action.next_update_due,
    }


def status_choices(action: Action) -> list[tuple[str, str]]:
    """What an owner may say; what stands now as well, if it is none of these."""
    choices = [(s.value, s.label) for s in OWNERS_STATUSES]
    now = Status(action.status)
    return choices if now in OWNERS_STATUSES else [(now.value, now.label), *choices]


class RowForm(SeenForm):
    """One action of a person's own: what has happened, how it stands, when the next update comes.

    Only a row that was changed is saved, and only with words: a rating or a date alone tells nobody
    how it goes.
    """

    TOLD = ("rag", "status", "next_update_due")

    text = forms.CharField(
        label="What has happened", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        # As a validator, for a row has no room for the component that counts characters.
        validators=[MaxLengthValidator(LONGEST_UPDATE, f"What has happened must be {LONGEST_UPDATE:,} characters or fewer")],
    )  # fmt: skip
    status = forms.ChoiceField(label="Status")
    next_update_due = DayField(label="Next update due", required=False)

    def __init__(self, *args: Any, action: Action, **options: Any) -> None:
        self.action = action
        self.about = f"Action {action.reference}"
        super().__init__(*args, prefix=f"a{action.pk}", initial=shown(action), **options)
        if action.list.scheme:
            self.fields["rag"] = rating_field(action)
            self.order_fields(["seen", "text", "rag", "status", "next_update_due"])
        self.fields["status"].choices = status_choices(action)
        self.tell()

    @property
    def was_sent(self) -> bool:
        return self.add_prefix("seen") in self.data

    @property
    def is_changed(self) -> bool:
        return bool(set(self.changed_data) - {"seen"})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "text" in said and not said["text"]:
            self.add_error("text", "Say how it goes: enter what has happened")
        return said

    def wanted(self) -> Wanted:
        """The update asked for, of a form that is valid."""
        said = self.cleaned_data
        moved = {
            name: said[name]
            for name in ("rag", "status", "next_update_due")
            if name in self.changed_data
        }
        return Wanted(self.action, said["seen"], said["text"], **moved)


class EvidenceForm(SeenForm):
    """A form with what shows that something is so."""

    evidence_words = forms.CharField(
        label="Evidence", required=False, max_length=300,
        help_text="What shows that it is so, such as a report or the minutes of a meeting",
    )  # fmt: skip
    evidence_url = forms.URLField(
        label="Address of the evidence", required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": "The address of the evidence must be a whole address, such as https://example.org/report"},
    )  # fmt: skip
    evidence_file = forms.FileField(
        label="File", required=False,
        help_text="PDF, Word, Excel, OpenDocument, CSV, text or a picture, up to 10 MB",
        validators=[FileExtensionValidator(EVIDENCE_FILES, "The file must be one of: PDF, Word, Excel, OpenDocument, CSV, text or a picture")],
    )  # fmt: skip

    def clean_evidence_file(self) -> Any:
        file = self.cleaned_data["evidence_file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError("The file must be 10 MB or smaller")
        return file

    def evidence(self) -> Evidence:
        said = self.cleaned_data
        return Evidence(said["evidence_words"], said["evidence_url"], said["evidence_file"] or None)


class UpdateForm(EvidenceForm):
    """An update of one action, on its page."""

    TOLD = ("rag", "status", "next_update_due")

    text = forms.CharField(
        label="What has happened", required=False, max_length=LONGEST_UPDATE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    status = forms.ChoiceField(label="Status")
    next_update_due = DateParts(label="Next update due", required=False)
    dated = DateParts(
        label="Date of the update", required=False, help_text="Today, if you leave it empty"
    )
    corrects = forms.TypedChoiceField(
        label="Corrects", required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: Any, action: Action, updates: Any = (), **options: Any) -> None:
        super().__init__(*args, initial=shown(action), **options)
        self.action = action
        if action.list.scheme:
            self.fields["rag"] = rating_field(action)
        self.fields["status"].choices = status_choices(action)
        self.fields["corrects"].choices = [
            ("", "No earlier update"),
            *((each.pk, f"Update {each.number} of {day_name(each.dated)}") for each in updates),
        ]
        if not updates:
            del self.fields["corrects"]
        self.tell()
        self.order_fields(["text", "rag", "status", "next_update_due", "evidence_words", "evidence_url",
                           "evidence_file", "dated", "corrects", "seen"])  # fmt: skip

    @property
    def has_more_to_say(self) -> bool:
        """Whether what is folded away is to be open: something in it is wrong or was filled in."""
        return bool(self.errors and self.is_bound)

    def moved(self) -> dict[str, Any]:
        """What the person changed of how the action stands."""
        names = set(self.TOLD) & set(self.changed_data)
        return {name: self.cleaned_data[name] for name in names}


class CloseForm(EvidenceForm):
    """Closing an action."""

    text = forms.CharField(
        label="What was done", required=False, max_length=LONGEST_UPDATE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    field_order = ("text", "evidence_words", "evidence_url", "evidence_file", "seen")


class WhyForm(SeenForm):
    """Withdrawing an action, or opening it again."""

    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
