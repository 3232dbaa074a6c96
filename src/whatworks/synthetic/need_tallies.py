"""What is true of children in need in one council and year, counted from lives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whatworks.synthetic.calendar import birthday, first_day, last_day
from whatworks.synthetic.identity import Person
from whatworks.synthetic.need import Need
from whatworks.synthetic.workdays import working_days_between

NOT_IN_NEED = ("RC8", "RC9")
"""Reasons for closure after an assessment that found no need."""
ASSESSED_WITHIN, HELD_WITHIN = 45, 15
"""Working days from the beginning of an assessment, and from that of an enquiry."""


@dataclass(frozen=True, slots=True)
class NeedTally:
    """What the simulation knows of need in one council and year, before any recording error.

    Durations are counted in whole calendar months: under 3, from 3, from 6, from 12, from 24.
    """

    council: str
    year: int
    referrals: int
    """Referrals in the year, those with no further action too."""
    rereferrals: int
    """Of them, those by the same day a year after the child's referral before."""
    nfa: int
    """Of referrals, those after which nothing further was done."""
    not_in_need: int
    """Of referrals, those assessed and closed within the year as not in need (RC8, RC9)."""
    started: int
    """Of referrals, all others: spells of need that began."""
    ended: int
    """Spells of need closed in the year for another reason than not being in need."""
    in_need_at_31_march: int
    """Spells open after 31 March, but for referrals with no further action."""
    in_need_by_months: tuple[int, int, int, int, int]
    """Of those at 31 March, since referral."""
    ended_by_months: tuple[int, int, int, int, int]
    """Of those ended, from referral to closure."""
    assessments: int
    """Assessments finished in the year."""
    assessments_in_time: int
    """Of them, within 45 working days after they began."""
    section_47: int
    """Enquiries that began in the year."""
    conferences: int
    """Initial child protection conferences in the year."""
    conferences_in_time: int
    """Of them, within 15 working days after the enquiry began."""
    plans_started: int
    """Protection plans begun in the year."""
    second_or_later: int
    """Of them, for a child who had had one before."""
    plans_ended: int
    plans_ended_after_2_years: int
    """Of plans ended in the year, those that had run for 24 months or longer."""
    plans_at_31_march: int
    """Plans begun by 31 March that end later."""
    plans_by_months: tuple[int, int, int, int, int]
    """Of plans at 31 March: up to 3 months, more than 3, more than 6, from 12, from 24."""


_MONTHS = (3, 6, 12, 24)


def months_after(day: int, months: int) -> int:
    """The same day of the month so many months later, or the first of the next month after it."""
    years, rest = divmod(months, 12)
    if not rest:
        return birthday(day, years)
    from datetime import date

    on = date.fromordinal(day)
    month = on.month - 1 + months
    year, month = on.year + month // 12, month % 12 + 1
    try:
        return on.replace(year=year, month=month).toordinal()
    except ValueError:
        after = month % 12 + 1
        return date(year + (month == 12), after, 1).toordinal()


def _band(start: int, day: int) -> int:
    return sum(months_after(start, months) <= day for months in _MONTHS)


def _plan_band(start: int, day: int) -> int:
    """As the published table has it: three and six months to the day count to the shorter."""
    short = sum(months_after(start, months) < day for months in _MONTHS[:2])
    return short + sum(months_after(start, months) <= day for months in _MONTHS[2:])


class _Count:
    def __init__(self, year: int) -> None:
        self.first, self.last = first_day(year), last_day(year)
        self.n = {
            name: 0 for name in NeedTally.__dataclass_fields__ if not name.endswith("_by_months")
        }
        self.in_need, self.ended, self.plans = [0] * 5, [0] * 5, [0] * 5

    def within(self, day: int) -> bool:
        return self.first <= day <= self.last

    def add(self, name: str, wanted: bool = True) -> None:
        self.n[name] += wanted

    def referral(self, need: Need, before: Need | None) -> None:
        if self.within(need.referred):
            closed = need.closed <= self.last and need.reason in NOT_IN_NEED and not need.nfa
            self.add("referrals")
            self.add("nfa", need.nfa)
            self.add("not_in_need", closed)
            self.add("started", not need.nfa and not closed)
            if before is not None:
                self.add("rereferrals", need.referred <= birthday(before.referred, 1))
        if need.nfa:
            return
        if need.referred <= self.last < need.closed:
            self.add("in_need_at_31_march")
            self.in_need[_band(need.referred, self.last)] += 1
        if self.within(need.closed) and need.reason not in NOT_IN_NEED:
            self.add("ended")
            self.ended[_band(need.referred, need.closed)] += 1

    def work(self, need: Need) -> None:
        for one in need.assessments:
            if self.within(one.end):
                self.add("assessments")
                in_time = working_days_between(one.start, one.end) <= ASSESSED_WITHIN
                self.add("assessments_in_time", in_time)
        for enquiry in need.enquiries:
            self.add("section_47", self.within(enquiry.start))
            held = enquiry.conference
            if held is not None and self.within(held):
                self.add("conferences")
                in_time = working_days_between(enquiry.start, held) <= HELD_WITHIN
                self.add("conferences_in_time", in_time)
        for plan in need.plans:
            if self.within(plan.start):
                self.add("plans_started")
                self.add("second_or_later", plan.before > 0)
            if self.within(plan.end):
                self.add("plans_ended")
                long = months_after(plan.start, 24) <= plan.end
                self.add("plans_ended_after_2_years", long)
            if plan.start <= self.last < plan.end:
                self.add("plans_at_31_march")
                self.plans[_plan_band(plan.start, self.last)] += 1


def need_tallies(
    needs: Iterable[tuple[Person, Sequence[Need]]], council: str, year: int
) -> NeedTally:
    """The tallies of one council and collection year.

    Args:
        needs: children and all their spells of need in order, as ``in_need`` gives them.
    """
    count = _Count(year)
    for _, spells in needs:
        before = None
        for need in spells:
            count.referral(need, before)
            count.work(need)
            before = need
    count.n.pop("council")
    count.n.pop("year")
    return NeedTally(
        council=council,
        year=year,
        in_need_by_months=_five(count.in_need),
        ended_by_months=_five(count.ended),
        plans_by_months=_five(count.plans),
        **count.n,
    )


def _five(n: list[int]) -> tuple[int, int, int, int, int]:
    return n[0], n[1], n[2], n[3], n[4]
