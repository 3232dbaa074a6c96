"""List 9: young people entitled to services for leaving care."""

from __future__ import annotations

from whatworks.synthetic.annex_a.forms import Cell, Row, texts, yes
from whatworks.synthetic.annex_a.reporting import (
    LEAVER,
    Child,
    Report,
    disabled,
    last_weekday,
    since,
)
from whatworks.synthetic.annex_a.returned import Returned
from whatworks.synthetic.calendar import age_on, birthday, first_day, year_of
from whatworks.synthetic.careers import Spell
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.outcomes import leaver_facts, leavers_of

RELEVANT, FORMER, QUALIFYING, ELIGIBLE = "relevant", "former", "qualifying", "eligible"
_NO_LONGER_OWED = ("transfer", "died", "age_assessed", "adoption")
_WEEKS = 13
_SETTLED_AT_HOME = 183
"""Days at home after which somebody of 16 or 17 is no longer a relevant child."""
_OLDEST = 21
_CHILDREN_AN_ADVISER = 40
_ASKED_EVERY, _REVIEWED_EVERY = 56, 183


def entitlement(child: Child, day: int) -> str | None:
    """Why a young person is entitled on a day, or None.

    Thirteen weeks of care since 14, some of it after turning 16, make an eligible child (still
    looked after), a relevant child (no longer, under 18) or a former relevant child (adult); fewer
    weeks, or half a year at home again, a qualifying care leaver. Children Act 1989, sections 23A
    to 24 and schedule 2, paragraph 19B. Lives are held to the year in which somebody turns 21, so
    that older care leavers are not listed; nor are those entitled by special guardianship alone.
    """
    life = child.life
    age = age_on(child.who.dob, day)
    turned = birthday(child.who.dob, _OLDEST)
    due = 16 <= age <= _OLDEST and turned >= first_day(year_of(day))
    if life is None or not life.counted or not due:
        return None
    spells = [spell for spell in life.career.spells if spell.start <= day]
    if not spells:
        return None
    fourteen, sixteen = birthday(child.who.dob, 14), birthday(child.who.dob, 16)
    days = sum(max(0, min(one.end, day) - max(one.start, fourteen)) for one in spells)
    enough = days / 7 >= _WEEKS
    if spells[-1].end > day:
        return ELIGIBLE if enough else None
    if spells[-1].route in _NO_LONGER_OWED or all(one.end <= sixteen for one in spells):
        return None
    return _after_care(spells[-1], age, day, enough=enough)


def _after_care(last: Spell, age: int, day: int, *, enough: bool) -> str:
    settled = age < 18 and last.returns_home and day - last.end >= _SETTLED_AT_HOME
    if not enough or settled:
        return QUALIFYING
    return RELEVANT if age < 18 else FORMER


def _facts(draws: Draws, told: Returned, child: Child, kind: str, day: int) -> tuple[str, str, str]:
    """In touch, activity and accommodation codes: the return's where it has them."""
    leavers = leavers_of(year_of(day), max(17, age_on(child.who.dob, day)))
    facts = leaver_facts(draws, leavers, stays=False)
    if kind == ELIGIBLE:
        return "YES", draws.pick(leavers.activity), "0"
    return told.leavers.get(child.who.id, facts)


def _row(report: Report, child: Child, kind: str, told: Returned) -> Row:
    who = child.who
    draws = report.draws(who.id, LEAVER, report.day)
    touch, active, home = _facts(draws, told, child, kind, report.day)
    sixteen = birthday(who.dob, 16)
    advisers = max(2, int(report.looked_after / _CHILDREN_AN_ADVISER))
    adviser = report.draws(who.id, LEAVER).between(0, advisers - 1)
    reviewed = last_weekday(report.day - int(draws.u() * _REVIEWED_EVERY * 1.1))
    asked = int(draws.u() * _ASKED_EVERY)
    contact: Cell = last_weekday(report.day - asked - (0 if touch == "YES" else 150))
    if touch in ("RHOM", "DIED"):
        contact = None
    return [
        *report.head(who),
        yes(who.uasc),
        disabled(who),
        *report.allocated(who.id),
        f"PA9{adviser:05d}",
        texts("eligibility")[kind],
        since(reviewed, sixteen + 90) if touch in ("YES", "NO") else None,
        texts("in_touch")[touch],
        contact,
        texts("home").get(home[:1]),
        texts("suitable").get(home[1:]),
        texts("activity").get(active),
    ]


def care_leavers(report: Report, told: Returned) -> list[Row]:
    """List 9: one row for each young person entitled on the day.

    Accommodation is blank for those still looked after, whose placement list 8 tells, and for
    those with whom the council is not in touch.
    """
    return [
        _row(report, child, kind, told)
        for child in report.children
        if (kind := entitlement(child, report.day))
    ]
