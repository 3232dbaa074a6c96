"""What happens inside care, produced and published, in the same keys: for calibrate_placements.

Keys are those of ``whatworks.synthetic.tallies`` where it counts them. Besides:

- ``changed/reason/CODE``: placements of the year that followed another, by why that one ended;
- ``stability/three_or_more/year``, ``.../two_years`` and ``.../two_years_all``: children looked
  after at 31 March with three or more placements in the year; those looked after on that day and
  on the same day a year before, and of them those with three or more in two years. That the
  published two-year figure is of these children is our reading of its total;
- ``rate/...``: shares and means of the tables of health and of care leavers;
- ``rate/inside``: of children looked after, those in a placement of districts 1 to 49.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from whatworks import reference
from whatworks.synthetic import fitted
from whatworks.synthetic.calendar import age_on, birthday, first_day, last_day
from whatworks.synthetic.lives import Life
from whatworks.synthetic.providers import FOSTER
from whatworks.synthetic.ssda903 import cut
from whatworks.synthetic.tallies import tallies
from whatworks.synthetic.truth import _placements

YEARS = tuple(fitted.YEARS)
MARCH, STARTED, CEASED = "looked_after_at_31_march", "started", "ceased"
Figures = dict[str, dict[int, float]]
"""Key -> collection year -> number."""
Sums = defaultdict[tuple[str, int], float]

AT_18 = {
    f"{CEASED}/reason/stayed_with_carers": "E17",
    f"{CEASED}/reason/independent_supported": "E5",
    f"{CEASED}/reason/independent": "E6",
    f"{CEASED}/reason/adult_care": "E7",
    f"{CEASED}/reason/other": "E8",
}
_OUTCOMES = {
    "three_or_more_placements": "stability/three_or_more/year",
    "two_years_all": "stability/three_or_more/two_years_all",
    "two_years_three_or_more": "stability/three_or_more/two_years",
    "long_term_all": "stability/long_term/all",
    "long_term_same": "stability/long_term/same",
    "missing": "year/children/missing",
    "away": "year/children/away",
    **{
        name: f"rate/{name}"
        for name in (
            "staying_put",
            "sdq_mean",
            "sdq_normal",
            "sdq_concern",
            "misuse",
            "convicted",
            "teeth",
            "health_assessment",
            "leaver_17_suitable",
            "leaver_19_suitable",
            "leaver_19_active",
            "leaver_19_higher",
            "leaver_19_not_known",
            "guardian_E45",
            "guardian_E46",
            "guardian_E47",
        )
    },
}


def published_figures() -> Figures:
    """The official figures of England."""
    found: Figures = defaultdict(dict)
    table = reference.characteristics().drop_nulls("value")
    for population, topic, group, year, value in table.select(
        "population", "topic", "group", "year", "value"
    ).iter_rows():
        if group != "total":
            found[f"{population}/{topic}/{group}"][year] = value
    for name, *_ in fitted.rows("outcomes.csv"):
        key = _OUTCOMES.get(name)
        if key is None and name.startswith("placements_changed_") and not name.endswith("all"):
            key = "changed/reason/" + name.rsplit("_", 1)[1]
        if key:
            found[key] = {year: fitted.outcome(name)[year] for year in YEARS}
    found["year/children/all"] = dict.fromkeys(YEARS, 1.0)
    found["rate/leaver_17_active"] = {
        y: sum(
            fitted.outcome(f"leaver_17_{n}")[y]
            for n in ("higher", "studying", "apprentice", "working")
        )
        for y in YEARS
    }
    inside, outside = (found[f"{MARCH}/locality/{where}"] for where in ("inside", "outside"))
    found["rate/inside"] = {y: inside[y] / (inside[y] + outside[y]) for y in YEARS}
    return dict(found)


def count(n: Sums, people: Sequence[Life], code: str, year: int) -> None:
    """Add one council's numbers of a year to the sums."""
    first, last = first_day(year), last_day(year)
    for key, number in tallies(people, year).items():
        n[key, year] += number
    for life in people:
        if life.counted and life.care:
            _count_life(n, life, year, first, last)
    _count_tables(n, people, code, year)


