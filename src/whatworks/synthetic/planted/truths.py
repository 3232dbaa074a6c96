"""What is true of a plan, as plain values: the content of truth.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, fsum, log
from typing import Any

from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.conditions import (
    ENTRY,
    LEAVE,
    MOVE,
    PROCESSES,
    REENTRY,
    REFUSAL,
    REREFERRAL,
    Steps,
)
from whatworks.synthetic.planted.adoption import Adopter
from whatworks.synthetic.planted.exposure import average, own_dose, product
from whatworks.synthetic.planted.plan import Plan
from whatworks.synthetic.planted.practice import Practice
from whatworks.synthetic.setting import REGION

Expected = Mapping[str, Mapping[int, float]]

NOTICE = (
    "Every practice here is invented, with its name, its cost and its effect, and so are the "
    "councils' adoptions of them. Nothing here says anything of a real programme or council."
)
COUNTED = {
    ENTRY: "first entries to care",
    MOVE: "moves of placement",
    LEAVE: "returns home from care, for each child who would go home",
    REENTRY: "re-entries to care after care has ended, by the day on which it ended",
    REFUSAL: "the odds that a referral is taken no further or found not to be in need",
    REREFERRAL: "re-referrals of closed cases",
}
READING = {
    "year": "A collection year: 2026 runs from 1 April 2025 to 31 March 2026.",
    "multiplier": (
        "What a process is multiplied by, as the mean over the days of the year; 1 is as usual. "
        "Practices that act on the same process are multiplied. A count made of several "
        "processes follows them all: children who start to be looked after are first entries and "
        "re-entries. First entries are multiplied for all children alike, unaccompanied ones too, "
        "whom a real practice of this kind would not reach: so what is published is what is moved."
    ),
    "fidelity": (
        "How close to its model the council runs the practice itself, as the mean over the days "
        "of the year: 0 before adoption, growing at the starts of quarters for a year to what the "
        "council reaches in the end. A practice's multiplier acts to the power of it."
    ),
    "received": (
        "The same for what reaches the council from others that run the practice. The higher of "
        "the two acts."
    ),
    "state": (
        "before adoption; starting: from the year of adoption until fidelity is at its full "
        "height; full: the year began with fidelity at its full height."
    ),
    "estimand": (
        "exp of the mean logarithm of the yearly multiplier of this practice alone, over adopting "
        "councils among those written and years among those written that are full; each "
        "council's each full year counts once. Years that are starting are left out."
    ),
    "contaminated": (
        "Councils among those written whose same process another practice changes, or that have "
        "not adopted and are reached by others' spillover, in the years written."
    ),
    "entries_prevented": (
        "First entries expected with every other practice at work, less those expected with this "
        "one too; below 0 where it brings more children into care. Council-years for which none "
        "are expected, such as those of a council that has ended, add nothing."
    ),
}


def state(one: Practice, adopter: Adopter | None, year: int) -> str:
    """``before``, ``starting`` or ``full``: see ``READING``."""
    if adopter is None or adopter.day.toordinal() > last_day(year):
        return "before"
    return "full" if own_dose(one, adopter)[-1][0] <= first_day(year) else "starting"


def _year_average(steps: Steps, year: int, before: float = 1.0) -> float:
    return average(steps, first_day(year), last_day(year), before)


class _Council:
    """One council's effects, worked out once."""

    def __init__(self, plan: Plan, code: str) -> None:
        self.code = code
        self.effects = plan.effects(code)
        self.own = {one.id: plan.adopter(one.id, code) for one in plan.practices}
        self.reached = {one.id: plan.received(one, code) for one in plan.practices}

    def multiplier(self, process: str, year: int, *, without: str | None = None) -> float:
        acting = self.effects.get(process, {})
        steps = [steps for name, steps in acting.items() if name != without]
        return _year_average(product(steps), year)

    def alone(self, process: str, practice: str, year: int) -> float:
        return _year_average(self.effects.get(process, {}).get(practice, ()), year)


def as_dict(
    plan: Plan, codes: Sequence[str], years: Sequence[int], expected: Expected | None
) -> dict[str, Any]:
    """See ``Plan.as_dict``."""
    councils = [_Council(plan, code) for code in dict.fromkeys(codes)]
    return {
        "notice": NOTICE,
        "seed": plan.seed,
        "years": list(years),
        "reading": READING,
        "practices": [_practice(plan, one, councils, years, expected) for one in plan.practices],
        "councils": {
            one.code: {str(year): _council_year(plan, one, year, expected) for year in years}
            for one in councils
        },
    }


def _expected(expected: Expected | None, code: str, year: int) -> float | None:
    """First entries expected, where the world gives them."""
    return expected.get(code, {}).get(year) if expected is not None else None


