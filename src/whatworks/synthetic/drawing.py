"""The careers of one council: everybody who may be in its returns of some years."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.careers import BREAKS_V4, CARE, UASC, Career, Careers
from whatworks.synthetic.clock import Clock
from whatworks.synthetic.conditions import Conditions
from whatworks.synthetic.entrants import entrant, entrants, joined, stream
from whatworks.synthetic.routes import Rates
from whatworks.synthetic.spells import careers_of
from whatworks.synthetic.steering import Steering

_OLDEST = 22 * 366 + 500
"""Days of age at the first year's start from which nobody is in a return any more."""


def careers(
    seed: int,
    code: int,
    cohorts: Iterable[int],
    *,
    steering: Steering,
    rates: Rates,
    conditions: Conditions,
    reentry: float = 1.0,
    scale: float = 1.0,
    since: int | None = None,
) -> Careers:
    """Draw the careers of children first entering in these collection years.

    Args:
        seed, code: the stream of chance: the world's seed and the council's code as a number.
        steering: expected first entries and speeds of leaving, by year.
        conditions: what is planted.
        reentry: the council's own multiplier of the hazard of re-entry.
        scale: children for each one expected.
        since: leave out children too old to matter to any return from this year on.
    """
    born_since = first_day(since) - _OLDEST if since is not None else None
    parts = []
    for cohort in cohorts:
        for kind in (CARE, UASC, BREAKS_V4):
            one = entrants(
                stream(seed, code, cohort, kind),
                kind,
                cohort,
                steering=steering,
                rates=rates,
                conditions=conditions,
                scale=scale,
            )
            parts.append(one if born_since is None else one.where(one.dob >= born_since))
    return careers_of(
        joined(parts),
        _clocks(steering, rates, conditions),
        rates=rates,
        conditions=conditions,
        reentry=reentry,
    )


def one_career(
    seed: int, day: int, kind: str, *, steering: Steering, rates: Rates, conditions: Conditions
) -> Career:
    """The career of one child first entering on a day: any number gives a possible one."""
    clocks = _clocks(steering, rates, conditions)
    one = entrant(seed, day, kind, rates=rates)
    return careers_of(one, clocks, rates=rates, conditions=conditions).career(0)


def _clocks(steering: Steering, rates: Rates, conditions: Conditions) -> dict[str, Clock]:
    return {kind: Clock(steering, rates, conditions, alone=kind == UASC) for kind in (CARE, UASC)}


def in_care_between(found: Careers, first: int, last: int) -> npt.NDArray[np.bool_]:
    """For each child, whether a spell of care reaches into the days from first to last."""
    touched = np.zeros(len(found), dtype=bool)
    touched[found.child[(found.start <= last) & (found.end >= first)]] = True
    return touched
