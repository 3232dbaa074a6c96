"""Solve the rates of children in need council by council; writes synthetic/data/need_rates.csv.gz.

Run by hand when published figures, the process of need or the lives of children looked after
change: ``python tools/calibrate_need.py``. Some 10 minutes of computing; the same figures and
lives give the same file.

The published figures of the Department for Education (children in need in England, 2025 release
and earlier, Open Government Licence v3.0, as held in ``whatworks.reference``) are reached in turn:
every council's process is run with its rates so far, what comes out is compared with what was
published, and each rate is moved by what it is answerable for. Later rounds move less, so that the
chance of single rounds averages out. What children looked after contribute is taken off first: it
is national, for each child starting to be looked after, measured on the lives of some councils.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
import time
from pathlib import Path

import numpy as np
from need_figures import YEARS, Figures, figures

from whatworks.synthetic import needchances as chances
from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.need_care import add_needs_after_care, needs_around_care
from whatworks.synthetic.need_population import cohort_of, process_of
from whatworks.synthetic.need_process import Children, Process, Spells
from whatworks.synthetic.need_tallies import need_tallies
from whatworks.synthetic.needchances import FIRST_YEAR, LAST_YEAR, RATES, NeedRates
from whatworks.synthetic.population import lives
from whatworks.synthetic.setting import REGION, settings
from whatworks.synthetic.world import world

OUT = Path(__file__).parents[1] / "src/whatworks/synthetic/data" / chances.RATES_FILE
FEWEST = 900
"""First referrals a year with which a small council is run, whatever its size."""
EVENED = 2
"""Rounds in which what England as a whole still differs by is taken out."""
AT_ONCE = 10_000
"""Children run together."""
LATE_OVER_MARCH, LATE_CONFERENCES_OVER_MARCH = 0.22, 0.085
"""Of what would be late, the share that reaches over 31 March, where it is made to be in time."""
BOUNDS = {
    "nfa": (0.0005, 0.7),
    "not_in_need": (0.005, 0.9),
    "enquiry": (0.02, 0.985),
    "conference": (0.02, 0.985),
    "plan": (0.3, 0.985),
    "closing": (0.2, 5.0),
    "ending": (0.3, 3.5),
    "again": (0.08, 8.0),
    "earlier": (0.0, 0.6),
}


def say(*what: object) -> None:
    """Tell the person who runs this how far it is."""
    sys.stderr.write(" ".join(str(one) for one in what) + "\n")


# --- what comes out ---------------------------------------------------------------------------


def tally(spells: Spells) -> Figures:
    """What spells of need count up to in each year."""
    n = len(YEARS)
    starts = np.array([first_day(year) for year in (*YEARS, YEARS.stop)])

    def by_year(days: np.ndarray, mask: np.ndarray) -> np.ndarray:
        row = np.searchsorted(starts, days[mask], side="right") - 1
        return np.bincount(row[(row >= 0) & (row < n)], minlength=n).astype(float)

    def at_end(start: np.ndarray, end: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.array(
            [(mask & (start < after) & (end >= after)).sum() for after in starts[1:]], dtype=float
        )

    every = np.ones(len(spells.child), dtype=bool)
    follows = np.zeros(len(spells.child), dtype=bool)
    same = spells.child[1:] == spells.child[:-1]
    follows[1:] = same & (spells.referred[1:] - spells.referred[:-1] <= 365)
    later = np.zeros(len(spells.child), dtype=bool)
    later[1:] = same
    row = np.searchsorted(starts, spells.referred, side="right")
    in_year = np.searchsorted(starts, spells.closed, side="right") == row
    return {
        "referrals": by_year(spells.referred, every),
        "later": by_year(spells.referred, later),
        "again": by_year(spells.referred, follows),
        "nfa": by_year(spells.referred, spells.nfa),
        "refused": by_year(spells.referred, spells.refused & in_year),
        "in_need": at_end(spells.referred, spells.closed, ~spells.nfa),
        "enquiries": by_year(spells.enquiry, spells.enquiry > 0),
        "conferences": by_year(spells.conference, spells.conference > 0),
        "plans": by_year(spells.plan, spells.plan > 0),
        "second": by_year(spells.plan, (spells.plan > 0) & (spells.before > 0)),
        "plans_open": at_end(spells.plan, spells.plan_end, spells.plan > 0),
    }


def _together(cohorts: list[Children]) -> Children:
    joined: dict[str, np.ndarray] = {}
    for name in Children.__dataclass_fields__:
        joined[name] = np.concatenate([getattr(one, name) for one in cohorts])
    sizes = [len(one.day) for one in cohorts]
    joined["lead"] += np.repeat(np.cumsum([0, *sizes[:-1]]), sizes)
    return Children(**joined)


def run(own: NeedRates, first: np.ndarray, seed: int, code: int) -> Figures:
    """The process of one council with so many first referrals a year, counted."""
    process, total = Process(own, USUAL), dict[str, np.ndarray]()
    waiting: list[Children] = []
    for year in range(FIRST_YEAR - 18, LAST_YEAR + 1):
        waiting.append(cohort_of(seed, code, year, float(first[own.row(year)])).children)
        if year == LAST_YEAR or sum(len(one.day) for one in waiting) > AT_ONCE:
            for name, n in tally(process.run(_together(waiting), last_day(LAST_YEAR))).items():
                total[name] = total.get(name, 0.0) + n
            waiting = []
    return total


def care_parts(codes: tuple[str, ...]) -> dict[str, float]:
    """For each start of being looked after, what those children add to each figure a year.

    ``in_need`` is beside the children looked after themselves.
    """
    sums: dict[str, float] = {}
    started = 0.0
    held = figures()
    for setting in settings(codes):
        where = world(setting, 77, USUAL)
        cared = [life for life in lives(where, FIRST_YEAR + 2, LAST_YEAR) if life.care]
        process = process_of(where)
        needs = [needs_around_care(life, process.own) for life in cared]
        add_needs_after_care(process, cared, needs, last_day(LAST_YEAR))
        pairs = [(life.who, own) for life, own in zip(cared, needs, strict=True)]
        for year in range(FIRST_YEAR + 2, LAST_YEAR):
            one = need_tallies(pairs, setting.code, year)
            for name, n in (
                ("referrals", one.referrals),
                ("again", one.rereferrals),
                ("nfa", one.nfa),
                ("refused", one.not_in_need),
                ("in_need", one.in_need_at_31_march),
                ("enquiries", one.section_47),
                ("conferences", one.conferences),
                ("plans", one.plans_started),
                ("second", one.second_or_later),
                ("plans_open", one.plans_at_31_march),
            ):
                sums[name] = sums.get(name, 0.0) + n
            sums["in_need"] -= held[setting.code]["looked_after"][year - FIRST_YEAR]
            started += held[setting.code]["started"][year - FIRST_YEAR]
    return {name: n / started for name, n in sums.items()}


# --- solving ----------------------------------------------------------------------------------


def wanted(one: Figures, parts: dict[str, float]) -> Figures:
    """What children never looked after should count up to."""
    total = dict(one)
    for name in ("again", "nfa", "refused"):
        total[name] = one[name] * one["referrals"]
    total["second"] = one["second"] * one["plans"]
    found = {}
    for name, part in parts.items():
        care = part * one["started"] + (one["looked_after"] if name == "in_need" else 0.0)
        found[name] = np.maximum(total[name] - care, 0.1 * total[name] + 0.05)
    found["in_need"] = np.maximum(found["in_need"], 0.15 * one["in_need"])
    return found


def _moved(rates: dict[str, np.ndarray], name: str, ratio: np.ndarray, gain: float) -> None:
    low, high = BOUNDS[name]
    rates[name] = np.clip(rates[name] * np.clip(ratio, 0.4, 2.5) ** gain, low, high)


def solve(code: str, one: Figures, parts: dict[str, float], rounds: int) -> NeedRates:
    """The rates with which a council's process gives its published figures."""
    goal = wanted(one, parts)
    n = len(YEARS)
    rates = {name: np.array(getattr(chances.usual_rates(), name)) for name in RATES}
    rates["nfa"] = np.clip(goal["nfa"] / goal["referrals"], *BOUNDS["nfa"])
    rates["assessed"] = (one["assessed"] - LATE_OVER_MARCH) / (1 - LATE_OVER_MARCH)
    rates["held"] = (one["held"] - LATE_CONFERENCES_OVER_MARCH) / (1 - LATE_CONFERENCES_OVER_MARCH)
    for name in ("assessed", "held"):
        rates[name] = np.clip(rates[name], 0.05, 0.995)
    for name in ("police", "schools", "health"):
        rates[name] = np.clip(one[name], 0.01, 0.6)
    rates["earlier"] = np.full(n, 0.12)
    first = 0.6 * goal["referrals"]
    for k in range(rounds):
        gain = 0.8 if k < rounds // 2 else 1.6 / (k - rounds // 2 + 2)
        larger = max(1.0, FEWEST / float(first.mean()))
        came = run(NeedRates(**rates), first * larger, 1000 + k, int(code))
        came = {name: np.maximum(values / larger, 0.02) for name, values in came.items()}
        ratio = {name: goal[name] / came[name] for name in goal}
        rest = np.maximum(goal["referrals"] - came["later"], 0.2 * goal["referrals"])
        first = first + gain * (rest - first)
        _moved(rates, "again", ratio["again"], gain)
        _moved(rates, "nfa", ratio["nfa"] / ratio["referrals"], gain)
        _moved(rates, "not_in_need", ratio["refused"] / ratio["referrals"], gain)
        _moved(rates, "closing", 1 / ratio["in_need"], gain)
        _moved(rates, "enquiry", ratio["enquiries"], gain)
        _moved(rates, "conference", ratio["conferences"] / ratio["enquiries"], gain)
        _moved(rates, "plan", ratio["plans"] / ratio["conferences"], gain)
        _moved(rates, "ending", 1 / ratio["plans_open"], gain)
        short = (goal["second"] - came["second"]) / goal["plans"]
        rates["earlier"] = np.clip(rates["earlier"] + gain * short, *BOUNDS["earlier"])
    rates["first"] = first / one["people"]
    return NeedRates(**rates)


