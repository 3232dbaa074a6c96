"""The rules of an SSDA903 return, by what they look at. Importing this registers all of them."""

from __future__ import annotations

from whatworks.returns.ssda903.rules import (
    adoption,
    ceasing,
    children,
    episode_cells,
    episode_dates,
    episode_order,
    health,
    integrity,
    leavers,
    missing,
    placements,
    reviews,
    seeking_asylum,
)

__all__ = [
    "adoption",
    "ceasing",
    "children",
    "episode_cells",
    "episode_dates",
    "episode_order",
    "health",
    "integrity",
    "leavers",
    "missing",
    "placements",
    "reviews",
    "seeking_asylum",
]
