"""Whatever a council's returns hold, however muddled, the measures agree with a plain recount."""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings

from whatworks.journeys.deriving import CareJourneys, care_from
from whatworks.journeys.repairs import REPAIRS
from whatworks.journeys.stacking import ReturnTables
from whatworks.measures.breakdowns import BREAKDOWNS
from whatworks.measures.counting import count
from whatworks.measures.definition import everything

from . import care_oracle as oracle
from . import oracle_care as more

SOURCE = Path(__file__).parents[2] / "src" / "whatworks" / "measures" / "definitions"
FILES = (
    "looked_after",
    "entries_and_exits",
    "spells",
    "legal",
    "asylum",
    "stability",
    "settling",
    "homes",
    "reunification",
    "permanence",
    "time_to_permanence",
)
"""The definitions that the recount is of. Those of the other tables have a recount of their own."""

FEW = max(4, settings.default.max_examples // 12)
"""Every example derives whole journeys; the crowds below put thousands of children into one."""

Returns = dict[int, dict[str, list[dict[str, Any]]]]

TEXT = ["RNE", "LS", "PLACE", "REC", "PL_POST", "PLACE_PROVIDER", "PL_LOCATION"]
days = st.dates(date(2020, 12, 1), date(2024, 6, 1)) | st.sampled_from(
    [date(2022, 3, 31), date(2022, 4, 1), date(2023, 3, 31), date(2023, 4, 1), date(2024, 2, 29)]
)


def _cells(draw: st.DrawFn, child: str | None, start: Any, end: Any) -> dict[str, Any]:
    return {
        "CHILD": child,
        "DECOM": start,
        "DEC": end,
        "RNE": draw(st.sampled_from(["S", "S", "P", "B", "T", "U", "L", None])),
        "LS": draw(st.sampled_from(["V2", "C2", "C1", "E1", "L1", "V4", None])),
        "PLACE": draw(
            st.sampled_from(["U6", "U4", "K2", "H5", "K3", "T1", "T4", "A5", "A6", "P1", None])
        ),
        "REC": draw(
            st.sampled_from(["X1", "X1", "E4A", "E4B", "E41", "E11", "E45", "E46", "E8", None])
        ),
        "PL_POST": draw(st.sampled_from(["A1", "B2", None])),
        "PLACE_PROVIDER": draw(st.sampled_from(["PR1", "PR4", None])),
        "PL_DISTANCE": draw(st.sampled_from([1.5, 20.0, 20.1, None])),
        "PL_LOCATION": draw(st.sampled_from(["IN", "OUT", None])),
    }


def _alone(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Who is listed as an unaccompanied asylum-seeking child, and until when."""
    listed = draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
    return [{"CHILD": child, "DUC": draw(st.none() | days)} for child in listed]


@st.composite
def muddled(draw: st.DrawFn) -> Returns:
    """Returns of up to three years whose rows have little to do with one another."""
    years = draw(st.lists(st.sampled_from([2022, 2023, 2024]), min_size=1, unique=True))
    found: Returns = {}
    for year in years:
        episodes = []
        for _ in range(draw(st.integers(0, 7))):
            child = draw(st.sampled_from(["a", "b", "c", None]))
            start = draw(days | st.sampled_from([None, "?"]))
            end = draw(st.none() | days | st.just("?"))
            episodes.append(_cells(draw, child, start, end))
        header = [
            {
                "CHILD": child,
                "DOB": draw(st.dates(date(2004, 1, 1), date(2023, 1, 1)) | st.none()),
                "SEX": draw(st.sampled_from(["1", "F", "9", None])),
                "ETHNIC": draw(st.sampled_from(["WBRI", "OOTH", "?", None])),
            }
            for child in draw(st.lists(st.sampled_from(["a", "b", "c"]), unique=True))
        ]
        found[year] = {"Episodes": episodes, "Header": header, "UASC": _alone(draw)}
    return found


@st.composite
def plausible(draw: st.DrawFn) -> Returns:
    """Returns of up to three years cut from lives that make sense, each year as it stood then."""
    lives = []
    for child in ("a", "b", "c")[: draw(st.integers(1, 3))]:
        at, rne = draw(st.dates(date(2020, 1, 1), date(2023, 12, 1))), "S"
        for _ in range(draw(st.integers(1, 6))):
            end = at + timedelta(days=draw(st.integers(0, 300)))
            row = _cells(draw, child, at, end)
            row.update(RNE=rne, LS=draw(st.sampled_from(["V2", "C2", "V4"])))
            if draw(st.booleans()):
                row["REC"], rne = "X1", draw(st.sampled_from(["P", "L", "T", "B", "U"]))
                at = end + timedelta(days=draw(st.sampled_from([0, 0, 0, 1])))
            else:
                row["REC"], rne = draw(st.sampled_from(["E4A", "E4B", "E41", "E45"])), "S"
                at = end + timedelta(days=draw(st.integers(0, 400)))
            lives.append(row)
    found: Returns = {}
    for year in draw(st.lists(st.sampled_from([2022, 2023, 2024]), min_size=1, unique=True)):
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        here = [r for r in lives if r["DECOM"] <= last and r["DEC"] >= first]
        found[year] = {
            "Episodes": [r if r["DEC"] <= last else {**r, "DEC": None, "REC": None} for r in here],
            "Header": [
                {"CHILD": c, "DOB": date(2006, 2, 28), "SEX": "1", "ETHNIC": "WBRI"}
                for c in sorted({r["CHILD"] for r in here})
            ],
            "UASC": _alone(draw),
        }
    return found


def _typed(
    rows: list[dict[str, Any]], dates: list[str], texts: list[str], numbers: tuple[str, ...] = ()
) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {"ROW": pl.Series(range(1, len(rows) + 1), dtype=pl.Int64)}
    for name in dates:
        cells = [r[name] for r in rows]
        columns[name] = pl.Series([None if c == "?" else c for c in cells], dtype=pl.Date)
        columns[f"{name}__unreadable"] = pl.Series([c == "?" for c in cells], dtype=pl.Boolean)
    for name in texts:
        columns[name] = pl.Series([r[name] for r in rows], dtype=pl.String)
    for name in numbers:
        columns[name] = pl.Series([r[name] for r in rows], dtype=pl.Float64)
    return pl.DataFrame(columns)


def typed(returns: Returns) -> list[ReturnTables]:
    """The rows as files of returns are read."""
    return [
        ReturnTables(
            year,
            f"s{year}",
            {
                "Episodes": _typed(
                    one["Episodes"], ["DECOM", "DEC"], ["CHILD", *TEXT], ("PL_DISTANCE",)
                ),
                "Header": _typed(one["Header"], ["DOB"], ["CHILD", "SEX", "ETHNIC"]),
                "UASC": _typed(one["UASC"], ["DUC"], ["CHILD"]),
            },
        )
        for year, one in returns.items()
    ]


def derived(returns: Returns) -> CareJourneys:
    """Journeys from the rows, by way of typed tables."""
    return care_from("301", typed(returns))


def recounted(returns: Returns) -> dict[tuple[str, int], tuple[float, float]]:
    """All that the recount says."""
    return {**oracle.figures(returns), **more.figures(returns)}


def counted(journeys: CareJourneys) -> dict[tuple[str, int], tuple[float, float]]:
    """The figures that exist, as the recount gives them."""
    figures = count(journeys, [m for m in MINE if everything()[m].kind != "rate"])
    return {
        (r["measure"], r["year"]): (
            r["numerator"],
            r["numerator"] if r["denominator"] is None else r["denominator"],
        )
        for r in figures.iter_rows(named=True)
        if r["numerator"] is not None
    }


BY_POPULATION = ("looked_after_rate", "started_rate", *more.RATES)
MINE = [
    m.name for m in everything().values() if m.name in {*oracle.NAMES, *more.NAMES, *BY_POPULATION}
]


def test_every_measure_of_these_files_is_recounted() -> None:
    names = {name for name, _ in recounted(crowd(4, 20, muddle=0.0))}
    assert set(MINE) == names | set(BY_POPULATION)
    written = re.compile(r'(?:name=|_[a-z]+\(\n?\s*)"([a-z_0-9]+)"')
    for file in FILES:
        text = (SOURCE / f"{file}.py").read_text(encoding="utf-8")
        found = {name for name in written.findall(text) if name in everything()}
        assert found <= set(MINE)
        assert found or file == "settling"


def crowd(seed: int, children: int, *, muddle: float) -> Returns:
    """Three years' returns of many children, of whom a share's rows are muddled."""
    rng = random.Random(seed)
    special = [date(2022, 3, 31), date(2022, 4, 1), date(2023, 4, 1), date(2024, 2, 29)]

    def some_day() -> date:
        return rng.choice(special) if rng.random() < 0.1 else _DAY + timedelta(rng.randrange(1600))

    found: Returns = {
        year: {"Episodes": [], "Header": [], "UASC": []} for year in (2021, 2022, 2023, 2024)
    }
    for number in range(children):
        child = f"c{number}"
        lived = []
        at, rne = some_day(), "S"
        for _ in range(rng.randrange(1, 7)):
            goes_on = rng.random() < 0.6
            end = at + timedelta(rng.choice([0, 1, rng.randrange(300), rng.randrange(1100)]))
            lived.append(
                {
                    "CHILD": child,
                    "DECOM": at,
                    "DEC": end,
                    "RNE": rne,
                    "LS": rng.choice(["V2", "V2", "C2", "L1", "V4"]),
                    "PLACE": rng.choice(["U6", "U6", "U4", "K2", "T1", "A5", "A6", "R1", None]),
                    "REC": "X1" if goes_on else rng.choice(_LEAVING),
                    "PL_POST": rng.choice(["A1", "B2", None]),
                    "PLACE_PROVIDER": rng.choice(["PR1", "PR2", "PR4", "PR5", None]),
                    "PL_DISTANCE": rng.choice([1.5, 20.0, 20.1, None]),
                    "PL_LOCATION": rng.choice(["IN", "OUT"]),
                }
            )
            rne = rng.choice("PLTBU") if goes_on else "S"
            at = end + timedelta(rng.choice([0, 0, 0, 1]) if goes_on else rng.randrange(500))
        for year, one in found.items():
            first, last = date(year - 1, 4, 1), date(year, 3, 31)
            here = [dict(r) for r in lived if r["DECOM"] <= last and r["DEC"] >= first]
            for row in here:
                if row["DEC"] > last:
                    row.update(DEC=None, REC=None)
                if rng.random() < muddle:
                    column = rng.choice(["DECOM", "DEC", "DEC", "RNE", "REC", "CHILD"])
                    row[column] = {
                        "DECOM": rng.choice([some_day(), "?", None]),
                        "DEC": rng.choice([some_day(), "?", None]),
                        "RNE": rng.choice(["S", "P", "L", None]),
                        "REC": rng.choice(["X1", "E4A", None]),
                        "CHILD": rng.choice([None, f"c{number - 1}"]),
                    }[column]
            kept = [r for r in here if rng.random() >= muddle / 2]
            one["Episodes"] += kept + [dict(r) for r in kept if rng.random() < muddle / 4]
            born = date(2005, 4, 1) + timedelta(rng.randrange(6000))
            sex = rng.choice("12") if rng.random() < muddle else "1"
            one["Header"].append({"CHILD": child, "DOB": born, "SEX": sex, "ETHNIC": None})
            if rng.random() < 0.2:
                one["UASC"].append({"CHILD": child, "DUC": rng.choice([None, some_day()])})
    return found


_DAY = date(2019, 12, 1)
_LEAVING = ["E4A", "E4B", "E41", "E11", "E12", "E45", "E46", "E47", "E43", "E8"]


@pytest.mark.parametrize(("seed", "muddle"), [(1, 0.0), (2, 0.1), (3, 0.5)])
def test_a_crowd_counts_as_a_plain_recount_does(seed: int, muddle: float) -> None:
    returns = crowd(seed, 1_500, muddle=muddle)
    found = counted(derived(returns))
    assert found == recounted(returns)
    empty = {name for (name, _), (_, whole) in found.items() if whole == 0}
    assert empty <= {"guardians_who_are_family"} | set(more.DAYS_TO)


@given(muddled())
@settings(max_examples=FEW)
def test_muddled_returns_count_as_a_plain_recount_does(returns: Returns) -> None:
    assert counted(derived(returns)) == recounted(returns)


@given(plausible())
@settings(max_examples=FEW)
def test_plausible_returns_count_as_a_plain_recount_does(returns: Returns) -> None:
    assert counted(derived(returns)) == recounted(returns)


@given(muddled())
@settings(max_examples=FEW)
def test_repairs_are_as_many_as_a_plain_recount_finds(returns: Returns) -> None:
    _, plain = oracle.clean(returns)
    found = derived(returns).repairs().group_by("repair").agg(pl.col("n_rows").sum())
    ours = {name: n for name, n in found.iter_rows() if n}
    superseded = ours.pop("reported_again", 0) + ours.pop("changed_later", 0)
    for noted in (r.name for r in REPAIRS if r.effect == "noted"):
        ours.pop(noted, None)
    assert {**ours, **({"superseded": superseded} if superseded else {})} == dict(plain)


@given(muddled())
@settings(max_examples=FEW)
def test_every_row_is_either_an_episode_or_accounted_for_by_name(returns: Returns) -> None:
    journeys = derived(returns)
    gone = journeys.repairs().filter(pl.col("effect").is_in(["left out", "replaced"]))
    assert journeys.episodes.height + gone["n_rows"].sum() == sum(journeys.rows_read.values())


@given(muddled())
@settings(max_examples=FEW)
def test_a_child_is_in_one_episode_and_one_period_at_a_time(returns: Returns) -> None:
    journeys = derived(returns)
    for frame, start, end in (
        (journeys.episodes, "DECOM", "DEC"),
        (journeys.periods, "START", "END"),
    ):
        spans: dict[str, list[tuple[date, date | None]]] = {}
        for child, first, last in frame.select("CHILD", start, end).iter_rows():
            spans.setdefault(child, []).append((first, last))
        for mine in spans.values():
            mine.sort(key=lambda s: (s[0], s[1] or date.max))
            for (_, ends), (begins, _) in pairwise(mine):
                assert ends is not None
                assert ends <= begins


@given(muddled(), st.integers(0, 10_000))
@settings(max_examples=FEW)
def test_the_order_of_rows_and_the_names_of_children_change_nothing(
    returns: Returns, seed: int
) -> None:
    names = {"a": "zz-9", "b": "0001", "c": "Müller", None: None}
    shuffled: Returns = {}
    for year in reversed(list(returns)):
        shuffled[year] = {
            table: [{**row, "CHILD": names[row["CHILD"]]} for row in rows]
            for table, rows in returns[year].items()
        }
        for rows in shuffled[year].values():
            random.Random(seed).shuffle(rows)
    before, after = count(derived(returns)), count(derived(shuffled))
    assert before.equals(after)


@given(muddled(), st.sampled_from(sorted(BREAKDOWNS)), st.sampled_from(sorted(BREAKDOWNS)))
@settings(max_examples=FEW)
def test_the_groups_of_a_breakdown_add_up_to_the_whole(
    returns: Returns, one: str, other: str
) -> None:
    journeys = derived(returns)
    names = [
        m.name
        for m in everything().values()
        if m.collection == "ssda903" and {one, other} <= set(m.breakdowns)
    ]
    whole = count(journeys, names)
    parts = count(journeys, names, by=[one, other])
    added = parts.group_by("measure", "year", maintain_order=True).agg(
        pl.col("numerator", "denominator", "left_out").sum()
    )
    expected = whole.select("measure", "year", "numerator", "denominator", "left_out")
    assert added.equals(expected.with_columns(pl.exclude("measure", "year").fill_null(0)))


@given(plausible())
@settings(max_examples=FEW)
def test_a_figure_lies_within_its_interval_and_absences_have_reasons(returns: Returns) -> None:
    for row in count(derived(returns)).iter_rows(named=True):
        if row["value"] is None:
            assert row["reason"]
            assert row["low"] is None
            assert row["high"] is None
        else:
            assert row["reason"] is None
            if row["low"] is None:
                assert row["high"] is None
                assert everything()[row["measure"]].spread == "members", "one alone says no spread"
                assert row["denominator"] == 1
            else:
                assert row["low"] <= row["value"] <= row["high"]
