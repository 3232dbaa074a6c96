"""A study: what was tried, on whom, against what, and what came out, with where each was seen."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Design = Literal[
    "randomised", "natural experiment", "comparison group", "before and after", "review"
]
EffectType = Literal[
    "risk difference", "risk ratio", "odds ratio", "rate ratio", "hazard ratio", "none"
]
Outcome = Literal[
    "entry to care", "re-entry to care", "return home", "re-referral", "repeat plan", "other"
]
"""What the project rates practices by; ``other`` is shown and not rated."""
Reported = Literal["", "better", "worse", "no clear difference"]
Counted = Literal["children", "families", "families or children", "parents"]

MEASURED: Mapping[str, Outcome] = {
    "started_rate": "entry to care",
    "started_to_be_looked_after": "entry to care",
    "reentered_within_12_months": "re-entry to care",
    "returned_home": "return home",
    "re_referrals_within_12_months": "re-referral",
    "repeat_protection_plans": "repeat plan",
}
"""A measure of returns -> the outcome that studies of it are rated by."""

GRAVE = ("threshold_only", "safety_wrong_way")
"""Flags that forbid praise: fewer children were let in and no fewer needed it, or safety fell."""
DOUBTS = ("bad_year", "before_trend", "other_practice", "missing_years")
"""Flags of another explanation than the practice: each makes a rating one step less sure."""


@dataclass(frozen=True)
class Numbers:
    """What a study found of one outcome, as printed; None where it was not seen.

    A risk difference is a share (-0.086 is 86 fewer of 1,000); ratios are of the practice to its
    comparator. ``share_with`` and ``share_without`` are of the two arms. ``p`` is two-sided.
    ``reported`` is what the source says of the direction, for use where no number was seen;
    ``counted`` is whom the shares and effects are of. ``flags`` are the codes of warnings about
    this outcome's figures that a rating of it must heed (see ``DOUBTS``).
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
    reported: Reported = ""
    counted: Counted = "children"
    flags: tuple[str, ...] = ()


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
    ``warnings`` are plain sentences that go wherever the numbers go; ``flags`` are the codes of
    those that every rating of it must heed (see ``GRAVE`` and ``DOUBTS``). Where a study has
    several numbers of one outcome, the first is rated.
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
    flags: tuple[str, ...] = ()

    def of(self, outcome: Outcome) -> Numbers | None:
        """Its first numbers of an outcome."""
        return next((one for one in self.numbers if one.outcome == outcome), None)

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values for JSON; an end without bound is the text 'Infinity'."""
        held: dict[str, Any] = _plain(asdict(self))
        for numbers in held["numbers"]:
            # Studies that were filed before numbers could have flags keep their digest.
            if not numbers["flags"]:
                del numbers["flags"]
        return held

    def digest(self) -> str:
        """The same for the same content, whatever wrote it."""
        text = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


def from_dict(held: Mapping[str, Any]) -> Study:
    """The study that ``as_dict`` wrote. Raises TypeError for a key that a study does not have."""
    numbers = tuple(
        Numbers(
            **{key: _number(value) for key, value in one.items() if key != "flags"},
            flags=tuple(one.get("flags", ())),
        )
        for one in held["numbers"]
    )
    seen = dict(held["provenance"])
    seen["submissions"] = tuple(seen.get("submissions", ()))
    rest = {key: held[key] for key in held if key not in {"numbers", "provenance"}}
    for name in ("warnings", "flags"):
        rest[name] = tuple(rest.get(name, ()))
    return Study(**rest, numbers=numbers, provenance=Provenance(**seen))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        if math.isnan(value):
            raise ValueError("A number that is not known is None in a study, never NaN.")
        return "Infinity" if value > 0 else "-Infinity"
    return value


def _number(value: Any) -> Any:
    return float(value) if value in ("Infinity", "-Infinity") else value
