"""Whether the natural experiment can be trusted: intervals, false alarms and thresholds found out.

    python tools/loop_proof.py --seeds 200 --flagged 60 --processes 2

For each seed the careers of children of the region of twelve are drawn with everything planted,
with everything but the practice that is followed, and with nothing. ``rollout.natural_experiment``
estimates the effect on children who start to be looked after and on re-entry, from yearly counts
alone. For the first seeds, need is drawn too, and the cautions are made: does a practice that only
raised a threshold get its flag, and one that works none?

Every seed's figures go to docs/loop_proof_seeds.csv, the shares of seeds to docs/loop_proof.csv.
Run it again whenever the practices, the steering, the rates of care or the estimator change.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from math import exp
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from planted_power import BACK, FIRST, FOLLOWED, LAST, STARTED, THRESHOLD, Drawn, chosen
from planted_power import Panel as Drawing
from planted_power import panel as drawing

from whatworks.rollout.natural_experiment import (
    CannotTell,
    Effect,
    Panel,
    estimate,
    with_safety,
)
from whatworks.rollout.natural_experiment.imputing import FULL, NEVER, logarithms, states
from whatworks.synthetic import planted
from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.conditions import REENTRY
from whatworks.synthetic.days import birthdays
from whatworks.synthetic.need_population import cohort_of, expected, process_of
from whatworks.synthetic.need_process import Spells
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.world import world

DOCS = Path(__file__).resolve().parents[1] / "docs"
YEARS = tuple(range(FIRST, LAST + 1))
STARTS, REENTRIES = "started_rate", "reentered_within_12_months"
REFERRED, PLANNED = "re_referrals_within_12_months", "repeat_protection_plans"
ALARMS = ("threshold_only", "safety_wrong_way")
DOUBTS = ("bad_year", "before_trend", "fades")
HEADINGS = (
    "seed",
    "practice",
    "world",
    "measure",
    "estimate",
    "low",
    "high",
    "p",
    "truth",
    "cautions",
)
NOT_LOOKED_AT = "-"
CHILDHOOD = 18
"""Years after its first referral in which a child can be referred again."""


@dataclass(frozen=True)
class Seed:
    """One seed: who adopted what, and the worlds drawn with and without it."""

    plan: planted.Plan
    codes: tuple[str, ...]
    worlds: Mapping[str, Drawing]

    def adopted(self, practice: str) -> dict[str, date]:
        """Council of the region -> day of adoption."""
        found = {one.code: one.day for one in self.plan.adopters[practice]}
        return {code: found[code] for code in self.codes if code in found}


def made_panel(measure: str, codes: tuple[str, ...], counts, exposure, *, lag: int = 0) -> Panel:  # type: ignore[no-untyped-def]
    """What ``natural_experiment.panel`` would make of returns with these counts."""
    years = tuple(range(LAST + 1 - np.shape(counts)[1], LAST + 1))
    return Panel(
        measure,
        codes,
        years,
        np.asarray(counts, float),
        np.asarray(exposure, float),
        measure != STARTS,
        {},
        {},
        lag,
    )


def of_care(seed: Seed, which: str, measure: str) -> Panel:
    """Children who started to be looked after, or who came back, in one world."""
    counts, exposure = seed.worlds[which].of[STARTED if measure == STARTS else BACK]
    return made_panel(measure, seed.codes, counts, exposure, lag=int(measure == REENTRIES))


# --- need -----------------------------------------------------------------------------------------


def need_of(setting: Setting, seed: int, plan: planted.Plan) -> np.ndarray:
    """Referrals, re-referrals, plans and repeat plans by year, of children never looked after."""
    where = world(setting, seed, plan.conditions(setting.code))
    process = process_of(where)
    found = np.zeros((4, len(YEARS)))
    for year in range(FIRST - CHILDHOOD, LAST + 1):
        cohort = cohort_of(where.seed, where.code, year, expected(where, process, year))
        _tally(process.run(cohort.children, last_day(LAST)), found)
    return found


def _tally(spells: Spells, found: np.ndarray) -> None:
    again = np.zeros(len(spells.child), dtype=bool)
    again[1:] = spells.child[1:] == spells.child[:-1]
    again[1:] &= spells.referred[1:] <= birthdays(spells.referred[:-1], 1)
    plans = spells.plan > 0
    for row, days in enumerate(
        (
            spells.referred,
            spells.referred[again],
            spells.plan[plans],
            spells.plan[plans & (spells.before > 0)],
        )
    ):
        edges = np.array([first_day(year) for year in (*YEARS, LAST + 1)])
        year = np.searchsorted(edges, days, side="right") - 1
        np.add.at(found[row], year[(year >= 0) & (year < len(YEARS))], 1)


def of_need(seed: Seed) -> dict[str, Panel]:
    """Re-referrals and repeat plans, with everything planted."""
    drawn = np.stack([need_of(one, seed.plan.seed, seed.plan) for one in chosen("region")], axis=1)
    return {
        REFERRED: made_panel(REFERRED, seed.codes, drawn[1], drawn[0]),
        PLANNED: made_panel(PLANNED, seed.codes, drawn[3], drawn[2]),
    }


# --- truth ----------------------------------------------------------------------------------------


def true_starts(seed: Seed) -> float:
    """The multiplier of the count, from twin worlds: its mean logarithm over full council-years."""
    with_it, without = (logarithms(*seed.worlds[one].of[STARTED]) for one in ("planted", "others"))
    return exp(float((with_it - without)[_full(seed, YEARS)].mean()))


def true_reentry(seed: Seed) -> float:
    """The difference in share that the planted multiplier makes.

    A hazard times m turns a share s into 1 - (1 - s) ** m. For s stands the share of the same
    council-years in the world without the practice, all together; m is each council's own.
    """
    years = YEARS[:-1]
    full = _full(seed, years)
    back, home = seed.worlds["others"].of[BACK]
    usual = back[full].sum() / home[full].sum()
    practice = next(one for one in seed.plan.practices if one.id == FOLLOWED)
    effect = next(one for one in practice.effects if one.process == REENTRY)
    power = np.ones(full.shape)
    for i, code in enumerate(seed.codes):
        adopter = seed.plan.adopter(FOLLOWED, code)
        if adopter is not None:
            power[i] = effect.phases[0][1] ** adopter.fidelity
    weights = seed.worlds["planted"].of[BACK][1]
    return float(np.average((1 - (1 - usual) ** power - usual)[full], weights=weights[full]))


def _full(seed: Seed, years: Sequence[int]) -> np.ndarray:
    adopted = seed.adopted(FOLLOWED)
    days = [adopted[code].toordinal() if code in adopted else NEVER for code in seed.codes]
    return np.asarray(states(np.array(days), years) == FULL)


# --- one seed -------------------------------------------------------------------------------------


def one_seed(number: int, flagged: int) -> list[tuple[str, ...]]:
    """All results of one seed, as the rows of the table of seeds.

    Args:
        number: the seed.
        flagged: up to this seed, need is drawn and cautions are made.
    """
    plan = planted.plan(number)
    others = [one.id for one in planted.practices() if one.id != FOLLOWED]
    drawn = Drawn(number)
    seed = Seed(
        plan,
        tuple(one.code for one in chosen("region")),
        {
            "planted": drawing("region", drawn, plan),
            "others": drawing("region", drawn, planted.plan(number, others)),
            "nothing": drawing("region", drawn, None),
        },
    )
    rows = []
    safety = of_need(seed) if number <= flagged else {}
    for measure in (STARTS, REENTRIES):
        for which in ("planted", "nothing"):
            made = _estimate(seed, FOLLOWED, of_care(seed, which, measure), THRESHOLD)
            true = 0.0 if measure == REENTRIES else 1.0
            if which == "planted":
                true = true_reentry(seed) if measure == REENTRIES else true_starts(seed)
            cautions = NOT_LOOKED_AT
            if safety and which == "planted" and measure == STARTS:
                made = _cautioned(seed, FOLLOWED, THRESHOLD, safety)
                cautions = _codes(made)
            rows.append(_row(number, which, made, true, cautions))
    if safety:
        made = _cautioned(seed, THRESHOLD, FOLLOWED, safety)
        rows.append(_row(number, "planted", made, None, _codes(made)))
        for panel in safety.values():
            made = _estimate(seed, THRESHOLD, panel, FOLLOWED)
            rows.append(_row(number, "planted", made, None, NOT_LOOKED_AT))
    return rows


def _estimate(seed: Seed, practice: str, panel: Panel, other: str) -> Effect:
    left = tuple(seed.adopted(other))
    return estimate(panel, seed.adopted(practice), practice=practice, left_out=left)


def _cautioned(seed: Seed, practice: str, other: str, need: Mapping[str, Panel]) -> Effect:
    """The effect on starts with cautions from the safety measures.

    The other practice's councils are left out of every measure, as the service does: what it was
    meant to move is not all that it may have moved.
    """
    made: list[Effect | CannotTell] = []
    asked: list[Callable[[], Effect]] = [
        partial(_estimate, seed, practice, of_care(seed, "planted", REENTRIES), other),
        *(partial(_estimate, seed, practice, panel, other) for panel in need.values()),
    ]
    for one in asked:
        try:
            made.append(one())
        except CannotTell as why:
            made.append(why)
    main = _estimate(seed, practice, of_care(seed, "planted", STARTS), other)
    return with_safety(main, made)


def _codes(effect: Effect) -> str:
    return " ".join(sorted({one.code for one in effect.warnings}))


def _row(
    number: int, which: str, effect: Effect, true: float | None, cautions: str
) -> tuple[str, ...]:
    if effect.share:
        found = (effect.difference, effect.difference_low, effect.difference_high)
    else:
        found = (effect.multiplier, effect.low, effect.high)
    numbers = [f"{x:.4f}" for x in (*found, effect.p)]
    truth = "" if true is None else f"{true:.4f}"
    return (str(number), effect.practice, which, effect.measure, *numbers, truth, cautions)


# --- all of them ----------------------------------------------------------------------------------


def summary(rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    """One line for each practice, world and measure."""
    grouped: dict[tuple[str, ...], list[Sequence[str]]] = {}
    for row in rows:
        grouped.setdefault(tuple(row[1:4]), []).append(row)
    return [_line(key, many) for key, many in grouped.items()]


def _line(key: tuple[str, ...], many: Sequence[Sequence[str]]) -> dict[str, str]:
    found, low, high, p = (np.array([float(row[k]) for row in many]) for k in range(4, 8))
    said = [row[9].split() for row in many if row[9] != NOT_LOOKED_AT]
    line = dict(zip(("practice", "world", "measure"), key, strict=True))
    line["seeds"] = str(len(many))
    line["covered"] = line["standard_error"] = line["mean_truth"] = ""
    if many[0][8]:
        truth = np.array([float(row[8]) for row in many])
        covered = float(np.mean((low <= truth) & (truth <= high)))
        line["covered"] = f"{covered:.3f}"
        line["standard_error"] = f"{(covered * (1 - covered) / len(many)) ** 0.5:.3f}"
        line["mean_truth"] = f"{truth.mean():.4f}"
    line["p_at_most_0.05"] = f"{np.mean(p <= 0.05):.3f}"
    line["mean_estimate"] = f"{found.mean():.4f}"
    line["median_width"] = f"{np.median(high - low):.4f}"
    line["unbounded"] = f"{np.mean(~np.isfinite(high) | (low == -np.inf)):.3f}"
    line["judged"] = str(len(said))
    for code in (*ALARMS, *DOUBTS):
        line[code] = f"{np.mean([code in one for one in said]):.3f}" if said else ""
    line["either"] = (
        f"{np.mean([bool(set(ALARMS) & set(one)) for one in said]):.3f}" if said else ""
    )
    return line


def _write(path: Path, rows: Iterable[Sequence[str]], headings: Sequence[str]) -> None:
    with path.open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def main() -> None:
    """Run the seeds 1 to N and write both tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--seeds", type=int, default=200)
    asked.add_argument("--flagged", type=int, default=60)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--out", type=Path, default=DOCS)
    given = asked.parse_args()
    work = partial(one_seed, flagged=given.flagged)
    with ProcessPoolExecutor(given.processes) as pool:
        rows = [
            row for found in pool.map(work, range(1, given.seeds + 1), chunksize=2) for row in found
        ]
    _write(given.out / "loop_proof_seeds.csv", rows, HEADINGS)
    table = summary(rows)
    _write(given.out / "loop_proof.csv", [list(one.values()) for one in table], list(table[0]))


if __name__ == "__main__":
    main()
