"""When a child was in need: referrals, assessments, enquiries, conferences and plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.calendar import last_day, year_of
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, UASC
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.workdays import add_working_days, working_day

_LONGEST_LEAD, _LONGEST_AFTER = 360, 420
"""Days before and after care in which a child can be in need: see ``population.lives``."""


@dataclass(slots=True)
class Assessment:
    """[start, end] and the factors found, as numbers into the rates' list; none = nothing found."""

    start: int
    end: int
    factors: tuple[str, ...]


@dataclass(slots=True)
class Enquiry:
    """A section 47 enquiry; ``conference`` is its day, or None where none was needed."""

    start: int
    target: int
    conference: int | None


@dataclass(slots=True)
class Plan:
    """A child protection plan and its reviews. ``before``: plans the child had earlier."""

    start: int
    end: int
    first_abuse: str
    latest_abuse: str
    before: int
    reviews: tuple[int, ...]


@dataclass(slots=True)
class Need:
    """One spell of need, from referral to closure. ``nfa``: nothing further was done."""

    referred: int
    source: str
    need: str
    closed: int
    reason: str = "RC7"
    nfa: bool = False
    assessments: list[Assessment] = field(default_factory=list)
    enquiries: list[Enquiry] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    cin_plans: list[tuple[int, int]] = field(default_factory=list)
    died: int | None = None


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


def _at_most(start: int, days: int, limit: int) -> int:
    """So many working days, but no more than the limit where a census falls in between.

    What is late on 31 March is asked about by a query of the census; councils see to it before.
    """
    year = year_of(start)
    return min(days, limit) if add_working_days(start, days) > last_day(year) else days


def _assessment(draws: Draws, start: int) -> Assessment:
    """Most take up to 45 working days, one in seven a little longer."""
    start = working_day(start)
    days = 2 + int(43 * draws.u() ** 0.75) if draws.chance(0.857) else draws.between(46, 62)
    days = _at_most(start, days, 44)
    found = tuple(code for code, p in rates.FACTORS if draws.u() < p)
    return Assessment(start, add_working_days(start, days), found)


def _enquiry(draws: Draws, start: int, *, conference: bool) -> Enquiry:
    start = working_day(start)
    target = add_working_days(start, 15)
    if not conference:
        return Enquiry(start, target, None)
    late = draws.chance(0.186)
    days = _at_most(start, draws.between(16, 22) if late else draws.between(7, 15), 14)
    return Enquiry(start, target, add_working_days(start, days))


def _plan(draws: Draws, start: int, end: int, before: int) -> Plan:
    first = draws.pick(rates.ABUSE)
    reviews, day = [], working_day(start + draws.between(75, 88))
    while day < end:
        reviews.append(day)
        day = working_day(day + draws.between(160, 176))
    latest = draws.pick(rates.ABUSE) if draws.chance(0.12) else first
    return Plan(start, end, first, latest, before, tuple(reviews))


def _source(draws: Draws) -> str:
    return draws.pick(rates.SOURCE)


def _between_plans(need: Need, start: int, end: int) -> None:
    """A child-in-need plan from start to end, around the child protection plans."""
    for plan in need.plans:
        if plan.start > start and plan.start - 2 > start:
            need.cin_plans.append((start, min(plan.start - 1, end)))
        start = max(start, plan.end + 1)
    if end - start > 10:
        need.cin_plans.append((start, end))
    need.cin_plans[:] = [(a, b) for a, b in need.cin_plans if b - a > 5]


# --- children who were never looked after --------------------------------------------------


def needs_at_home(draws: Draws, first: int, adult: int) -> list[Need]:
    """The spells of need of a child never looked after, from a first referral on."""
    found: list[Need] = []
    earlier = int(draws.chance(rates.EARLIER_PLAN))
    day = first
    while len(found) < 5 and day < adult - 60 and day < first + 5 * 365:
        one = _need_at_home(draws, day, adult, earlier)
        found.append(one)
        earlier += len(one.plans)
        if not draws.chance(rates.AGAIN):
            break
        day = one.closed + 3 + int(draws.weibull(rates.AGAIN_SCALE, rates.AGAIN_SHAPE))
    return found


