"""What is true of children in need in one council and year, for each measure of need.

Counted from lives, child by child in plain Python, with nothing of what counts the censuses.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from whatworks.reference import population_of
from whatworks.synthetic.calendar import birthday, first_day, last_day
from whatworks.synthetic.cin import found_codes
from whatworks.synthetic.identity import Person
from whatworks.synthetic.need import Assessment, Need, Plan
from whatworks.synthetic.need_tallies import ASSESSED_WITHIN, HELD_WITHIN, NOT_IN_NEED
from whatworks.synthetic.workdays import working_days_between

Part = tuple[float, float | None]

_SOURCES = {
    "schools": ("2A",),
    "health": ("3A", "3B", "3C", "3D", "3E", "3F"),
    "police": ("6",),
    "family_or_self": ("1A", "1C"),
}
_HARM = {
    "neglect": "NEG",
    "emotional_abuse": "EMO",
    "physical_abuse": "PHY",
    "sexual_abuse": "SAB",
    "several_kinds_of_abuse": "MUL",
}
_FACTORS = {
    "domestic_abuse_of_the_child": "3A",
    "domestic_abuse_of_a_parent": "3B",
    "domestic_abuse_of_another_person": "3C",
    "emotional_abuse": "17A",
    "abuse_linked_to_faith_or_belief": "23A",
    "neglect": "16A",
    "physical_abuse_by_an_adult": "18C",
    "physical_abuse_by_a_child": "18B",
    "physical_abuse_by_whom_not_recorded": "18A",
    "sexual_abuse_by_an_adult": "19C",
    "sexual_abuse_by_a_child": "19B",
    "sexual_abuse_by_whom_not_recorded": "19A",
    "child_criminal_exploitation": "24A",
    "child_sexual_exploitation": "11A",
    "gangs": "13A",
    "going_missing": "10A",
    "trafficking": "12A",
}
_BANDS = {"3_to_6_months": (3, 6), "6_to_12_months": (6, 12), "1_to_2_years": (12, 24)}
"""Months that need had lasted, from and below."""
_WAITS = {"0_to_10": (0, 10), "11_to_15": (11, 15), "16_to_20": (16, 20), "over_20": (21, None)}
"""Working days that a conference was waited for, first and last."""
_RATES = {
    "referrals_rate": "referrals",
    "assessments_rate": "assessments",
    "children_in_need_rate": "in_need",
    "children_in_need_in_year_rate": "in_need_in_year",
    "section_47_rate": "enquiries",
    "initial_conference_rate": "conferences",
    "protection_plans_rate": "plans_running",
    "protection_plans_started_rate": "plans_begun",
    "protection_plans_ended_rate": "plans_ended",
    **{f"assessed_{name}_rate": f"factor_{code}" for name, code in _FACTORS.items()},
}
_SHARES = {
    "referrals_no_further_action": ("nfa", "referrals"),
    "referrals_assessed_not_in_need": ("not_in_need", "referrals"),
    **{f"referrals_from_{name}": (f"from_{name}", "referrals") for name in _SOURCES},
    "assessments_within_45_working_days": ("assessed_in_time", "assessments"),
    "assessment_working_days": ("assessed_days", "assessments"),
    "in_need_under_3_months": ("in_need_short", "in_need"),
    "in_need_2_years_or_longer": ("in_need_long", "in_need"),
    "in_need_with_a_disability": ("in_need_disabled", "in_need"),
    "in_need_unborn": ("in_need_unborn", "in_need"),
    "need_ended_under_3_months": ("need_ended_short", "need_ended"),
    **{f"in_need_{band}": (f"in_need_{band}", "in_need") for band in _BANDS},
    **{f"need_ended_after_{band}": (f"need_ended_{band}", "need_ended") for band in _BANDS},
    **{f"conferences_{band}_working_days": (f"held_{band}", None) for band in _WAITS},
    "need_ended_after_2_years": ("need_ended_long", "need_ended"),
    "cases_closed_after_assessment": ("closed_not_in_need", "closed"),
    "section_47_leading_to_conference": ("enquiries_led_on", "enquiries_decided"),
    "conferences_within_15_working_days": ("held_in_time", "conferences"),
    "conference_working_days": ("held_days", "conferences"),
    "conferences_leading_to_a_plan": ("conferences_to_plan", "conferences"),
    "repeat_protection_plans_within_24_months": ("plans_soon_again", "plans_begun"),
    "protection_plans_running_2_years": ("plans_running_long", "plans_running"),
    "protection_plans_ended_after_2_years": ("plans_ended_long", "plans_ended"),
    "protection_plans_ended_under_3_months": ("plans_ended_short", "plans_ended"),
    "protection_plan_days": ("plans_ended_days", "plans_ended"),
    "protection_plans_reviewed_on_time": ("plans_reviewed", "plans_to_review"),
    **{f"protection_plans_for_{name}": (f"plans_{c}", "plans_begun") for name, c in _HARM.items()},
}


def truth_of_children_in_need(
    needs: Iterable[tuple[Person, Sequence[Need]]], council: str, year: int
) -> dict[str, Part]:
    """What measures of need must come to: measure -> numerator and denominator.

    Args:
        needs: children and all their spells of need in order, as ``in_need`` gives them.
    """
    count = _Count(year)
    for who, spells in needs:
        count.child(who, spells)
    living = population_of(council, year)
    rates: dict[str, Part] = {name: (count.n[top], living) for name, top in _RATES.items()}
    return rates | {
        name: (count.n[top], None if n is None else count.n[n])
        for name, (top, n) in _SHARES.items()
    }


def _months_on(day: int, months: int) -> int:
    """The same day of the month so many months later, or that month's last if it is shorter."""
    on = date.fromordinal(day)
    years, month = divmod(on.month - 1 + months, 12)
    last = monthrange(on.year + years, month + 1)[1]
    return date(on.year + years, month + 1, min(on.day, last)).toordinal()


