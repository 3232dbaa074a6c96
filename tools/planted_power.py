"""How often the right analysis finds what is planted, and how often what is not.

    python tools/planted_power.py region --seeds 500
    python tools/planted_power.py england --seeds 40

For each seed the careers of children are drawn with everything planted, with everything but the
practice that is followed, and with nothing; the same analysis of yearly counts is made of each,
with the councils and dates of adoption that belong to the seed. Every seed's p-values, estimates
and the true effects on the counts go to docs/planted_power_SCOPE_seeds.csv; the shares of seeds
with p at most 0.05 to docs/planted_power_SCOPE.csv. The true effect on a count is the mean over
full council-years of what is counted with the practice against the same world without it.

Run it again whenever the practices, the steering or the rates of care change.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from math import exp
from pathlib import Path

import numpy as np

from whatworks.synthetic import planted
from whatworks.synthetic.conditions import ENTRY, LEAVE, REENTRY, USUAL, Conditions, Steps
from whatworks.synthetic.counts import Counts, counts
from whatworks.synthetic.drawing import careers
from whatworks.synthetic.planted.adoption import strata
from whatworks.synthetic.planted.analysis import FULL, NEVER, Floats, analyse, logarithms, states
from whatworks.synthetic.routes import rates
from whatworks.synthetic.setting import REGION, Setting, settings
from whatworks.synthetic.world import world

FOLLOWED, THRESHOLD = "teasel-bridge", "granite-gate"
FIRST, LAST = 2019, 2025
EARLIEST = 2009
"""Children who first came into care before are left out: few come back after ten years."""
LEVEL = 0.05
DOCS = Path(__file__).resolve().parents[1] / "docs"
ENTRIES, STARTED, BACK = "entries", "started", "reentry"
WORDS = {
    ENTRIES: "children who started to be looked after, without unaccompanied children",
    STARTED: "all children who started to be looked after",
    BACK: "of children under 17 who went home, those looked after again within a year",
}
WORLDS = ("planted", "others", "nothing")
HEADINGS = ("seed", "world", "count", "p", "multiplier", "true_multiplier")
ROOTS = {"region": 1, "england": 2}
PERMUTATIONS = {"region": 999, "england": 299}


@dataclass(frozen=True)
class Panel:
    """Yearly counts of some councils: count -> (counts, exposure), each (councils, years)."""

    years: dict[str, range]
    of: dict[str, tuple[Floats, Floats]]


@cache
def chosen(scope: str) -> tuple[Setting, ...]:
    """The councils of the region, or all that could adopt."""
    codes = REGION if scope == "region" else sorted(code for part in strata() for code in part)
    return tuple(settings(codes))


class Drawn:
    """Councils drawn under one seed, each once for all the worlds in which it is the same."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._made: dict[tuple[str, tuple[Steps, ...]], Counts] = {}

    def counts(self, setting: Setting, conditions: Conditions) -> Counts:
        """What is counted of a council; only some processes have a part in careers."""
        key = (
            setting.code,
            tuple(conditions.steps.get(name, ()) for name in (ENTRY, LEAVE, REENTRY)),
        )
        if key not in self._made:
            where = world(setting, self.seed, conditions)
            found = careers(
                where.seed,
                where.code,
                range(EARLIEST, LAST + 1),
                steering=where.steering,
                rates=rates(),
                conditions=conditions,
                reentry=where.reentry,
                since=FIRST,
            )
            self._made[key] = counts(found, range(FIRST, LAST + 1))
        return self._made[key]


def panel(scope: str, drawn: Drawn, plan: planted.Plan | None) -> Panel:
    """Count every council's careers in one world; without a plan nothing is planted."""
    years = range(FIRST, LAST + 1)
    rows: dict[str, list[tuple[Floats, Floats]]] = {name: [] for name in WORDS}
    for setting in chosen(scope):
        found = drawn.counts(setting, plan.conditions(setting.code) if plan else USUAL)
        people = np.array([setting.population[year] for year in years])
        rows[ENTRIES].append((found.started - found.uasc_started, people))
        rows[STARTED].append((found.started, people))
        # Those who went home in the last year could still come back after it.
        rows[BACK].append((found.back[:-1, 0], found.home[:-1]))
    stacked = {
        name: (np.stack([row[0] for row in many]), np.stack([row[1] for row in many]))
        for name, many in rows.items()
    }
    spans = {name: range(FIRST, LAST + (name != BACK)) for name in WORDS}
    return Panel(spans, stacked)


