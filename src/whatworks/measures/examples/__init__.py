"""A worked example of each measure: a small invented return, and the figure that comes of it.

They are shown on definition pages and are counted anew by the specification of measures, so what
a page says and what the code does cannot part.
"""

from __future__ import annotations

from whatworks.journeys.examples import journeys, need_journeys
from whatworks.measures.definition import get
from whatworks.measures.examples import (
    care,
    care_homes,
    care_leaving,
    linked,
    monthly,
    monthly_family,
    need,
    need_cases,
    need_protection,
    outcomes,
    outcomes_after,
    wellbeing,
    workforce,
)
from whatworks.measures.examples.from_returns import countable
from whatworks.measures.examples.model import MeasureExample
from whatworks.measures.examples.workforce import workforce_of
from whatworks.measures.sourcing import Countable

_ALL: tuple[MeasureExample, ...] = (
    *care.EXAMPLES,
    *care_homes.EXAMPLES,
    *care_leaving.EXAMPLES,
    *need.EXAMPLES,
    *need_cases.EXAMPLES,
    *need_protection.EXAMPLES,
    *linked.EXAMPLES,
    *wellbeing.EXAMPLES,
    *outcomes.EXAMPLES,
    *outcomes_after.EXAMPLES,
    *monthly.EXAMPLES,
    *monthly_family.EXAMPLES,
    *workforce.EXAMPLES,
)


def examples(measure: str) -> tuple[MeasureExample, ...]:
    """The worked examples of a measure. Raises MeasureError where there is no such measure."""
    name = get(measure).name
    return tuple(example for example in _ALL if example.measure == name)


def counted_from(example: MeasureExample) -> Countable:
    """What an example is counted from."""
    if example.returns:
        return countable(get(example.measure).collection, example.returns)
    if example.referrals or example.plans:
        return need_journeys(example.referrals, example.plans, children=example.children)
    if example.workers is not None:
        return workforce_of(example.workers, year=example.year, vacancies=example.vacancies)
    return journeys(example.episodes, children=example.children)
