"""Lists 4 to 7: assessments, section 47 enquiries, children in need, child protection plans."""

from __future__ import annotations

from whatworks.synthetic import needchances as rates
from whatworks.synthetic.annex_a.forms import Row, months_before, texts, yes
from whatworks.synthetic.annex_a.reporting import (
    ASSESSMENT,
    CLOSED_CASE,
    CLOSED_PLAN,
    VISIT,
    Child,
    Report,
    before,
    disabled,
    in_order,
    since,
)
from whatworks.synthetic.calendar import age_on, year_of
from whatworks.synthetic.need import Enquiry, Need, Plan

_CLOSED_AFTER_ASSESSMENT = ("RC8", "RC9")
_PROTECTED = ("L1", "L2")
"""Police protection and emergency protection orders."""
_PLAN_SOON = 14
"""A plan begins on the day of the conference, or within so many days of it."""


def assessments(report: Report) -> list[Row]:
    """List 4: assessments going on at some time in six months; blank where not yet finished.

    A child was found to need no support where the case was closed after the assessment.
    """
    rows: list[Row] = []
    for child in report.children:
        for need in child.needs:
            for one in need.assessments:
                if one.start > report.day or one.end < report.half:
                    continue
                draws = report.draws(child.who.id, ASSESSMENT, one.start)
                done = one.end <= report.day
                born = child.who.dob <= min(one.end, report.day)
                seen = born and draws.chance(0.97 if done else 0.7)
                supported = need.reason not in _CLOSED_AFTER_ASSESSMENT
                rows.append(
                    [
                        *report.head(child.who),
                        disabled(child.who),
                        one.start,
                        yes(seen),
                        report.known(one.end),
                        yes(supported) if done else None,
                        *report.allocated(child.who.id),
                    ]
                )
    return in_order(rows, by=6)


def _led_to_plan(need: Need, conference: int) -> bool:
    return any(conference <= plan.start <= conference + _PLAN_SOON for plan in need.plans)


def _enquiry(report: Report, child: Child, need: Need, one: Enquiry) -> Row:
    """One enquiry. Both counts are of the twelve months before it, without it."""
    conference = report.known(one.conference)
    earliest = months_before(one.start, 12)
    earlier = [
        other
        for spell in child.needs
        for other in spell.enquiries
        if earliest <= other.start < one.start
    ]
    held = [other for other in earlier if other.conference and other.conference < one.start]
    return [
        *report.head(child.who),
        disabled(child.who),
        one.start,
        yes(one.conference is None),
        conference,
        yes(_led_to_plan(need, conference)) if conference else None,
        len(earlier),
        len(held),
        *report.allocated(child.who.id),
    ]


def enquiries(report: Report) -> list[Row]:
    """List 5: section 47 enquiries begun, or brought to a conference, in six months."""
    rows = [
        _enquiry(report, child, need, one)
        for child in report.children
        for need in child.needs
        for one in need.enquiries
        if one.start <= report.day and (one.conference or one.start) >= report.half
    ]
    return in_order(rows, by=6)


def _status(report: Report, child: Child, need: Need) -> str:
    """What is being done for the child on the day, the most pressing first."""
    if need.closed <= report.day:
        return "closed"
    if child.in_care(report.day):
        return "care"
    if child.plan_on(report.day):
        return "protection"
    planned = any(start <= report.day <= end for start, end in need.cin_plans)
    assessing = any(one.start <= report.day < one.end for one in need.assessments)
    return "assessment" if assessing and not planned else "need"


def _reason(need: Need) -> str:
    early = year_of(need.closed) < rates.EARLY_HELP_CLOSURE_FROM
    return "RC8" if need.reason == "RC9" and early else need.reason


def _begun(need: Need) -> int | None:
    """The day on which more than a referral was first there; None if it never was."""
    starts = [one.start for one in need.assessments]
    starts += [one.start for one in need.enquiries]
    starts += [one.start for one in need.plans]
    starts += [start for start, _ in need.cin_plans]
    return min(starts, default=None)


def children_in_need(report: Report) -> list[Row]:
    """List 6: spells of need going on at some time in six months, one row for each.

    Children of whom there is a referral alone are not in it.
    """
    rows: list[Row] = []
    for child in report.children:
        for need in child.needs:
            if need.nfa or need.closed < report.half:
                continue
            begun = _begun(need)
            if begun is None or begun > report.day:
                continue
            closed = report.known(need.closed)
            seen = report.last_visit(child)
            if closed is not None:
                seen = before(report.draws(child.who.id, CLOSED_CASE, closed), closed, 35)
            rows.append(
                [
                    *report.head(child.who),
                    disabled(child.who),
                    need.referred,
                    texts("need")[need.need],
                    since(seen, max(begun, child.who.dob)),
                    closed,
                    texts("closure")[_reason(need)] if closed else None,
                    texts("case_status")[_status(report, child, need)],
                    *report.allocated(child.who.id),
                ]
            )
    return in_order(rows, by=6)


def _protected(child: Child, first: int, day: int) -> bool:
    """Whether police or a court's emergency order kept the child safe at some time in a span."""
    return child.life is not None and any(
        episode.ls in _PROTECTED and episode.start <= day and episode.end >= first
        for care in child.life.care
        for episode in care.episodes
    )


def _plan(report: Report, child: Child, plan: Plan) -> Row:
    ended = report.known(plan.end)
    until = report.day if ended is None else ended
    visit = report.last_visit(child)
    if ended is not None:
        visit = before(report.draws(child.who.id, VISIT, ended), ended, 15)
    visited = since(visit, max(plan.start, child.who.dob))
    draws = report.draws(child.who.id, CLOSED_PLAN, until)
    alone = draws.chance(0.85 if age_on(child.who.dob, until) >= 3 else 0.2)
    return [
        *report.head(child.who),
        disabled(child.who),
        plan.start,
        texts("abuse")[plan.first_abuse],
        texts("abuse")[plan.latest_abuse],
        visited,
        yes(alone) if visited else None,
        max((day for day in plan.reviews if day <= until), default=None),
        ended,
        yes(_protected(child, report.half, report.day)),
        plan.before,
        *report.allocated(child.who.id),
    ]


def protection_plans(report: Report) -> list[Row]:
    """List 7: child protection plans open on the day or ended in six months."""
    rows = [
        _plan(report, child, plan)
        for child in report.children
        for need in child.needs
        for plan in need.plans
        if plan.start <= report.day and plan.end >= report.half
    ]
    return in_order(rows, by=6)
