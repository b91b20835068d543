"""Forms about people and the roles they hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from frankpledge.web.frame.fields import DateParts
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.forms.signing_in import NEW_PASSWORD
from frankpledge.web.organisations.models import Body, Invitation, Person, RoleHeld
from frankpledge.web.organisations.roles import PANEL_MEMBERS, ROLES_AT, Role

WHY = "Why. This goes on the record."


class OwnAccountForm(GovForm, forms.ModelForm):
    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    wants_digest = forms.BooleanField(
        label="Send me a weekly e-mail of what is due from me", required=False
    )

    class Meta:
        model = Person
        fields = ("name", "wants_digest")

    def _post_clean(self) -> None:
        """The person is changed by the act, not by the form."""


class AtBodyForm(GovForm, forms.Form):
    """A form about one body; `role` offers the roles there are at a body of its kind."""

    def __init__(self, *args: Any, body: Body, **options: Any) -> None:
        super().__init__(*args, **options)
        self.body = body
        if "role" in self.fields:
            there = [r for r in ROLES_AT[body.kind] if self.offers(r)]
            self.fields["role"].choices = [
                ("", "Choose a role"),
                *((r.value, r.label) for r in there),
            ]
        if "standing_in_for" in self.fields:
            members = RoleHeld.objects.filter(holding(), body=body, role__in=PANEL_MEMBERS)
            self.fields["standing_in_for"].queryset = members.select_related("person")
            if body.kind != "panel":
                del self.fields["standing_in_for"]

    def offers(self, role: Role) -> bool:
        return True


class MemberChoice(forms.ModelChoiceField):
    def label_from_instance(self, held: RoleHeld) -> str:
        return f"{held.person.name}, {held.get_role_display()}"


class InviteForm(AtBodyForm):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(
        label="E-mail address", help_text="The link goes here. It works for 14 days."
    )
    role = forms.ChoiceField(label="Role")
    standing_in_for = MemberChoice(
        label="For a substitute: the member they stand in for",
        queryset=RoleHeld.objects.none(),
        required=False,
        empty_label="Nobody",
    )
    role_ends = DateParts(
        label="Last day in the role",
        required=False,
        help_text="Leave empty if no end is known. For example, 14 6 2027",
    )


class GiveRoleForm(AtBodyForm):
    role = forms.ChoiceField(label="Role")
    starts = DateParts(
        label="First day", required=False, help_text="Leave empty for today. For example, 14 6 2027"
    )
    ends = DateParts(label="Last day", required=False, help_text="Leave empty if no end is known")
    why = forms.CharField(
        label=WHY, required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def offers(self, role: Role) -> bool:
        return role != Role.PANEL_SUBSTITUTE


class AppointSubstituteForm(AtBodyForm):
    standing_in_for = MemberChoice(
        label="Member they stand in for", queryset=RoleHeld.objects.none()
    )
    ends = DateParts(label="Last day", required=False, help_text="Leave empty if no end is known")


class EndRoleForm(GovForm, forms.Form):
    on = DateParts(
        label="Last day in the role",
        required=False,
        help_text="Leave empty for today. For example, 14 6 2027",
    )
    why = forms.CharField(
        label=WHY, required=False, max_length=300, widget=forms.Textarea({"rows": 2})
    )


class WhyForm(GovForm, forms.Form):
    """An act about a person that needs a reason."""

    why = forms.CharField(label=WHY, max_length=300, widget=forms.Textarea({"rows": 2}))


class AcceptForm(GovForm, forms.Form):
    """A newcomer's name and password."""

    name = forms.CharField(
        label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label="Password",
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )
    password_again = forms.CharField(
        label="Password again",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, invitation: Invitation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.invitation = invitation
        self.fields["name"].initial = invitation.name

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        password = told.get("password")
        if not password:
            return told
        if told.get("password_again") and told["password_again"] != password:
            self.add_error("password_again", "The two passwords are not the same")
        try:
            validate_password(
                password, Person(email=self.invitation.email, name=told.get("name", ""))
            )
        except forms.ValidationError as error:
            self.add_error("password", error)
        return told
