"""What evidence says of a practice, as this room needs it."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks import evidence, rollout
from whatworks.evidence import Rating, Study
from whatworks.evidence.study import Outcome
from whatworks.rollout import Likely
from whatworks.service.evidence import queries
from whatworks.service.evidence.results import COLOURS

PROVEN = frozenset({"Established", "Looks promising"})


@dataclass(frozen=True)
class Rated:
    """The verdict on a practice, by the first of its outcomes that studies are rated by."""

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

    @property
    def colour(self) -> str:
        """Of its tag, the same as in the evidence library; the word is always there."""
        return COLOURS[self.rating.verdict]

    @property
    def beware(self) -> bool:
        """Whether it may do harm."""
        return self.rating.verdict == "Beware"


def rated(practice: rollout.Practice) -> Rated:
    """A practice with its rating.

    An invented practice is rated by what was seen of invented children alone: published studies
    of its kind are of real ones, and say nothing of it.
    """
    outcome = outcome_of(practice)
    found = evidence.rate(studies_of(practice), outcome=outcome)
    if practice.invented and not found.of_invented:
        found = found.invented or evidence.rate((), outcome=outcome)
    return Rated(practice, found)


def outcome_of(practice: rollout.Practice) -> Outcome:
    """The first of its outcomes that studies are rated by; else that of its kind."""
    return evidence.outcome_of(practice.outcomes, practice.kind)


def studies_of(practice: rollout.Practice) -> tuple[Study, ...]:
    """Studies of a practice and of its kind: those filed here, and those that are published."""
    return tuple(queries.studies_of(practice.id, practice.kind))


def ratio_of(practice: rollout.Practice) -> tuple[Likely, Study] | None:
    """The effect of the first study that gives a ratio with its interval, if one does."""
    wanted = outcome_of(practice)
    for study in studies_of(practice):
        told = study.of(wanted)
        if study.invented != practice.invented or told is None:
            continue
        if told.effect_type not in {"risk ratio", "rate ratio"}:
            continue
        if told.effect is not None and told.low is not None and told.high is not None:
            return Likely(told.effect, told.low, told.high), study
    return None
