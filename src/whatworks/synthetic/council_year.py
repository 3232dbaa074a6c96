"""All that is true of one council and collection year, as truth.json holds it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from whatworks.reference import population_of
from whatworks.synthetic.identity import Person
from whatworks.synthetic.lives import Life
from whatworks.synthetic.need import Need
from whatworks.synthetic.need_tallies import NeedTally, need_tallies
from whatworks.synthetic.tallies import tallies
from whatworks.synthetic.truth import (
    OF_MEASURES,
    Part,
    truth,
    truth_of_measure,
    truth_of_need,
    truth_of_workforce,
)
from whatworks.synthetic.truth_need import truth_of_children_in_need
from whatworks.synthetic.truth_outcomes import truth_of_outcomes

if TYPE_CHECKING:
    from whatworks.synthetic.workforce.census import WorkforceCensus

_MONTHS = ("under_3_months", "3_to_6_months", "6_to_12_months", "1_to_2_years", "over_2_years")
_NEED = {
    "referrals": "referrals",
    "rereferred": "rereferrals",
    "referrals_no_further_action": "nfa",
    "referrals_assessed_not_in_need": "not_in_need",
    "in_need_at_31_march": "in_need_at_31_march",
    "need_started": "started",
    "need_ended": "ended",
    "assessments": "assessments",
    "assessments_in_45_days": "assessments_in_time",
    "section_47": "section_47",
    "conferences": "conferences",
    "conferences_in_15_days": "conferences_in_time",
    "plans_started": "plans_started",
    "second_or_later_plans": "second_or_later",
    "plans_ended": "plans_ended",
    "plans_ended_after_2_years": "plans_ended_after_2_years",
    "plans_at_31_march": "plans_at_31_march",
}


def of_need(of: NeedTally, under: str = "need") -> dict[str, int]:
    """The facts of ``NeedTally``, under ``need/`` and the name of the published figure."""
    found = {f"{under}/{key}": getattr(of, name) for key, name in _NEED.items()}
    for key, months in (("in_need", of.in_need_by_months), ("need_ended", of.ended_by_months)):
        found |= {f"{under}/{key}_{band}": n for band, n in zip(_MONTHS, months, strict=True)}
    return found | {f"{under}/plans_running_2_years": of.plans_by_months[-1]}


def of_workforce(of: Mapping[str, Part]) -> dict[str, float]:
    """``workforce/MEASURE/numerator`` and ``denominator``, from ``truth_of_workforce``."""
    found: dict[str, float] = {}
    for name, (top, under) in of.items():
        found[f"workforce/{name}/numerator"] = top
        if under is not None:
            found[f"workforce/{name}/denominator"] = under
    return found


def council_year(
    people: Sequence[Life],
    code: str,
    year: int,
    *,
    needs: Sequence[tuple[Person, Sequence[Need]]] | None = None,
    cared: Collection[str] = (),
    workforce: WorkforceCensus | None = None,
    linked: Mapping[str, Part] | None = None,
    care: Mapping[str, Part] | None = None,
) -> dict[str, Any]:
    """All that is true of one council and collection year, as truth.json holds it.

    Args:
        people: the lives that may matter to the year.
        code, year: the council and collection year.
        needs: children in need of the year with all their spells, if these were drawn.
        cared: numbers of the children in need who are ever looked after. All of these are drawn,
            of the others perhaps only a part (``need_share``).
        workforce: the census of 30 September of the year, if social workers were drawn.
        care: what the measures of episodes must come to, by ``truth_of_care``.
        linked: what the measures of linked returns must come to, if both returns were drawn.

    Returns:
        ``council``, ``year``, ``tallies`` (every fact of ``Truth`` under its own name, those of
        ``tallies``, of need (``need/...``; of them, ``need_around_care/...`` of children ever
        looked after) and of the workforce, and the published ``population`` aged 0 to 17)
        and ``measures`` (every measure that was drawn -> [numerator, denominator or None]).
    """
    of = truth(people, code, year)
    found: dict[str, float] = {
        name: n for name, n in asdict(of).items() if name not in ("council", "year")
    }
    found |= tallies(people, year)
    if (living := population_of(code, year)) is not None:
        found["population"] = living
    measures = {name: list(truth_of_measure(name, of)) for name in OF_MEASURES}
    measures |= {n: list(part) for n, part in truth_of_outcomes(people, code, year).items()}
    if needs is not None:
        tally = need_tallies(needs, code, year)
        found |= of_need(tally)
        needed = truth_of_need(tally) | truth_of_children_in_need(needs, code, year)
        measures |= {name: list(part) for name, part in needed.items()}
        known = [pair for pair in needs if pair[0].id in cared]
        found |= of_need(need_tallies(known, code, year), "need_around_care")
    if workforce is not None:
        posts = truth_of_workforce(workforce.tallies(), year)
        found |= of_workforce(posts)
        measures |= {name: list(part) for name, part in posts.items()}
    measures |= {name: list(part) for name, part in {**(linked or {}), **(care or {})}.items()}
    return {"council": code, "year": year, "tallies": found, "measures": measures}
