"""However muddled the tables beside episodes are, the measures agree with a plain recount."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings

from whatworks.journeys.deriving import CareJourneys, care_from
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.outcomes import OUTCOMES
from whatworks.journeys.stacking import ReturnTables
from whatworks.measures.counting import count
from whatworks.measures.definition import everything
from whatworks.returns.typing import type_tables

from . import oracle_outcomes as oracle

FEW = max(4, settings.default.max_examples // 20)
FROM, TO = date(2022, 6, 1), date(2027, 5, 1)

Cells = dict[str, str | None]
Returns = dict[int, dict[str, list[Cells]]]
Lives = dict[str, list[list[tuple[Any, ...]]]]

MEASURES = [
    name
    for name, m in everything().items()
    if m.collection == "ssda903"
    and (set(m.needs) & {one.table for one in OUTCOMES.values()} or m.view == "adopted")
]


def lives_of(rng: random.Random, children: int) -> Lives:
    """Children with one to three periods of care, of one to four episodes each."""
    found: Lives = {}
    for number in range(children):
        at = FROM + timedelta(rng.randrange(1500))
        periods = []
        for _ in range(rng.randrange(1, 4)):
            rne = "S" if periods or rng.random() < 0.85 else "P"
            period = []
            ls = "C2"
            for i in range(rng.randrange(1, 5)):
                end = at + timedelta(rng.choice([1, rng.randrange(1, 60), rng.randrange(1, 700)]))
                ls = "E1" if ls == "E1" or rng.random() < 0.2 else "C2"
                place = rng.choice(["U6", "U4", "K2", "A4", "A5"])
                period.append([at, end, rne if i == 0 else rng.choice("PLTUB"), ls, place, "X1"])
                at = end
            period[-1][5] = rng.choice(["E11", "E12", "E4A", "E8", "E11"])
            periods.append([tuple(e) for e in period])
            at += timedelta(rng.randrange(2, 500))
        found[f"c{number}"] = periods
    return found


def seen(lives: Lives, years: list[int]) -> Lives:
    """What the returns of consecutive years show of lives."""
    first, last = oracle.window(years[0])[0], oracle.window(years[-1])[1]
    found: Lives = {}
    for child, periods in lives.items():
        for period in periods:
            shown = [e for e in period if e[0] <= last and e[1] >= first]
            if shown:
                end = shown[-1]
                if end[1] > last:
                    shown[-1] = (end[0], None, *end[2:5], None)
                found.setdefault(child, []).append(shown)
    return found


def some_day(rng: random.Random) -> date:
    edge = date(rng.randrange(2023, 2028), *rng.choice([(3, 31), (4, 1), (2, 28)]))
    return edge if rng.random() < 0.15 else FROM + timedelta(rng.randrange((TO - FROM).days))


def cell(rng: random.Random, *choices: Any) -> str | None:
    picked = rng.choice(choices)
    return picked if picked is None else str(picked)


def span(rng: random.Random, longest: int = 200) -> tuple[str | None, str | None]:
    begun = some_day(rng)
    over = begun + timedelta(rng.choice([0, 0, 1, 2, rng.randrange(longest), -1]))
    start = cell(rng, *[begun] * 12, None, "?")
    return start, cell(rng, *[over] * 9, None, None, "?")


def written(rng: random.Random, year: int, child: str | None) -> dict[str, Cells]:
    """One row for each table, much of it plausible."""
    missed, worked, bound, planned = span(rng, 20), span(rng), span(rng), span(rng)
    yes = ("0", "1", "1", None, "Y")
    in_year = oracle.window(year)[0] + timedelta(rng.randrange(380))
    born = date(rng.randrange(2002, 2010), 1, 1) + timedelta(rng.randrange(365))
    decided = some_day(rng)
    match = decided + timedelta(rng.randrange(-20, 400))
    return {
        "Missing": {
            "CHILD": child,
            "MISSING": cell(rng, "M", "M", "M", "A", "X", None),
            "MIS_START": missed[0],
            "MIS_END": missed[1],
        },
        "OC2": {
            "CHILD": child,
            "SDQ_SCORE": cell(rng, rng.randrange(41), rng.randrange(41), 17, 16, 99, None, "x"),
            "SUBSTANCE_MISUSE": cell(rng, "0", "1", "1", None),
            **{c: cell(rng, *yes) for c in oracle.OC2[1:] if c != "SUBSTANCE_MISUSE"},
        },
        "OC3": {
            "CHILD": child,
            "DOB": cell(rng, born, born, date(2008, 2, 29), None, "?"),
            "IN_TOUCH": cell(rng, "YES", "YES", "NO", "REFU", "NREQ", "DIED", "RHOM", None, "Q"),
            "ACTIV": cell(rng, "F1", "F2", "P5", "G4", "G5", "G6", "0", None, "Z"),
            "ACCOM": cell(rng, "Z1", "U1", "B2", "G1", "R2", "0", "S2", None, "ZZ"),
        },
        "AD1": {
            "CHILD": child,
            "DATE_INT": cell(rng, decided, decided, decided, None, "?"),
            "DATE_MATCH": cell(rng, match, match, match, None, "?"),
            "FOSTER_CARE": cell(rng, "0", "1", None, "2"),
        },
        "PlacedAdoption": {
            "CHILD": child,
            "DATE_PLACED": planned[0],
            "DATE_PLACED_CEASED": planned[1],
            "REASON_PLACED_CEASED": cell(rng, "RD1", "RD3", None),
        },
        "PrevPerm": {
            "CHILD": child,
            "PREV_PERM": cell(rng, "P1", "P2", "P3", "P4", "Z1", "Z1", None, "QQ"),
        },
        "Reviews": {
            "CHILD": child,
            "REVIEW": cell(rng, *[in_year] * 9, None, "?"),
            "REVIEW_CODE": cell(rng, *(f"PN{n}" for n in range(8)), None, "PX"),
        },
        "SWEpisodes": {
            "CHILD": child,
            "SW_ID": cell(rng, "w1", "w2", "w3", "w4", None),
            "SW_DECOM": worked[0],
            "SW_DEC": worked[1],
        },
        "DoLo": {"CHILD": child, "DOLO_START": bound[0], "DOLO_END": bound[1]},
    }


def births(rng: random.Random, lives: Lives) -> dict[str, str | None]:
    """Days of birth: of some, eighteen years before care ended; of some, not known."""
    found = {}
    for child, periods in lives.items():
        young = periods[0][0][0] - timedelta(rng.randrange(6600))
        end = periods[-1][-1][1]
        grown = end.replace(year=end.year - 18, day=min(end.day, 28))
        found[child] = cell(rng, *[young] * 4, *[grown] * 3, None, "?")
    return found


def muddled(seed: int, children: int, years: list[int] | None = None) -> tuple[Lives, Returns]:
    """Consistent episodes of consecutive years, with tables beside them that often are not."""
    rng = random.Random(seed)
    lives = lives_of(rng, children)
    first = rng.randrange(2024, 2028)
    years = years or list(range(first, rng.randrange(first, 2028) + 1))
    born = births(rng, lives)
    returns: Returns = {}
    for year in years:
        start, last = oracle.window(year)
        tables: dict[str, list[Cells]] = {
            "Header": [{"CHILD": c, "DOB": b} for c, b in born.items() if rng.random() < 0.9],
            "Episodes": [
                {
                    "CHILD": child,
                    "DECOM": str(e[0]),
                    "DEC": str(e[1]) if e[1] <= last else None,
                    "RNE": e[2],
                    "LS": e[3],
                    "PLACE": e[4],
                    "REC": e[5] if e[1] <= last else None,
                }
                for child, periods in lives.items()
                for period in periods
                for e in period
                if e[0] <= last and e[1] >= start
            ],
        }
        names = [*lives, *lives, *["c0"] * (len(lives) // 15), "nobody", None]
        for table in written(rng, year, None):
            if rng.random() < 0.9 and (table != "DoLo" or year == 2027):
                rows = [
                    written(rng, year, rng.choice(names))[table]
                    for _ in range(rng.randrange(3 * len(lives)))
                ]
                earlier = returns.get(year - 1, {}).get(table, [])
                again = [dict(r) for r in earlier if rng.random() < 0.2]
                rows += again + [dict(r) for r in rows if rng.random() < 0.1]
                rng.shuffle(rows)
                tables[table] = rows
        returns[year] = tables
    return seen(lives, years), returns


def typed(returns: Returns) -> list[ReturnTables]:
    """The rows as files of returns are read."""
    made = []
    for year, tables in returns.items():
        text = {
            name: pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS[name], pl.String))
            for name, rows in tables.items()
        }
        found, _, _ = type_tables(text, collection="ssda903", year=year)
        made.append(ReturnTables(year, f"s{year}", found))
    return made


_COLUMNS = {
    **{name: tuple(row) for name, row in written(random.Random(0), 2027, None).items()},
    "Header": ("CHILD", "DOB"),
    "Episodes": ("CHILD", "DECOM", "DEC", "RNE", "LS", "PLACE", "REC"),
}


def derived(returns: Returns) -> CareJourneys:
    return care_from("301", typed(returns))


def counted(journeys: CareJourneys) -> dict[tuple[str, int], tuple[Any, Any, int]]:
    rows = count(journeys, MEASURES).filter(pl.col("numerator").is_not_null())
    return {
        (r["measure"], r["year"]): (r["numerator"], r["denominator"], r["left_out"])
        for r in rows.iter_rows(named=True)
    }


def agree(returns: Returns, lives: Lives) -> dict[tuple[str, int], Any]:
    found, plain = counted(derived(returns)), oracle.figures(lives, returns)
    assert {key: (round(k, 6), n, o) for key, (k, n, o) in plain.items()} == found
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_a_crowd_counts_as_a_plain_recount_does(seed: int) -> None:
    lives, returns = muddled(seed, 250)
    assert len(agree(returns, lives)) >= 40 * len(returns) - 60


def test_the_crowds_put_every_measure_to_the_test() -> None:
    """Each has a numerator above nought, and a denominator above that, in some crowd."""
    tried: set[str] = set()
    for seed in (11, 12, 13):
        lives, returns = muddled(seed, 300, [2024, 2025, 2026, 2027])
        for (name, _), (k, n, _) in agree(returns, lives).items():
            if k and (n is None or n > 0):
                tried.add(name)
    assert set(MEASURES) - tried == set()


@given(st.integers(0, 10**9), st.integers(1, 4))
@settings(max_examples=FEW, deadline=None)
def test_muddled_tables_count_as_a_plain_recount_does(seed: int, children: int) -> None:
    lives, returns = muddled(seed, children)
    agree(returns, lives)


@given(st.integers(0, 10**9))
@settings(max_examples=FEW, deadline=None)
def test_the_order_of_rows_and_the_names_of_children_change_nothing(seed: int) -> None:
    _, returns = muddled(seed, 4)
    names = {f"c{i}": n for i, n in enumerate(["zz-9", "0001", "Müller", "a"])}
    shuffled: Returns = {}
    for year in reversed(list(returns)):
        shuffled[year] = {
            table: [{**row, "CHILD": names.get(row["CHILD"] or "", row["CHILD"])} for row in rows]
            for table, rows in returns[year].items()
        }
        for rows in shuffled[year].values():
            random.Random(seed).shuffle(rows)
    assert counted(derived(returns)) == counted(derived(shuffled))


@given(st.integers(0, 10**9))
@settings(max_examples=FEW, deadline=None)
def test_every_row_is_counted_on_or_accounted_for_by_name(seed: int) -> None:
    _, returns = muddled(seed, 4)
    journeys = derived(returns)
    gone = journeys.repairs().filter(
        pl.col("effect").is_in(["left out", "replaced"])
        & pl.col("repair").is_in([repair.name for repair in OUTCOME_REPAIRS])
    )
    rows = sum(len(t.get(one.table, [])) for t in returns.values() for one in OUTCOMES.values())
    kept = sum(journeys.outcomes.of(name).height for name in OUTCOMES)
    assert kept + gone["n_rows"].sum() == rows
