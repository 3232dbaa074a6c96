"""Five measures of care beside the same five written in pandas: how many times faster?

Both are given the same typed returns of ten years with the usual mistakes in them, in memory. Both
make the same repairs, note which rows they were made to, and must give the same counts of each
council and of each repair. Each takes all councils at once, as either is fastest so. The pandas
version (``pandas_care``) is as a careful analyst would write it: sorts and grouped shifts, no loop
over children. It leaves out what the library does besides: placements, returns home, histories,
intervals. Prints CPU seconds of each, in turn, and the ratio. Target: 10 times.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import polars as pl
from pandas_care import HOME, Repairs, episodes, people, periods, stacked

from whatworks import returns, synthetic
from whatworks.journeys.stacking import ReturnTables
from whatworks.journeys.together import care_together_from
from whatworks.measures.counting import count_together
from whatworks.returns.typing import type_tables

COUNCILS, FIRST, LAST, RUNS = 8, 2017, 2026, 5
FIVE = (
    "looked_after_at_31_march",
    "started_to_be_looked_after",
    "ceased_to_be_looked_after",
    "returned_home",
    "reentered_within_12_months",
)
Counts = dict[tuple[str, str, int], tuple[int, int | None]]
Repaired = dict[tuple[str, int], int]


def in_pandas(tables: Mapping[int, Mapping[str, pd.DataFrame]]) -> tuple[Counts, Repaired]:
    """The five measures as (council, name, year) -> numerator and denominator; rows repaired.

    CHILD begins with the three characters of its council's code.
    """
    repairs = Repairs()
    years = sorted(tables)
    born = people(stacked(tables, "Header"), repairs)
    care = periods(episodes(stacked(tables, "Episodes"), years, repairs), repairs)
    care["AGE_UNTIL"] = care["CHILD"].map(born) + pd.DateOffset(years=17)
    unborn = care["CHILD"].map(born) > care["START"]
    repairs.note(care[unborn], "born_after_care_began")
    care["COUNCIL"] = care["CHILD"].str[:3]
    councils = sorted(care["COUNCIL"].unique())
    found: Counts = {}

    def keep(name: str, year: int, above: pd.Series, below: pd.Series | None = None) -> None:
        for council in councils:
            n = None if below is None else int(below.get(council, 0))
            found[council, name, year] = (int(above.get(council, 0)), n)

    for year in tables:
        first, last = pd.Timestamp(year - 1, 4, 1), pd.Timestamp(year, 3, 31)
        there = care[(care["START"] <= last) & (care["END"].isna() | (care["END"] > last))]
        keep(FIVE[0], year, there.groupby("COUNCIL")["CHILD"].nunique())
        began = care[care["START"].between(first, last)]
        seen = began[(began["RNE"] == "S") | (began["PERIOD"] > 1)]
        keep(FIVE[1], year, seen.groupby("COUNCIL")["CHILD"].nunique())
        ended = care[care["END"].between(first, last)].drop_duplicates("CHILD", keep="last")
        all_ended = ended.groupby("COUNCIL").size()
        keep(FIVE[2], year, all_ended)
        keep(FIVE[3], year, ended["REC"].isin(HOME).groupby(ended["COUNCIL"]).sum(), all_ended)
        if year - 1 in tables:
            before = first - pd.DateOffset(years=1)
            home = care[care["END"].between(before, first - pd.Timedelta(days=1))]
            home = home[home["REC"].isin(HOME) & (home["END"] < home["AGE_UNTIL"])]
            back = home["NEXT"] <= home["END"] + pd.DateOffset(years=1)
            of = home.groupby("COUNCIL").size()
            keep(FIVE[4], year, back.groupby(home["COUNCIL"]).sum(), of)
    return found, repairs.counted()


def ours(made: Mapping[str, list[ReturnTables]]) -> tuple[Counts, Repaired]:
    """The same by the library."""
    groups = list(care_together_from(made.items(), rows=5_000_000))
    counted = pl.concat([count_together(some, list(FIVE)) for some in groups])
    repaired = pl.concat([some.journeys.repaired for some in groups])
    found = {
        (row["council"], row["measure"], row["year"]): (row["numerator"], row["denominator"])
        for row in counted.filter(pl.col("numerator").is_not_null()).iter_rows(named=True)
    }
    times = repaired.group_by("REPAIR", "YEAR").len()
    return found, {(name, year): n for name, year, n in times.iter_rows()}


def main() -> int:
    """Print the table; 1 if the two do not agree."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        manifest = synthetic.write(
            out / "made",
            councils=COUNCILS,
            first_year=FIRST,
            last_year=LAST,
            seed=1,
            practices=(),
            collections=["ssda903"],
        )
        made: dict[str, list[ReturnTables]] = {}
        for council in manifest.councils:
            for year in range(FIRST, LAST + 1):
                source = out / "made" / council / "ssda903" / str(year)
                text = returns.read(source, year=year).tables
                tables, _, _ = type_tables(text, collection="ssda903", year=year)
                made.setdefault(council, []).append(ReturnTables(year, f"s{year}", tables))
    frames = {
        year: {
            name: _as_pandas(
                pl.concat(
                    [
                        one.tables[name].with_columns(CHILD=pl.lit(council) + pl.col("CHILD"))
                        for council, each in made.items()
                        for one in each
                        if one.year == year
                    ],
                    how="diagonal",
                )
            )
            for name in ("Episodes", "Header")
        }
        for year in range(FIRST, LAST + 1)
    }
    n_rows = sum(one.tables["Episodes"].height for each in made.values() for one in each)

    def theirs() -> tuple[Counts, Repaired]:
        return in_pandas(frames)

    mine, others = ours(made), theirs()
    differ = [*_differences(mine[0], others[0]), *_differences(mine[1], others[1])]
    repaired = sum(others[1].values())
    times = {"whatworks": [], "pandas": []}
    for _ in range(RUNS):
        times["whatworks"].append(_cpu(lambda: ours(made)))
        times["pandas"].append(_cpu(theirs))
    sys.stdout.write(
        f"{len(made)} councils, {LAST - FIRST + 1} years, {n_rows:,} rows of episodes, "
        f"{repaired:,} repaired; CPU seconds, median of {RUNS}\n"
    )
    for name, taken in times.items():
        sys.stdout.write(f"{name:<12}{median(taken):>8.2f}\n")
    ratio = median(p / w for w, p in zip(times["whatworks"], times["pandas"], strict=True))
    sys.stdout.write(f"{'ratio':<12}{ratio:>8.1f}\n{len(differ)} figures differ\n")
    for line in differ[:5]:
        sys.stdout.write(f"  {line}\n")
    return 1 if differ else 0


def _as_pandas(table: pl.DataFrame) -> pd.DataFrame:
    """The same table: days as timestamps, codes as text."""
    made = pd.DataFrame(table.to_dict(as_series=False))
    for name, kind in table.schema.items():
        if kind == pl.Date:
            made[name] = pd.to_datetime(made[name])
    return made


def _differences(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> list[str]:
    return [
        f"{' '.join(map(str, key))}: {one.get(key)} and {figure}"
        for key in sorted({*one, *other})
        for figure in [other.get(key)]
        if one.get(key) != figure
    ]


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    raise SystemExit(main())
