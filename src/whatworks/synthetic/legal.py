"""Under which law and for what need a child is looked after, and how the law changes."""

from __future__ import annotations

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import age_on
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, UASC, Spell
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.fitted import at_day

Step = tuple[int, str]


def _opening(draws: Draws, spell: Spell, age: int, now: int) -> list[Step]:
    first = draws.pick(chances.OPENING_STATUS[chances.band(age)][now])
    if spell.plan and first == "V2":
        first = "C1"
    steps = [(spell.start, first)]
    if first == "L1":
        # Police protection ends within 72 hours, an emergency order within days.
        after = "C1" if spell.plan or draws.chance(0.45) else "V2"
        steps.append((spell.start + draws.between(1, 3), after))
    elif first[0] == "L":
        steps.append((spell.start + draws.between(7, 14), "C1"))
    return steps


def _goes_to_court(spell: Spell, age: int, now: int) -> float:
    if age >= 16:
        return chances.TO_COURT_FROM_16
    usual = chances.GOES_TO_COURT.get(spell.route)
    p = usual[age >= 12] if usual else chances.TO_COURT_OTHERWISE
    return p / (p + (1 - p) * chances.AGREED[now])


def _later(draws: Draws, spell: Spell, age: int, now: int, steps: list[Step]) -> None:
    day, status = steps[-1]
    if spell.plan:
        steps.append((spell.plan.ordered, "E1"))
        if spell.plan.ended is not None:
            steps.append((spell.plan.ended, "C2"))
        return
    if status == "V2" and draws.chance(_goes_to_court(spell, age, now)):
        day += 25 + int(draws.lognormal(80, 0.8))
        status = "C1"
        steps.append((day, status))
    if status == "C1":
        usual = 130 + draws.lognormal(150, 0.45)
        steps.append((day + int(usual * chances.PROCEEDINGS[at_day(day)]), "C2"))


def legal_path(draws: Draws, spell: Spell, dob: int, kind: str) -> list[Step]:
    """(day, LS code) pairs in order, the first on the day care began, all within the spell."""
    if kind == UASC:
        return [(spell.start, "V2")]
    if kind in (BREAKS_V3, BREAKS_V4):
        return [(spell.start, kind.upper())]
    if spell.route in ("remand", "custody"):
        return [(spell.start, "J1")]
    age, now = age_on(dob, spell.start), at_day(spell.start)
    steps = _opening(draws, spell, age, now)
    _later(draws, spell, age, now, steps)
    end = spell.end
    return [step for step in steps if step[0] < end]


def need_on_starting(draws: Draws, spell: Spell, dob: int, kind: str) -> str:
    """The category of need (CIN code) with which a period of care begins."""
    if kind in (BREAKS_V3, BREAKS_V4):
        return "N2"
    if kind == UASC:
        return draws.pick(chances.UASC_NEED)
    return draws.pick(chances.NEED[chances.band(age_on(dob, spell.start))][at_day(spell.start)])
