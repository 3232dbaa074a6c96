"""How the sign-in library is to behave here."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from whatworks.service.common.models import Person

SAID = {
    "account/messages/password_changed.txt": "Your password was changed.",
    "mfa/messages/totp_activated.txt": "Signing in now asks for a code from your app.",
    "mfa/messages/totp_deactivated.txt": "Signing in no longer asks for a code.",
    "mfa/messages/recovery_codes_generated.txt": "New codes were made. The old ones are void.",
}


def display(person: Person) -> str:
    """A person as the library should name them."""
    return person.name


class AccountAdapter(DefaultAccountAdapter):
    """No open sign-up, our own words, and few of them."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The email address or the password is not right.",
        "enter_current_password": "Your current password is not right.",
        "incorrect_password": "The password is not right.",
        "too_many_login_attempts": "There were too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by those who answer for the service."""
        del request
        return False

    def add_message(  # noqa: PLR0917  (the library's own signature)
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say only what is listed above: that one is signed in can be seen."""
        del message_context
        text = message or SAID.get(message_template or "")
        if text:
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the person's own page."""
        del request
        return reverse("own_account")

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Check the password again; wrong ones count towards the lock as at sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets of apps and recovery codes are kept encrypted under the service's own key."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right. It changes every 30 seconds: try the new one.",
    }

    def encrypt(self, text: str) -> str:
        """Called before a secret is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Called when a secret is needed."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"whatworks.second-step:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
