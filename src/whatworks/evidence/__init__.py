"""What research and councils' own returns say helps: studies, and how far to rely on them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whatworks.evidence.published import Kind, WrongStudy, check, kind, kinds, outcome_of, shelf
    from whatworks.evidence.rating import RULE_VERSION, VERDICTS, Rating, rate
    from whatworks.evidence.study import Numbers, Provenance, Study, from_dict

_HOMES = {
    "RULE_VERSION": "rating",
    "VERDICTS": "rating",
    "Kind": "published",
    "Numbers": "study",
    "Provenance": "study",
    "Rating": "rating",
    "Study": "study",
    "WrongStudy": "published",
    "check": "published",
    "from_dict": "study",
    "kind": "published",
    "kinds": "published",
    "outcome_of": "published",
    "rate": "rating",
    "shelf": "published",
}

__all__ = [
    "RULE_VERSION",
    "VERDICTS",
    "Kind",
    "Numbers",
    "Provenance",
    "Rating",
    "Study",
    "WrongStudy",
    "check",
    "from_dict",
    "kind",
    "kinds",
    "outcome_of",
    "rate",
    "shelf",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        value = getattr(import_module(f"whatworks.evidence.{_HOMES[name]}"), name)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.evidence has no public name {name!r}")
