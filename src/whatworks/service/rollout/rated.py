"""What evidence says of a practice, as this room needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whatworks import evidence, rollout
from whatworks.evidence import Rating, Study
from whatworks.evidence.study import Outcome
from whatworks.rollout import Likely

OUTCOMES: Mapping[str, Outcome] = {
    "started_rate": "entry to care",
    "started_to_be_looked_after": "entry to care",
    "reentered_within_12_months": "re-entry to care",
    "re_referrals_within_12_months": "re-referral",
    "repeat_protection_plans": "repeat plan",
}
"""Measure -> the outcome that studies of it are rated by."""

PROVEN = frozenset({"Established", "Looks promising"})
NOT_TO_PROJECT = frozenset({"Beware", "Not tested"})


@dataclass(frozen=True)
class Rated:
    """The verdict on a practice, by its first outcome that is rated."""

    practice: rollout.Practice
    rating: Rating

    @property
    def verdict(self) -> str:
        """In a word or two."""
        return self.rating.verdict

    @property
    def proven(self) -> bool:
        """Whether it is shown to help, at least probably."""
        return self.rating.verdict in PROVEN


def rated(practice: rollout.Practice) -> Rated:
    """A practice with its rating.

    An invented practice is rated by what was seen of invented children; published studies of its
    kind are of real ones, and stand on its own page beside it.
    """
    outcome = outcome_of(practice)
    found = evidence.rate(studies_of(practice), outcome=outcome)
    if practice.invented and found.invented is not None:
        found = found.invented
    return Rated(practice, found)


def outcome_of(practice: rollout.Practice) -> Outcome:
    """The first of its outcomes that studies are rated by; else entry to care."""
    rateable = [OUTCOMES[name] for name in practice.outcomes if name in OUTCOMES]
    return next(iter(rateable), "entry to care")


def studies_of(practice: rollout.Practice) -> tuple[Study, ...]:
    """Studies of a practice and of its kind: those filed here, and those that are published."""
    try:
        from whatworks.service.evidence import queries
    except ImportError:
        return evidence.shelf(practice.kind)
    return tuple(queries.studies_of(practice_id=practice.id, kind=practice.kind))


def ratio_of(practice: rollout.Practice) -> tuple[Likely, Study] | None:
    """The effect of the best study that gives a ratio with its interval, if one does.

    Studies of another practice of the same kind are passed over.
    """
    wanted = outcome_of(practice)
    for study in studies_of(practice):
        if study.practice not in {"", practice.id} or study.invented != practice.invented:
            continue
        told = study.of(wanted)
        if told is None or told.effect_type not in {"risk ratio", "rate ratio"}:
            continue
        if told.effect is not None and told.low is not None and told.high is not None:
            return Likely(told.effect, told.low, told.high), study
    return None