def _later(day: int, months: int) -> int:
    """Months on; whole years are up to the same day of the year, as birthdays are."""
    years, rest = divmod(months, 12)
    return _months_on(day, months) if rest else birthday(day, years)


class _Count:
    def __init__(self, year: int) -> None:
        self.year, self.first, self.last = year, first_day(year), last_day(year)
        self.n: Counter[str] = Counter()

    def within(self, day: int) -> bool:
        return self.first <= day <= self.last

    def add(self, name: str, n: int = 1) -> None:
        self.n[name] += n

    def child(self, who: Person, spells: Sequence[Need]) -> None:
        plans = sorted((plan for need in spells for plan in need.plans), key=lambda p: p.start)
        begun = {plan.start for plan in plans}
        for need in spells:
            self.referral(need)
            self.case(who, need)
            self.assessments(need.assessments)
            self.enquiries(need, begun)
        for i, plan in enumerate(plans):
            self.plan(plan, plans[i - 1] if i else None)

    def referral(self, need: Need) -> None:
        if not self.within(need.referred):
            return
        self.add("referrals")
        self.add("nfa", need.nfa)
        not_needed = need.reason in NOT_IN_NEED and need.closed <= self.last
        self.add("not_in_need", not_needed and not need.nfa)
        for name, codes in _SOURCES.items():
            self.add(f"from_{name}", need.source in codes)

    def case(self, who: Person, need: Need) -> None:
        if need.nfa:
            return
        refused = need.reason in NOT_IN_NEED
        if need.referred <= self.last and need.closed >= self.first:
            self.add("in_need_in_year", not (refused and need.closed <= self.last))
        if need.referred <= self.last < need.closed:
            self.lasted("in_need", need.referred, self.last)
            self.add("in_need_disabled", tuple(who.disabilities) != ("NONE",))
            self.add("in_need_unborn", who.dob > self.last)
        if self.within(need.closed):
            self.add("closed")
            self.add("closed_not_in_need", refused)
            if not refused:
                self.lasted("need_ended", need.referred, need.closed)

    def lasted(self, name: str, start: int, end: int) -> None:
        self.add(name)
        self.add(f"{name}_short", end < _months_on(start, 3))
        self.add(f"{name}_long", birthday(start, 2) <= end)
        for band, (since, below) in _BANDS.items():
            self.add(f"{name}_{band}", _later(start, since) <= end < _later(start, below))

    def assessments(self, done: Sequence[Assessment]) -> None:
        factors: set[str] = set()
        for one in done:
            if self.within(one.end):
                days = working_days_between(one.start, one.end)
                self.add("assessments")
                self.add("assessed_days", days)
                self.add("assessed_in_time", days <= ASSESSED_WITHIN)
                factors |= set(found_codes(self.year, one.factors))
        for code in factors:
            self.add(f"factor_{code}")

    def enquiries(self, need: Need, begun: set[int]) -> None:
        for one in need.enquiries:
            held = one.conference
            if self.within(one.start):
                self.add("enquiries")
                self.add("enquiries_decided", held is None or held <= self.last)
                self.add("enquiries_led_on", held is not None and held <= self.last)
            if held is not None and self.within(held):
                days = working_days_between(one.start, held)
                self.add("conferences")
                self.add("held_days", days)
                self.add("held_in_time", days <= HELD_WITHIN)
                for band, (least, most) in _WAITS.items():
                    self.add(f"held_{band}", least <= days and (most is None or days <= most))
                self.add("conferences_to_plan", held in begun)

    def plan(self, plan: Plan, before: Plan | None) -> None:
        if self.within(plan.start):
            self.add("plans_begun")
            self.add(f"plans_{plan.first_abuse}")
            if before is not None:
                self.add("plans_soon_again", plan.start <= birthday(before.end, 2))
        if self.within(plan.end):
            self.lasted("plans_ended", plan.start, plan.end)
            self.add("plans_ended_days", plan.end - plan.start)
        if plan.start <= self.last < plan.end:
            self.lasted("plans_running", plan.start, self.last)
            if _months_on(plan.start, 3) <= self.last:
                self.add("plans_to_review")
                self.add("plans_reviewed", not self.late(plan))

    def late(self, plan: Plan) -> bool:
        """Whether a review of the year was late."""
        months = 3
        since = plan.start
        for day in sorted(plan.reviews):
            if day > self.last:
                break
            if day >= self.first and day > _months_on(since, months):
                return True
            since, months = day, 6
        return _months_on(since, months) <= self.last
