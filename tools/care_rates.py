"""Move the national rates of careers against England's published figures (see calibrate.py).

Reasons for ceasing, ages on starting, on ceasing and at 31 March: the Department for Education's
statistics of children looked after in England, 2021 to 2025 (Open Government Licence v3.0), as
held in ``whatworks.reference``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from whatworks import reference
from whatworks.synthetic.counts import Counts
from whatworks.synthetic.routes import AGES, FIRST_YEAR, LAST_YEAR, ROUTE

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
DETAILED = range(2021, LAST_YEAR + 1)
"""Years for which England's reasons and ages are published in detail."""
AT = slice(DETAILED.start - FIRST_YEAR, None)
REASONS = {
    "relative": ("left_to_others",),
    "sgo": ("special_guardianship",),
    "cao": ("child_arrangements",),
    "adoption": ("adopted",),
    "custody": ("custody",),
    "remand": ("remand_ended",),
    "abroad": ("abroad",),
    "died": ("died",),
}
LONGER = {"adoption": "adopted", "sgo": "left_to_special_guardianship"}
"""Reasons that are published for all years."""
HOME_AT_18, RELATIVE_AT_18, OTHER_UNDER_18, OTHERS_MOVED = 0.03, 0.017, 0.25, 260.0
"""Set by hand, as no table splits reasons by age: of those ceasing at 18, home and to relatives;
of those ceasing for other reasons, under 18; children with parents here moving to other
councils."""
GROUPS = {
    "under_1": ("birth", "0"),
    "1_to_4": ("1-4",),
    "5_to_9": ("5-9",),
    "10_to_15": ("10-15",),
    "16_and_over": ("16-17",),
}


def published(population: str, topic: str) -> dict[str, np.ndarray]:
    """England's published numbers of a topic by group, an entry for each of DETAILED."""
    table = reference.characteristics(population, topic)
    return {
        group: np.array(
            [
                table.filter((pl.col("group") == group) & (pl.col("year") == y))["value"][0]
                for y in DETAILED
            ]
        )
        for group in table["group"].unique().sort()
    }


def move(values: dict[str, float], key: str, by: float) -> None:
    """Multiply one number."""
    values[key] = round(float(values.get(key, 1.0)) * by, 6)


def wanted() -> dict[str, np.ndarray]:
    """Children with parents here leaving by each route, by year from FIRST_YEAR; nan = unknown."""
    reasons = published("ceased", "reason")
    grown = published("ceased", "age")["18_and_over"]
    detailed = {route: sum(reasons[part] for part in parts) for route, parts in REASONS.items()}
    detailed["relative"] = detailed["relative"] - RELATIVE_AT_18 * grown
    home = reasons["returned_home_planned"] + reasons["returned_home_unplanned"]
    detailed["home"] = home - HOME_AT_18 * grown
    detailed["other"] = OTHER_UNDER_18 * reasons["other"]
    detailed["transfer"] = np.full(len(home), OTHERS_MOVED)
    found = {}
    for route, values in detailed.items():
        found[route] = np.full(len(YEARS), np.nan)
        found[route][AT] = values
    for route, measure in LONGER.items():
        england = reference.published(measure).filter(pl.col("area").str.starts_with("E92"))
        for year, value in england.select("year", "value").iter_rows():
            if year in YEARS and year not in DETAILED:
                found[route][year - FIRST_YEAR] = value
    return found


def leaving(made: Counts, route: str) -> np.ndarray:
    """Children with parents here who left by a route, by year."""
    parts = ("home_planned", "home_unplanned") if route == "home" else (route,)
    rows = [ROUTE[part] for part in parts]
    return (made.routes - made.uasc_routes)[:, rows].sum(axis=1)


def tune(rates: dict[str, Any], made: Counts) -> None:
    """Move the national rates against their errors. ``made`` is England."""
    _tune_ages(rates, made)
    for route, target in wanted().items():
        _tune_route(rates, route, target, leaving(made, route))
    reasons = published("ceased", "reason")
    home = wanted()["home"][AT]
    for i, year in enumerate(YEARS):
        j = max(i - AT.start, 0)
        rates["unplanned"][str(year)] = round(
            float(reasons["returned_home_unplanned"][j] / home[j]), 4
        )
    _tune_alone(rates, made, reasons)
    ages = published("ceased", "age")
    _tune_leaving_early(rates, made, ages)
    _tune_staying(rates, made)


