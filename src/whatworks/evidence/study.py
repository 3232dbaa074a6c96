"""A study: what was tried, on whom, against what, and what came out, with where each was seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Design = Literal[
    "randomised", "natural experiment", "comparison group", "before and after", "review"
]
EffectType = Literal[
    "risk difference", "risk ratio", "odds ratio", "rate ratio", "hazard ratio", "none"
]
Outcome = Literal["entry to care", "re-entry to care", "re-referral", "repeat plan", "other"]
"""What the project rates practices by; ``other`` is shown and not rated."""


@dataclass(frozen=True)
class Numbers:
    """What a study found of one outcome, as printed; None where it was not seen.

    A risk difference is a share (-0.086 is 86 fewer of 1,000); ratios are of the practice to its
    comparator. ``share_with`` and ``share_without`` are of the two arms. ``p`` is two-sided.
    """

    outcome: Outcome
    outcome_words: str
    effect_type: EffectType
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    share_with: float | None = None
    share_without: float | None = None
    n_with: int | None = None
    n_without: int | None = None
    follow_up_months: float | None = None
    lower_is_better: bool = True
    note: str = ""


@dataclass(frozen=True)
class Provenance:
    """Where the numbers come from: an address, or the submissions that they were counted from."""

    seen_at: str = ""
    submissions: tuple[str, ...] = ()
    computed: str = ""
    """Name and version of what computed it, where it was computed here."""


@dataclass(frozen=True)
class Study:
    """One study of one kind of practice.

    ``kind`` groups practices of one sort (see ``rollout.practice``); ``practice`` is its id where
    the study is of one practice that is known here. ``invented`` marks invented children.
    ``warnings`` are plain sentences that go wherever the numbers go.
    """

    id: str
    title: str
    citation: str
    kind: str
    country: str
    design: Design
    population: str
    comparator: str
    numbers: tuple[Numbers, ...]
    provenance: Provenance
    practice: str = ""
    year: int | None = None
    invented: bool = False
    warnings: tuple[str, ...] = ()
    doi: str = ""

    def of(self, outcome: Outcome) -> Numbers | None:
        """Its first numbers of an outcome."""
        return next((one for one in self.numbers if one.outcome == outcome), None)
