"""Closing sign-in after five wrong passwords, without saying or keeping who was tried."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from whatworks.service.common.models import Person


def who(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str | None:
    """A keyed digest of the address that was tried: enough to count by, of no use to a reader."""
    tried = (credentials or {}).get("email") or request.POST.get("login")
    if not tried:
        return None
    address = Person.objects.normalize_email(str(tried))
    return salted_hmac("whatworks.sign-in", address, algorithm="sha256").hexdigest()[:32]


def no_address(request: HttpRequest) -> None:
    """Attempts are counted by account, so the network address is not kept."""
    del request


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse,
    credentials: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page after too many tries: the same whether or not anyone has that address."""
    del original_response, credentials
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    tries = settings.AXES_FAILURE_LIMIT
    return render(
        request, "account/locked_out.html", {"minutes": minutes, "tries": tries}, status=429
    )
