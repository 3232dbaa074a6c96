"""A check at start-up: every page is public by name or says what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from whatworks.service.common.public import PUBLIC_PAGES


def pages(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the service with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from pages(entry, inner)
        else:
            yield f"{namespace}{entry.name or ''}", entry


@register()
def every_page_is_guarded(**_kwargs: Any) -> list[CheckMessage]:
    """whatworks.E001: a page is neither public nor guarded. E002: a public name that no page has."""
    found = dict(pages())
    problems: list[CheckMessage] = [
        Error(
            f"The page {name or pattern.pattern} is not in PUBLIC_PAGES and asks for no permission.",
            hint="Decorate its view with @requires(Permission...), or list it in common/public.py.",
            id="whatworks.E001",
        )
        for name, pattern in found.items()
        if name not in PUBLIC_PAGES and getattr(pattern.callback, "access", None) is None
    ]
    problems += [
        Error(f"PUBLIC_PAGES lists {name}, which is no page.", id="whatworks.E002")
        for name in sorted(PUBLIC_PAGES - set(found))
    ]
    return problems
