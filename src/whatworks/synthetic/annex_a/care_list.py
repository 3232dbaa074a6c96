"""List 8: children looked after on the day, and those who ceased to be in six months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whatworks import reference
from whatworks.synthetic.annex_a.forms import Cell, Row, texts, yes
from whatworks.synthetic.annex_a.reporting import (
    CARE,
    MISSING,
    PLACE,
    VISIT,
    Child,
    Report,
    before,
    disabled,
    last_weekday,
    since,
)
from whatworks.synthetic.annex_a.returned import Returned
from whatworks.synthetic.calendar import age_on, birthday, year_of
from whatworks.synthetic.draws import Draws, Pick
from whatworks.synthetic.episodes import Episode
from whatworks.synthetic.lives import Care
from whatworks.synthetic.providers import REGISTERED, SUPPORTED, TEMPORARY
from whatworks.synthetic.ssda903 import place_code

_PLAN_AGREED = 110
"""Days of care by which there is a plan for permanence."""
_SUPPORTED_REGISTERED = date(2023, 10, 28).toordinal()
_FARTHEST_NEAR = 49
"""Postcodes with districts up to this are in the council's own area: see ``identity``."""
_DENTIST_FROM = 1
_PERMANENCE = {
    "young": Pick(("order", 0.34), ("home", 0.30), ("fostering", 0.24), ("adoption", 0.12)),
    "middle": Pick(
        ("fostering", 0.62), ("home", 0.18), ("order", 0.13), ("residential", 0.06), ("other", 0.01)
    ),
    "grown": Pick(
        ("supported", 0.50),
        ("fostering", 0.29),
        ("residential", 0.13),
        ("home", 0.07),
        ("other", 0.01),
    ),
}
"""Plans for permanence by age (under 6, 6 to 14, 15 and over); set by hand."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """What episodes say of a period of care at the end of a day or of the care itself."""

    episode: Episode
    status_since: int
    placed_since: int


def _placed(care: Care, until: int) -> _Placed:
    begun = [one for one in care.episodes if one.start <= until]
    last = begun[-1]
    status = placement = last.start
    for one in reversed(begun[:-1]):
        if one.ls != last.ls:
            break
        status = one.start
    for one in reversed(begun[:-1]):
        if one.place != last.place or (one.kind in TEMPORARY) != (last.kind in TEMPORARY):
            break
        placement = one.start
    return _Placed(last, status, placement)


def placements_between(child: Child, first: int, last: int) -> int:
    """Placements that a child lived in between two days, both included.

    A change of status alone is no new placement, nor is a short stay away or the way back from it.
    """
    n = 0
    for care in child.life.care if child.life else ():
        before_this = None
        for one in care.episodes:
            if one.kind in TEMPORARY or one.start > last:
                continue
            shown = one.end >= first
            if shown and (one.place != before_this or not n):
                n += 1
            before_this = one.place
    return n


def _permanence(draws: Draws, care: Care, child: Child, until: int) -> str | None:
    plan = care.spell.plan
    if plan and plan.decided <= until and (plan.ended is None or plan.ended > until):
        return texts("permanence")["adoption"]
    if until - care.spell.start < _PLAN_AGREED:
        return None
    age = age_on(child.who.dob, until)
    picked = draws.pick(_PERMANENCE["young" if age < 6 else "middle" if age < 15 else "grown"])
    return texts("permanence")["order" if picked == "adoption" else picked]


def _health(
    draws: Draws, returned: bool | None, care: Care, *, until: int, first: int, every: int
) -> int | None:
    """The day of the last check: within a year of the day if the SSDA903 return says so."""
    day = last_weekday(until - int(draws.u() * every * 1.1))
    if returned is True:
        day = max(day, first)
    elif returned is False:
        day = last_weekday(first - 1 - draws.between(0, 250))
    return since(day, care.spell.start + 7)


def _checks(draws: Draws, report: Report, child: Child, care: Care, told: Returned) -> Row:
    """Days of the last health assessment and dental check."""
    until = min(report.day, care.spell.end)
    said = (
        told.health.get(child.who.id, (None, None)) if care.spell.end > report.day else (None, None)
    )
    age = age_on(child.who.dob, until)
    health = _health(
        draws, said[0], care, until=until, first=report.year, every=183 if age < 5 else 365
    )
    dental = _health(draws, said[1], care, until=until, first=report.year, every=340)
    return [health, dental if age >= _DENTIST_FROM else None]


def _away(report: Report, child: Child) -> Row:
    """Times missing and absent in twelve months; whether an interview was offered, and taken."""
    cares = child.life.care if child.life else ()
    times = [one for care in cares for one in care.missing if report.year <= one[1] <= report.day]
    missing = [one for one in times if one[0] == "M"]
    offered = accepted = None
    if missing and missing[-1][2] <= report.day:
        draws = report.draws(child.who.id, MISSING, missing[-1][1])
        was_offered = draws.chance(0.88)
        offered = yes(was_offered)
        accepted = yes(draws.chance(0.62)) if was_offered else None
    return [len(missing), len(times) - len(missing), offered, accepted]


class _Areas:
    """In whose area an invented postcode lies: the council's own, or another of its region."""

    def __init__(self, report: Report) -> None:
        self._report = report
        known = reference.councils()
        own = reference.council(report.where.setting.code)
        others = known.filter((known["region"] == own.region) & (known["code"] != own.code))
        self._own = own.name
        self._others = sorted(str(name) for name in others["name"]) or [own.name]

    def of(self, post: str) -> Row:
        """Location and council of a placement; blank where it has no postcode."""
        if not post:
            return [None, None]
        if int(post.split(maxsplit=1)[0][2:]) <= _FARTHEST_NEAR:
            return [texts("location")["IN"], self._own]
        return [texts("location")["OUT"], self._report.draws(post, PLACE).one_of(self._others)]


