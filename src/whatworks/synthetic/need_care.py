"""The need of children who were looked after: spells that reach over care, and those after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.calendar import birthday, last_day, year_of
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, UASC, Spell
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.need import Assessment, Enquiry, Need, Plan
from whatworks.synthetic.need_details import (
    found_sets,
    latest_abuse,
    needs_of,
    pick,
    reviews_of,
    source_choices,
)
from whatworks.synthetic.need_process import COLUMNS, Children, Process
from whatworks.synthetic.needchances import NeedRates
from whatworks.synthetic.workdays import add_working_days, working_day

_LONGEST_LEAD, _LONGEST_AFTER = 360, 420
"""Days before and after care in which a child can be in need: see ``population.lives``."""
_STREAM, _AFTER_STREAM = 11, 12
_SPELLS_AFTER = 3
_CLEAR = 130
"""Days before the next spell around care from which no other begins, so that none overlap."""

_CLOSED_BY = {
    "E11": "RC1",
    "E12": "RC1",
    "E2": "RC2",
    "E41": "RC3",
    "E45": "RC4",
    "E46": "RC4",
    "E47": "RC4",
    "E48": "RC4",
    "E3": "RC5",
    "E7": "RC6",
}
_AGAIN_AFTER = {"sgo": 0.25, "cao": 0.4, "relative": 0.9, "other": 0.6, "custody": 0.9}
"""How likely a next referral is after care that ended so, beside need without care."""


def _at_most(start: int, days: int, limit: int) -> int:
    """So many working days, but no more than the limit where a census falls in between."""
    end = last_day(year_of(start))
    return min(days, limit) if add_working_days(start, days) > end else days


def _assessment(draws: Draws, start: int, own: NeedRates) -> Assessment:
    start = working_day(start)
    soon = draws.chance(float(own.assessed[own.row(year_of(start))]))
    days = 2 + int(43.9 * draws.u() ** 0.5) if soon else draws.between(46, 69)
    days = _at_most(start, days, 44)
    return Assessment(start, add_working_days(start, days), draws.one_of(found_sets()))


def _enquiry(draws: Draws, start: int, own: NeedRates, *, conference: bool) -> Enquiry:
    start = working_day(start)
    target = add_working_days(start, 15)
    if not conference:
        return Enquiry(start, target, None)
    soon = draws.chance(float(own.held[own.row(year_of(start))]))
    days = _at_most(start, draws.between(11, 15) if soon else draws.between(16, 30), 14)
    return Enquiry(start, target, add_working_days(start, days))


def _plan(draws: Draws, start: int, end: int, before: int) -> Plan:
    first = pick(rates.ABUSE, draws.u())
    latest = latest_abuse(first, draws.u())
    return Plan(start, end, first, latest, before, reviews_of(start, end, draws.u()))


def needs_around_care(life: Life, own: NeedRates) -> list[Need]:
    """The spells of need of a child who was looked after: each reaches over its care."""
    draws = life.draws(_STREAM)
    found: list[Need] = []
    earlier = 0
    for care in life.care:
        lead, after = _lead(draws, life, care), _after(draws, care)
        start = care.spell.start - lead
        if found and start <= found[-1].closed + 30:
            _goes_on(draws, found[-1], care, after, own)
        else:
            found.append(_begins(draws, life, care, own, start=start, after=after, had=earlier))
            earlier += len(found[-1].plans)
    for need, care in _last_care(found, life.care):
        need.reason = _CLOSED_BY.get(care.episodes[-1].rec, "RC7")
        if need.closed > care.spell.end:
            need.reason = "RC7"
        if care.spell.route == "died":
            _ends_with_death(need, care.spell.end)
    return found


def _ends_with_death(need: Need, day: int) -> None:
    """Nothing is recorded after the day a child died."""
    need.reason, need.died, need.closed = "RC2", day, day
    need.assessments[:] = [one for one in need.assessments if one.start <= day]
    for assessment in need.assessments:
        assessment.end = min(assessment.end, day)
    need.enquiries[:] = [one for one in need.enquiries if (one.conference or one.start) <= day]
    need.plans[:] = [one for one in need.plans if one.end <= day]
    need.cin_plans[:] = [(start, end) for start, end in need.cin_plans if end <= day]


def _last_care(needs: Sequence[Need], cares: Sequence[Care]) -> list[tuple[Need, Care]]:
    return [
        (need, next(c for c in reversed(cares) if need.referred <= c.spell.start <= need.closed))
        for need in needs
    ]


def _lead(draws: Draws, life: Life, care: Care) -> int:
    """Days from referral to care: none in an emergency, months when courts are involved."""
    age = care.spell.start - life.who.dob
    if life.kind == UASC:
        return draws.between(0, 1)
    if age < 20:
        return max(age, 0) + draws.between(40, 150)
    if care.episodes[0].ls in ("L1", "L2", "J1") and draws.chance(0.5):
        return draws.between(0, 1)
    return min(int(draws.lognormal(110, 0.9)), _LONGEST_LEAD, age)


def _home(spell: Spell) -> bool:
    return spell.route.startswith("home")


def _supported(spell: Spell) -> bool:
    return bool(getattr(spell, "supported", True))


def _after(draws: Draws, care: Care) -> int:
    """Days from the end of care to closure: months of support at home, or weeks without it."""
    rec = care.episodes[-1].rec
    if rec in ("E4A", "E4B") and _home(care.spell):
        if _supported(care.spell):
            return min(80 + int(draws.exponential(110)), _LONGEST_AFTER)
        return min(3 + int(draws.exponential(12)), 40)
    if rec in ("E13", "E41", "E45", "E46", "E47", "E48"):
        return min(int(draws.exponential(20)), _LONGEST_AFTER)
    return 0


def _begins(
    draws: Draws, life: Life, care: Care, own: NeedRates, *, start: int, after: int, had: int
) -> Need:
    spell, row = care.spell, own.row(year_of(start))
    source = pick(source_choices(own, row), draws.u())
    need = Need(start, source, care.episodes[0].need, spell.end + after)
    quiet = life.kind in (UASC, BREAKS_V3, BREAKS_V4)
    first = _assessment(draws, start + draws.between(0, 2), own)
    if life.kind == UASC:
        first.factors = ("9A",)
    elif not first.factors:
        first.factors = (rates.OTHER_FACTOR,)
    need.assessments.append(first)
    need.closed = max(need.closed, first.end)
    if not quiet and need.need in ("N1", "N5", "N4") and draws.chance(0.75):
        _harm(draws, need, spell, own, had)
    if not quiet:
        if spell.start - first.end > 20 and not need.plans and draws.chance(0.7):
            need.cin_plans.append((first.end, spell.start - 1))
        _plan_after(need, spell.end, after)
    return need


def _harm(draws: Draws, need: Need, spell: Spell, own: NeedRates, had: int) -> None:
    """An enquiry before care, and where there is time a conference and a protection plan."""
    lead = spell.start - need.referred
    enquiry = _enquiry(
        draws,
        need.referred + draws.between(0, 8),
        own,
        conference=lead > 45 and draws.chance(0.6),
    )
    need.enquiries.append(enquiry)
    if enquiry.conference and draws.chance(0.9):
        end = max(spell.start, enquiry.conference + 20) + draws.between(5, 60)
        end = min(end, need.closed)
        if end > enquiry.conference + 1:
            share = float(own.earlier[own.row(year_of(enquiry.conference))])
            before = had or int(draws.chance(min(1.6 * share, 0.9)))
            need.plans.append(_plan(draws, enquiry.conference, end, before))
    need.closed = max(need.closed, enquiry.conference or enquiry.start)


def _plan_after(need: Need, end: int, after: int) -> None:
    """A child-in-need plan while a child settles at home."""
    latest = max((plan.end for plan in need.plans), default=0)
    if after > 40 and end + 1 > latest:
        need.cin_plans.append((end + 1, need.closed))


def _goes_on(draws: Draws, need: Need, care: Care, after: int, own: NeedRates) -> None:
    """Care begins again while the child is still known: the same spell reaches further."""
    start = care.spell.start
    need.cin_plans[:] = [(a, min(b, start - 1)) for a, b in need.cin_plans if a < start - 6]
    last = need.assessments[-1]
    if start - 25 > last.end:
        again = _assessment(draws, start - 20, own)
        again.factors = again.factors or (rates.OTHER_FACTOR,)
        need.assessments.append(again)
    need.closed = max(care.spell.end + after, need.assessments[-1].end)
    _plan_after(need, care.spell.end, after)


# --- after care ------------------------------------------------------------------------------


def _again(care: Care) -> float:
    """How likely a next referral is, beside the usual; 0 for a child gone for good."""
    if _home(care.spell):
        supported = _supported(care.spell)
        return rates.AGAIN_IF_SUPPORTED if supported else rates.AGAIN_IF_UNSUPPORTED
    return _AGAIN_AFTER.get(care.spell.route, 0.0)


_Gap = tuple[int, Need, int, float, int]
"""(row of the life, the spell before, the day by which all is closed, hazard, plans so far)."""


def _gaps(lives: Sequence[Life], needs: Sequence[Sequence[Need]]) -> Iterator[_Gap]:
    for i, (life, own) in enumerate(zip(lives, needs, strict=True)):
        plans = 0
        adult = birthday(life.who.dob, 18)
        for j, (need, care) in enumerate(_last_care(own, life.care)):
            plans += len(need.plans)
            end = own[j + 1].referred - 2 if j + 1 < len(own) else adult
            factor = _again(care)
            if factor and end - need.closed > _CLEAR:
                yield i, need, end, factor, plans


def add_needs_after_care(
    process: Process, lives: Sequence[Life], needs: Sequence[list[Need]], last: int
) -> None:
    """Add to each child's spells around care those between and after, in order of day.

    A family that was supported comes back less often than one that was left alone.
    """
    gaps = list(_gaps(lives, needs))
    if not gaps:
        return
    width = _SPELLS_AFTER * COLUMNS
    chance = np.empty((len(gaps), width + 2))
    for k, (i, need, *_) in enumerate(gaps):
        u = lives[i].draws(_AFTER_STREAM + 1 + need.referred).u
        chance[k] = [u() for _ in range(width + 2)]
    closed = np.array([need.closed for _, need, *_ in gaps], dtype=np.int64)
    factor = np.array([gap[3] for gap in gaps])
    ends = np.array([gap[2] for gap in gaps], dtype=np.int64)
    day = process.next_referral(chance[:, width], closed, factor)
    children = Children(
        day=day,
        adult=ends,
        until=ends - _CLEAR,
        u=chance[:, :width].reshape(len(gaps), _SPELLS_AFTER, COLUMNS),
        lead=np.arange(len(gaps)),
        prior=chance[:, width + 1],
        plans=np.array([gap[4] for gap in gaps], dtype=np.int64),
    )
    spells = process.run(children, last)
    adult = [birthday(lives[gaps[k][0]].who.dob, 18) for k in spells.child.tolist()]
    changed = set()
    for k, need in zip(spells.child.tolist(), needs_of(process.own, spells, adult), strict=True):
        needs[gaps[k][0]].append(need)
        changed.add(gaps[k][0])
    for i in changed:
        needs[i].sort(key=lambda need: need.referred)