def pooled(solved: dict[str, NeedRates], held: dict[str, Figures]) -> NeedRates:
    """The mean of all councils, weighted by children living there."""
    weights = np.array([held[code]["people"] for code in solved])
    return NeedRates(
        **{
            name: np.average([getattr(one, name) for one in solved.values()], 0, weights)
            for name in RATES
        }
    )


def written(solved: dict[str, NeedRates]) -> bytes:
    """The file: a line for each council and year; the same rates give the same bytes."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["council", "year", *RATES])
    for code, own in solved.items():
        for row, year in enumerate(YEARS):
            out.writerow([code, year, *(f"{getattr(own, name)[row]:.5g}" for name in RATES)])
    return gzip.compress(text.getvalue().encode(), mtime=0)


NAMES = ("referrals", "in_need", "plans", "plans_open")
"""Figures that have to be met council by council."""
OTHERS = ("again", "nfa", "refused", "second", "enquiries", "conferences")


def outcome(
    held: dict[str, Figures], solved: dict[str, NeedRates], parts: dict[str, float], seed: int
) -> tuple[Figures, Figures, dict[str, float]]:
    """England's sums, their goals, and the share of council-years from 2018 on within bounds."""
    total = {name: np.zeros(len(YEARS)) for name in NAMES + OTHERS}
    goals = {name: np.zeros(len(YEARS)) for name in NAMES + OTHERS}
    within: dict[str, list[bool]] = {name: [] for name in NAMES}
    for code, own in solved.items():
        one = held[code]
        came = run(own, own.first * one["people"], seed, int(code))
        full = dict(one)
        for name in ("again", "nfa", "refused"):
            full[name] = one[name] * one["referrals"]
        full["second"] = one["second"] * one["plans"]
        for name in NAMES + OTHERS:
            looked_after = one["looked_after"] if name == "in_need" else 0.0
            all_of = came[name] + parts[name] * one["started"] + looked_after
            total[name] += all_of
            goals[name] += full[name]
            if name in within:
                far = np.abs(all_of - one[name]) / np.maximum(one[name], 1)
                near = np.maximum(0.1, 2.5 / np.sqrt(np.maximum(one[name], 1)))
                within[name] += list(far[2:] <= near[2:])
    return total, goals, {name: float(np.mean(hits)) for name, hits in within.items()}


