"""What holds of every invented life, whichever numbers it is drawn from."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from whatworks.synthetic.calendar import birthday, first_day, last_day
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, CARE, UASC
from whatworks.synthetic.conditions import (
    LEAVE,
    MOVE,
    REENTRY,
    REFUSAL,
    REREFERRAL,
    USUAL,
    Conditions,
)
from whatworks.synthetic.drawing import one_career
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.identity import Slot, person
from whatworks.synthetic.lives import life
from whatworks.synthetic.need_care import add_needs_after_care, needs_around_care
from whatworks.synthetic.need_details import needs_of
from whatworks.synthetic.need_population import cohort_of, process_of
from whatworks.synthetic.providers import REGISTERED
from whatworks.synthetic.routes import rates
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.world import world

YEARS = range(2016, 2026)
SETTING = Setting(
    code="816",
    name="York",
    looked_after=dict.fromkeys(YEARS, 240.0),
    uasc=dict.fromkeys(YEARS, 15.0),
    population=dict.fromkeys(YEARS, 35_000.0),
    first_year=0,
    last_year=9999,
)
BUSY = Conditions(
    {
        MOVE: ((737_000, 4.0),),
        LEAVE: ((737_000, 3.0),),
        REENTRY: ((0, 3.0),),
        REFUSAL: ((737_000, 3.0),),
        REREFERRAL: ((737_000, 2.0),),
    }
)
WORLDS = (world(SETTING, 1, USUAL), world(SETTING, 1, BUSY))

seeds = st.integers(0, 2**64 - 1)
days = st.integers(first_day(2000), last_day(2026))
kinds = st.sampled_from([CARE, CARE, CARE, UASC, BREAKS_V3, BREAKS_V4])


@st.composite
def lives(draw):
    where = draw(st.sampled_from(WORLDS))
    seed = draw(seeds)
    one = one_career(
        seed,
        draw(days),
        draw(kinds),
        steering=where.steering,
        rates=rates(),
        conditions=where.conditions,
    )
    who = person(Draws(seed).fork(9), Slot(816, 2020, 0, seed % 5000), one.dob, one.kind)
    return life(seed, one, who, where)


@given(lives())
def test_spells_of_care_follow_one_another_and_end_by_eighteen(one):
    spells = one.career.spells
    adult = birthday(one.who.dob, 18)
    for spell in spells:
        assert one.who.dob <= spell.start < spell.end <= adult
    for before, after in pairwise(spells):
        assert after.start >= before.end + 2


@given(lives())
def test_episodes_fill_a_spell_without_gap_or_overlap(one):
    for care in one.care:
        if one.kind == BREAKS_V3:
            continue
        assert care.episodes[0].start == care.spell.start
        assert care.episodes[-1].end == care.spell.end
        assert [episode.rne == "S" for episode in care.episodes].index(True) == 0
        assert sum(episode.rne == "S" for episode in care.episodes) == 1
        for before, after in pairwise(care.episodes):
            assert before.start < before.end == after.start
            assert before.rec == "X1"
        assert care.episodes[-1].rec != "X1"


@given(lives())
def test_the_reason_for_a_new_episode_says_what_changed(one):
    for care in one.care:
        for before, after in pairwise(care.episodes):
            moved = (before.kind, before.place) != (after.kind, after.place)
            if after.rne in ("L", "B", "U"):
                assert before.ls != after.ls
            elif after.rne != "S":
                assert before.ls == after.ls
            if after.rne != "S":
                assert moved == (after.rne != "L")
            if after.rne in ("T", "U"):
                # A home not registered in time loses its number, not its address.
                assert before.place.post == after.place.post
            stays_put = after.rne in ("S", "L") or "T" in (before.kind[0], after.kind[0])
            assert bool(before.reason) == (not stays_put)


@given(lives())
def test_the_law_and_the_childs_age_allow_where_it_lives(one):
    dob = one.who.dob
    for care in one.care:
        for episode in care.episodes:
            age = (episode.start - dob) / 365.25
            if episode.kind == "supported":
                assert age > 15.99
            if episode.kind == "P1":
                assert episode.ls in ("C1", "C2", "E1")
            if episode.kind == "R5":
                assert age > 9.99
            if episode.kind in ("A5", "A6"):
                assert episode.ls == "E1"
            if episode.ls == "L1":
                assert episode.end - episode.start <= 3 or care.spell.end - care.spell.start <= 3
            if episode.kind in REGISTERED and one.counted:
                assert episode.place.urn
        assert care.episodes[0].kind[0] != "T"
        assert care.episodes[-1].kind[0] != "T"
        if care.spell.route == "adoption":
            assert care.episodes[-1].kind in ("A5", "A6")


@given(lives())
def test_reviews_and_days_missing_lie_within_care(one):
    for care in one.care:
        for day, code in care.reviews:
            assert care.spell.start < day < care.spell.end
            assert (code == "PN0") == (day < birthday(one.who.dob, 4))
        for (_, _, back), (_, out, _) in pairwise(care.missing):
            assert back < out
        for _, out, back in care.missing:
            assert any(e.start < out <= back < e.end for e in care.episodes)


@given(lives())
def test_spells_of_need_reach_over_care_and_hold_what_happens_in_them(one):
    process = process_of(WORLDS[0])
    needs = needs_around_care(one, process.own)
    add_needs_after_care(process, [one], [needs], last_day(2030))
    for spell in one.career.spells:
        assert any(need.referred <= spell.start and need.closed >= spell.end for need in needs)
    _holds_together(needs)


@given(seeds, st.integers(2000, 2026), st.sampled_from(WORLDS))
def test_spells_of_need_without_care_hold_together(seed, year, where):
    process, cohort = process_of(where), cohort_of(seed, 816, year, 40.0)
    spells = process.run(cohort.children, last_day(2030))
    adult = cohort.children.adult
    found = {}
    for i, need in zip(
        spells.child.tolist(),
        needs_of(process.own, spells, adult[spells.child].tolist()),
        strict=True,
    ):
        found.setdefault(i, []).append(need)
    assert len(found) == len(cohort.dob)
    for i, needs in found.items():
        _holds_together(needs)
        assert needs[0].referred - cohort.dob[i] < adult[i] - 60
        assert cohort.dob[i] - needs[0].referred <= 280


def _holds_together(needs):
    for before, after in pairwise(needs):
        assert before.closed < after.referred
    for need in needs:
        assert need.referred <= need.closed
        assert not need.nfa or not (need.assessments or need.enquiries or need.plans)
        for one in need.assessments:
            assert need.referred <= one.start <= one.end <= need.closed
        for before, after in pairwise(need.assessments):
            assert before.end < after.start
        for one in need.enquiries:
            assert need.referred <= one.start <= (one.conference or one.start) <= need.closed
        conferences = [one.conference for one in need.enquiries]
        for plan in need.plans:
            assert plan.start in conferences
            assert plan.start < plan.end <= need.closed
            assert all(plan.start < day < plan.end for day in plan.reviews)
        taken = [(plan.start, plan.end) for plan in need.plans] + list(need.cin_plans)
        for before, after in pairwise(sorted(taken)):
            assert before[1] < after[0]
        for start, end in need.cin_plans:
            assert need.referred <= start < end <= need.closed
        if need.reason in ("RC8", "RC9"):
            assert not need.enquiries
            assert not need.plans
            assert not need.cin_plans