def _need_at_home(draws: Draws, day: int, adult: int, earlier: int) -> Need:
    need = Need(day, _source(draws), draws.pick(rates.NEED), day)
    if draws.chance(rates.NO_FURTHER_ACTION):
        need.nfa = True
        return need
    first = _assessment(draws, day + draws.between(0, 2))
    need.assessments.append(first)
    if draws.chance(rates.NOT_IN_NEED) or first.end > adult - 30:
        need.closed = first.end + draws.between(0, 4)
        need.reason = "RC9" if draws.chance(0.35) else "RC8"
        return need
    if not first.factors:
        first.factors = ("20",)
    closed = first.end + 20 + int(draws.exponential(210))
    if draws.chance(rates.ENQUIRY):
        enquiry = _enquiry(
            draws, day + draws.between(0, 12), conference=draws.chance(rates.CONFERENCE)
        )
        need.enquiries.append(enquiry)
        if enquiry.conference and draws.chance(rates.PLAN):
            start = enquiry.conference
            end = min(start + 40 + int(draws.lognormal(230, 0.7)), adult - 2)
            need.plans.append(_plan(draws, start, end, earlier))
            closed = max(closed, end + 5 + int(draws.exponential(80)))
        closed = max(closed, (enquiry.conference or enquiry.start) + 10)
    need.closed = min(max(closed, first.end + 1), max(adult, first.end + 1))
    if draws.chance(0.75):
        _between_plans(need, first.end, need.closed)
    return need


# --- children who were looked after --------------------------------------------------------


def needs_around_care(life: Life) -> list[Need]:
    """The spells of need of a child who was looked after: each reaches over its care."""
    draws = life.draws(11)
    found: list[Need] = []
    earlier = 0
    for care in life.care:
        lead, after = _lead(draws, life, care), _after(draws, care)
        start = care.spell.start - lead
        if found and start <= found[-1].closed + 30:
            _goes_on(draws, found[-1], care, after)
        else:
            found.append(_begins(draws, life, care, start=start, after=after, earlier=earlier))
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
        return age + draws.between(40, 150)
    if care.episodes[0].ls in ("L1", "L2", "J1") and draws.chance(0.5):
        return draws.between(0, 1)
    return min(int(draws.lognormal(110, 0.9)), _LONGEST_LEAD, age)


def _after(draws: Draws, care: Care) -> int:
    """Days from the end of care to closure."""
    rec = care.episodes[-1].rec
    if rec in ("E4A", "E4B") and care.spell.route.startswith("home"):
        return min(60 + int(draws.exponential(130)), _LONGEST_AFTER)
    if rec in ("E13", "E41", "E45", "E46", "E47", "E48"):
        return min(int(draws.exponential(20)), _LONGEST_AFTER)
    return 0


def _begins(draws: Draws, life: Life, care: Care, *, start: int, after: int, earlier: int) -> Need:
    spell = care.spell
    need = Need(start, _source(draws), care.episodes[0].need, spell.end + after)
    quiet = life.kind in (UASC, BREAKS_V3, BREAKS_V4)
    first = _assessment(draws, start + draws.between(0, 2))
    if life.kind == UASC:
        first.factors = ("9A",)
    elif not first.factors:
        first.factors = ("20",)
    need.assessments.append(first)
    need.closed = max(need.closed, first.end)
    if not quiet and need.need in ("N1", "N5", "N4") and draws.chance(0.75):
        lead = spell.start - start
        enquiry = _enquiry(
            draws, start + draws.between(0, 8), conference=lead > 45 and draws.chance(0.6)
        )
        need.enquiries.append(enquiry)
        if enquiry.conference and draws.chance(0.9):
            end = max(spell.start, enquiry.conference + 20) + draws.between(5, 60)
            end = min(end, need.closed)
            if end > enquiry.conference + 1:
                need.plans.append(
                    _plan(draws, enquiry.conference, end, earlier + int(draws.chance(0.3)))
                )
        need.closed = max(need.closed, enquiry.conference or enquiry.start)
    if not quiet:
        if spell.start - first.end > 20 and not need.plans and draws.chance(0.7):
            need.cin_plans.append((first.end, spell.start - 1))
        _plan_after(need, spell.end, after)
    return need


def _plan_after(need: Need, end: int, after: int) -> None:
    """A child-in-need plan while a child settles at home."""
    latest = max((plan.end for plan in need.plans), default=0)
    if after > 40 and end + 1 > latest:
        need.cin_plans.append((end + 1, need.closed))


def _goes_on(draws: Draws, need: Need, care: Care, after: int) -> None:
    """Care begins again while the child is still known: the same spell reaches further."""
    start = care.spell.start
    need.cin_plans[:] = [(a, min(b, start - 1)) for a, b in need.cin_plans if a < start - 6]
    last = need.assessments[-1]
    if start - 25 > last.end:
        again = _assessment(draws, start - 20)
        again.factors = again.factors or ("20",)
        need.assessments.append(again)
    need.closed = max(care.spell.end + after, need.assessments[-1].end)
    _plan_after(need, care.spell.end, after)