def _council_year(
    plan: Plan, one: _Council, year: int, expected: Expected | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "multipliers": {p: round(one.multiplier(p, year), 6) for p in PROCESSES},
        "practices": {},
    }
    for practice in plan.practices:
        own = one.own[practice.id]
        dose = _year_average(own_dose(practice, own), year, 0.0) if own else 0.0
        reached = _year_average(one.reached[practice.id], year, 0.0)
        if dose or reached:
            found["practices"][practice.id] = {
                "state": state(practice, own, year),
                "fidelity": round(dose, 6),
                "received": round(reached, 6),
            }
    usual = _expected(expected, one.code, year)
    if usual is not None:
        found["expected_first_entries_with_nothing_planted"] = round(usual, 3)
        found["entries_prevented"] = round(usual * (1 - one.multiplier(ENTRY, year)), 3)
    return found


def _practice(
    plan: Plan,
    one: Practice,
    councils: Sequence[_Council],
    years: Sequence[int],
    expected: Expected | None,
) -> dict[str, Any]:
    here = [(council, council.own[one.id]) for council in councils]
    adopting = [(council, own) for council, own in here if own]
    found = {
        "id": one.id,
        "name": one.name,
        "truth": one.truth,
        **one.words,
        "effects": [_effect(effect.process, one) for effect in one.effects],
        "fidelity": {
            "least": one.fidelity.least,
            "most": one.fidelity.most,
            "quarters_until_full": one.fidelity.ramp_quarters,
        },
        "spillover": {"fraction": one.spillover, "to": one.spills_to},
        "adopters_in_england": len(plan.adopters[one.id]),
        "adopters_in_synthetic_region": sum(
            adopter.code in REGION for adopter in plan.adopters[one.id]
        ),
        "adopters": [_adopter(one, own) for _, own in adopting],
        "estimands": [_estimand(one, process, adopting, years) for process in one.processes],
        "contaminated": _contaminated(one, councils, years),
    }
    if expected is not None and ENTRY in one.processes:
        found["entries_prevented"] = round(
            fsum(
                (_expected(expected, council.code, year) or 0.0)
                * (
                    council.multiplier(ENTRY, year, without=one.id)
                    - council.multiplier(ENTRY, year)
                )
                for council in councils
                for year in years
            ),
            3,
        )
    return found


def _effect(process: str, one: Practice) -> dict[str, Any]:
    effect = next(effect for effect in one.effects if effect.process == process)
    return {
        "process": process,
        "counted": COUNTED[process],
        "phases": [{"months": months, "multiplier": value} for months, value in effect.phases],
        "by_kind": dict(effect.by_kind),
    }


def _adopter(one: Practice, own: Adopter) -> dict[str, Any]:
    full = own_dose(one, own)[-1][0]
    year = own.day.year
    while first_day(year) < full:
        year += 1
    return {
        "council": own.code,
        "adopted": own.day.isoformat(),
        "fidelity": own.fidelity,
        "first_full_year": year,
    }


def _estimand(
    one: Practice,
    process: str,
    adopting: Sequence[tuple[_Council, Adopter]],
    years: Sequence[int],
) -> dict[str, Any]:
    cells = [
        (council, year, log(council.alone(process, one.id, year)))
        for council, own in adopting
        for year in years
        if state(one, own, year) == "full"
    ]
    by_age: dict[int, list[float]] = {}
    for council, year, value in cells:
        own = council.own[one.id]
        assert own is not None  # noqa: S101  (who adopted has its own)
        by_age.setdefault(year - int(_adopter(one, own)["first_full_year"]) + 1, []).append(value)
    whole = _mean(value for _, _, value in cells)
    return {
        "process": process,
        "words": _words(COUNTED[process], whole),
        "multiplier": whole,
        "council_years": len(cells),
        "councils": sorted({council.code for council, _, _ in cells}),
        "by_full_year": {str(age): _mean(by_age[age]) for age in sorted(by_age)},
    }


def _mean(logarithms: Any) -> float | None:
    values = list(logarithms)
    return round(exp(fsum(values) / len(values)), 6) if values else None


def _words(counted: str, multiplier: float | None) -> str:
    if multiplier is None:
        return f"No council written has a full year among those written, so {counted} say nothing."
    return (
        f"In councils that adopted, in years that began with the practice at its full height, "
        f"{counted} are multiplied by {multiplier:.3f}."
    )


def _contaminated(
    one: Practice, councils: Sequence[_Council], years: Sequence[int]
) -> list[dict[str, str]]:
    found = []
    for council in councils:
        for process in one.processes:
            for name in council.effects.get(process, {}):
                if name == one.id and council.own[name]:
                    continue
                if all(council.alone(process, name, year) == 1.0 for year in years):
                    continue
                how = "adopted it" if council.own[name] else "spillover from others"
                row = {"council": council.code, "process": process, "by": name, "how": how}
                found.append(row)
    return found
