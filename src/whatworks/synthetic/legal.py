"""Under which law a child is looked after, and how that changes during a period of care."""

from __future__ import annotations

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import age_on
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, UASC, Spell, band
from whatworks.synthetic.draws import Draws

Step = tuple[int, str]


def _opening(draws: Draws, spell: Spell, age: int) -> list[Step]:
    first = draws.pick(chances.OPENING_STATUS[band(age)])
    if spell.plan and first == "V2":
        first = "C1"
    steps = [(spell.start, first)]
    if first == "L1":
        # Police protection ends within 72 hours, an emergency order within days.
        after = "C1" if spell.plan or draws.chance(0.45) else "V2"
        steps.append((spell.start + draws.between(1, 3), after))
    elif first == "L2":
        steps.append((spell.start + draws.between(7, 14), "C1"))
    return steps


def _later(draws: Draws, spell: Spell, age: int, steps: list[Step]) -> None:
    day, status = steps[-1]
    if spell.plan:
        steps.append((spell.plan.ordered, "E1"))
        if spell.plan.ended is not None:
            steps.append((spell.plan.ended, "C2"))
        return
    goes_to_court = {"adult": 0.93 if age < 12 else 0.45, "sgo": 0.75, "cao": 0.7}.get(
        spell.route, 0.2
    )
    if age >= 16:
        goes_to_court = 0.04
    if status == "V2" and draws.chance(goes_to_court):
        day += 25 + int(draws.lognormal(80, 0.8))
        status = "C1"
        steps.append((day, status))
    if status == "C1":
        steps.append((day + 150 + int(draws.lognormal(160, 0.4)), "C2"))


def legal_path(draws: Draws, spell: Spell, dob: int, kind: str) -> list[Step]:
    """(day, LS code) pairs in order, the first on the day care began, all within the spell."""
    if kind == UASC:
        return [(spell.start, "V2")]
    if kind in (BREAKS_V3, BREAKS_V4):
        return [(spell.start, kind.upper())]
    if spell.route == "remand":
        return [(spell.start, "J1")]
    age = age_on(dob, spell.start)
    steps = _opening(draws, spell, age)
    _later(draws, spell, age, steps)
    return [step for step in steps if step[0] < spell.end]