def _count_life(n: Sums, life: Life, year: int, first: int, last: int) -> None:
    before = first_day(year - 1)
    open_ = any(care.spell.start <= last < care.spell.end for care in life.care)
    earlier = any(care.spell.start < first < care.spell.end for care in life.care)
    for care in life.care:
        episodes = care.episodes
        for a, b in pairwise(episodes):
            if first <= b.start <= last and b.rne in "PTBU" and a.reason:
                n[f"changed/reason/{a.reason}", year] += 1
        if care.spell.start <= last < care.spell.end:
            there = next(e for e in reversed(episodes) if e.start <= last)
            near = there.place.post and int(there.place.post[2:4]) < 50
            n["rate/inside", year] += bool(near)
            n["of/inside", year] += 1
    if not open_:
        return
    placed = [_placements(care, first, last, same_carer_counts=True) for care in life.care]
    n["stability/three_or_more/year", year] += sum(placed) >= 3
    n["stability/three_or_more/all", year] += 1
    if earlier:
        two = [_placements(care, before, last, same_carer_counts=True) for care in life.care]
        n["stability/three_or_more/two_years", year] += sum(two) >= 3
        n["stability/three_or_more/two_years_all", year] += 1


def _count_tables(n: Sums, people: Sequence[Life], code: str, year: int) -> None:
    tables = cut(people, {}, code, year)
    born = {life.who.id: life for life in people}

    def add(name: str, true: bool, whole: bool = True) -> None:
        n[f"rate/{name}", year] += true
        n[f"of/{name}", year] += whole

    for row in tables["OC2"]:
        if row[2] and age_on(born[row[0]].who.dob, last_day(year)) in range(5, 17):
            score = int(row[2])
            n["rate/sdq_mean", year] += score
            n["of/sdq_mean", year] += 1
            add("sdq_normal", score < 14)
            add("sdq_concern", score > 16)
        if row[4]:
            add("convicted", row[4] == "1")
        add("teeth", row[7] == "1")
        add("health_assessment", row[8] == "1")
        add("misuse", row[9] == "1")
    for child, _, touch, active, home in tables["OC3"]:
        life = born[child]
        age = next(
            a
            for a in range(17, 22)
            if first_day(year) <= birthday(life.who.dob, a) <= last_day(year)
        )
        group = 17 if age < 19 else 19
        add(f"leaver_{group}_suitable", home[-1] == "1")
        add(f"leaver_{group}_active", active[0] in "FP")
        add(f"leaver_{group}_higher", active[1:] == "1")
        add(f"leaver_{group}_not_known", touch != "YES")
        if age in (19, 20) and life.care:
            spell, last = life.care[-1].spell, life.care[-1].episodes[-1]
            n["of/staying_put", year] += last.kind in FOSTER and spell.route == "adult"
            n["rate/staying_put", year] += home[0] == "Z"


def produced_figures(n: Sums) -> Figures:
    """What was counted, with rates worked out."""
    found: Figures = defaultdict(dict)
    for (key, year), number in n.items():
        if key.startswith("rate/"):
            found[key][year] = number / max(1, n["of/" + key[5:], year])
        elif not key.startswith("of/"):
            found[key][year] = number
    for year in YEARS:
        guardians = {
            k: found.get(f"{CEASED}/guardian/{g}", {}).get(year, 0)
            for k, g in (
                ("E45", "fostering_relatives"),
                ("E46", "other_fostering"),
                ("E47", "relatives"),
                ("E48", "others"),
            )
        }
        for k in ("E45", "E46", "E47"):
            found[f"rate/guardian_{k}"][year] = guardians[k] / max(1, sum(guardians.values()))
    return dict(found)


def _sum(figures: Figures, prefix: str, without: str = "\0") -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for key, by_year in figures.items():
        if key.startswith(prefix) and not key.endswith(without):
            for year, number in by_year.items():
                found[year] += number
    return found


def shares(figures: Figures) -> Figures:
    """Each number as a share of what it is compared within; rates as they are."""
    everybody = _sum(figures, f"{MARCH}/sex/")
    changes = _sum(figures, "changed/reason/", without="/PLACE")
    at_18 = _sum({key: figures.get(key, {}) for key in AT_18}, "")
    found: Figures = {}
    for key, by_year in figures.items():
        topic = key.rsplit("/", 1)[0] + "/"
        if key in AT_18:
            whole: dict[int, float] = at_18
        elif key in ("changed/reason/PLACE", "stability/three_or_more/year"):
            whole = everybody
        elif topic == "changed/reason/":
            whole = changes
        elif key == "stability/three_or_more/two_years":
            whole = figures["stability/three_or_more/two_years_all"]
        elif topic in ("stability/long_term/", "year/children/"):
            whole = figures[topic + "all"]
        elif topic == "rate/":
            whole = dict.fromkeys(YEARS, 1.0)
        elif topic == "stability/three_or_more/":
            whole = everybody
        else:
            whole = _sum(figures, topic)
        found[key] = {y: n / whole[y] for y, n in by_year.items() if whole.get(y)}
    found["changed/all but status"] = {y: changes[y] / everybody[y] for y in YEARS if everybody[y]}
    return found
