"""Forms about bodies, alliances and forums."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from frankpledge.web.frame.fields import DateParts, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.organisations.forms.people import WHY
from frankpledge.web.organisations.models import AllianceMember, Body, Forum


def _why() -> forms.CharField:
    return forms.CharField(
        label=WHY, required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )


class BodyForm(GovForm, forms.Form):
    name = forms.CharField(label="Name", max_length=120)
    called = forms.CharField(
        label="What it is called",
        max_length=120,
        help_text="Such as: Police and Crime Commissioner",
    )
    accent = forms.ChoiceField(
        label="Colour of its pages", choices=Body.Accent.choices, widget=Radios()
    )
    why = _why()


class AreaForm(GovForm, forms.Form):
    name = forms.CharField(label="Name of the area", max_length=120)
    order = forms.IntegerField(
        label="Place in the list",
        min_value=0,
        max_value=999,
        help_text="Areas with the same number stand by name",
    )
    why = _why()


class SharesForm(GovForm, forms.Form):
    """For each member its share of the costs and its votes."""

    def __init__(self, *args: Any, members: Sequence[AllianceMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = members
        for member in members:
            self.fields[f"share_{member.member_id}"] = forms.DecimalField(
                label=f"{member.member}: share of the costs, per cent",
                required=False,
                max_digits=5,
                decimal_places=2,
                help_text="Leave empty if it pays nothing",
                initial=member.share_of_costs,
                error_messages={
                    "invalid": f"{member.member}: the share must be a number, such as 69"
                },
            )
            self.fields[f"votes_{member.member_id}"] = forms.IntegerField(
                label=f"{member.member}: votes",
                min_value=0,
                max_value=99,
                initial=member.votes,
                error_messages={
                    "required": f"{member.member}: enter its votes, 0 if it has none",
                    "invalid": f"{member.member}: the votes must be a whole number",
                },
            )
        self.fields["starts"] = DateParts(
            label="First day",
            required=False,
            help_text="Leave empty for today. For example, 1 4 2027",
        )
        self.fields["why"] = _why()

    def shares(self) -> dict[int, Decimal | None]:
        return {m.member_id: self.cleaned_data[f"share_{m.member_id}"] for m in self.members}

    def votes(self) -> dict[int, int]:
        return {m.member_id: self.cleaned_data[f"votes_{m.member_id}"] for m in self.members}


class ChairForm(GovForm, forms.Form):
    member = forms.ModelChoiceField(
        label="Whose turn it is", queryset=Body.objects.none(), empty_label="Choose a member"
    )
    starts = DateParts(label="First day in the chair")
    ends = DateParts(
        label="Last day", required=False, help_text="Leave empty if the next turn ends it"
    )
    why = _why()

    def __init__(self, *args: Any, members: Sequence[AllianceMember], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["member"].queryset = Body.objects.filter(pk__in=[m.member_id for m in members])


class ForumForm(GovForm, forms.ModelForm):
    purpose = forms.CharField(
        label="What it is for", required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    objective_words = forms.CharField(
        label="What of the plan it looks after", required=False, max_length=160
    )
    how_often = forms.CharField(
        label="How often it meets", required=False, max_length=60, help_text="Such as: every month"
    )
    notes_published = forms.BooleanField(label="Its notes are published", required=False)
    meets_in_public = forms.BooleanField(label="The public may watch", required=False)
    why = _why()

    class Meta:
        model = Forum
        fields = ("name", "purpose", "objective_words", "how_often", "notes_published",
                  "meets_in_public", "visibility")  # fmt: skip
        labels = {"name": "Name", "visibility": "Who may know of it"}  # noqa: RUF012

    def _post_clean(self) -> None:
        """The forum is changed by the act, not by the form."""


class SeatsForm(GovForm, forms.Form):
    """The votes of each body that may sit on a forum; empty for one that does not."""

    def __init__(self, *args: Any, forum: Forum, bodies: Sequence[Body], **options: Any) -> None:
        super().__init__(*args, **options)
        self.bodies = bodies
        seated = {seat.body_id: seat.votes for seat in forum.bodies.all()}
        for body in bodies:
            self.fields[f"votes_{body.pk}"] = forms.IntegerField(
                label=f"{body}: votes",
                required=False,
                min_value=0,
                max_value=99,
                help_text="Leave empty if it does not sit",
                initial=seated.get(body.pk),
            )
        self.fields["why"] = _why()

    def votes(self) -> dict[int, int]:
        told = {body.pk: self.cleaned_data[f"votes_{body.pk}"] for body in self.bodies}
        return {body: votes for body, votes in told.items() if votes is not None}
