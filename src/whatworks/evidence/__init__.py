"""What research and councils' own returns say helps: studies, and how far to rely on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

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

__getattr__ = lazily.public(__name__, _HOMES)
