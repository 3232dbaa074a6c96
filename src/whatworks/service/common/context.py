"""What every page is given, beside what its own view passes."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from whatworks import reference
from whatworks.service.common import workspace
from whatworks.service.common.rooms import doors


def page(request: HttpRequest) -> dict[str, Any]:
    """Navigation by permission, whether the children are invented, and the sources' attribution."""
    person = getattr(request, "user", None)
    person = person if person is not None and person.is_authenticated else None
    return {
        "person": person,
        "navigation": _navigation(request, person),
        "synthetic": workspace.synthetic(),
        "attribution": attribution(),
        "provider": _provider(),
    }


def _provider() -> dict[str, str] | None:
    told = settings.ENVIRONMENT.oidc
    if told is None:
        return None
    href = reverse("openid_connect_login", kwargs={"provider_id": told["provider_id"]})
    return {"name": str(told["name"]), "href": href}


def _navigation(request: HttpRequest, person: Any) -> list[dict[str, Any]]:
    entries = [("Home", reverse("home"))]
    if person is not None:
        found = doors(person)
        entries.append(("Your work", reverse("your_work")))
        # Of several councils the rooms are many, and stand on Your work by council.
        several = len({door.where for door in found if door.where}) > 1
        entries += [
            (door.name, door.href)
            for door in found
            if not door.aside and not (several and door.where)
        ]
    entries += [("Definitions", reverse("definitions")), ("About", reverse("about"))]
    return [
        {"text": text, "href": href, "here": _is_here(href, request.path)} for text, href in entries
    ]


def _is_here(href: str, path: str) -> str | None:
    if href == path:
        return "page"
    return "true" if href != "/" and path.startswith(href) else None


@cache
def attribution() -> tuple[str, ...]:
    """The statements that the licences of our sources ask for, one to a line."""
    told = reference.attribution()
    lines = told.splitlines() if isinstance(told, str) else [str(line) for line in told]
    return tuple(line.strip() for line in lines if line.strip())