def _urn(episode: Episode, until: int) -> str | None:
    registered = episode.kind in REGISTERED or (
        episode.kind == SUPPORTED and until >= _SUPPORTED_REGISTERED
    )
    return (episode.place.urn or None) if registered else None


def _alone(report: Report, child: Child) -> bool:
    return child.who.uasc and birthday(child.who.dob, 18) > report.year


def _again(report: Report, child: Child, care: Care) -> bool:
    """Whether an earlier period of care reached into the last twelve months."""
    cares = child.life.care if child.life else ()
    return any(one.spell.start < care.spell.start and one.spell.end >= report.year for one in cares)


def _placement(report: Report, areas: _Areas, placed: _Placed, until: int) -> Row:
    episode = placed.episode
    code = place_code(episode.kind, year_of(report.day))
    return [
        placed.placed_since,
        texts("placement")[code],
        texts("provider").get(episode.place.provider),
        episode.place.post or None,
        _urn(episode, until),
        *areas.of(episode.place.post),
    ]


def _row(report: Report, child: Child, care: Care, told: Returned, areas: _Areas) -> Row:
    who, spell = child.who, care.spell
    ceased = report.known(spell.end)
    until = report.day if ceased is None else ceased
    placed = _placed(care, until)
    draws = report.draws(who.id, CARE, until)
    visit = report.last_visit(child)
    if ceased is not None:
        visit = before(report.draws(who.id, VISIT, ceased), ceased, 42)
    review = max((day for day, _ in care.reviews if day <= until), default=None)
    seen_by_iro: Cell = since(before(draws, until, 90), spell.start)
    return [
        *report.head(who),
        yes(_alone(report, child)),
        disabled(who),
        spell.start,
        texts("need")[placed.episode.need],
        yes(_again(report, child, care)),
        placed.status_since,
        texts("legal_status")[placed.episode.ls],
        review,
        since(visit, spell.start),
        _permanence(draws, care, child, until),
        max(seen_by_iro or 0, review or 0) or None,
        *_checks(draws, report, child, care, told),
        max(1, placements_between(child, report.year, until)),
        ceased,
        texts("ceased")[care.episodes[-1].rec] if ceased is not None else None,
        *_placement(report, areas, placed, until),
        *_away(report, child),
        *report.allocated(who.id),
    ]


def looked_after(report: Report, told: Returned) -> list[Row]:
    """List 8: one row for each child, of the latest period of care.

    A child who ceased to be looked after and began again in the six months is looked after. Days
    of health and dental checks agree with what the SSDA903 return of the same day says.
    """
    areas = _Areas(report)
    return [
        _row(report, child, care, told, areas)
        for child in report.children
        if (care := child.care_by(report.day)) and care.spell.end >= report.half
    ]
