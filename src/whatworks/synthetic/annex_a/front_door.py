"""Lists 1 to 3: contacts, early help assessments and referrals.

Lives hold referrals alone. Contacts that led to nothing and early help are drawn here, for each
month anew and in proportion to the referrals of that month. How many there are is set by hand:
no figure of either is published for every council.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from whatworks.synthetic import chances
from whatworks.synthetic.annex_a.forms import Row, months_before, texts, yes
from whatworks.synthetic.annex_a.reporting import (
    CONTACT,
    EARLY_HELP,
    STRANGER,
    Child,
    Report,
    Somebody,
    in_order,
    last_weekday,
)
from whatworks.synthetic.calendar import next_weekday
from whatworks.synthetic.draws import Draws, Pick
from whatworks.synthetic.need import Need

_CONTACTS, _ASSESSMENTS = 2.6, 0.6
"""For each referral: contacts of other children that led to none, and early help assessments."""
_ON_OPEN_CASE = 90.0
"""Mean days between contacts about a child whose case is open."""
_TO_EARLY_HELP = "RC9"
_LONGEST = 120
"""Most days that an early help assessment takes."""
_WHO = Pick(
    ("Local authority early help team", 0.46),
    ("Primary school", 0.20),
    ("Secondary school", 0.12),
    ("Health visiting service", 0.09),
    ("Children's centre", 0.08),
    ("Voluntary organisation", 0.05),
)
_SOURCE = Pick(
    ("6", 0.34),
    ("2A", 0.17),
    ("3A", 0.02),
    ("3B", 0.02),
    ("3D", 0.03),
    ("3E", 0.05),
    ("3F", 0.05),
    ("1A", 0.09),
    ("1B", 0.02),
    ("1D", 0.02),
    ("2B", 0.01),
    ("4", 0.02),
    ("5A", 0.03),
    ("5B", 0.03),
    ("5C", 0.03),
    ("7", 0.03),
    ("8", 0.03),
    ("9", 0.02),
    ("10", 0.01),
)
"""Who gets in touch without a referral coming of it, set by hand: the police most of all."""
_CONTACT_KIND, _EARLY_HELP_KIND = 0, 1


@dataclass(frozen=True, slots=True)
class _Stranger:
    """A child whom no return knows."""

    id: str
    dob: int
    male: bool
    ethnic: str


def _month(day: int) -> int:
    on = date.fromordinal(day)
    return on.year * 12 + on.month - 1


def _days_of(month: int) -> tuple[int, int]:
    """The first day of a month, and how many days it has."""
    first = date(month // 12, month % 12 + 1, 1).toordinal()
    following = date((month + 1) // 12, (month + 1) % 12 + 1, 1).toordinal()
    return first, following - first


def _referrals(report: Report) -> Iterator[tuple[Child, Need]]:
    for child in report.children:
        for need in child.needs:
            if need.referred <= report.day:
                yield child, need


def _strangers(
    report: Report, since: int, share: float, kind: int
) -> Iterator[tuple[_Stranger, int, Draws]]:
    """Children in no return, with a day between the two and numbers to draw more from.

    Their numbers have more digits than those of children in returns, and so are never the same.
    """
    first, last = _month(since), _month(report.day)
    referred = Counter(_month(need.referred) for child in report.children for need in child.needs)
    code = report.where.code
    for month in range(first, last + 1):
        starts, days = _days_of(month)
        for index in range(round(referred[month] * share)):
            key = f"SYN{code:03d}{month:05d}{kind}{index:05d}"
            draws = report.draws(key[-8:], STRANGER, month * 2 + kind)
            day = starts + int(draws.u() * days)
            born = day - int(draws.u() * 17.5 * 365.25)
            if since <= day <= report.day:
                male, ethnic = draws.chance(0.52), draws.pick(chances.ETHNIC)
                yield _Stranger(key, born, male, ethnic), day, draws


def contacts(report: Report) -> list[Row]:
    """List 1: each contact received in six months, one row for each child.

    Every referral began with a contact from the same source, that day or the day before.
    """
    source = texts("source")
    found: list[tuple[Somebody, int, str]] = []
    for child, need in _referrals(report):
        if max(need.referred, need.closed) < report.half:
            continue
        draws = report.draws(child.who.id, CONTACT, need.referred)
        day = need.referred - draws.chance(0.3)
        found.append((child.who, day, need.source))
        if need.nfa:
            continue
        closed = min(need.closed, report.day)
        day = need.referred + 3 + int(draws.exponential(_ON_OPEN_CASE))
        while day <= closed:
            found.append((child.who, day, draws.pick(_SOURCE)))
            day += 1 + int(draws.exponential(_ON_OPEN_CASE))
    for who, day, draws in _strangers(report, report.half, _CONTACTS, _CONTACT_KIND):
        found.append((who, day, draws.pick(_SOURCE)))
    rows: list[Row] = [
        [*report.head(who), day, source[code]]
        for who, day, code in found
        if report.half <= day <= report.day
    ]
    return in_order(rows, by=5)


def early_help(report: Report) -> list[Row]:
    """List 2: early help assessments going on at some time in six months.

    Most children whose case was closed with a referral to early help have one after it.
    """
    found: list[tuple[Somebody, int, Draws]] = []
    for child, need in _referrals(report):
        if need.reason == _TO_EARLY_HELP and not need.nfa:
            draws = report.draws(child.who.id, EARLY_HELP, need.closed)
            start = next_weekday(need.closed + draws.between(2, 28))
            if draws.chance(0.8):
                found.append((child.who, start, draws))
    found += _strangers(report, report.half - _LONGEST, _ASSESSMENTS, _EARLY_HELP_KIND)
    rows: list[Row] = []
    for who, begun, draws in found:
        start = next_weekday(begun)
        done = last_weekday(start + min(_LONGEST, 7 + int(draws.lognormal(32, 0.6))))
        if start <= report.day and done >= report.half:
            rows.append([*report.head(who), start, report.known(done), draws.pick(_WHO)])
    return in_order(rows, by=5)


def referrals(report: Report) -> list[Row]:
    """List 3: each referral received in six months.

    The count is of the child's referrals in the twelve months before this one, without it.
    """
    source = texts("source")
    rows: list[Row] = []
    for child, need in _referrals(report):
        if need.referred < report.half:
            continue
        since = months_before(need.referred, 12)
        earlier = sum(since <= other.referred < need.referred for other in child.needs)
        rows.append(
            [
                *report.head(child.who),
                need.referred,
                source[need.source],
                yes(need.nfa),
                earlier,
                *report.allocated(child.who.id),
            ]
        )
    return in_order(rows, by=5)
