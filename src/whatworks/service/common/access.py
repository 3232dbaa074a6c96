"""Who may open a page: each view says what it asks for, and whatever says nothing is closed.

    @requires(Permission.READ_RETURNS, council="council")
    def report(request, council, submission): ...

The argument named by ``council`` holds a council's three-figure code; the person must hold the
permission at that council. Pages about single children say ``child_level=True`` too: the reader
is first asked for a purpose, and each opening is written to the ledger.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from whatworks.service.common import purpose
from whatworks.service.common.models import Organisation
from whatworks.service.common.permissions import Permission, allowed, organisations_where
from whatworks.service.common.public import PUBLIC_PAGES

logger = logging.getLogger(__name__)
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """What a view asks for."""

    permission: Permission
    council: str | None = None
    child_level: bool = False


@dataclass(frozen=True)
class Granted:
    """On ``request.access`` once the door is open: what was asked for and where it holds."""

    permission: Permission
    council: str | None
    organisations: tuple[Organisation, ...]

    @property
    def organisation(self) -> Organisation:
        """The one organisation this page is about."""
        if self.council is None:
            raise LookupError("this page is not about one council")
        return next(place for place in self.organisations if place.council_code == self.council)


def requires(
    permission: Permission, *, council: str | None = None, child_level: bool = False
) -> Callable[[View], View]:
    """Declare what a view asks for. Decorates function views and ``Some.as_view()`` alike."""
    if child_level and council is None:
        raise ValueError("a page about single children belongs to one council")

    def declare(view: View) -> View:
        view.access = Access(permission, council, child_level)
        return view

    return declare


class AccessMiddleware:
    """Opens a page only if it is listed as public or its view's demand is met."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing is decided before the address is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Return nothing to let the view run, or a redirect; or refuse."""
        del args
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in PUBLIC_PAGES:
            return None
        access: Access | None = getattr(view, "access", None)
        if access is None:
            logger.error("The page %s says neither that it is public nor what it asks for.", name)
            raise PermissionDenied
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        council = None if access.council is None else str(kwargs[access.council])
        if not allowed(request.user, access.permission, council):
            raise PermissionDenied
        request.access = Granted(
            access.permission, council, organisations_where(request.user, access.permission)
        )
        if access.child_level and council is not None:
            return _note_purpose(request, name, council, kwargs)
        return None


def _note_purpose(
    request: HttpRequest, name: str, council: str, kwargs: dict[str, Any]
) -> HttpResponse | None:
    stated = purpose.stated(request, council)
    if stated is None:
        target = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
        page = reverse("purpose", kwargs={"council": council})
        return redirect(f"{page}?{urlencode({'next': target})}" if target else page)
    purpose.state(request, council, stated)
    purpose.note_reading(by=request.user, council=council, purpose=stated, page=name, of=kwargs)
    return None
