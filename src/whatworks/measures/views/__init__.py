"""The views that measures are counted over (see ``common`` for the columns they share)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from whatworks.measures.views import (
    care,
    following,
    linked,
    monthly,
    need,
    outcomes,
    outcomes_after,
    outcomes_reviews,
    workforce,
)

VIEWS: Mapping[str, Callable[[Any], Any]] = {
    name: view
    for module in (
        care,
        following,
        linked,
        need,
        workforce,
        monthly,
        outcomes,
        outcomes_after,
        outcomes_reviews,
    )
    for name, view in module.VIEWS.items()
}
