"""Headers that every answer carries, and the limit on what may be sent in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from whatworks.service.common import errors

POLICY = (
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "font-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
PERMISSIONS_POLICY = (
    "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
)


def content_security_policy(provider: Mapping[str, Any] | None) -> str:
    """The policy: everything from this site, nothing inline, framed by nobody.

    A form that leads to an identity provider ends at another origin, which browsers count.
    """
    told: Mapping[str, Any] = (provider or {}).get("settings", {})
    addresses = [told.get("server_url", ""), *told.get("sign_in_origins", ())]
    parts = [urlsplit(address) for address in addresses if address]
    targets = ["'self'", *sorted({f"{part.scheme}://{part.netloc}" for part in parts})]
    return "; ".join((*POLICY, f"form-action {' '.join(targets)}"))


class SecurityHeaders:
    """A strict content policy; and pages of signed-in people are kept in no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy(settings.ENVIRONMENT.oidc)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers to whatever comes back."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class UploadLimit:
    """Turns away a request that says it is larger than the limit, before any of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A request without a length has no body, as far as Django is concerned."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.UPLOAD_BYTES:
            return errors.too_large(request)
        return self.get_response(request)
