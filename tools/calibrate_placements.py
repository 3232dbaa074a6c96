"""Fit what happens inside a period of care to published statistics, and print both.

    python tools/calibrate_placements.py [--rounds 6] [--councils all] [--scale 0.25] [--seed 1]

Draws the children of the councils asked for at a scale, counts them, and writes the factors in
``src/whatworks/synthetic/data/inside_care.csv`` anew: each is multiplied by published over
produced to a power below 1, and all are drawn again, ``--rounds`` times (0: only print). With
``--effects`` it writes ``council_effects.csv`` too. The same arguments on the same careers give
the same files. Nothing is fetched: published figures are those of ``whatworks.reference`` and of
``synthetic/data/outcomes.csv`` (Department for Education, Open Government Licence v3.0).

Flows (how care starts, why placements change, how it ends at 18) are fitted year by year. What is
counted at 31 March follows flows only slowly: of it the level and the trend over the years are
fitted. A council's effect on moves is its count of children with three or more placements, over
ten years, against what England's shares would give it: drawn towards 1 as far as chance and the
spread between councils say, and turned into a multiplier of moves by how much that count answers
to moves (two more draws, with all moves likelier and less likely).
"""

from __future__ import annotations

import argparse
import csv
import importlib
import sys
from collections import defaultdict
from math import exp, log
from pathlib import Path

from placement_figures import (
    AT_18,
    CEASED,
    MARCH,
    STARTED,
    YEARS,
    Figures,
    Sums,
    count,
    produced_figures,
    published_figures,
    shares,
)

from whatworks.reference.published import published
from whatworks.synthetic import chances, fitted, outcomes
from whatworks.synthetic.conditions import MOVE, USUAL, Conditions
from whatworks.synthetic.population import by_year, lives
from whatworks.synthetic.setting import choose, settings
from whatworks.synthetic.world import world

DATA = Path(__file__).parents[1] / "src" / "whatworks" / "synthetic" / "data"
Factors = dict[tuple[str, str], tuple[float, ...]]

_OPENING = {
    "voluntary": "V2",
    "police_protection": "L1",
    "emergency_protection": "L2",
    "care_order": "C2",
    "interim_care_order": "C1",
}
FLOWS = {
    **{f"{STARTED}/legal_status/{key}": ("opening", ls) for key, ls in _OPENING.items()},
    **{key: ("at_18", rec) for key, rec in AT_18.items()},
    "stability/three_or_more/year": ("moves", "all"),
}
"""Published key -> the factor that answers to it in the same year."""
_PLACES = {
    "childrens_home": ("K2", "K1"),
    "supported": ("supported",),
    "parents": ("P1",),
    "other": ("Z1",),
    "other_residential": ("R1", "R2", "R3", "R5"),
    "residential_school": ("S1",),
    "foster": ("U3", "U4", "U5", "U6"),
}
_PROVIDERS = {"own": "PR1", "other_council": "PR2", "private": "PR4", "voluntary": "PR5"}
STOCKS: dict[str, tuple[str, tuple[str, ...]]] = {
    **{f"{MARCH}/placement/{key}": ("place", kinds) for key, kinds in _PLACES.items()},
    **{f"{MARCH}/need/N{i}": ("need", (f"N{i}",)) for i in range(1, 9)},
    **{f"{MARCH}/provider/{key}": ("provider", (code,)) for key, code in _PROVIDERS.items()},
    f"{MARCH}/legal_status/voluntary": ("law", ("agreement",)),
    f"{MARCH}/legal_status/interim_care_order": ("law", ("proceedings",)),
    "changed/reason/PLACE": ("moves", ("matched",)),
    "changed/reason/CARPL": ("reason", ("CARPL",)),
}
"""Published key -> factors that answer to it slowly: level and trend are fitted."""
LEVELS: dict[str, tuple[str, str]] = {
    "year/children/missing": ("missing", "children"),
    "year/children/away": ("missing", "away"),
    "rate/misuse": ("health", "misuse"),
    "rate/guardian_E46": ("guardian", "E46"),
}
"""Published key -> a factor that is the same for all years."""
_BOUNDS = (0.1, 8.0)
_STUBBORN = {"supported": 1.6, "matched": 1.4}
"""Factors to which less answers than to others: few children are old enough, or stay."""
_MEASURE = "three_or_more_placements_number"
_OVERDISPERSION = 1.5
"""Variance of a council's yearly count against a Poisson count's: its children move together."""


def draw(codes: list[str], scale: float, seed: int, conditions: Conditions = USUAL) -> Figures:
    """Count the children of these councils at a scale."""
    n: Sums = defaultdict(float)
    years = range(YEARS[0], YEARS[-1] + 1)
    for setting in settings(codes):
        where = world(setting.scaled(scale), seed, conditions)
        people = by_year(lives(where, YEARS[0], YEARS[-1]), years)
        for year in years:
            count(n, people[year], setting.code, year)
    return produced_figures(n)


def _ratios(produced: Figures, wanted: Figures, key: str) -> list[float]:
    """Logarithms of published over produced, year by year; 0 where either is missing."""
    made, asked = produced.get(key, {}), wanted.get(key, {})
    return [log(asked[y] / made[y]) if made.get(y) and asked.get(y) else 0.0 for y in YEARS]


