"""When a child was in need: referrals, assessments, enquiries, conferences and plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Assessment:
    """[start, end] and the factors found; none = nothing found."""

    start: int
    end: int
    factors: tuple[str, ...]


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry; ``conference`` is its day, or None where none was needed."""

    start: int
    target: int
    conference: int | None


@dataclass(slots=True)
class Plan:
    """A child protection plan and its reviews. ``before``: plans the child had earlier."""

    start: int
    end: int
    first_abuse: str
    latest_abuse: str
    before: int
    reviews: Sequence[int]


@dataclass(slots=True)
class Need:
    """One spell of need, from referral to closure. ``nfa``: nothing further was done."""

    referred: int
    source: str
    need: str
    closed: int
    reason: str = "RC7"
    nfa: bool = False
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    cin_plans: list[tuple[int, int]] = field(default_factory=list)
    died: int | None = None
