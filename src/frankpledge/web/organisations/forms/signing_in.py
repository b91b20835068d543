"""allauth's forms in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm as AllauthChangePasswordForm,
)
from allauth.account.forms import (
    LoginForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.account.forms import (
    ReauthenticateForm as AllauthPasswordAgainForm,
)
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm

from frankpledge.web.frame.forms import GovForm

EMAIL = "E-mail address"
NEW_PASSWORD = "At least 12 characters. Three words that do not belong together make a good one."
CODE = "Six figures, which the app on your telephone shows. A recovery code will do as well."


class Worded:
    """Labels and hints by field; what allauth writes into the fields themselves is taken out."""

    LABELS: ClassVar[Mapping[str, str]] = {}
    HINTS: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HINTS.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class SignInForm(GovForm, Worded, LoginForm):
    LABELS: ClassVar = {"login": EMAIL, "password": "Password"}


class ForgottenPasswordForm(GovForm, Worded, ResetPasswordForm):
    LABELS: ClassVar = {"email": EMAIL}


class NewPasswordForm(GovForm, Worded, ResetPasswordKeyForm):
    LABELS: ClassVar = {"password1": "New password", "password2": "New password again"}
    HINTS: ClassVar = {"password1": NEW_PASSWORD}


class ChangePasswordForm(GovForm, Worded, AllauthChangePasswordForm):
    LABELS: ClassVar = {
        "oldpassword": "Current password",
        "password1": "New password",
        "password2": "New password again",
    }
    HINTS: ClassVar = {"password1": NEW_PASSWORD}


class PasswordAgainForm(GovForm, Worded, AllauthPasswordAgainForm):
    LABELS: ClassVar = {"password": "Password"}


class Code(Worded):
    """A code of the authenticator app: figures, which a telephone's keypad should offer."""

    LABELS: ClassVar = {"code": "Code"}
    HINTS: ClassVar = {"code": CODE}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].widget.attrs["spellcheck"] = "false"


class CodeForm(GovForm, Code, AuthenticateForm):
    pass


class CodeAgainForm(GovForm, Code, ReauthenticateForm):
    pass


class FirstCodeForm(GovForm, Code, ActivateTOTPForm):
    LABELS: ClassVar = {"code": "Code that the app shows now"}
    HINTS: ClassVar = {"code": "Six figures"}
