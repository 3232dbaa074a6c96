"""Five measures of care beside the same five written in pandas: how many times faster?

Both are given the same typed episodes of ten years, in memory, and must give the same counts of
each council. Each takes all councils at once, as either is fastest so. The pandas version is as a
careful analyst would write it: one table, sorts and grouped shifts, and of all the repairs only
those that clean returns need (the same episode in a later return, gaps; temporary stays are of no
account here). Ours does every repair, keeps where each row came from and gives intervals. Prints
CPU seconds of each, in turn, and the ratio. Target: 10 times.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

import pandas as pd
import polars as pl

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
HOME = ["E4A", "E4B"]
Counts = dict[tuple[str, str, int], tuple[int, int | None]]


def in_pandas(tables: Mapping[int, Mapping[str, pd.DataFrame]]) -> Counts:
    """The five measures as (council, name, year) -> numerator and denominator.

    CHILD begins with the three characters of its council's code.
    """
    born = pd.concat([t["Header"][["CHILD", "DOB"]] for t in tables.values()])
    born = born.drop_duplicates("CHILD", keep="last").set_index("CHILD")["DOB"]
    rows = pd.concat([t["Episodes"].assign(YEAR=year) for year, t in tables.items()])
    rows = rows[rows["CHILD"].notna() & rows["DECOM"].notna()]
    latest = rows.groupby(["CHILD", "DECOM"])["YEAR"].transform("max")
    rows = rows[(rows["YEAR"] == latest) & ~rows["LS"].isin(["V3", "V4"])]
    rows = rows.sort_values(["CHILD", "DECOM", "DEC"])
    by_child = rows.groupby("CHILD")
    rows["BEFORE"] = by_child["DEC"].shift()
    rows["FIRST"] = by_child.cumcount() == 0
    gap = rows["FIRST"] | (rows["DECOM"] > rows["BEFORE"]) | (rows["RNE"] == "S")
    rows["PERIOD"] = gap.groupby(rows["CHILD"]).cumsum()
    in_period = rows.groupby(["CHILD", "PERIOD"])
    care = pd.DataFrame(
        {
            "START": in_period["DECOM"].first(),
            "END": in_period["DEC"].last(),
            "RNE": in_period["RNE"].first(),
            "REC": in_period["REC"].last(),
        }
    )
    still = in_period["DEC"].apply(lambda ends: ends.isna().iloc[-1])
    care.loc[still, ["END", "REC"]] = None
    care["END"] = pd.to_datetime(care["END"])
    care = care.reset_index()
    care["NEXT"] = care.groupby("CHILD")["START"].shift(-1)
    care["AGE_UNTIL"] = care["CHILD"].map(born) + pd.DateOffset(years=17)
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
    return found


def ours(made: Mapping[str, list[ReturnTables]]) -> Counts:
    """The same by the library."""
    parts = [
        count_together(some, list(FIVE))
        for some in care_together_from(made.items(), rows=5_000_000)
    ]
    counted = pl.concat(parts).filter(pl.col("numerator").is_not_null())
    return {
        (row["council"], row["measure"], row["year"]): (row["numerator"], row["denominator"])
        for row in counted.iter_rows(named=True)
    }


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
            errors=0,
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
    episodes = sum(one.tables["Episodes"].height for each in made.values() for one in each)

    def theirs() -> Counts:
        return in_pandas(frames)

    differ = _differences(ours(made), theirs())
    times = {"whatworks": [], "pandas": []}
    for _ in range(RUNS):
        times["whatworks"].append(_cpu(lambda: ours(made)))
        times["pandas"].append(_cpu(theirs))
    sys.stdout.write(
        f"{len(made)} councils, {LAST - FIRST + 1} years, {episodes:,} rows of episodes; "
        f"CPU seconds, median of {RUNS}\n"
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


def _differences(one: Counts, other: Counts) -> list[str]:
    return [
        f"{' '.join(map(str, key))}: {one.get(key)} and {figure}"
        for key, figure in other.items()
        if one.get(key) != figure
    ]


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


if __name__ == "__main__":
    raise SystemExit(main())
