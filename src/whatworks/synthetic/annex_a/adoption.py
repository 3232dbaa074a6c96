"""Lists 10 and 11: children with a decision for adoption, and prospective adopters.

Lives know when a child was matched and placed, but not with whom. Each matched child has a
household of its own here: brothers and sisters placed together are not drawn. Other households
come forward month by month, never to be matched with a child of this council; how many and how
long each step takes is set by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whatworks.synthetic import chances
from whatworks.synthetic.annex_a.forms import Row, texts, yes
from whatworks.synthetic.annex_a.reporting import ADOPTERS, ADOPTION, Child, Report, disabled
from whatworks.synthetic.annex_a.returned import Returned
from whatworks.synthetic.calendar import next_weekday
from whatworks.synthetic.careers import AdoptionPlan
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.lives import Care

_FFA = ("U2", "U5")
"""Foster placements with carers who are approved to adopt."""
_UNMATCHED_A_YEAR = 0.02
"""Households that come forward in a year and are never matched, for each child looked after."""
_MONTHS_ON_BOOKS = 48
_ALONE = 0.12


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A child with a plan for adoption that list 10 shows."""

    child: Child
    care: Care
    plan: AdoptionPlan


def _wanted(report: Report) -> Iterator[_Wanted]:
    """Adopted in twelve months, decided otherwise in twelve months, or waiting on the day."""
    for child in report.children:
        for care in child.life.care if child.life else ():
            plan, spell = care.spell.plan, care.spell
            if plan is None or plan.decided > report.day:
                continue
            over = spell.end if plan.ended is None else plan.ended
            if over >= report.year:
                yield _Wanted(child, care, plan)


def _family(child: Child) -> str:
    return "SYNF" + child.who.id[3:]


def _matched(one: _Wanted, report: Report) -> bool:
    return one.plan.ended is None and one.plan.matched <= report.day


def _child(report: Report, one: _Wanted, told: Returned) -> Row:
    child, plan, spell = one.child, one.plan, one.care.spell
    going = plan.ended is None
    ended = None if going else report.known(plan.ended)
    early = [episode.start for episode in one.care.episodes if episode.kind in _FFA]
    number, *others = report.head(child.who)
    reason = told.not_placed.get(child.who.id, "RD4")
    return [
        number,
        _family(child) if _matched(one, report) else None,
        *others,
        disabled(child.who),
        spell.start,
        plan.decided,
        report.known(plan.ordered),
        report.known(plan.matched) if going else None,
        report.known(plan.placed) if going else None,
        report.known(spell.end) if going else None,
        ended,
        texts("not_placed")[reason] if ended is not None else None,
        report.known(min(early, default=None)),
    ]


def adoption(report: Report, told: Returned) -> list[Row]:
    """List 10: children with a decision for adoption."""
    return [_child(report, one, told) for one in _wanted(report)]


# --- adopters ---------------------------------------------------------------------------------


_STAGES = 6
"""Stage 1 begun and done, stage 2 begun and done, application made, application approved."""


@dataclass(frozen=True, slots=True)
class _Way:
    """The way of one household: the day of its enquiry, of each stage that it reached in turn,
    and, if it will leave unmatched, when and why."""

    enquiry: int
    stages: tuple[int, ...]
    left: int | None = None
    why: str = ""

    def told(self, report: Report) -> list[int | str | None]:
        """Enquiry and stages as known on the day."""
        unreached = [None] * (_STAGES - len(self.stages))
        return [report.known(day) for day in (self.enquiry, *self.stages, *unreached)]


def _way_back(draws: Draws, approved: int) -> _Way:
    """The steps before an approval: stage 1 takes about two months, stage 2 about four."""
    applied = approved - draws.between(14, 35)
    second_done = applied - draws.between(0, 7)
    second = second_done - draws.between(100, 170)
    first_done = second - draws.between(1, 60)
    first = first_done - draws.between(45, 75)
    enquiry = first - draws.between(7, 70)
    return _Way(enquiry, (first, first_done, second, second_done, applied, approved))


def _way_out(draws: Draws, enquiry: int) -> _Way:
    """The steps of a household that is never matched, and where it leaves."""
    usual = _way_back(draws, 0)
    reached = draws.between(0, _STAGES)
    stages = tuple(day + enquiry - usual.enquiry for day in usual.stages[:reached])
    wait = 400 if reached == _STAGES else 45
    left = next_weekday((stages[-1] if stages else enquiry) + draws.between(10, wait))
    why = draws.one_of(("withdrew", "withdrew", "hold"))
    if reached == _STAGES - 1 and draws.chance(0.5):
        why = "refused"
    return _Way(enquiry, stages, left, why)


def _adopters(
    report: Report, family: str, n: int, draws: Draws, *, ffa: bool, steps: list[int | str | None]
) -> Iterator[Row]:
    """A row for each of one or two adopters, who share everything but what they are."""
    male = draws.chance(0.5)
    same = draws.chance(0.15)
    shared = draws.pick(chances.ETHNIC)
    for index in range(n):
        ethnic = shared if draws.chance(0.85) else draws.pick(chances.ETHNIC)
        yield [
            f"SYNA{family[4:]}{index + 1}",
            family,
            texts("gender")["M" if male != (index == 1 and not same) else "F"],
            texts("ethnicity")[ethnic],
            yes(draws.chance(0.04)),
            texts("fostering")["1" if ffa else "0"],
            *steps,
        ]


def _with_child(report: Report, one: _Wanted, told: Returned) -> Iterator[Row]:
    child, plan = one.child, one.plan
    draws = report.draws(child.who.id, ADOPTION)
    early = [episode.start for episode in one.care.episodes if episode.kind in _FFA]
    until = min([plan.matched - 1, *early])
    way = _way_back(draws, until - draws.between(5, 300))
    n = told.adopters.get(child.who.id) or (1 if draws.chance(_ALONE) else 2)
    placed = report.known(plan.placed)
    steps = [
        *way.told(report),
        plan.matched,
        placed,
        1 if placed else None,
        report.known(one.care.spell.end),
        None,
        None,
    ]
    yield from _adopters(report, _family(child), n, draws, ffa=bool(early), steps=steps)


def _without_child(report: Report) -> Iterator[Row]:
    on = date.fromordinal(report.day)
    now = on.year * 12 + on.month - 1
    code = report.where.code
    mean = report.looked_after * _UNMATCHED_A_YEAR / 12
    for month in range(now - _MONTHS_ON_BOOKS, now + 1):
        starts = date(month // 12, month % 12 + 1, 1).toordinal()
        key = f"{code:03d}{month:05d}"
        own = report.draws(key, ADOPTERS)
        for index in range(int(mean) + own.chance(mean % 1)):
            draws = report.draws(key, ADOPTERS, index + 1)
            way = _way_out(draws, next_weekday(starts + draws.between(0, 27)))
            if way.enquiry > report.day or (way.left or way.enquiry) < report.year:
                continue
            left = report.known(way.left)
            why = texts("left_adopting")[way.why] if left is not None else None
            n = 1 if draws.chance(_ALONE) else 2
            steps = [*way.told(report), None, None, None, None, left, why]
            family = f"SYNF{key}{index:03d}"
            yield from _adopters(report, family, n, draws, ffa=False, steps=steps)


def adopters(report: Report, told: Returned) -> list[Row]:
    """List 11: one row for each adopter in touch with the agency in twelve months."""
    rows = [
        row
        for one in _wanted(report)
        if _matched(one, report)
        for row in _with_child(report, one, told)
    ]
    return [*rows, *_without_child(report)]
