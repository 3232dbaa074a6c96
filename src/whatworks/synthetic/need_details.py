"""What is recorded of spells of need: sources, needs, factors, kinds of abuse, reviews, plans.

Spells come as arrays and leave as objects, one for each; how often what is found is national.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.need import Assessment, Enquiry, Need, Plan
from whatworks.synthetic.need_clock import rows_of
from whatworks.synthetic.need_process import (
    ABUSE,
    AFTER,
    ENQUIRY,
    FOUND,
    LATER_ABUSE,
    NEED,
    OTHER,
    REVIEWS,
    SOURCE,
    Spells,
)
from whatworks.synthetic.needchances import Choices, Floats, NeedRates
from whatworks.synthetic.workdays import add_working_days, working_day

_FOUND_SETS, _FOUND_SEED = 4096, 47
_ASSESSED_AGAIN_AFTER = 400


@cache
def _cumulative(choices: Choices) -> tuple[tuple[str, ...], Floats]:
    weights = np.array([weight for _, weight in choices])
    edges = np.cumsum(weights / weights.sum())
    edges[-1] = 1.0
    return tuple(code for code, _ in choices), edges


def _picked(choices: Choices, u: Floats) -> list[str]:
    codes, edges = _cumulative(choices)
    return [codes[i] for i in np.searchsorted(edges, u, side="right").tolist()]


def pick(choices: Choices, u: float) -> str:
    """The code at a point u of [0, 1)."""
    codes, edges = _cumulative(choices)
    return codes[int(np.searchsorted(edges, u, side="right"))]


@cache
def found_sets() -> tuple[tuple[str, ...], ...]:
    """What assessments find: sets of factors to choose from, each as likely as another.

    Drawn once, from a seed of their own, so that every factor is as frequent as it should be.
    """
    draws = Draws(_FOUND_SEED)
    return tuple(
        tuple(code for code, p in rates.FACTORS if draws.u() < p) for _ in range(_FOUND_SETS)
    )


def source_choices(own: NeedRates, row: int) -> Choices:
    """Who refers in a council in one year of its rates."""
    police, schools, health = (float(x[row]) for x in (own.police, own.schools, own.health))
    year = rates.FIRST_YEAR + row
    others = [
        (code, weight)
        for code, weight in rates.OTHER_SOURCES
        if code != rates.EARLY_HELP_SOURCE or year >= rates.EARLY_HELP_SOURCE_FROM
    ]
    rest = (1.0 - police - schools - health) / sum(weight for _, weight in others)
    return (
        (rates.POLICE, police),
        (rates.SCHOOLS, schools),
        *((code, weight * health) for code, weight in rates.HEALTH_SOURCES),
        *((code, weight * rest) for code, weight in others),
    )


def _sources(own: NeedRates, spells: Spells) -> list[str]:
    row, u = rows_of(spells.referred), spells.u[:, SOURCE]
    found = np.empty(len(row), dtype=object)
    for year in np.unique(row).tolist():
        there = row == year
        found[there] = _picked(source_choices(own, year), u[there])
    return list(found)


def _needs(spells: Spells) -> list[str]:
    u, found = spells.u[:, NEED], np.empty(len(spells.referred), dtype=object)
    harm = spells.enquiry > 0
    years = ~harm & ~spells.refused & (spells.lasts == rates.YEARS)
    for there, choices in (
        (harm, rates.NEED_IN_HARM),
        (years, rates.NEED_OF_YEARS),
        (~harm & ~years, rates.NEED),
    ):
        found[there] = _picked(choices, u[there])
    return list(found)


def reviews_of(start: int, end: int, u: float) -> tuple[int, ...]:
    """Within three months of the conference, then at most six months apart."""
    found, day = [], working_day(start + 75 + int(u * 14))
    gap = 160 + int(u * 170) % 17
    while day < end:
        found.append(day)
        day = working_day(day + gap)
    return tuple(found)


def latest_abuse(first: str, u: float) -> str:
    """The kind of abuse last recorded for a plan."""
    return pick(rates.ABUSE, u / rates.ANOTHER_ABUSE) if u < rates.ANOTHER_ABUSE else first


def between_plans(need: Need, start: int, end: int) -> None:
    """A child-in-need plan from start to end, around the child protection plans."""
    for plan in need.plans:
        if plan.start - 1 > start + 5:
            need.cin_plans.append((start, min(plan.start - 1, end)))
        start = max(start, plan.end + 1)
    if end - start > 10:
        need.cin_plans.append((start, end))


def _again(need: Need, u: float) -> None:
    """A further assessment of some children who are long in need."""
    last = need.assessments[-1].end
    if need.closed - last < _ASSESSED_AGAIN_AFTER or u >= 0.5:
        return
    start = working_day(last + 170 + int(u * 300))
    factors = found_sets()[int(u * 2 * _FOUND_SETS)] or (rates.OTHER_FACTOR,)
    need.assessments.append(Assessment(start, add_working_days(start, 12 + int(u * 62)), factors))


def needs_of(own: NeedRates, spells: Spells, adult: Sequence[int]) -> list[Need]:
    """The spells as objects; ``adult``: the day each spell's child turns 18."""
    sets = found_sets()
    columns = (
        _sources(own, spells),
        _needs(spells),
        spells.referred.tolist(),
        spells.closed.tolist(),
        spells.nfa.tolist(),
        spells.refused.tolist(),
        spells.begun.tolist(),
        spells.assessed.tolist(),
        (spells.u[:, FOUND] * len(sets)).astype(np.int64).tolist(),
    )
    made = []
    for source, code, referred, closed, nfa, refused, begun, assessed, found in zip(
        *columns, strict=True
    ):
        need = Need(referred, source, code, closed, "RC7", nfa)
        if not nfa:
            factors = sets[found] if refused else sets[found] or (rates.OTHER_FACTOR,)
            need.assessments.append(Assessment(begun, assessed, factors))
        made.append(need)
    _harm(spells, made)
    _closures(spells, made, adult)
    return made