def _true(name: str, with_it: Panel, without: Panel, days: np.ndarray) -> float:
    """The effect on a count in the full years of adopters, from twin worlds."""
    full = states(days, with_it.years[name]) == FULL
    one, two = with_it.of[name], without.of[name]
    if name == BACK:
        return float(
            (one[0][full].sum() / one[1][full].sum()) / (two[0][full].sum() / two[1][full].sum())
        )
    return exp(float((logarithms(*one) - logarithms(*two))[full].mean()))


def one_seed(seed: int, scope: str = "region") -> list[tuple[str, ...]]:
    """All results of one seed, as the rows of the table of seeds."""
    plan = planted.plan(seed)
    others = [one.id for one in planted.practices() if one.id != FOLLOWED]
    drawn = Drawn(seed)
    worlds = {
        "planted": panel(scope, drawn, plan),
        "others": panel(scope, drawn, planted.plan(seed, others)),
        "nothing": panel(scope, drawn, None),
    }
    codes = [setting.code for setting in chosen(scope)]
    adopted = {one.code: one.day for one in plan.adopters[FOLLOWED]}
    gated = {one.code for one in plan.adopters[THRESHOLD]}
    days = np.array([adopted[c].toordinal() if c in adopted else NEVER for c in codes])
    rows = []
    for name in WORDS:
        true = _true(name, worlds["planted"], worlds["others"], days)
        for at, (which, found) in enumerate(worlds.items()):
            made = analyse(
                *found.of[name],
                codes,
                list(found.years[name]),
                adopted,
                rng=np.random.default_rng([ROOTS[scope], seed, at]),
                share=name == BACK,
                left_out=gated,
                permutations=PERMUTATIONS[scope],
            )
            effect = true if which == "planted" else 1.0
            rows.append(
                (str(seed), which, name, *(f"{x:.4f}" for x in (made.p, made.multiplier, effect)))
            )
    return rows


def summary(rows: Iterable[Sequence[str]], scope: str) -> list[dict[str, str]]:
    """The table of shares: one row for each world and count."""
    found: dict[tuple[str, str], list[Sequence[str]]] = {}
    for row in rows:
        found.setdefault((row[1], row[2]), []).append(row)
    table = []
    for (which, name), many in found.items():
        p, estimate, true = (np.array([float(row[k]) for row in many]) for k in (3, 4, 5))
        share = float(np.mean(p <= LEVEL))
        error = (share * (1 - share) / len(p)) ** 0.5
        positive = estimate[estimate > 0]
        table.append(
            {
                "scope": scope,
                "planted": which,
                "count": name,
                "seeds": str(len(p)),
                "rejected_at_5_percent": f"{share:.3f}",
                "standard_error": f"{error:.3f}",
                "mean_estimate": f"{np.exp(np.log(positive).mean()):.3f}",
                "sd_of_log_estimate": f"{np.log(positive).std():.3f}",
                "true_effect_on_count": f"{np.exp(np.log(true).mean()):.3f}",
                "what_is_counted": WORDS[name],
            }
        )
    return table


def _seeds(seeds: Sequence[int], scope: str, processes: int) -> list[tuple[str, ...]]:
    work = partial(one_seed, scope=scope)
    if processes == 1:
        return [row for seed in seeds for row in work(seed)]
    with ProcessPoolExecutor(processes) as pool:
        return [row for rows in pool.map(work, seeds, chunksize=4) for row in rows]


def main() -> None:
    """Run the seeds 1 to N and write both tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("scope", choices=("region", "england"))
    asked.add_argument("--seeds", type=int, default=500)
    asked.add_argument("--processes", type=int, default=1)
    asked.add_argument("--out", type=Path, default=DOCS)
    given = asked.parse_args()
    rows = _seeds(range(1, given.seeds + 1), given.scope, given.processes)
    stem = f"planted_power_{given.scope}"
    with (given.out / f"{stem}_seeds.csv").open("w", newline="", encoding="ascii") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(rows)
    table = summary(rows, given.scope)
    with (given.out / f"{stem}.csv").open("w", newline="", encoding="ascii") as file:
        ordered = csv.DictWriter(file, list(table[0]), lineterminator="\n")
        ordered.writeheader()
        ordered.writerows(table)


if __name__ == "__main__":
    main()
