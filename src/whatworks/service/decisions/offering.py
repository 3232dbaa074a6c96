"""The measures that a target may be set on, each with where the council stands now."""

from __future__ import annotations

from dataclasses import dataclass

from whatworks import measures
from whatworks.measures.definition import Measure
from whatworks.rollout import Practice
from whatworks.rollout.judging import Figure
from whatworks.rollout.wanting import Wanted, wanted_direction
from whatworks.service.decisions.figures import CouncilFigures, known_measure
from whatworks.service.decisions.showing import unit_words, written

OUTCOMES = ("started_rate", "reentered_within_12_months")
SAFETY = (
    "re_referrals_within_12_months",
    "repeat_protection_plans",
    "reentered_within_12_months",
)
"""Measures that are offered beside a practice's own."""


@dataclass(frozen=True)
class Offered:
    """A measure that a target may be set on, and where the council stands on it.

    ``role`` is 'outcome', 'safety' or both joined. ``now`` is None where nothing is loaded.
    """

    measure: Measure
    role: str
    now: Figure | None

    @property
    def known(self) -> bool:
        """Whether there is a figure to start from."""
        return self.now is not None and self.now.value is not None

    @property
    def direction(self) -> Wanted:
        """The side on which a figure is to lie."""
        return wanted_direction(self.measure.name)

    @property
    def text(self) -> str:
        """The figure as written, or that there is none."""
        return written(round(self.now.value, 1)) if self.known and self.now else "no figure yet"

    @property
    def interval(self) -> str:
        """The interval as written, or why there is no figure."""
        if self.now is None:
            return "no return loaded"
        if not self.known:
            return self.now.reason
        if self.now.low is None or self.now.high is None:
            return "none can be given"
        return f"{self.now.low:,.1f} to {self.now.high:,.1f}"

    @property
    def unit(self) -> str:
        """'of every 10,000 children'."""
        return unit_words(self.measure)


def offered(practice: Practice, figures: CouncilFigures) -> tuple[Offered, ...]:
    """The measures that targets for a practice may be set on, its own first.

    None of which nobody has said whether more or less of it is wanted.
    """
    outcomes = [m for m in dict.fromkeys((*practice.outcomes, *OUTCOMES)) if _may_be_aimed_at(m)]
    safety = [m for m in dict.fromkeys((*practice.safety, *SAFETY)) if _may_be_aimed_at(m)]
    made = []
    for name in dict.fromkeys((*outcomes, *safety)):
        roles = [role for role, of in (("outcome", outcomes), ("safety", safety)) if name in of]
        measure = measures.get(name)
        made.append(Offered(measure, " or ".join(roles), figures.newest(measure)))
    return tuple(made)


def _may_be_aimed_at(name: str) -> bool:
    if known_measure(name) is None:
        return False
    try:
        wanted_direction(name)
    except ValueError:
        return False
    return True
