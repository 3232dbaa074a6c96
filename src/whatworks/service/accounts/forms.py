"""The sign-in library's forms with our labels and hints."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms

LENGTH_HINT = "At least 12 characters. Three words that do not belong together are a good start."
CODE_HINT = "Six figures from your authenticator app, or one of your recovery codes."


def _plain(form: forms.Form, **named: tuple[str, str]) -> None:
    for name, (label, hint) in named.items():
        field = form.fields[name]
        field.label, field.help_text = label, hint
        field.widget.attrs.pop("placeholder", None)


class SignInForm(account.LoginForm):
    """Email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, login=("Email address", ""), password=("Password", ""))
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["login"].error_messages |= {
            "required": "Enter your email address",
            "invalid": "Enter an email address like name@example.org",
        }
        for check in self.fields["login"].validators:
            check.message = "Enter an email address like name@example.org"
        self.fields["password"].error_messages["required"] = "Enter your password"


class ChangePasswordForm(account.ChangePasswordForm):
    """The current password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(
            self,
            oldpassword=("Current password", ""),
            password1=("New password", LENGTH_HINT),
            password2=("New password again", ""),
        )
        for name, needed in (
            ("oldpassword", "Enter your current password"),
            ("password1", "Enter a new password"),
            ("password2", "Enter the new password again"),
        ):
            self.fields[name].error_messages["required"] = needed


class ReauthenticateForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, password=("Password", ""))
        self.fields["password"].error_messages["required"] = "Enter your password"


class _Code(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=("Code", CODE_HINT))
        self.fields["code"].error_messages["required"] = "Enter the code"


class CodeForm(_Code, second_step.AuthenticateForm):
    """The code at sign-in."""


class CodeAgainForm(_Code, second_step.ReauthenticateForm):
    """The code once more."""


class ActivateForm(_Code, ActivateTOTPForm):
    """The first code, which proves that the app was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self, code=("Code", "Six figures from your authenticator app."))
