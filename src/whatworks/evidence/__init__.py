"""What research and councils' own returns say helps: studies, and how far to rely on them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.evidence.study import Numbers, Provenance, Study

_HOMES = {
    "Numbers": "study",
    "Provenance": "study",
    "Study": "study",
}

__all__ = ["Numbers", "Provenance", "Study"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"whatworks.evidence.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.evidence has no public name {name!r}")