def evened(
    held: dict[str, Figures], solved: dict[str, NeedRates], parts: dict[str, float], seed: int
) -> dict[str, NeedRates]:
    """The rates with what England as a whole still differs by taken out of all councils alike."""
    total, goals, _ = outcome(held, solved, parts, seed)
    ratio = {name: goals[name] / total[name] for name in total}
    fewer = ratio["referrals"] / (1.0 + 0.36 * (ratio["again"] - 1.0))
    harm = ratio["enquiries"]
    factors = {
        "first": fewer,
        "again": ratio["again"] / fewer,
        "closing": ratio["in_need"] ** -1.3,
        "enquiry": harm,
        "conference": ratio["conferences"] / harm,
        "plan": ratio["plans"] / ratio["conferences"],
        "ending": (ratio["plans_open"] / ratio["plans"]) ** -1.2,
        "nfa": ratio["nfa"],
        "not_in_need": ratio["refused"],
    }
    more = (goals["second"] * total["plans"] / goals["plans"] - total["second"]) / total["plans"]
    found = {}
    for code, own in solved.items():
        rates = {name: np.array(getattr(own, name)) for name in RATES}
        for name, factor in factors.items():
            rates[name] = rates[name] * factor
            if name in BOUNDS:
                rates[name] = np.clip(rates[name], *BOUNDS[name])
        rates["earlier"] = np.clip(rates["earlier"] + more, *BOUNDS["earlier"])
        found[code] = NeedRates(**rates)
    return found


