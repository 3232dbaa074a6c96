"""What holds of Annex A on every reporting day and of every household and visit."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from whatworks.synthetic.annex_a import lists
from whatworks.synthetic.annex_a.forms import forms, months_before
from whatworks.synthetic.annex_a.reporting import before, last_weekday
from whatworks.synthetic.calendar import first_day, last_day, weekday
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.draws import Draws
from whatworks.synthetic.need_population import in_need
from whatworks.synthetic.population import lives
from whatworks.synthetic.setting import settings as councils
from whatworks.synthetic.world import world

YEARS = (2023, 2025)

SPANS = {
    2: ("Assessment start date", "Assessment completion date"),
    4: ("Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"),
    6: ("CIN Start Date", "CIN Closure Date"),
    7: ("Child Protection Plan Start Date", "Child Protection Plan End Date"),
    8: ("Date Started to be Looked After", "Date Ceased to be Looked After"),
}


@cache
def drawn():
    """The smallest council with its lives and spells of need."""
    where = world(councils(["857"])[0], 11, USUAL)
    people = lives(where, *YEARS)
    return where, people, in_need(where, people, *YEARS, 0.3)


reporting_days = st.integers(first_day(YEARS[0] + 1), last_day(YEARS[1]))


@given(reporting_days)
@settings(max_examples=15)
def test_nothing_is_told_before_it_is_known_or_after_it_is_over(day):
    where, people, needs = drawn()
    found = {
        n: [dict(zip([c.name for c in form.columns], row, strict=True)) for row in rows]
        for (n, form), rows in zip(
            forms().items(), lists(where, day, people, needs, {}).values(), strict=True
        )
    }
    half = months_before(day, 6)
    for n, form in forms().items():
        dates = [c.name for c in form.columns if c.type == "date" and c.name != "Date of Birth"]
        for row in found[n]:
            assert all(row[name] is None or row[name] <= day for name in dates)
            if n in SPANS:
                start, end = (row[name] for name in SPANS[n])
                assert end is None or max(start, half) <= end
    for n in (8, 9, 10):
        ids = [row["Child Unique ID"] for row in found[n]]
        assert len(set(ids)) == len(ids)
    truly = {
        life.who.id: any(spell.start <= day < spell.end for spell in life.career.spells)
        for life in people
        if life.counted
    }
    told = {row["Child Unique ID"]: row["Date Ceased to be Looked After"] for row in found[8]}
    assert {child for child, ceased in told.items() if ceased is None} == {
        child for child, now in truly.items() if now
    }


@given(st.dates(date(1990, 1, 1), date(2049, 12, 31)), st.integers(0, 36))
def test_spans_follow_one_another_without_a_gap_where_they_are_whole_months(day, months):
    last = date(day.year, day.month, 1).toordinal() - 1
    first = months_before(last, months)
    assert date.fromordinal(first).day == 1
    assert months_before(first - 1, 0) == first
    assert months_before(last, months + 6) == months_before(first - 1, 6)


@given(st.integers(0, 2**64 - 1), reporting_days, st.integers(1, 400))
def test_visits_are_on_weekdays_and_never_after_the_day(seed, day, every):
    seen = before(Draws(seed), day, every)
    assert weekday(seen) < 5
    assert seen <= day
    assert day - seen <= every * 1.8 + 2
    assert last_weekday(seen) == seen
