"""Adding and changing an action, giving it an owner and a commitment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from frankpledge.analysis.periods import month_name
from frankpledge.web.actions.forms.updating import SeenForm
from frankpledge.web.actions.models import Action, ActionList, DueKind, Part
from frankpledge.web.actions.rules.dues import Due, end_of_quarter
from frankpledge.web.actions.rules.particulars import BY_KIND, PARTICULARS
from frankpledge.web.audit.visibility import Classification, Visibility
from frankpledge.web.frame.fields import Checkboxes, DateParts, MonthField, Radios
from frankpledge.web.frame.forms import GovForm

SHARED_WITH = [choice for choice in Visibility.choices if choice[0] != Visibility.NAMED]


def quarters(today: date) -> list[tuple[str, str]]:
    """The quarters of last financial year, this and the three to come."""
    first = today.year - (today.month < 4)
    offered = []
    for year in range(first - 1, first + 4):
        for quarter in (1, 2, 3, 4):
            end = end_of_quarter(year, quarter)
            said = Due("quarter", end).say()
            offered.append((end.isoformat(), f"{said}, which ends in {month_name(end)}"))
    return offered


class StatementForm(GovForm, forms.Form):
    """What an action says: what, by when, where it is overseen, who may see it."""

    reference = forms.CharField(label="Reference", max_length=30)
    what = forms.CharField(label="What is to be done", widget=forms.Textarea(attrs={"rows": 3}))
    aim = forms.CharField(label="Aim", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    heading = forms.CharField(label="Heading or strand", required=False, max_length=200)
    starts = DateParts(label="Starts", required=False)
    due_kind = forms.ChoiceField(
        label="Due",
        choices=DueKind.choices,
        widget=Radios(
            hints={"month": "Its last day counts", "quarter": "Its last day counts",
                   "ongoing": "It is never overdue, and is stale if nothing is heard",
                   "absent": "It is shown as wanting"},
            reveals={"date": ["due_date"], "month": ["due_month"], "quarter": ["due_quarter"]},
        ),
    )  # fmt: skip
    due_date = DateParts(label="Due by", required=False)
    due_month = MonthField(label="Month it is due in", required=False)
    due_quarter = forms.ChoiceField(label="Quarter it is due in", required=False)
    next_update_due = DateParts(label="Next update due", required=False)
    forums = forms.MultipleChoiceField(label="Overseen at", required=False, widget=Checkboxes)
    visibility = forms.ChoiceField(
        label="Shared with",
        choices=SHARED_WITH,
        help_text="They see all of its updates too, those already given and those to come",
    )
    classification = forms.ChoiceField(label="Marking", choices=Classification.choices)

    def __init__(
        self,
        *args: Any,
        action_list: ActionList,
        forums: Iterable[Any],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.action_list = action_list
        self._forums = {str(each.pk): each for each in forums}
        self.fields["due_quarter"].choices = [("", "Choose a quarter"), *quarters(today)]
        self.fields["forums"].choices = [(pk, each.name) for pk, each in self._forums.items()]
        if not self._forums:
            del self.fields["forums"]
        for key in BY_KIND[action_list.kind]:
            self.fields[f"p_{key}"] = forms.CharField(label=PARTICULARS[key], required=False)
        if action_list.visibility == Visibility.NAMED:
            self.fields["visibility"].choices = [(Visibility.NAMED.value, Visibility.NAMED.label)]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        needed = {"date": "due_date", "month": "due_month", "quarter": "due_quarter"}
        field = needed.get(said.get("due_kind"))
        if field and not said.get(field) and field not in self.errors:
            label = self.fields[field].label
            self.add_error(
                field,
                f"Enter the {label[:1].lower()}{label[1:]}"
                if field != "due_date"
                else "Enter the day it is due by",
            )
        return said

    def due(self) -> Due:
        said = self.cleaned_data
        kind = said["due_kind"]
        if kind == "date":
            return Due.by(said["due_date"])
        if kind == "month":
            return Due.in_month(said["due_month"].year, said["due_month"].month)
        if kind == "quarter":
            return Due("quarter", date.fromisoformat(said["due_quarter"]))
        return Due(kind)

    def chosen_forums(self) -> list[Any]:
        return [self._forums[pk] for pk in self.cleaned_data.get("forums", ())]

    def particulars(self) -> dict[str, str]:
        return {n[2:]: v for n, v in self.cleaned_data.items() if n.startswith("p_") and v}


class OwnerFields(GovForm, forms.Form):
    """An account, a post, or both."""

    person = forms.ChoiceField(
        label="Owner", required=False, help_text="Somebody with an account can give updates"
    )
    named_as = forms.CharField(
        label="Post", required=False, max_length=160,
        help_text="As the public is shown it, such as Superintendent, local policing",
    )  # fmt: skip

    def offer(self, people: Iterable[Any]) -> None:
        self._people = {str(each.pk): each for each in people}
        self.fields["person"].choices = [
            ("", "Nobody with an account"), *((pk, str(each)) for pk, each in self._people.items()),
        ]  # fmt: skip

    def chosen(self) -> Any:
        return self._people.get(self.cleaned_data["person"])


class AddForm(StatementForm, OwnerFields):
    """Adding an action, with who answers for it."""

    def __init__(self, *args: Any, people: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(people)


class ChangeForm(StatementForm, SeenForm):
    """Changing what an action says, and why."""

    TOLD = ("reference", "what", "aim", "heading", "starts", "due_kind", "due_date", "due_month",
            "due_quarter", "next_update_due", "forums", "visibility", "classification",
            *(f"p_{key}" for key in PARTICULARS))  # fmt: skip

    why = forms.CharField(label="Why it is changed", max_length=500)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"] = self.fields.pop("why")  # asked last
        self.tell()

    @staticmethod
    def shown(action: Action) -> dict[str, Any]:
        shown = {n: getattr(action, n) for n in ("reference", "what", "aim", "heading", "starts", "due_kind",
                                                 "next_update_due", "visibility", "classification")}  # fmt: skip
        shown |= {f"p_{key}": words for key, words in action.particulars.items()}
        shown["forums"] = [str(pk) for pk in action.forums.values_list("pk", flat=True)]
        shown["seen"] = action.version
        if action.due_on:
            field = {"date": "due_date", "month": "due_month", "quarter": "due_quarter"}[
                action.due_kind
            ]
            shown[field] = action.due_on.isoformat() if field == "due_quarter" else action.due_on
        return shown

    def changes(self) -> dict[str, Any]:
        """What the person changed."""
        said, changed = self.cleaned_data, set(self.changed_data)
        names = {"reference", "what", "aim", "heading", "starts", "next_update_due", "visibility",
                 "classification"} & changed  # fmt: skip
        changes = {name: said[name] for name in names}
        if changed & {"due_kind", "due_date", "due_month", "due_quarter"}:
            changes["due"] = self.due()
        if "forums" in changed:
            changes["forums"] = self.chosen_forums()
        if any(name.startswith("p_") for name in changed):
            changes["particulars"] = self.particulars()
        return changes


class OwnerForm(OwnerFields, SeenForm):
    """Giving an action an owner."""

    part = forms.ChoiceField(
        label="Part",
        choices=Part.choices,
        widget=Radios(hints={"answers": "In place of whoever answers for it now"}),
    )

    def __init__(self, *args: Any, people: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(people)


class CommitmentForm(SeenForm):
    """Saying which commitment of the plan an action serves."""

    commitment = forms.ChoiceField(label="Commitment", required=False)

    def __init__(self, *args: Any, commitments: Iterable[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self._commitments = {str(each.commitment_id): each.commitment for each in commitments}
        self.fields["commitment"].choices = [
            ("", "None"),
            *((str(each.commitment_id), f"{each.ref} {each.text[:120]}") for each in commitments),
        ]

    def chosen(self) -> Any:
        return self._commitments.get(self.cleaned_data["commitment"])
