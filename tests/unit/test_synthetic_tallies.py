"""Facts counted of invented lives add up to one another and to what is true."""

from __future__ import annotations

from collections import Counter

import pytest

from whatworks import reference
from whatworks.synthetic import tallies as station
from whatworks.synthetic.calendar import birthday, first_day, last_day
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.council_year import council_year, of_workforce
from whatworks.synthetic.population import by_year, lives
from whatworks.synthetic.setting import settings
from whatworks.synthetic.tallies import tallies
from whatworks.synthetic.truth import truth
from whatworks.synthetic.world import world

CODE, YEARS = "841", range(2022, 2026)


@pytest.fixture(scope="module")
def people():
    return lives(world(settings([CODE])[0], 3, USUAL), YEARS[0], YEARS[-1])


@pytest.fixture(scope="module")
def counted(people):
    of_year = by_year(people, YEARS)
    return {
        year: (truth(of_year[year], CODE, year), tallies(of_year[year], year)) for year in YEARS
    }


def _topics(found, population):
    sums = Counter()
    for key, n in found.items():
        parts = key.split("/")
        if parts[0] == population and parts[1] not in ("guardian", "duration"):
            sums[parts[1]] += n
    return sums


def test_the_groups_of_every_topic_add_up_to_all_children(counted) -> None:
    for of, found in counted.values():
        for population, total in (
            ("looked_after_at_31_march", of.looked_after_at_31_march),
            ("started", of.started),
            ("ceased", of.ceased),
        ):
            sums = _topics(found, population)
            assert len(sums) >= 4
            assert set(sums.values()) == {total}, (of.year, population, sums)


def test_every_group_is_one_of_the_published_ones(counted) -> None:
    rows = reference.characteristics().select("population", "topic", "group").unique().iter_rows()
    published = {"/".join(row) for row in rows}
    own = ("guardian", "duration", "reentry", "stability", "year")
    for _, found in counted.values():
        strange = {
            key for key in found if key not in published and not set(own) & set(key.split("/"))
        }
        assert strange == set()


def test_what_is_counted_twice_agrees(counted) -> None:
    for of, found in counted.values():
        home = found.get("ceased/reason/returned_home_planned", 0)
        home += found.get("ceased/reason/returned_home_unplanned", 0)
        assert home == of.returned_home
        guardians = sum(n for key, n in found.items() if key.startswith("ceased/guardian/"))
        assert guardians == found.get("ceased/reason/special_guardianship", 0)
        lasted = {k: n for k, n in found.items() if k.startswith("ceased/duration/")}
        days = lasted.pop("ceased/duration/days")
        assert sum(lasted.values()) == of.ceased
        assert days > of.ceased
        assert found["year/children/all"] >= of.looked_after_at_31_march


def test_returns_home_are_followed_year_by_year(people, counted) -> None:
    year = 2022
    risk, again = Counter(), Counter()
    for life in people:
        for i, care in enumerate(life.care):
            end = care.spell.end
            home = care.episodes[-1].rec in ("E4A", "E4B")
            if not (life.counted and home and first_day(year) <= end <= last_day(year)):
                continue
            later = [one.spell.start for one in life.care[i + 1 :]]
            for k in range(1, 7):
                if birthday(end, k) >= birthday(life.who.dob, 18):
                    break
                if later and later[0] <= birthday(end, k - 1):
                    break
                risk[k] += 1
                again[k] += bool(later and later[0] <= birthday(end, k))
    found = counted[year][1]
    for k in range(1, 7):
        assert found.get(f"reentry/at_risk/{k}", 0) == risk[k]
        assert found.get(f"reentry/again/{k}", 0) == again[k]
    assert risk[1] > 10


def test_a_temporary_stay_counts_under_the_placement_it_interrupts() -> None:
    assert not [kind for kind in station.PLACEMENT if kind[0] == "T"]


def test_all_that_is_true_of_a_council_year_is_plain(people) -> None:
    year = 2024
    found = council_year(by_year(people, YEARS)[year], CODE, year)
    assert (found["council"], found["year"]) == (CODE, year)
    assert found["tallies"]["population"] == reference.population_of(CODE, year)
    top, under = found["measures"]["returned_home"]
    assert (top, under) == (found["tallies"]["returned_home"], found["tallies"]["ceased"])
    assert all(isinstance(n, int) for n in found["tallies"].values())
    assert not [key for key in found["tallies"] if key.startswith(("need", "workforce"))]


def test_parts_of_a_workforce_measure_have_keys_of_their_own() -> None:
    assert of_workforce({"a": (1.5, None), "b": (2.0, 4.0)}) == {
        "workforce/a/numerator": 1.5,
        "workforce/b/numerator": 2.0,
        "workforce/b/denominator": 4.0,
    }