def _tune_route(rates: dict[str, Any], route: str, target: np.ndarray, have: np.ndarray) -> None:
    """Its share against the years in detail, its speed against each year."""
    known = ~np.isnan(target)
    overall = float(target[AT].sum() / (have[AT].sum() + 1e-9))
    for band, table in rates["routes"].items():
        if band != "uasc" and route in table:
            move(table, route, float(np.clip(overall, 0.5, 2.0)) ** 0.5)
    speeds = rates["speeds"].setdefault(route, {})
    for i, year in enumerate(YEARS):
        if known[i]:
            by = float(np.clip(target[i] / (have[i] + 1e-9) / overall, 0.6, 1.6)) ** 0.6
            now = speeds.get(str(year), 1.0) * by
            speeds[str(year)] = round(float(np.clip(now, 0.2, 5.0)), 5)


def _tune_ages(rates: dict[str, Any], made: Counts) -> None:
    wanted = published("started", "age")
    have = made.age_started[AT]
    have = np.column_stack([have[:, :4], have[:, 4:].sum(axis=1)])
    for i, year in enumerate(DETAILED):
        ages = rates["entry_ages"][str(year)]
        for j, (group, names) in enumerate(GROUPS.items()):
            ratio = (wanted[group][i] / wanted["total"][i]) / (have[i, j] / have[i].sum())
            for name in names:
                ages[name] *= float(np.clip(ratio, 0.6, 1.6)) ** 0.8
        total = sum(ages.values())
        rates["entry_ages"][str(year)] = {name: round(ages[name] / total, 5) for name in AGES}
    born = published("looked_after_at_31_march", "age")["under_1"] / (made.age[AT][:, 0] + 1e-9)
    for year in DETAILED:
        ages = rates["entry_ages"][str(year)]
        moved = ages["birth"] * (float(np.clip(born.mean(), 0.8, 1.25)) - 1)
        moved = min(moved, ages["0"] * 0.3)
        ages["birth"], ages["0"] = round(ages["birth"] + moved, 5), round(ages["0"] - moved, 5)
    _tune_earlier_ages(rates, made)


EARLIER = {
    "birth": "1_to_4",
    "0": "1_to_4",
    "1-4": "5_to_9",
    "5-9": "10_to_15",
    "10-15": "16_and_over",
    "16-17": "16_and_over",
}
"""Age on starting some years before the first year in detail -> age on its last day."""


def _tune_earlier_ages(rates: dict[str, Any], made: Counts) -> None:
    """Ages on starting in years for which they are not published: those of the first two that
    are, tilted so that ages at 31 March of the first come out as published."""
    wanted = published("looked_after_at_31_march", "age")
    have = made.age[AT][0]
    have = np.array([*have[:4], have[4:].sum()])
    ratio = {
        group: float(wanted[group][0] / wanted["total"][0] / (have[j] / have.sum()))
        for j, group in enumerate(GROUPS)
    }
    tilt = rates["earlier_ages"]
    for name in AGES:
        tilt[name] = round(float(np.clip(tilt[name] * ratio[EARLIER[name]] ** 0.5, 0.4, 2.5)), 5)
    first = [rates["entry_ages"][str(year)] for year in (DETAILED.start, DETAILED.start + 1)]
    for year in range(FIRST_YEAR, DETAILED.start):
        ages = {name: (first[0][name] + first[1][name]) * tilt[name] for name in AGES}
        total = sum(ages.values())
        rates["entry_ages"][str(year)] = {name: round(ages[name] / total, 5) for name in AGES}