def _harm(spells: Spells, made: Sequence[Need]) -> None:
    """Enquiries, conferences and protection plans."""
    rows = np.flatnonzero(spells.enquiry)
    u = spells.u[rows]
    columns = (
        rows.tolist(),
        spells.enquiry[rows].tolist(),
        spells.conference[rows].tolist(),
        spells.plan_end[rows].tolist(),
        spells.before[rows].tolist(),
        _picked(rates.ABUSE, u[:, ABUSE]),
        u[:, LATER_ABUSE].tolist(),
        u[:, REVIEWS].tolist(),
    )
    for i, start, conference, end, before, abuse, later, lag in zip(*columns, strict=True):
        made[i].enquiries.append(Enquiry(start, add_working_days(start, 15), conference or None))
        if end:
            made[i].plans.append(
                Plan(
                    conference,
                    end,
                    abuse,
                    latest_abuse(abuse, later),
                    before,
                    reviews_of(conference, end, lag),
                )
            )


def _closures(spells: Spells, made: Sequence[Need], adult: Sequence[int]) -> None:
    """Why spells end, and the child-in-need plans in them."""
    other, after = spells.u[:, OTHER].tolist(), spells.u[:, ENQUIRY].tolist()
    refused, tail = spells.refused.tolist(), spells.u[:, AFTER].tolist()
    for i, need in enumerate(made):
        if need.nfa:
            continue
        if refused[i]:
            need.reason = "RC9" if other[i] < rates.EARLY_HELP_CLOSURE else "RC8"
            continue
        if need.closed >= adult[i]:
            need.reason = "RC6"
        elif tail[i] < rates.MOVES_AWAY:
            need.reason = "RC5"
        _again(need, after[i])
        if other[i] < rates.CIN_PLAN:
            between_plans(need, need.assessments[0].end, need.closed)
