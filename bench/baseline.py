"""How long all journeys and measures take: one council of ten years, and all of England.

    python bench/baseline.py                      one council of ten years
    python bench/baseline.py --england DIR        England's SSDA903 of fifteen years, kept in DIR
    python bench/baseline.py --england DIR --councils 16    a part of it, to see how it grows

England is made the first time (an hour of one processor or so) and kept in DIR. Returns can be
invented from 2017 on; the five years before are those of 2017 to 2021 with all days five years
earlier and other children. Times are CPU seconds of this process and its children, memory its
peak. Counting starts from stored returns: reading them back, and writing the figures, is part of
it; sending the returns in is timed apart. Targets: one council under 3 CPU seconds; England under
120 CPU seconds and 6 GB on two processors.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import polars as pl
from pace import pace

from whatworks import measures, reference, returns, synthetic
from whatworks.measures.sourcing import Sources

COUNCIL, FIRST, LAST, EARLIER = "316", 2017, 2026, 5
DAY = "%d/%m/%Y"


def used() -> float:
    """CPU seconds so far, of this process and of its children that have ended."""
    return sum(
        resource.getrusage(who).ru_utime + resource.getrusage(who).ru_stime
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of some work."""
    before = used()
    work()
    return used() - before


def one_council(runs: int) -> None:
    """A council of about 1,000 children looked after, ten years of all its returns."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        synthetic.write(
            out / "made", councils=[COUNCIL], first_year=FIRST, last_year=LAST, seed=1, practices=()
        )
        store = returns.Store.open(out / "kept", create=True, synthetic=True)
        sent = timed(lambda: load(out / "made" / COUNCIL, COUNCIL, store))
        taken: dict[str, list[float]] = {"journeys": [], "measures": [], "both": []}
        loops = []
        for _ in range(runs):
            loops.append(pace())
            known = Sources(store, COUNCIL)
            derive = timed(lambda k=known: [k.of(name) for name in measures.sourcing.MAKERS])
            count = timed(
                lambda k=known: [measures.count(k.of(n)) for n in measures.sourcing.MAKERS]
            )
            for name, seconds in zip(taken, (derive, count, derive + count), strict=True):
                taken[name].append(seconds)
        figures = measures.run(store, council=COUNCIL)
    say(f"One council ({COUNCIL}), {LAST - FIRST + 1} years of every return it sends,")
    say(f"{len(measures.names())} measures, {figures.height} figures; CPU seconds")
    say(f"{'step':<28}{'first run':>12}{'median of the rest':>22}")
    for name, seconds in taken.items():
        say(f"{name:<28}{seconds[0]:>12.2f}{median(seconds[1:]):>22.2f}")
    say(f"{'sending the returns in':<28}{sent:>12.2f}")
    say_pace(loops)


def load(made: Path, council: str, store: returns.Store) -> None:
    """Send in every return of a folder."""
    for collection in ("ssda903", "cin", "csww"):
        for year in sorted((made / collection).glob("*")):
            returns.load(
                year, store=store, council=council, year=int(year.name), collection=collection
            )


def make_council(kept: Path, council: str) -> float:
    """Invent, and send in, fifteen years of one council's SSDA903; CPU seconds of sending it in."""
    store = returns.Store.open(kept, create=True, synthetic=True)
    if store.submissions(council, "ssda903", LAST):
        return 0.0
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        synthetic.write(
            made,
            councils=[council],
            first_year=FIRST,
            last_year=LAST,
            seed=1,
            practices=(),
            collections=["ssda903"],
        )
        for year in range(FIRST, FIRST + EARLIER):
            source = made / council / "ssda903" / str(year)
            if source.is_dir():  # some councils are younger than that
                earlier(source, source.parent / str(year - EARLIER))
        before = time.process_time()
        load(made / council, council, store)
        return time.process_time() - before


def earlier(source: Path, target: Path) -> None:
    """The same return with every day five years earlier, of other children."""
    target.mkdir()
    for file in source.glob("*.csv"):
        cells = pl.read_csv(file, infer_schema=False)
        moved = []
        for name in cells.columns:
            if name == "CHILD":
                moved.append(("E" + pl.col(name)).alias(name))
                continue
            day = pl.col(name).str.to_date(DAY, strict=False)
            back = day.dt.offset_by(f"-{EARLIER}y").dt.to_string(DAY)
            moved.append(pl.coalesce(back, pl.col(name)).alias(name))
        cells.select(moved).write_csv(target / file.name)


def england(kept: Path, councils: int, processes: int) -> None:
    """All of England: fifteen years of SSDA903."""
    codes = reference.councils()["code"].to_list()[:councils]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        sent = sum(pool.map(make_council, [kept] * len(codes), codes))
    for folder in (kept / "councils").glob("*/measures"):
        shutil.rmtree(folder)
    loops = [pace() for _ in range(3)]
    before, began = used(), time.monotonic()
    shares = [codes[start::processes] for start in range(processes)]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(figures_of, [kept] * processes, shares))
    taken = used() - before
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * processes / 1024**2
    episodes = sum(n for _, n in found)
    say(f"{len(codes)} councils, 15 years of SSDA903, {episodes:,} rows of episodes")
    say(f"{sum(n for n, _ in found):,} figures; at most {processes} processes")
    say(f"counting: {taken:.0f} CPU seconds, {time.monotonic() - began:.0f} seconds by the clock")
    say(f"memory: {memory:.2f} GB at most (the largest process, times {processes})")
    say(f"sending in: {sent:.0f} CPU seconds (0 where it was there already)")
    say_pace([*loops, *(pace() for _ in range(3))])


def say_pace(loops: list[float]) -> None:
    """How fast the machine was meanwhile: a plain loop between the runs."""
    say(f"pace: a plain loop took {min(loops):.2f} to {max(loops):.2f} CPU seconds meanwhile")


def figures_of(kept: Path, councils: list[str]) -> tuple[int, int]:
    """Every figure of some councils, kept as the service keeps it: figures, rows of episodes."""
    store = returns.Store.open(kept)
    names = [name for name in measures.names() if measures.get(name).collection == "ssda903"]
    figures = measures.run(store, names, council=councils)
    for (council,), mine in figures.group_by("council"):
        folder = kept / "councils" / str(council) / "measures"
        folder.mkdir(exist_ok=True)
        mine.write_parquet(folder / "all.parquet")
    sent = [s for council in councils for s in store.submissions(council, "ssda903")]
    return figures.height, sum(s.n_rows.get("Episodes", 0) for s in sent)


def say(line: str) -> None:
    """A line of the table."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--england", type=Path, help="where England's returns are kept")
    parser.add_argument("--councils", type=int, default=153)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args()
    if told.england is None:
        one_council(told.runs)
    else:
        england(told.england, told.councils, told.processes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
