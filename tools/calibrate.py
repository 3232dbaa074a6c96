"""Solve for the numbers that careers are drawn with, from published figures.

    python tools/calibrate.py [--rounds 30] [--size 400] [--last-rounds 5] [--last-size 1500]

Writes src/whatworks/synthetic/data/care.json (national rates) and steering.csv.gz (council and
year), beginning from what these hold now (those committed came of several runs, one after
another; a further run moves them little). Published figures are the Department for Education's
statistics of children looked after in England (Open Government Licence v3.0), as held in
whatworks.reference; the parameters are derived from them.

How: careers of every council are drawn with the present numbers, each council blown up to at
least ``--size`` children looked after, so that chance plays a small part. What comes out is
compared with what is published, and each number is moved against its own error: first entries
against starts; the speed of leaving against ceases and numbers looked after; national speeds of
each route in each year against reasons for ceasing; the mix of routes against the same over all
years and against ages at 31 March. Then again. Deterministic: the same figures give the same
files.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from care_rates import AT, DETAILED, GROUPS, REASONS, YEARS, move, published, tune

from whatworks import reference
from whatworks.synthetic.careers import BREAKS_V4, CARE, UASC
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.counts import Counts, counts
from whatworks.synthetic.drawing import careers
from whatworks.synthetic.routes import FIRST_YEAR, LAST_YEAR, ROUTE, rates_of
from whatworks.synthetic.steering import BURN_IN, Steering

DATA = Path(__file__).parents[1] / "src/whatworks/synthetic/data"
COHORTS = range(1993, LAST_YEAR + 1)
SEED = 2025


@dataclass
class Council:
    """One council: targets by year (nan where not published) and what is solved for."""

    code: str
    looked_after: np.ndarray
    started: np.ndarray
    ceased: np.ndarray
    uasc: np.ndarray
    care_in: np.ndarray
    uasc_in: np.ndarray
    speed: np.ndarray
    stay: float
    """Solved for; position 0 is the burn-in, the others are YEARS."""

    def steering(self) -> Steering:
        """The present numbers in the form that the simulation takes."""
        years = [BURN_IN, *YEARS]
        return Steering(
            {
                CARE: dict(zip(years, self.care_in.tolist(), strict=True)),
                UASC: dict(zip(years, self.uasc_in.tolist(), strict=True)),
                BREAKS_V4: {BURN_IN: 0.0},
            },
            dict(zip(years, self.speed.tolist(), strict=True)),
            self.stay,
        )


def _series(measure: str) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    held = reference.published(measure).filter(pl.col("area").str.len_chars() == 3)
    for area, year, value in held.select("area", "year", "value").iter_rows():
        row = found.setdefault(area, np.full(len(YEARS), np.nan))
        if year in YEARS and value is not None:
            row[year - FIRST_YEAR] = value
    return found


def _filled(values: np.ndarray) -> np.ndarray:
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return np.zeros(len(values))
    nearest = [known[np.abs(known - i).argmin()] for i in range(len(values))]
    return values[nearest]


def councils() -> list[Council]:
    """Every council with its targets; those that ended before FIRST_YEAR hold no figures."""
    names = (
        "looked_after_at_31_march",
        "started_to_be_looked_after",
        "ceased_to_be_looked_after",
        "unaccompanied_at_31_march",
    )
    series = [_series(name) for name in names]
    found = []
    for code in reference.councils(former=True)["code"]:
        if np.isnan(series[0].get(code, np.full(1, np.nan))).all():
            continue
        n, s, c, u = (one.get(code, np.full(len(YEARS), np.nan)) for one in series)
        begin = _filled(s)
        found.append(
            Council(
                code,
                n,
                s,
                c,
                np.minimum(_filled(u), _filled(n)),
                np.concatenate([[begin[:2].mean()], begin]) * 0.75,
                np.concatenate([[0.0], _filled(u)]) * 1.0,
                np.ones(len(YEARS) + 1),
                1.0,
            )
        )
    return found


def resume(found: list[Council]) -> None:
    """Begin from the file that is there."""
    path = DATA / "steering.csv.gz"
    if not path.exists():
        return
    by_code = {one.code: one for one in found}
    with gzip.open(path, "rt", encoding="ascii", newline="") as text:
        for row in csv.DictReader(text):
            one = by_code.get(row["council"])
            if one is not None:
                at = int(row["year"]) - BURN_IN
                one.care_in[at] = float(row["care"])
                one.uasc_in[at] = float(row["uasc"])
                one.speed[at] = float(row["speed"])
                one.stay = float(row.get("stay", 1.0))


def drawn(one: Council, rates: Any, size: float) -> Counts:
    """What comes out of a council with the present numbers, for each child of its own."""
    known = one.looked_after[~np.isnan(one.looked_after)]
    scale = max(1.0, size / max(known.mean(), 1.0))
    made = careers(
        SEED,
        int(one.code),
        COHORTS,
        steering=one.steering(),
        rates=rates,
        conditions=USUAL,
        scale=scale,
        since=FIRST_YEAR,
    )
    full = counts(made, YEARS)
    return Counts(**{name: getattr(full, name) / scale for name in full.__dataclass_fields__})


def steer(one: Council, made: Counts) -> None:
    """Move a council's numbers against their errors."""
    n, s, c = (_filled(x) for x in (one.looked_after, one.started, one.ceased))
    entries = one.care_in[1:] + 0.8 * (s - made.started)
    one.care_in[1:] = np.maximum(entries, 0.1 * s)
    arrivals = one.uasc_in[1:] + 0.7 * (one.uasc - made.uasc)
    one.uasc_in[1:] = np.maximum(arrivals, 0.0)
    one.uasc_in[0] = one.uasc_in[1] * 0.8
    leaving = np.maximum(made.ceased - made.age_ceased[:, -1], 0.15 * made.ceased) + 0.5
    stock = made.looked_after - n
    drift = np.diff(stock, prepend=stock[0] * 0.3)
    wanted = 0.4 * (c - made.ceased) + 0.35 * drift + 0.8 * stock
    one.speed[1:] = np.clip(
        one.speed[1:] * np.exp(np.clip(0.7 * wanted / leaving, -0.4, 0.4)), 0.15, 8.0
    )
    first = n[0] / max(made.looked_after[0], 1e-9)
    one.speed[0] = np.clip(one.speed[0] / np.clip(first, 0.8, 1.25) ** 1.0, 0.2, 5.0)
    one.care_in[0] = one.care_in[1:4].mean()
    # Where care ends quicker than usual year after year, fewer stay to 18, and the other way round.
    usual = float(np.log(one.speed[1:]).mean())
    one.stay = float(np.clip(one.stay * np.exp(-0.35 * usual), 0.02, 30.0))
    one.speed[1:] = np.clip(one.speed[1:] * np.exp(-0.15 * usual), 0.15, 8.0)


