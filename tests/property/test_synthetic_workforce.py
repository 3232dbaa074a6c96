"""Whatever the seed, council, size and years: the same workers, and nothing impossible of them."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.synthetic import workforce
from whatworks.synthetic.careers import Career, Spell
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.setting import settings as councils

COUNCILS = st.sampled_from(["857", "816", "201", "420", "318", "936"])
SEEDS = st.integers(0, 2**32)
FIRST, LAST = 734_400, 739_300
"""Days from 2011 to 2025, all within those that are simulated."""


def where(code, seed, scale=1.0):
    return SimpleNamespace(setting=councils([code])[0].scaled(scale), seed=seed, code=int(code))


def written(pool, year):
    return workforce.csww_file(pool.census(year))


@settings(deadline=None, max_examples=10, derandomize=True)
@given(COUNCILS, SEEDS, st.integers(2017, 2026), st.integers(0, 5))
def test_the_same_seed_gives_the_same_bytes_whatever_years_are_asked_for(code, seed, year, more):
    alone = workforce.pool(where(code, seed), year, year)
    among = workforce.pool(where(code, seed), max(year - more, 2012), min(year + more, 2027))
    among.census(2014)
    assert written(alone, year) == written(among, year)
    other = workforce.pool(where(code, seed + 1), year, year)
    assert written(alone, year) != written(other, year)


@settings(deadline=None, max_examples=15, derandomize=True)
@given(COUNCILS, SEEDS, st.floats(0.05, 3.0), st.integers(2017, 2026))
def test_posts_and_censuses_hold_together(code, seed, scale, year):
    pool = workforce.pool(where(code, seed, scale), year, year)
    posts = pool.posts
    assert (posts.start < posts.end).all()
    assert (posts.role_start <= posts.start).all()
    age = (posts.role_start - posts.born) / 365.25
    assert (age > 18).all()
    assert len(set(posts.serial.tolist())) == len(posts)
    census = pool.census(year)
    numbers = [row[1] for row in census.workers]
    assert len(set(numbers)) == len(numbers)
    column = {name: i for i, name in enumerate(workforce.COLUMNS["CSWWWorker"])}
    for row in census.workers:
        left = bool(row[column["RoleEndDate"]])
        assert bool(row[column["ReasonLeave"]]) == bool(row[column["LeaverDestination"]]) == left
        assert bool(row[column["Cases30"]]) == bool(row[column["FTE30"]]) == (not left)
        assert (row[column["Absat30Sept"]] == "1") == bool(row[column["ReasonAbsence"]])
        assert (row[column["ContractWeeks"]] != "") == (row[column["AgencyWorker"]] == "1")
    told = census.tallies()
    assert told.cases >= told.caseholders_fte
    assert told.caseholders_fte <= round(told.in_post_fte + told.agency_fte, 2)


@st.composite
def careers(draw):
    starts = sorted(draw(st.lists(st.integers(FIRST, LAST), min_size=1, max_size=4, unique=True)))
    spells = []
    for start, following in zip(starts, [*starts[1:], LAST + 4000], strict=True):
        end = draw(st.integers(start + 1, max(start + 1, min(following - 1, LAST + 900))))
        spells.append(Spell(start, end, "home_planned"))
    return Career("care", starts[0] - draw(st.integers(0, 6000)), tuple(spells))


@settings(deadline=None, max_examples=12, derandomize=True)
@given(COUNCILS, SEEDS, st.lists(careers(), min_size=1, max_size=8), st.integers(FIRST, LAST))
def test_children_have_one_worker_at_a_time_who_is_there(code, seed, found, since):
    pool = workforce.pool(where(code, seed), 2011, 2027)
    people = [
        SimpleNamespace(
            who=SimpleNamespace(id=str(i)),
            counted=True,
            career=one,
            draws=lambda tag, i=i: Draws(seed + i).fork(tag),
        )
        for i, one in enumerate(found)
    ]
    known = {one.id: one for one in pool.workers}
    whole, part = pool.social_workers(people, 0), pool.social_workers(people, since)
    for name, workers in whole.items():
        assert workers
        for one in workers:
            assert one.start < one.end
            end = known[one.id].end
            assert known[one.id].start <= one.start
            assert end is None or one.end <= end
        for before, after in pairwise(workers):
            assert before.end <= after.start
            assert (after.reason == "FCONTA") == (before.end < after.start)
            assert before.end < after.start or before.id != after.id
        for spell in found[int(name)].spells:
            for day in (spell.start, (spell.start + spell.end) // 2, spell.end - 1):
                assert sum(one.start <= day < one.end for one in workers) == 1
        if name in part:
            assert part[name] == [one for one in workers if one.end >= since]
    again = pool.social_workers(people[::-1], 0)
    assert again == whole