def _tune_alone(rates: dict[str, Any], made: Counts, reasons: dict[str, np.ndarray]) -> None:
    """Unaccompanied children: how many move on to other councils or are found to be adults."""
    out = made.uasc_routes[AT]
    moved = (reasons["another_council"] - OTHERS_MOVED) / (out[:, ROUTE["transfer"]] + 1.0)
    assessed = reasons["age_assessed"] / (out[:, ROUTE["age_assessed"]] + 1.0)
    for i, year in enumerate(DETAILED):
        for route, ratio in (("transfer", moved[i]), ("age_assessed", assessed[i])):
            odds = rates["odds_uasc"].setdefault(route, {str(y): 1.0 for y in YEARS})
            changed = float(np.clip(odds[str(year)] * np.clip(ratio, 0.6, 1.6) ** 0.7, 0.02, 20))
            odds[str(year)] = round(changed, 5)
            for before in range(FIRST_YEAR, DETAILED.start):
                odds[str(before)] = odds[str(DETAILED.start)]


def _tune_leaving_early(rates: dict[str, Any], made: Counts, ages: dict[str, np.ndarray]) -> None:
    """Leaving at 16 and 17 to live independently, against all who leave at these ages."""
    wanted = ages["16"] + ages["17"]
    have = made.age_ceased[AT][:, 4:6].sum(axis=1)
    early = made.routes[AT][:, ROUTE["independent"]] + 1.0
    for i, year in enumerate(DETAILED):
        by = np.clip((early[i] + wanted[i] - have[i]) / early[i], 0.6, 1.6) ** 0.6
        rates["early"][str(year)] = round(
            float(np.clip(rates["early"][str(year)] * by, 0.005, 0.4)), 5
        )
    for year in range(FIRST_YEAR, DETAILED.start):
        rates["early"][str(year)] = rates["early"]["2021"]


def _tune_staying(rates: dict[str, Any], made: Counts) -> None:
    """The share who stay to 18, by age on entry, against ages at 31 March."""
    wanted = published("looked_after_at_31_march", "age")
    have = made.age[AT]
    have = np.column_stack([have[:, :4], have[:, 4:].sum(axis=1)])
    ratio = {}
    for j, group in enumerate(GROUPS):
        ratio[group] = float(
            (wanted[group] / wanted["total"]).mean() / (have[:, j] / have.sum(axis=1)).mean()
        )
    table = rates["routes"]
    for band, by in (
        ("0", (ratio["5_to_9"] * ratio["10_to_15"]) ** 0.5),
        ("1-4", (ratio["5_to_9"] * ratio["10_to_15"]) ** 0.5),
        ("5-9", ratio["10_to_15"]),
        ("10-15", ratio["16_and_over"]),
    ):
        move(table[band], "adult", float(np.clip(by, 0.8, 1.25)) ** 0.2)
    gone = published("ceased", "age")
    left = made.age_ceased[AT].sum(axis=0)
    older = left[4:6].sum() / (gone["16"] + gone["17"]).sum()
    for band, many in (
        ("0", left[1] / gone["1_to_4"].sum()),
        ("1-4", left[1] / gone["1_to_4"].sum()),
        ("5-9", left[2] / gone["5_to_9"].sum()),
        ("10-15", left[3] / gone["10_to_15"].sum()),
        ("16-17", older),
    ):
        move(table[band], "adult", float(np.clip(many, 0.8, 1.25)) ** 0.6)
    for band, weights in table.items():
        total = sum(weights.values())
        table[band] = {route: round(w / total, 6) for route, w in weights.items()}
    _tune_infants(rates, made)


def _tune_infants(rates: dict[str, Any], made: Counts) -> None:
    """How long infants stay before an order or a return home, against those ceasing under 1."""
    gone = published("ceased", "age")
    many = float(made.age_ceased[AT][:, 0].sum() / gone["under_1"].sum())
    older = float(made.age_ceased[AT][:, 1].sum() / gone["1_to_4"].sum())
    longer = float(np.clip(many * older, 0.85, 1.15)) ** 0.5
    for name in ("sgo", "cao", "home", "relative", "other"):
        least, median, spread = rates["days"][name]
        rates["days"][name] = [least, round(float(np.clip(median * longer, 120, 600)), 2), spread]
    for name in ("home", "relative", "other"):
        move(rates["routes"]["0"], name, float(np.clip(1 / many, 0.85, 1.15)) ** 0.5)
