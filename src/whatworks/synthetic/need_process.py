"""How need runs in one council: referral, assessment, need, enquiry, plan, closure, and again.

A continuous-time process, drawn for many children at once. Every child has uniform numbers of its
own, a row for each referral and a column for each decision, so that a child's course is the same
whoever else is drawn. What a referral leads to hangs on one number, its gravity: the least grave
are taken no further, then come those found not to be in need, and the gravest lead to a plan. A
raised threshold therefore turns away just those children who stood next above the usual one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.conditions import REFUSAL, REREFERRAL, Conditions
from whatworks.synthetic.need_clock import Clock, Days, last_days_of, rows_of
from whatworks.synthetic.needchances import Floats, NeedRates
from whatworks.synthetic.workdays import add_many, working_many

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]

REFERRALS = 7
"""How often at most a child is referred."""
(
    GRAVITY,
    ASSESSED,
    BEGINS,
    ENQUIRY,
    HELD,
    LASTS,
    HOW_LONG,
    PLAN,
    AFTER,
    AGAIN,
    NEED,
    SOURCE,
    FOUND,
    ABUSE,
    LATER_ABUSE,
    REVIEWS,
    OTHER,
    FAMILY,
) = range(18)
"""Columns of chance. ``FAMILY`` is the child's own: whether it goes its family's way."""
COLUMNS = 18


def chance(stream: np.random.SeedSequence, n: int, width: int) -> Floats:
    """Uniform numbers in [0, 1), n rows; the first k rows are the same whatever n is.

    Made of the generator's raw bits, which numpy promises not to change for a seed.
    """
    raw = np.random.PCG64(stream).random_raw(n * width)
    return np.asarray((raw >> np.uint64(11)) * 2.0**-53).reshape(n, width)


@dataclass(frozen=True)
class Children:
    """Children to be drawn; a row of each array is a child.

    ``day``: first referral; ``adult``: the day of turning 18; ``until``: nobody is referred from
    this day on; ``u``: chance, by child, referral and column; ``lead``: the row of the child
    whose way siblings go (oneself where alone); ``prior``: chance of having had a plan before
    where ``plans``, those known of, is 0.
    """

    day: Days
    adult: Days
    until: Days
    u: Floats
    lead: Rows
    prior: Floats
    plans: Days


@dataclass(frozen=True)
class Spells:
    """Spells of need, sorted by child and day; 0 stands for a day that never comes."""

    child: Rows
    referred: Days
    closed: Days
    nfa: Mask
    refused: Mask
    """Found not to be in need after assessment."""
    begun: Days
    assessed: Days
    enquiry: Days
    conference: Days
    plan: Days
    plan_end: Days
    before: Days
    lasts: npt.NDArray[np.int8]
    u: Floats
    """Chance of each spell by column: its own, or that of the family whose way it goes."""


@dataclass(frozen=True)
class Referred:
    """Children on the day of one referral; ``plans``: how many plans each had before."""

    u: Floats
    child: Rows
    day: Days
    adult: Days
    gravity: Floats
    plans: Days


@cache
def _plan_lengths() -> Floats:
    normal = NormalDist().inv_cdf
    points = np.array([normal((i + 0.5) / 2000) for i in range(2000)])
    return np.asarray(rates.PLAN_DAYS * np.exp(rates.PLAN_SPREAD * points))


def _exponential(u: Floats) -> Floats:
    return -np.log1p(-u)


def _raised(share: Floats, factor: Floats) -> Floats:
    """A share whose odds are multiplied."""
    return np.asarray(share * factor / (1.0 - share + share * factor))


def _days(x: Floats) -> Days:
    return np.asarray(x, dtype=np.int64)


class Process:
    """The process of need in one council."""

    def __init__(self, own: NeedRates, conditions: Conditions) -> None:
        self.own, self.conditions = own, conditions
        self._closing, self._ending = Clock(own.closing), Clock(own.ending)
        self._again = Clock(own.again, conditions.steps.get(REREFERRAL, ()))

    # --- what a referral leads to ---------------------------------------------------------------

    def _led_to(self, gravity: Floats, day: Days, row: Rows) -> tuple[Mask, Mask, Mask, Floats]:
        """(nothing further, not in need, turned away by a raised threshold, place among needs).

        The place runs from 0 (gravest) to 1 (who usually is only just found to be in need).
        """
        nfa, not_in_need = self.own.nfa[row], self.own.not_in_need[row]
        usual = nfa + (1.0 - nfa) * not_in_need
        factor = self.conditions.at_many(REFUSAL, day)
        nothing = _raised(nfa, factor)
        refused = nothing + (1.0 - nothing) * _raised(not_in_need, factor)
        away = gravity < refused
        place = (1.0 - gravity) / (1.0 - usual)
        return gravity < nothing, away & (gravity >= nothing), away & (gravity >= usual), place

    def _assessment(self, u: Floats, day: Days, row: Rows) -> tuple[Days, Days]:
        """First and last day: within 45 working days, or some weeks more.

        What is late on 31 March is asked about by a query of the census; councils see to it
        before, so that nothing late reaches over the end of the year.
        """
        start = working_many(day + _days(u[:, BEGINS] * 3))
        share, x = self.own.assessed[row], u[:, ASSESSED]
        soon = 2 + 43.9 * np.sqrt(np.minimum(x / share, 0.999999))
        late = 46 + 24 * (x - share) / np.maximum(1.0 - share, 1e-9)
        return start, self._in_time(start, _days(np.where(x < share, soon, late)), 44)

    @staticmethod
    def _in_time(start: Days, days: Days, limit: int) -> Days:
        end = add_many(start, days)
        over = (end > last_days_of(start)) & (days > limit)
        return np.where(over, add_many(start, np.full_like(days, limit)), end)

    def _conference(self, u: Floats, start: Days, row: Rows) -> Days:
        share, x = self.own.held[row], u[:, HELD]
        y = np.minimum(x / share, 0.999999)
        soon = np.where(y < 0.107, 5 + 6 * y / 0.107, 11 + 5 * (y - 0.107) / 0.893)
        z = np.clip((x - share) / np.maximum(1.0 - share, 1e-9), 0.0, 0.999999)
        late = np.where(z < 0.48, 16 + 5 * z / 0.48, 21 + 20 * ((z - 0.48) / 0.52) ** 2)
        return self._in_time(start, _days(np.where(x < share, soon, late)), 14)

    def _lasting(self, u: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
        edges = np.cumsum(rates.LASTS)[:2]
        kind = np.searchsorted(edges, u[:, LASTS], side="right")
        least, mean = np.array([rates.BRIEF_DAYS, rates.MONTHS_DAYS, rates.YEARS_DAYS])[kind].T
        return kind.astype(np.int8), least + mean * _exponential(u[:, HOW_LONG])

    # --- one referral --------------------------------------------------------------------------

    def spell(self, one: Referred) -> tuple[Spells, Mask]:
        """What becomes of one referral of each child; and who was turned away wrongly."""
        row = rows_of(one.day)
        nfa, refused, away, place = self._led_to(one.gravity, one.day, row)
        begun, assessed = self._assessment(one.u, one.day, row)
        enquiry = working_many(one.day + _days(one.u[:, ENQUIRY] ** 2 * 15))
        conference = self._conference(one.u, enquiry, row)
        end = self._plan_end(one.u, conference, one.adult)
        needy = ~nfa & ~refused
        harm = needy & (place < self.own.enquiry[row])
        share = self.own.enquiry[row] * self.own.conference[row]
        meets = harm & (place < share)
        planned = meets & (place < share * self.own.plan[row]) & (end > conference + 1)
        lasts, closed = self._closed(one, assessed, needy)
        settled = np.maximum(np.maximum(closed, self._settled(one, end)), end)
        closed = np.where(planned, settled, closed)
        asked = np.where(meets, conference, enquiry) + 1
        closed = np.where(harm, np.maximum(closed, asked), closed)
        closed = np.where(nfa, one.day, np.maximum(closed, assessed + needy))
        found = Spells(
            child=one.child,
            referred=one.day,
            closed=closed,
            nfa=nfa,
            refused=refused,
            begun=np.where(nfa, 0, begun),
            assessed=np.where(nfa, 0, assessed),
            enquiry=np.where(harm, enquiry, 0),
            conference=np.where(meets, conference, 0),
            plan=np.where(planned, conference, 0),
            plan_end=np.where(planned, end, 0),
            before=one.plans,
            lasts=lasts,
            u=one.u,
        )
        return found, away

    def _closed(
        self, one: Referred, assessed: Days, needy: Mask
    ) -> tuple[npt.NDArray[np.int8], Days]:
        """How long need lasts, and when it would be over but for what else happens."""
        lasts, usual = self._lasting(one.u)
        in_need = _days(self._closing.after(assessed, usual))
        not_in_need = assessed + _days(one.u[:, AFTER] * 5)
        return lasts, np.where(needy, np.minimum(in_need, one.adult), not_in_need)

    def _settled(self, one: Referred, end: Days) -> Days:
        """When a child is closed after a protection plan."""
        least, mean = rates.AFTER_PLAN
        after = least + mean * _exponential(one.u[:, AFTER])
        return np.minimum(_days(self._closing.after(end, after)), one.adult)

    def _plan_end(self, u: Floats, start: Days, adult: Days) -> Days:
        lengths = _plan_lengths()
        usual = lengths[(u[:, PLAN] * len(lengths)).astype(np.intp)]
        end = self._ending.after(start, np.maximum(usual, rates.SHORTEST_PLAN))
        return np.minimum(_days(end), adult - 2)

    # --- the next referral ------------------------------------------------------------------------

    def next_referral(self, u: Floats, closed: Days, factor: Floats) -> Days:
        """The day of the next referral of cases closed; far away for never.

        The hazard falls in steps with the time since closure; ``factor`` multiplies it, and so do
        the council's own multiplier of the year and what is planted.
        """
        left = _exponential(u)
        found = np.full(len(closed), 10.0**6)
        waiting = np.ones(len(closed), dtype=bool)
        starts = (*rates.AGAIN_FROM, 25 * 365)
        for a_day, begins, ends in zip(rates.AGAIN_A_DAY, starts, starts[1:], strict=False):
            hazard = a_day * factor
            spent = self._again.spent(closed + begins)
            amount = hazard * (self._again.spent(closed + ends) - spent)
            now = waiting & (left < amount)
            found[now] = self._again.day(spent[now] + left[now] / hazard[now])
            waiting &= ~now
            left = left - amount
        return _days(found)

    def run(self, children: Children, last: int) -> Spells:
        """Every spell of need of these children that begins by the day ``last``."""
        n = len(children.day)
        plans, worse = children.plans.copy(), np.ones(n)
        together = children.lead != np.arange(n)
        who, day = np.arange(n), children.day
        parts: list[Spells] = []
        for k in range(children.u.shape[1]):
            here = (day < children.until[who]) & (day <= last)
            who, day = who[here], day[here]
            if not len(who):
                break
            like = children.u[who, k, FAMILY] < rates.LIKE_THE_FAMILY[min(k, 1)]
            together[who] &= like
            u = children.u[np.where(together[who], children.lead[who], who), k]
            had = self._had(plans[who], children.prior[who], day)
            gravity = 1.0 - (1.0 - u[:, GRAVITY]) * worse[who]
            found, away = self.spell(Referred(u, who, day, children.adult[who], gravity, had))
            parts.append(found)
            planned = found.plan > 0
            plans[who] = np.where(planned, had + 1, plans[who])
            worse[who] = np.where(plans[who] > 0, rates.WORSE_AFTER_PLAN, 1.0)
            worse[who[away]] *= rates.WORSE_IF_TURNED_AWAY
            day = self.next_referral(u[:, AGAIN], found.closed, _factor(found, away))
        return _joined(parts, children.u.shape[2])

    def _had(self, plans: Days, prior: Floats, day: Days) -> Days:
        """Plans before this one: those seen here, or one or two elsewhere or long ago."""
        share = self.own.earlier[rows_of(day)]
        elsewhere = (prior < share).astype(np.int64) + (prior < share * 0.25)
        return np.where(plans > 0, plans, elsewhere)


def _factor(found: Spells, away: Mask) -> Floats:
    usual = np.where(
        found.nfa,
        rates.AGAIN_AFTER_NFA,
        np.where(found.refused, rates.AGAIN_AFTER_NOT_IN_NEED, rates.AGAIN_AFTER_NEED),
    )
    return np.asarray(np.where(away, usual * rates.AGAIN_IF_TURNED_AWAY, usual))


def _joined(parts: Sequence[Spells], columns: int) -> Spells:
    """The spells of all rounds, in order of child and day."""
    if not parts:
        return _none(columns)
    names = Spells.__dataclass_fields__
    joined = {name: np.concatenate([getattr(one, name) for one in parts]) for name in names}
    order = np.argsort(joined["child"], kind="stable")
    return Spells(**{name: values[order] for name, values in joined.items()})


def _none(columns: int) -> Spells:
    days, no = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    return Spells(
        child=np.zeros(0, dtype=np.intp),
        referred=days,
        closed=days,
        nfa=no,
        refused=no,
        begun=days,
        assessed=days,
        enquiry=days,
        conference=days,
        plan=days,
        plan_end=days,
        before=days,
        lasts=np.zeros(0, dtype=np.int8),
        u=np.zeros((0, columns)),
    )
