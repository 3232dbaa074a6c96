"""Children in need: what is counted is what is written, and what is planted acts as it should."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from lxml import etree

from whatworks.reference import bank_holidays, council
from whatworks.reference.published import published
from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.cin import census
from whatworks.synthetic.cin_file import FILE_NAME, cin_file
from whatworks.synthetic.conditions import REFUSAL, REREFERRAL, USUAL, Conditions
from whatworks.synthetic.need_care import add_needs_after_care, needs_around_care
from whatworks.synthetic.need_clock import Clock
from whatworks.synthetic.need_population import cohort_of, in_need, needs_by_year, process_of
from whatworks.synthetic.need_process import Process
from whatworks.synthetic.need_tallies import NeedTally, months_after, need_tallies
from whatworks.synthetic.needchances import ENGLAND, FIRST_YEAR, RATES, rates_of, usual_rates
from whatworks.synthetic.population import lives
from whatworks.synthetic.setting import choose, settings
from whatworks.synthetic.workdays import add_working_days, working_days_between
from whatworks.synthetic.world import world

CODE, YEARS = "841", range(2022, 2026)


def people(share=1.0, years=YEARS, conditions=USUAL, code=CODE):
    where = world(settings([code])[0], 1, conditions)
    return in_need(where, lives(where, years[0], years[-1]), years[0], years[-1], share)


@pytest.fixture(scope="module")
def everybody():
    return people()


# --- what is counted is what is written ---------------------------------------------------------


@pytest.fixture(scope="module")
def files(everybody):
    of_year = needs_by_year(everybody, YEARS)
    return {
        year: etree.fromstring(cin_file(census(of_year[year], CODE, year))[FILE_NAME])
        for year in YEARS
    }


def on(element, name):
    text = element.findtext(name)
    return date.fromisoformat(text) if text else None


def a_year_later(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


_HOLIDAYS = set(bank_holidays()["date"])


def working_days(start, end):
    days = (date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1))
    return sum(day.weekday() < 5 and day not in _HOLIDAYS for day in days)


def band(start, day, *, plan=False):
    """How many of 3, 6, 12, 24 months have passed; 3 and 6 to the day are not, for plans."""
    months = 12 * (day.year - start.year) + day.month - start.month
    begun = day.day < start.day
    whole = months - begun
    exact = day.day == start.day
    return sum(
        whole >= n and not (plan and n < 12 and exact and whole == n) for n in (3, 6, 12, 24)
    )


class Counted:
    """One file counted by hand, knowing nothing of lives."""

    def __init__(self, year, now, before):
        self.first, self.last = date(year - 1, 4, 1), date(year, 3, 31)
        self.n, self.bands = Counter(), {"need": [0] * 5, "ended": [0] * 5, "plan": [0] * 5}
        earlier = {} if before is None else self.referrals(before)
        mine = self.referrals(now)
        for child in now.iter("Child"):
            name = child.findtext("ChildIdentifiers/LAchildID")
            days = mine[name] | earlier.get(name, set())
            for case in child.iter("CINdetails"):
                self.case(case, days)

    @staticmethod
    def referrals(root):
        return {
            child.findtext("ChildIdentifiers/LAchildID"): {
                on(case, "CINreferralDate") for case in child.iter("CINdetails")
            }
            for child in root.iter("Child")
        }

    def within(self, day):
        return day is not None and self.first <= day <= self.last

    def case(self, case, days):
        n, referred, closed = self.n, on(case, "CINreferralDate"), on(case, "CINclosureDate")
        nfa = case.findtext("ReferralNFA") == "1"
        no_need = case.findtext("ReasonForClosure") in ("RC8", "RC9")
        if self.within(referred):
            n["referrals"] += 1
            n["nfa"] += nfa
            n["not_in_need"] += no_need
            n["started"] += not nfa and not no_need
            earlier = [day for day in days if day < referred]
            n["rereferrals"] += bool(earlier) and referred <= a_year_later(max(earlier))
        if not nfa and closed is None:
            n["in_need_at_31_march"] += 1
            self.bands["need"][band(referred, self.last)] += 1
        if closed is not None and not no_need:
            n["ended"] += 1
            self.bands["ended"][band(referred, closed)] += 1
        self.work(case)

    def work(self, case):
        n = self.n
        for one in case.iter("Assessments"):
            start, end = (
                on(one, "AssessmentActualStartDate"),
                on(one, "AssessmentAuthorisationDate"),
            )
            n["assessments"] += end is not None
            n["assessments_in_time"] += end is not None and working_days(start, end) <= 45
        for one in case.iter("Section47"):
            start, held = on(one, "S47ActualStartDate"), on(one, "DateOfInitialCPC")
            n["section_47"] += self.within(start)
            n["conferences"] += held is not None
            n["conferences_in_time"] += held is not None and held <= on(one, "InitialCPCtarget")
        for one in case.iter("ChildProtectionPlans"):
            start, end = on(one, "CPPstartDate"), on(one, "CPPendDate")
            n["plans_started"] += self.within(start)
            n["second_or_later"] += (
                self.within(start) and one.findtext("NumberOfPreviousCPP") != "0"
            )
            if end is None:
                n["plans_at_31_march"] += 1
                self.bands["plan"][band(start, self.last, plan=True)] += 1
            else:
                n["plans_ended"] += 1
                n["plans_ended_after_2_years"] += band(start, end) == 4


@pytest.mark.parametrize("year", list(YEARS))
def test_the_file_gives_the_tallies_of_the_lives(everybody, files, year):
    truth = need_tallies(everybody, CODE, year)
    mine = Counted(year, files[year], files.get(year - 1))
    for name in NeedTally.__dataclass_fields__:
        if name in ("council", "year") or (name == "rereferrals" and year == YEARS[0]):
            continue  # the year before the first was not written
        if name.endswith("_by_months"):
            of = {"in_need": "need", "ended": "ended", "plans": "plan"}[name[: -len("_by_months")]]
            assert list(getattr(truth, name)) == mine.bands[of], name
        else:
            assert mine.n[name] == getattr(truth, name), name
    assert truth.referrals > 200
    assert truth.in_need_at_31_march == sum(truth.in_need_by_months)
    assert truth.started == truth.referrals - truth.nfa - truth.not_in_need


def test_tallies_of_the_children_of_a_year_are_those_of_all(everybody):
    of_year = needs_by_year(everybody, YEARS)
    for year in YEARS:
        assert need_tallies(of_year[year], CODE, year) == need_tallies(everybody, CODE, year)


def test_months_after_a_day():
    def day(*ymd):
        return date(*ymd).toordinal()

    assert months_after(day(2024, 1, 15), 3) == day(2024, 4, 15)
    assert months_after(day(2023, 11, 30), 3) == day(2024, 3, 1)
    assert months_after(day(2024, 9, 30), 6) == day(2025, 3, 30)
    assert months_after(day(2024, 2, 29), 12) == day(2025, 3, 1)
    assert months_after(day(2022, 10, 1), 24) == day(2024, 10, 1)


def test_working_days_between_undo_adding_them():
    start = date(2024, 3, 20).toordinal()
    for n in range(1, 40):
        assert working_days_between(start, add_working_days(start, n)) == n


# --- the same children whatever is asked for ----------------------------------------------------


def test_years_and_share_asked_for_change_no_child(everybody):
    known = {who.id: (who, needs) for who, needs in everybody}
    for who, needs in people(years=range(2024, 2025)):
        last = last_day(2024)
        there, theirs = known[who.id]
        assert there == who
        assert [one for one in theirs if one.referred <= last] == [
            one for one in needs if one.referred <= last
        ]
    part = people(share=0.3)
    assert 0.2 < len(part) / len(everybody) < 0.6
    for who, needs in part:
        assert known[who.id] == (who, needs)


def test_children_are_sorted_and_every_one_is_there_once(everybody):
    ids = [who.id for who, _ in everybody]
    assert ids == sorted(set(ids))
    for _, needs in everybody:
        days = [need.referred for need in needs]
        assert days == sorted(days)


def test_more_children_than_numbers_are_refused():
    with pytest.raises(ValueError, match="200000 children"):
        cohort_of(1, 841, 2020, 200_000.0)


def test_brothers_and_sisters_are_referred_together_from_one_home(everybody):
    families = {}
    cared = {who.id for who, _ in people(share=0.0)}
    for who, needs in everybody:
        if who.id not in cared:
            families.setdefault(who.family, []).append((who, needs))
    several = [members for members in families.values() if len(members) > 1]
    assert len(several) > 100
    same_need = same_source = planned = both = 0
    for members in several:
        assert len({who.home_post for who, _ in members}) == 1
        assert len({who.ethnic for who, _ in members}) == 1
        births = sorted(who.dob for who, _ in members)
        assert all(b - a > 270 for a, b in pairwise(births))
        (_, first), (_, second) = members[:2]
        if first[0].referred == second[0].referred:
            same_source += first[0].source == second[0].source
            same_need += first[0].need == second[0].need
            both += 1
            planned += bool(first[0].plans) == bool(second[0].plans)
    assert both > 0.8 * len(several)
    assert same_need > 0.7 * both
    assert same_source > 0.97 * both
    assert planned > 0.9 * both


# --- what is planted ----------------------------------------------------------------------------


def outcome(conditions, years=range(2018, 2024)):
    """Many children of usual rates, run under conditions: cohorts and spells."""
    process = Process(usual_rates(), conditions)
    for year in years:
        cohort = cohort_of(3, 1, year, 4000.0).children
        yield process.run(cohort, last_day(2026))


def shares(conditions):
    refused = referrals = again = plans = closed = 0
    for spells in outcome(conditions):
        first = np.flatnonzero(np.diff(spells.child, prepend=-1))
        turned = spells.nfa[first] | spells.refused[first]
        referrals += len(first)
        refused += int(turned.sum())
        after = np.full(len(first), 10**7)
        there = first + 1 < len(spells.child)
        same = there.copy()
        same[there] = spells.child[first[there] + 1] == spells.child[first[there]]
        after[same] = spells.referred[first[same] + 1] - spells.closed[first[same]]
        closed += int(turned.sum())
        again += int((after[turned] <= 365).sum())
        plans += int((spells.plan[first[turned & same] + 1] > 0).sum())
    return refused / referrals, again / closed, plans / max(again, 1)


def test_a_raised_threshold_turns_children_away_who_come_back_in_worse_need():
    usual = shares(USUAL)
    raised = shares(Conditions({REFUSAL: ((0, 2.0),)}))
    odds = usual[0] / (1 - usual[0])
    nfa, after = 0.065, 0.35
    doubled = [p * 2 / (1 - p + p * 2) for p in (nfa, after)]
    assert raised[0] == pytest.approx(doubled[0] + (1 - doubled[0]) * doubled[1], abs=0.01)
    assert raised[0] / (1 - raised[0]) > 1.6 * odds
    assert raised[1] > 1.1 * usual[1]
    assert raised[2] > 1.1 * usual[2]


def test_the_hazard_of_a_next_referral_is_multiplied():
    process = Process(usual_rates(), USUAL)
    twice = Process(usual_rates(), Conditions({REREFERRAL: ((last_day(2020), 2.0),)}))
    n = 60_000
    u = (np.arange(n) + 0.5) / n
    ones = np.ones(n)
    before = np.full(n, last_day(2015))
    assert (process.next_referral(u, before, ones) <= last_day(2019)).mean() == (
        twice.next_referral(u, before, ones) <= last_day(2019)
    ).mean()
    closed = np.full(n, last_day(2020))
    stays = [(one.next_referral(u, closed, ones) > closed + 365).mean() for one in (process, twice)]
    assert stays[1] == pytest.approx(stays[0] ** 2, abs=0.002)


def test_a_threshold_changes_nothing_before_it_is_raised():
    day = last_day(2021)
    for usual, raised in zip(
        outcome(USUAL, range(2018, 2023)),
        outcome(Conditions({REFUSAL: ((day, 3.0),)}), range(2018, 2023)),
        strict=True,
    ):
        for name in ("child", "referred", "closed", "plan"):
            a, b = getattr(usual, name), getattr(raised, name)
            early = usual.referred < day, raised.referred < day
            assert np.array_equal(a[early[0]], b[early[1]])


def test_a_clock_spends_time_at_the_speed_of_the_year():
    speeds = np.ones(10)
    speeds[2020 - FIRST_YEAR] = 2.0
    clock = Clock(speeds)
    start = np.array([first_day(2020)])
    assert clock.after(start, np.array([100.0]))[0] - start[0] == 50
    earlier = np.array([first_day(2020) - 10])
    assert clock.after(earlier, np.array([30.0]))[0] - start[0] == pytest.approx(10)
    planted = Clock(np.ones(10), ((first_day(2020), 4.0),))
    assert planted.after(earlier, np.array([30.0]))[0] - start[0] == pytest.approx(5)


def test_a_family_supported_at_home_stays_known_for_months_and_comes_back_less():
    where = world(settings(["382"])[0], 1, USUAL)
    process = process_of(where)
    cared = [
        life
        for life in lives(where, 2018, 2022)
        if life.care and life.care[-1].spell.route.startswith("home")
    ]
    found = {}
    for supported in (True, False):
        changed = [with_support(life, supported) for life in cared]
        needs = [needs_around_care(life, process.own) for life in changed]
        closed = [
            own[-1].closed - life.care[-1].spell.end
            for life, own in zip(changed, needs, strict=True)
        ]
        counts = sum(len(own) for own in needs)
        add_needs_after_care(process, changed, needs, last_day(2025))
        found[supported] = np.median(closed), sum(len(own) for own in needs) - counts
    assert len(cared) > 100
    assert found[True][0] > 90
    assert found[False][0] < 30
    assert found[False][1] > 1.3 * found[True][1]


def with_support(life, supported):
    care = tuple(replace(one, spell=replace(one.spell, supported=supported)) for one in life.care)
    return replace(life, care=care)


# --- rates of councils --------------------------------------------------------------------------


def test_every_council_has_rates_of_its_own_that_can_be():
    england = rates_of(ENGLAND)
    assert rates_of("no such council") is england
    for code in choose("all"):
        own = rates_of(code)
        assert own is not england or council(code).valid_to is not None
        for name in RATES:
            values = getattr(own, name)
            assert len(values) == 10
            assert np.isfinite(values).all()
            assert (values >= 0).all()
            if name not in ("closing", "ending", "again"):
                assert (values < 1).all()


def test_a_council_is_about_as_it_was_published(everybody):
    truth = [need_tallies(everybody, CODE, year) for year in YEARS]
    for measure, name, near in (
        ("referrals", "referrals", 0.1),
        ("in_need_at_31_march", "in_need_at_31_march", 0.15),
        ("plans_started", "plans_started", 0.2),
        ("plans_at_31_march", "plans_at_31_march", 0.25),
    ):
        figures = published(measure, area=CODE).filter(pl.col("year").is_in(list(YEARS)))
        assert figures.height == len(YEARS)
        known = float(figures["value"].sum())
        assert sum(getattr(one, name) for one in truth) == pytest.approx(known, rel=near), measure
