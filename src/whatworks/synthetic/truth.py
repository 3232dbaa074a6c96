"""What is true of the invented children, counted from their lives, not from what is written.

Every measure of ``whatworks.measures`` has its truth here, in that of need or in that of the
workforce: ``truth_of_measure``. Reading back what was written without recording errors must give
it exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from whatworks.reference import population_of
from whatworks.synthetic.calendar import age_on, birthday, first_day, last_day
from whatworks.synthetic.careers import Spell
from whatworks.synthetic.lives import Care, Life

if TYPE_CHECKING:
    from whatworks.synthetic.need_tallies import NeedTally


@dataclass(frozen=True)
class Truth:
    """What the simulation knows of one council and collection year, before any recording error.

    Children who only have short breaks are left out, as in published statistics.
    """

    council: str
    year: int
    looked_after_at_31_march: int
    """Children whose care began by 31 March and had not ended by then."""
    started: int
    """Children who started to be looked after in the year, each once."""
    starts: int
    """Times that care began in the year."""
    ceased: int
    """Children who ceased to be looked after in the year, each once."""
    ceases: int
    """Times that care ended in the year."""
    returned_home: int
    """Of the children who ceased, those whose last period of the year ended at home."""
    returns_home: int
    """Times that care ended with a return home (E4A or E4B) in the year."""
    reentry_cohort: int
    """Returns home in the year before this one of children aged under 17 on that day."""
    reentered_within_12_months: int
    """Of that cohort, those looked after again by the same day a year later."""
    three_or_more_placements: int
    """Of those looked after at 31 March, children in three or more placements in the year.

    A stay counts if it was open on a day of the year after the first or began on it. Temporary
    stays do not count, nor does going back after one, nor adoption by one's own foster carer;
    a change of the kind of placement with the same carer does.
    """
    three_or_more_homes: int
    """The same, leaving out changes of kind with the same carer."""


class Workforce(Protocol):
    """What is true of one council's social workers and workforce year."""

    @property
    def in_post_fte(self) -> float: ...
    @property
    def vacancies_fte(self) -> float: ...
    @property
    def leavers_fte(self) -> float: ...
    @property
    def agency_fte(self) -> float: ...
    @property
    def caseholders_fte(self) -> float: ...
    @property
    def cases(self) -> int: ...
    @property
    def days_lost_in_post(self) -> float: ...
    @property
    def in_post_headcount(self) -> int: ...
    @property
    def starters_fte(self) -> float: ...
    @property
    def case_holders_fte(self) -> float: ...
    @property
    def without_cases_fte(self) -> float: ...
    @property
    def senior_practitioners_fte(self) -> float: ...
    @property
    def minorities(self) -> int: ...


class _Tally:
    def __init__(self) -> None:
        self.n = {name: 0 for name in Truth.__dataclass_fields__ if name != "council"}

    def add(self, name: str, n: int = 1) -> None:
        self.n[name] += n


def placements_open(care: Care, first: int, last: int, *, same_carer_counts: bool = True) -> int:
    """Placements of one period of care that were open in a year, however short of zero days."""
    began: list[int] = []
    temporary = False
    for episode in care.episodes:
        if episode.kind[0] == "T":
            temporary = True
            continue
        own_carer = episode.rne in ("T", "U")
        goes_on = (
            episode.rne == "L"
            or temporary
            or (own_carer and (episode.kind == "A5" or not same_carer_counts))
        )
        temporary = False
        if episode.rne == "S" or not goes_on:
            began.append(episode.start)
    ends = [*began[1:], care.spell.end]
    return sum(
        1
        for start, end in zip(began, ends, strict=True)
        if start <= last and end > first and end > start
    )


def _of_year(tally: _Tally, life: Life, first: int, last: int) -> None:
    spells = life.career.spells
    begun = [spell for spell in spells if first <= spell.start <= last]
    ended = [spell for spell in spells if first <= spell.end <= last]
    if begun:
        tally.add("started")
        tally.add("starts", len(begun))
    if ended:
        tally.add("ceased")
        tally.add("ceases", len(ended))
        tally.add("returned_home", int(_home(life, ended[-1])))
        tally.add("returns_home", sum(_home(life, spell) for spell in ended))
    if any(spell.start <= last < spell.end for spell in spells):
        tally.add("looked_after_at_31_march")
        for name, counts in (("three_or_more_placements", True), ("three_or_more_homes", False)):
            n = sum(
                placements_open(care, first, last, same_carer_counts=counts) for care in life.care
            )
            tally.add(name, int(n >= 3))


def _home(life: Life, spell: Spell) -> bool:
    """Whether a period ended with a return home, as recorded when care ended."""
    care = next(care for care in life.care if care.spell is spell)
    return care.episodes[-1].rec in ("E4A", "E4B")