def _line(values: list[float]) -> list[float]:
    """The straight line nearest to these values."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    steps = [i - middle for i in range(len(values))]
    slope = sum(s * v for s, v in zip(steps, values, strict=True)) / sum(s * s for s in steps)
    return [mean + slope * s for s in steps]


def fit(factors: Factors, produced: Figures, wanted: Figures) -> Factors:
    """Every factor a step nearer to what makes produced as published."""
    found = dict(factors)

    def change(group: str, name: str, by: list[float]) -> None:
        old = found.get((group, name), (1.0,) * len(YEARS))
        found[group, name] = tuple(
            min(_BOUNDS[1], max(_BOUNDS[0], value * exp(step)))
            for value, step in zip(old, by, strict=True)
        )

    for key, (group, name) in FLOWS.items():
        power = 1.0 if group == "moves" else 0.85
        change(group, name, [power * x for x in _ratios(produced, wanted, key)])
    for key, (group, names) in STOCKS.items():
        power = _STUBBORN.get(names[0], 0.85)
        for name in names:
            change(group, name, [power * x for x in _line(_ratios(produced, wanted, key))])
    for key, (group, name) in LEVELS.items():
        ratios = _ratios(produced, wanted, key)
        change(group, name, [0.85 * sum(ratios) / len(ratios)] * len(YEARS))
    return found


def save(factors: Factors) -> None:
    """Write the factors and let the generator read them anew."""
    with (DATA / "inside_care.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["group", "name", *YEARS])
        for (group, name), values in sorted(factors.items()):
            out.writerow([group, name, *(f"{value:.4g}" for value in values)])
    fitted.factors.cache_clear()
    importlib.reload(chances)
    outcomes.leavers_of.cache_clear()


def table(produced: Figures, wanted: Figures, scale: float) -> str:
    """Produced beside published, as shares, for 2021, 2023 and 2025."""
    lines = [f"{'':58}" + "".join(f"{y:>9} {'publ.':>7} {'ratio':>6}" for y in YEARS[::2])]
    made, asked = shares(produced), shares(wanted)
    for key in sorted(asked):
        if key not in made and not key.startswith((MARCH, STARTED, CEASED)):
            continue
        cells = []
        for y in YEARS[::2]:
            a, b = made.get(key, {}).get(y, 0.0), asked[key].get(y)
            cells.append(f"{a:9.4g} {b:7.4g} {a / b:6.2f}" if b else f"{a:9.4g} {'':7} {'':6}")
        lines.append(f"{key:58}" + "".join(cells))
    everybody = sum(n[YEARS[-1]] for key, n in produced.items() if key.startswith(f"{MARCH}/sex/"))
    return "\n".join(
        [*lines, f"{everybody / scale:.0f} looked after in {YEARS[-1]}, at full scale"]
    )


def _counts() -> dict[str, tuple[float, float]]:
    """Council -> children with three or more placements, and how many England's shares give."""
    number = published(_MEASURE).drop_nulls("value").select("area", "year", "value").rows()
    of = {
        (area, year): value
        for area, year, value in published("looked_after_at_31_march")
        .drop_nulls("value")
        .select("area", "year", "value")
        .iter_rows()
    }
    known = set(choose("all"))
    england = {year: 0.0 for _, year, _ in number}
    whole = dict(england)
    for area, year, value in number:
        if area in known and (area, year) in of:
            england[year] += value
            whole[year] += of[area, year]
    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for area, year, value in number:
        if area in known and (area, year) in of:
            found[area][0] += value
            found[area][1] += of[area, year] * england[year] / whole[year]
    return {area: (o, e) for area, (o, e) in found.items()}


def effects(answers: float) -> dict[str, float]:
    """Council -> multiplier of moves; ``answers`` is the elasticity of the count to moves."""
    counts = _counts()
    ratios = {area: (log(o / e), _OVERDISPERSION / o) for area, (o, e) in counts.items() if o}
    spread = sum(x * x - v for x, v in ratios.values()) / len(ratios)
    found = dict.fromkeys(choose("all"), 1.0)
    for area, (x, chance) in ratios.items():
        found[area] = exp(x * spread / (spread + chance) / answers)
    return found


def elasticity(codes: list[str], scale: float, seed: int) -> float:
    """By how much three or more placements answer to moves: slope of logarithm on logarithm."""
    found = []
    for by in (0.8, 1.25):
        made = shares(draw(codes, scale, seed, Conditions({MOVE: ((0, by),)})))
        by_year = made["stability/three_or_more/year"]
        found.append(log(sum(by_year.values()) / len(by_year)))
    return (found[1] - found[0]) / log(1.25 / 0.8)


def save_effects(found: dict[str, float]) -> None:
    """Write the councils' effects and let the generator read them anew."""
    with (DATA / "council_effects.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["code", "moved"])
        out.writerows([code, f"{value:.3f}"] for code, value in sorted(found.items()))
    fitted.council_effects.cache_clear()


def main() -> None:
    """Fit and print, as the arguments say."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--rounds", type=int, default=0)
    asked.add_argument("--councils", default="all")
    asked.add_argument("--scale", type=float, default=0.25)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--effects", action="store_true")
    given = asked.parse_args()
    codes = choose(int(given.councils) if given.councils.isdigit() else given.councils)
    wanted = published_figures()
    if given.effects:
        save_effects(effects(elasticity(codes, given.scale, given.seed)))
    for turn in range(given.rounds):
        produced = draw(codes, given.scale, given.seed)
        save(fit(fitted.factors(), shares(produced), shares(wanted)))
        sys.stderr.write(f"round {turn + 1} done\n")
    sys.stdout.write(table(draw(codes, given.scale, given.seed), wanted, given.scale))


if __name__ == "__main__":
    main()