def settle(rates: dict[str, Any], found: list[Council]) -> None:
    """Put what two numbers could say alike into one: councils' means are 1, and so are routes'."""
    stay = float(np.exp(np.mean([np.log(one.stay) for one in found])))
    for one in found:
        one.stay /= stay
    for band, weights in rates["routes"].items():
        if band != "uasc":
            move(weights, "adult", stay)
    usual = ("home", "sgo", "adoption", "relative")
    for year in DETAILED:
        speeds = rates["speeds"]
        mean = float(np.exp(np.mean([np.log(speeds[route][str(year)]) for route in usual])))
        for route in speeds:
            speeds[route][str(year)] = round(speeds[route][str(year)] / mean, 5)
        for one in found:
            one.speed[year - BURN_IN] *= mean


def say(*words: object) -> None:
    """Write a line to the screen at once."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def tell(found: list[Council], made: list[Counts], england: Counts) -> None:
    """Print how far off everything is."""
    for name, target in (
        ("looked_after", "looked_after"),
        ("started", "started"),
        ("ceased", "ceased"),
    ):
        want = np.array([getattr(one, target) for one in found])
        have = np.array([getattr(one, name) for one in made])
        use = want > 0
        use[:, :1] = False
        error = np.where(use, have / np.where(use, want, 1) - 1, 0)
        limit = np.maximum(0.1, 2.5 / np.sqrt(np.where(use, want, 1)))
        inside = (np.abs(error) <= limit)[use].mean()
        total = (
            np.nansum(np.where(use, have, 0), axis=0)[1:]
            / np.nansum(np.where(use, want, 0), axis=0)[1:]
        )
        say(
            f"{name:13} inside {inside:.4f} mean error {error[use].mean():+.4f} England",
            np.round(total, 3),
        )
    ages = published("looked_after_at_31_march", "age")
    have = england.age[AT]
    have = np.column_stack([have[:, :4], have[:, 4:].sum(axis=1)])
    say(
        "age 31 March",
        {
            g: np.round(have[:, j] / have.sum(axis=1) / (ages[g] / ages["total"]), 2).tolist()
            for j, g in enumerate(GROUPS)
        },
    )
    gone = published("ceased", "age")
    say(
        "age ceased",
        {
            g: np.round(england.age_ceased[AT][:, j] / gone[g], 2).tolist()
            for j, g in enumerate([*list(GROUPS)[:4], "16", "17", "18_and_over"])
        },
    )
    reasons = published("ceased", "reason")
    out = england.routes[AT]
    for route, parts in REASONS.items():
        say(f"{route:10}", np.round(out[:, ROUTE[route]] / sum(reasons[p] for p in parts), 2))
    say(
        "home",
        np.round(
            (out[:, ROUTE["home_planned"]] + out[:, ROUTE["home_unplanned"]])
            / (reasons["returned_home_planned"] + reasons["returned_home_unplanned"]),
            3,
        ),
    )
    say(
        "transfer",
        np.round(out[:, ROUTE["transfer"]] / reasons["another_council"], 2),
        "uasc starts",
        np.round(
            england.uasc_started[AT] / published("started", "unaccompanied")["unaccompanied"], 2
        ),
        "uasc",
        np.round(england.uasc[AT]),
    )
    say(
        "re-entry",
        np.round(england.back[:5].sum(axis=0) / england.home[:5].sum(), 3),
        "1 year",
        np.round(england.back[:-1, 0] / england.home[:-1], 3),
    )


def total(found: list[Council], made: list[Counts]) -> Counts:
    """England: every council in the years in which it has published figures."""
    kept = []
    for one, result in zip(found, made, strict=True):
        there = ~np.isnan(one.looked_after)
        values = {name: getattr(result, name) for name in result.__dataclass_fields__}
        kept.append(
            Counts(**{k: v * (there if v.ndim == 1 else there[:, None]) for k, v in values.items()})
        )
    england = kept[0]
    for result in kept[1:]:
        england = england.plus(result)
    return england


def save(rates: dict[str, Any], found: list[Council], out_to: Path) -> None:
    """Write both files."""
    note = (
        "Made by tools/calibrate.py from Department for Education statistics of children looked "
        "after in England, 2016 to 2025 (Open Government Licence v3.0)."
    )
    text = json.dumps({"note": note, "rates": rates}, indent=1, sort_keys=True) + "\n"
    (out_to / "care.json").write_text(text, encoding="utf-8")
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["council", "year", "care", "uasc", "speed", "stay"])
    for one in found:
        for i, year in enumerate([BURN_IN, *YEARS]):
            rows.writerow(
                [
                    one.code,
                    year,
                    f"{one.care_in[i]:.3f}",
                    f"{one.uasc_in[i]:.3f}",
                    f"{one.speed[i]:.4f}",
                    f"{one.stay:.4f}",
                ]
            )
    with (
        (out_to / "steering.csv.gz").open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
    ):
        packed.write(out.getvalue().encode("ascii"))


def main() -> None:
    """Calibrate."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--rounds", type=int, default=30)
    asked.add_argument("--size", type=float, default=400)
    asked.add_argument("--last-rounds", type=int, default=5)
    asked.add_argument("--last-size", type=float, default=1500)
    asked.add_argument("--out", type=Path, default=DATA, help="where to write both files")
    given = asked.parse_args()
    found = councils()
    resume(found)
    rates = json.loads((DATA / "care.json").read_text(encoding="utf-8"))["rates"]
    for turn in range(given.rounds + given.last_rounds):
        last = turn >= given.rounds
        used = rates_of(rates)
        made = [drawn(one, used, given.last_size if last else given.size) for one in found]
        england = total(found, made)
        if turn % 4 == 0 or turn + 1 == given.rounds + given.last_rounds:
            say(f"--- round {turn}")
            tell(found, made, england)
        for one, result in zip(found, made, strict=True):
            steer(one, result)
        if not last:
            tune(rates, england)
            settle(rates, found)
        if (turn + 1) % 5 == 0 or turn + 1 == given.rounds + given.last_rounds:
            save(rates, found, given.out)


if __name__ == "__main__":
    main()
