"""Which social worker each looked-after child had: one of the workforce, while there."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from whatworks import reference
from whatworks.synthetic import workforce
from whatworks.synthetic.careers import Career, Spell
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.setting import settings
from whatworks.synthetic.workforce.targets import three_or_more

SOME = ("816", "857", "330", "314", "936", "208", "301", "355", "380", "812", "831", "908")


def where(code):
    return SimpleNamespace(setting=settings([code])[0], seed=1, code=int(code))


@pytest.fixture(scope="module")
def pools():
    return {code: workforce.pool(where(code), 2017, 2025) for code in SOME}


def child(code, i, chance, first=date(2012, 4, 1), last=date(2026, 3, 31)):
    span = last.toordinal() - first.toordinal()
    start = first.toordinal() + int(chance.u() * span)
    days = 1 + int(chance.exponential(60 if chance.chance(0.25) else 1350))
    spell = Spell(start, start + days, "home_planned")
    seed = int(code) * 1_000_003 + i
    return SimpleNamespace(
        who=SimpleNamespace(id=f"{code}-{i}"),
        counted=True,
        career=Career("care", start - int(chance.u() * 15 * 365), (spell,)),
        draws=lambda tag: Draws(seed).fork(tag),
    )


def children(code, n):
    chance = Draws(int(code))
    return [child(code, i, chance) for i in range(n)]


SINCE = date(2023, 4, 1).toordinal()
END = date(2024, 3, 31).toordinal()


def three(got, people):
    there = [p for p in people if any(s.start <= END < s.end for s in p.career.spells)]
    many = [
        p
        for p in there
        if len({one.id for one in got[p.who.id] if one.start <= END and one.end >= SINCE}) >= 3
    ]
    return len(many), len(there)


def test_a_worker_has_children_only_while_in_post_and_not_on_leave(pools):
    for code in ("857", "936", "208"):
        pool = workforce.pool(where(code), 2011, 2027)
        known = {one.id: one for one in pool.workers}
        for workers in pool.social_workers(children(code, 900), SINCE).values():
            assert workers == sorted(workers, key=lambda one: one.start)
            for one in workers:
                person = known[one.id]
                assert person.start <= one.start < one.end
                assert person.end is None or one.end <= person.end


def test_changes_have_the_reasons_that_the_workforce_gives(pools):
    pool = workforce.pool(where("330"), 2011, 2027)
    known = {one.id: one for one in pool.workers}
    held = reference.code_values("ssda903", "SW_REASON", 2024)
    reasons = Counter()
    left_otherwise = 0
    for workers in pool.social_workers(children("330", 4000), SINCE).values():
        for before, after in pairwise(workers):
            reasons[after.reason] += 1
            if before.end != after.start:
                assert after.reason == "FCONTA"
                continue
            gone = known[before.id].end == before.end
            if after.reason == "SWDIED":
                assert gone
                assert known[before.id].reason == "6"
            if gone:
                left_otherwise += after.reason not in ("LEFTRL", "SWDIED", "ORGRST")
    assert set(reasons) <= held
    assert left_otherwise == 0
    assert reasons["LEFTRL"] / reasons.total() > 0.15
    assert reasons["TSPROC"] > 0
    assert reasons["ABSENC"] > 0


def test_councils_whose_workers_change_more_have_more_children_with_three(pools):
    shares, wanted = [], []
    many = total = 0
    for code in SOME:
        people = children(code, 1600)
        n, of = three(pools[code].social_workers(people, SINCE), people)
        shares.append(n / of)
        wanted.append(three_or_more(settings([code])[0]))
        many, total = many + n, total + of
    assert np.corrcoef(shares, wanted)[0, 1] > 0.7
    assert many / total == pytest.approx(np.mean(wanted), abs=0.05)


def test_load_is_spread_by_caseload(pools):
    pool = pools["330"]
    held = Counter()
    day = date(2024, 9, 30).toordinal()
    for workers in pool.social_workers(children("330", 6000), SINCE).values():
        held.update(one.id for one in workers if one.start <= day < one.end)
    cases = {row[1]: int(row[16] or 0) for row in pool.census(2024).workers}
    assert set(held) <= {number for number, n in cases.items() if n}
    top = Counter(n for number, n in held.items() if cases[number] >= 18)
    low = Counter(n for number, n in held.items() if cases[number] <= 13)
    mean = [sum(n * k for n, k in one.items()) / one.total() for one in (top, low)]
    assert mean[0] > 1.15 * mean[1]


def test_short_breaks_and_children_long_gone_have_no_worker_here(pools):
    people = children("857", 200)
    people[0].counted = False
    got = pools["857"].social_workers(people, SINCE)
    assert people[0].who.id not in got
    gone = [p for p in people if p.career.spells[-1].end < SINCE - 400]
    assert gone
    assert not {p.who.id for p in gone} & set(got)
