"""Long lists in pages, by ``?page=``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Paged:
    """One page of a list. ``params`` is for the pagination macro; None for a single page."""

    items: Sequence[Any]
    first: int
    last: int
    total: int
    params: dict[str, Any] | None


def paginate(request: HttpRequest, items: Sequence[Any], *, per_page: int = 50) -> Paged:
    """The page asked for, or the nearest there is. ``items`` has a length and slices."""
    total = len(items)
    pages = max(1, -(-total // per_page))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 9 else 1
    start = (page - 1) * per_page
    chosen = items[start : start + per_page]
    return Paged(
        chosen, min(start + 1, total), start + len(chosen), total, _params(request, page, pages)
    )


def _params(request: HttpRequest, page: int, pages: int) -> dict[str, Any] | None:
    if pages == 1:
        return None

    def link(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    shown = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    items: list[dict[str, Any]] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": link(number), "current": number == page})
    params: dict[str, Any] = {"items": items}
    if page > 1:
        params["previous"] = {"href": link(page - 1)}
    if page < pages:
        params["next"] = {"href": link(page + 1)}
    return params
