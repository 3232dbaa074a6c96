"""What the sign-in library does to an account is written to the ledger as well."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa import signals as second_step
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import transaction
from django.dispatch import receiver

from whatworks.service.common import events
from whatworks.service.common.models import Person


@transaction.atomic
def _record(kind: str, person: Person, **data: str) -> None:
    events.record(kind, by=events.person(person), subject=events.person(person), data=data)


@receiver(user_logged_in)
def _signed_in(user: Person, **_rest: Any) -> None:
    _record("signed_in", user)


@receiver(password_changed)
def _password_changed(user: Person, **_rest: Any) -> None:
    _record("password_changed", user)


@receiver(second_step.authenticator_added)
def _second_step_added(user: Person, authenticator: Any, **_rest: Any) -> None:
    _record("second_step_added", user, type=str(authenticator.type))


@receiver(second_step.authenticator_removed)
def _second_step_removed(user: Person, authenticator: Any, **_rest: Any) -> None:
    _record("second_step_removed", user, type=str(authenticator.type))


@receiver(second_step.authenticator_reset)
def _second_step_reset(user: Person, authenticator: Any, **_rest: Any) -> None:
    _record("second_step_reset", user, type=str(authenticator.type))


@receiver(user_locked_out)
@transaction.atomic
def _locked_out(username: str | None, **_rest: Any) -> None:
    # The signal comes with each further try; one event for each lock is enough.
    if not cache.add(f"sign-in-locked:{username}", 1, settings.AXES_COOLOFF_TIME.total_seconds()):
        return
    events.record("sign_in_locked", by="system:sign-in", subject=f"sign-in:{username}", data={})
