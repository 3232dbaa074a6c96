"""A check at start-up: every page is public by name or says what it asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from whatworks.service.common.public import PUBLIC_PAGES


def pages(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the service with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from pages(entry, inner)
        else:
            yield f"{namespace}{entry.name or ''}", entry


@register()
def every_page_is_guarded(**_kwargs: Any) -> list[CheckMessage]:
    """Find pages that are open without being meant to be.

    E001: neither public nor guarded. E002: a public name that no page has. E003: a name that two
    pages share, so that one could be public by the other's name.
    """
    found = list(pages())
    names = Counter(name for name, _ in found)
    problems: list[CheckMessage] = [
        Error(
            f"The page {name or pattern.pattern} is not in PUBLIC_PAGES and asks for nothing.",
            hint="Decorate its view with @requires(Permission...), or list it in common/public.py.",
            id="whatworks.E001",
        )
        for name, pattern in found
        if name not in PUBLIC_PAGES and getattr(pattern.callback, "access", None) is None
    ]
    problems += [
        Error(f"PUBLIC_PAGES lists {name}, which is no page.", id="whatworks.E002")
        for name in sorted(PUBLIC_PAGES - set(names))
    ]
    problems += [
        Error(f"{count} pages are called {name or '(nothing)'}.", id="whatworks.E003")
        for name, count in sorted(names.items())
        if count > 1
    ]
    return problems