def compare(
    held: dict[str, Figures], solved: dict[str, NeedRates], parts: dict[str, float]
) -> None:
    """Print what another seed gives beside what was published."""
    total, goals, within = outcome(held, solved, parts, 5)
    for name in total:
        say(name, np.round(total[name] / goals[name], 3))
    for name, share in within.items():
        say(name, "council-years within bounds:", round(share, 4))


def main() -> None:
    """Solve, write, compare."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=10)
    asked.add_argument("--councils", nargs="*", help="only these, and write nothing")
    asked.add_argument("--held", action="store_true", help="begin with the rates in the file")
    options = asked.parse_args()
    begun = time.process_time()
    held = figures()
    parts = care_parts(REGION)
    say(
        {name: round(float(x), 3) for name, x in parts.items()},
        f"{time.process_time() - begun:.0f} s",
    )
    codes = options.councils or list(held)
    solved = {}
    for code in codes:
        held_rates = chances.rates_of(code)
        solved[code] = (
            held_rates if options.held else solve(code, held[code], parts, options.rounds)
        )
    say(f"solved {len(solved)} councils in {time.process_time() - begun:.0f} s")
    if not options.councils:
        for seed in range(2000, 2000 + EVENED):
            solved = evened(held, solved, parts, seed)
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_bytes(written({chances.ENGLAND: pooled(solved, held), **solved}))
    compare(held, solved, parts)


if __name__ == "__main__":
    main()