def _reentry(tally: _Tally, life: Life, first: int, last: int) -> None:
    """Returns home in the year before, and whether care began again within 12 months."""
    spells = life.career.spells
    for i, spell in enumerate(spells):
        if (
            not first <= spell.end <= last
            or age_on(life.who.dob, spell.end) >= 17
            or not _home(life, spell)
        ):
            continue
        tally.add("reentry_cohort")
        again = i + 1 < len(spells) and spells[i + 1].start <= birthday(spell.end, 1)
        tally.add("reentered_within_12_months", int(again))


def truth(lives: Sequence[Life], council: str, year: int) -> Truth:
    """The tallies of one council and collection year."""
    tally = _Tally()
    first, last = first_day(year), last_day(year)
    before = first_day(year - 1)
    for life in lives:
        if life.counted and life.care:
            _of_year(tally, life, first, last)
            _reentry(tally, life, before, first - 1)
    tally.n.update(year=year)
    return Truth(council=council, **tally.n)


Part = tuple[float, float | None]

OF_MEASURES: Mapping[str, tuple[str, str | None]] = {
    "looked_after_at_31_march": ("looked_after_at_31_march", None),
    "looked_after_rate": ("looked_after_at_31_march", "population"),
    "started_to_be_looked_after": ("started", None),
    "started_rate": ("started", "population"),
    "ceased_to_be_looked_after": ("ceased", None),
    "three_or_more_placements": ("three_or_more_placements", "looked_after_at_31_march"),
    "returned_home": ("returned_home", "ceased"),
    "reentered_within_12_months": ("reentered_within_12_months", "reentry_cohort"),
}
"""Measure -> the facts of ``Truth`` that are its numerator and denominator.

``population`` is the published one, which is no secret of the simulation's.
"""

OF_NEED: Mapping[str, tuple[str, str]] = {
    "re_referrals_within_12_months": ("rereferrals", "referrals"),
    "repeat_protection_plans": ("second_or_later", "plans_started"),
}
"""Measure -> the facts of ``NeedTally`` that are its numerator and denominator."""


def truth_of_need(of: NeedTally) -> dict[str, Part]:
    """What each measure of need must come to: numerator and denominator."""
    return {name: (getattr(of, top), getattr(of, under)) for name, (top, under) in OF_NEED.items()}


DAYS_OFF = 104 + 8
"""Saturdays, Sundays and bank holidays taken off a workforce year by the published rates."""


def truth_of_workforce(of: Workforce, year: int) -> dict[str, Part]:
    """What each measure of the workforce must come to: numerator and denominator.

    Full-time equivalents, but for cases and working days; two decimals, as files have them.
    ``year`` is that of the census's 30 September, with which its twelve months end.
    """
    days = (date(year, 9, 30) - date(year - 1, 9, 30)).days - DAYS_OFF
    return {
        "social_workers": (of.in_post_fte, None),
        "social_worker_vacancies": (of.vacancies_fte, of.in_post_fte + of.vacancies_fte),
        "social_worker_turnover": (of.leavers_fte, of.in_post_fte),
        "social_worker_agency": (of.agency_fte, of.in_post_fte + of.agency_fte),
        "social_worker_absence": (of.days_lost_in_post, of.in_post_fte * days),
        "social_worker_caseload": (of.cases, of.caseholders_fte),
        "social_worker_starters": (of.starters_fte, None),
        "social_worker_leavers": (of.leavers_fte, None),
        "cases_held": (of.cases, None),
        "social_workers_holding_cases": (of.case_holders_fte, of.in_post_fte),
        "social_workers_without_cases": (of.without_cases_fte, of.in_post_fte),
        "senior_practitioners": (of.senior_practitioners_fte, of.in_post_fte),
        "social_workers_from_ethnic_minorities": (of.minorities, of.in_post_headcount),
    }


def truth_of_measure(name: str, of: Truth, others: Mapping[str, Part] | None = None) -> Part:
    """What a measure must come to: numerator and denominator (None where it has none).

    Args:
        name: of a measure in ``whatworks.measures``.
        of: what is true of the children of one council and year who were looked after.
        others: what is true of its children in need and of its social workers: measure ->
            numerator and denominator.

    Raises:
        LookupError: the measure has no truth, so nothing could tell whether it counts right.
    """
    if name in OF_MEASURES:
        top, under = OF_MEASURES[name]
        if under == "population":
            return getattr(of, top), population_of(of.council, of.year)
        return getattr(of, top), None if under is None else getattr(of, under)
    if others and name in others:
        return others[name]
    raise LookupError(f"Nothing in the simulation says what the measure {name!r} must come to.")
