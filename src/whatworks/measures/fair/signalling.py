"""Changes that look like a change of recording or of a threshold rather than of children's lives.

Each rule is named, and compares a year with the one before, or with the years before it. The year
must differ by more than chance would make it in 1 of 100 years (so that a page of many measures
does not fill with marks) and by enough to matter; what is enough is said with each rule:

* ``referrals_out_of_step``: referrals rise or fall by a fifth or more, and section 47 enquiries,
  conferences, plans or entries do not move half as far the same way (in logarithms). Were it need
  that moved, what follows referrals would move too; this looks like another way of counting
  contacts, or another threshold at the front door.
* ``fewer_again_of_more``: the share of referrals that came again falls while referrals recorded
  rise by a fifth or more. A larger count of first contacts lowers the share by itself.
* ``enquiries_out_of_step``: section 47 enquiries change by three tenths or more while referrals
  change by less than a tenth: the threshold for an enquiry may have moved.
* ``left_out_rises``: rows that a measure does not judge rise by 5 in every 100 or more, and there
  are at least 10. The measure then speaks of other children than it did. Grave from 10 in 100.
* ``not_known_rises``: in a frame by groups, the share of a group 'Not known' rises likewise.
* ``code_share_steps``: a share that hangs on which of two codes is written down (a return home
  planned or not, E4A or E4B, say) lies outside what the years before it lead to expect.
* ``steps``: any other measure does: a sudden change, which may be real. Look before you tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import asin, inf, log, sqrt
from typing import Any, Literal

import numpy as np
import polars as pl

from whatworks.inference.control import limits_for_the_last
from whatworks.measures.breakdowns import BREAKDOWNS, NOT_KNOWN
from whatworks.measures.counting import PER
from whatworks.measures.definition import get
from whatworks.measures.fair.charting import CHARTS

Kind = Literal["recording", "threshold", "jump"]
Rows = Mapping[int, Mapping[str, Any]]

REFERRALS = ("referrals_rate",)
AGAIN = "re_referrals_within_12_months"
SECTION_47 = ("section_47_rate",)
FOLLOWING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("section 47 enquiries", SECTION_47),
    ("conferences", ("initial_conference_rate",)),
    ("child protection plans begun", ("protection_plans_started_rate",)),
    ("children who started to be looked after", ("started_rate", "started_to_be_looked_after")),
)
"""What follows referrals: words, and the measures that tell of it; the first at hand counts."""
_PLANNED = "whether a return home is written down as planned (E4A) or not (E4B)"
OF_CODES: Mapping[str, str] = {
    "returned_home": "which reason for leaving care is written down (E4A, E4B or E13)",
    "returned_home_planned": _PLANNED,
    "returned_home_unplanned": _PLANNED,
    "three_or_more_placements": "which changes are written down as new placements",
    "referrals_no_further_action": "which contacts are written down as referrals",
}
"""Measures that hang on which code is written down -> on which."""

SURE = 2.5758
"""Standard errors that chance goes beyond in 1 of 100 years."""
MUCH, ENQUIRIES, STEADY, HALF = 0.2, 0.3, 0.1, 0.5
POINTS, GRAVE_POINTS, FEWEST_ROWS = 0.05, 0.10, 10


@dataclass(frozen=True)
class Signal:
    """A change to look at before it is told as a change in children's lives.

    ``rule`` is the rule's name, ``text`` plain English that names what to look at; ``grave`` where
    the measure should not be read on its own until somebody has.
    """

    measure: str
    year: int
    kind: Kind
    text: str
    grave: bool
    rule: str


def signals(frame: pl.DataFrame, year: int) -> tuple[Signal, ...]:
    """The signals of one council's figures in ``year``, graver ones first, then by measure.

    ``frame`` holds rows of ``run`` of one council, for ``year`` and the years before it. With
    breakdowns, only what is not known is looked at. Measures that are absent are passed over.
    Raises ValueError where the frame holds more than one council.
    """
    if frame["council"].n_unique() > 1:
        raise ValueError("Signals are of one council's figures.")
    by = [name for name in BREAKDOWNS if name in frame.columns]
    if by:
        found = list(_not_known(frame, by, year))
    else:
        known: dict[str, dict[int, Mapping[str, Any]]] = {}
        for row in frame.sort("measure", "year").iter_rows(named=True):
            known.setdefault(row["measure"], {})[row["year"]] = row
        found = [
            *_referrals(known, year),
            *_again(known, year),
            *_enquiries(known, year),
            *(s for name, rows in known.items() for s in _left_out(name, rows, year)),
            *(s for name, rows in known.items() for s in _steps(name, rows, year)),
        ]
    return tuple(sorted(found, key=lambda s: (not s.grave, s.measure, s.rule)))


def _referrals(known: Mapping[str, Rows], year: int) -> Iterable[Signal]:
    name, now, before = _referred(known, year)
    if name is None or not _moved(now, before, MUCH):
        return
    change = log(now / before)
    behind = []
    for words, names in FOLLOWING:
        after = _counts(known, names, year)
        if after is None:
            continue
        follows = log(after[0] / after[1])
        error = sqrt(sum(1 / n for n in (now, before, *after)))
        lags = follows < HALF * change if change > 0 else follows > HALF * change
        if lags and abs(follows - change) > SURE * error:
            behind.append(f"{words} {_by(after)}")
    if behind:
        yield Signal(
            name,
            year,
            "threshold" if change < 0 else "recording",
            f"Referrals {_by((now, before))}, but {' and '.join(behind)}. Look at whether contacts "
            "came to be recorded as referrals, or the threshold at the front door moved, before "
            "reading this as a change in need.",
            True,
            "referrals_out_of_step",
        )


def _again(known: Mapping[str, Rows], year: int) -> Iterable[Signal]:
    rows = known.get(AGAIN, {})
    name, now, before = _referred(known, year)
    share = _two(rows, year)
    if name is None or share is None or now / before < 1 + MUCH or not _moved(now, before, MUCH):
        return
    (k1, n1), (k0, n0) = share
    if _score(k1, n1, k0, n0) < -SURE:
        yield Signal(
            AGAIN,
            year,
            "recording",
            f"Fewer of every 100 referrals came again ({100 * k1 / n1:.0f}, before "
            f"{100 * k0 / n0:.0f}), but referrals recorded {_by((now, before))}. More first "
            "contacts counted as referrals lower this share without any family being helped "
            "better. Look at what is recorded as a referral, and at the number that came again.",
            True,
            "fewer_again_of_more",
        )


def _enquiries(known: Mapping[str, Rows], year: int) -> Iterable[Signal]:
    name, now, before = _referred(known, year)
    after = _counts(known, SECTION_47, year)
    if name is None or after is None or abs(log(now / before)) > log(1 + STEADY):
        return
    if _moved(*after, ENQUIRIES):
        measure = next(n for n in SECTION_47 if n in known)
        yield Signal(
            measure,
            year,
            "threshold",
            f"Section 47 enquiries {_by(after)} while referrals stayed much as they were. Look at "
            "whether the threshold for an enquiry moved.",
            True,
            "enquiries_out_of_step",
        )


def _left_out(name: str, rows: Rows, year: int) -> Iterable[Signal]:
    pair = [rows[y] for y in (year, year - 1) if y in rows]
    if len(pair) < 2 or any(row["value"] is None for row in pair):
        return
    sums = []
    for row in pair:
        out = float(row["left_out"] or 0)
        judged = row["numerator"] if get(name).kind in {"rate", "count"} else row["denominator"]
        sums.append((out, out + float(judged or 0)))
    points = _rise(*sums)
    if points is not None:
        out, whole = sums[0]
        yield Signal(
            name,
            year,
            "recording",
            f"{out:,.0f} of {whole:,.0f} are left out of this figure as they cannot be judged, "
            f"{100 * points:.0f} in every 100 more than the year before. Look at what is left out: "
            "the figure speaks of other children than it did.",
            points >= GRAVE_POINTS,
            "left_out_rises",
        )


def _not_known(frame: pl.DataFrame, by: list[str], year: int) -> Iterable[Signal]:
    size = pl.coalesce("denominator", "numerator")
    for name in by:
        sums = (
            frame.filter(pl.col("year").is_in([year, year - 1]), pl.col("value").is_not_null())
            .group_by("measure", "year")
            .agg(out=size.filter(pl.col(name) == NOT_KNOWN).sum(), whole=size.sum())
        )
        held = {(m, y): (out, whole) for m, y, out, whole in sums.iter_rows()}
        for measure in sorted({m for m, _ in held}):
            if (measure, year) not in held or (measure, year - 1) not in held:
                continue
            points = _rise(held[measure, year], held[measure, year - 1])
            if points is not None:
                out, whole = held[measure, year]
                yield Signal(
                    measure,
                    year,
                    "recording",
                    f"{BREAKDOWNS[name].title} is not known of {out:,.0f} of {whole:,.0f}, "
                    f"{100 * points:.0f} in every 100 more than the year before. Look at why; "
                    f"figures by {BREAKDOWNS[name].title.lower()} are not like those before.",
                    points >= GRAVE_POINTS,
                    "not_known_rises",
                )


def _steps(name: str, rows: Rows, year: int) -> Iterable[Signal]:
    years = [y for y in sorted(rows) if y <= year and rows[y]["value"] is not None]
    if not years or years[-1] != year:
        return
    kind = get(name).kind
    chart = CHARTS.get(kind, "xmr")
    scale = {"percentage": 100.0, "rate": float(PER)}.get(kind, 1.0)
    values = np.array([rows[y]["value"] for y in years], dtype=float) / scale
    sizes = np.array([rows[y]["denominator"] or 1.0 for y in years], dtype=float)
    limits = limits_for_the_last(chart, values, np.ones_like(values) if kind == "count" else sizes)
    if limits is None or limits[0] <= values[-1] <= limits[1]:
        return
    side = "higher" if values[-1] > limits[1] else "lower"
    places = 0 if kind == "count" else 1
    now, low, high = (f"{v * scale:,.{places}f}" for v in (values[-1], *limits))
    usual = (
        f"{now} is {side} than the {low} to {high} that the {len(years) - 1} years before lead one "
        "to expect."
    )
    if name in OF_CODES:
        text = f"{usual} The figure hangs on {OF_CODES[name]}: look at whether that changed."
        yield Signal(name, year, "recording", text, False, "code_share_steps")
    else:
        text = (
            f"{usual} Look at what changed: in practice, in who is counted, or in how it is "
            "recorded."
        )
        yield Signal(name, year, "jump", text, False, "steps")


def _referred(known: Mapping[str, Rows], year: int) -> tuple[str | None, float, float]:
    """The measure that tells how many referrals there were, and how many in both years."""
    found = _counts(known, REFERRALS, year)
    if found is not None:
        return next(n for n in REFERRALS if n in known), *found
    share = _two(known.get(AGAIN, {}), year)
    if share is None or not share[1][1]:
        return None, 0.0, 0.0
    return AGAIN, share[0][1], share[1][1]


def _counts(
    known: Mapping[str, Rows], names: Iterable[str], year: int
) -> tuple[float, float] | None:
    """How many in the year and the year before, by the first of these measures that is there."""
    rows = next((known[name] for name in names if name in known), {})
    pair = [rows[y] for y in (year, year - 1) if y in rows]
    if len(pair) < 2 or any(not row["numerator"] or row["value"] is None for row in pair):
        return None
    now, before = (float(row["numerator"]) for row in pair)
    return now, before


def _two(rows: Rows, year: int) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Numerator and denominator of the year and the year before."""
    pair = [rows[y] for y in (year, year - 1) if y in rows]
    sums = [(row["numerator"], row["denominator"]) for row in pair if row["denominator"]]
    return (sums[0], sums[1]) if len(sums) == 2 else None


def _moved(now: float, before: float, much: float) -> bool:
    """Whether a number rose or fell by so much, and by more than chance."""
    change = log(now / before)
    return abs(change) >= log(1 + much) and abs(change) > SURE * sqrt(1 / now + 1 / before)


def _rise(now: tuple[float, float], before: tuple[float, float]) -> float | None:
    """By how much a share rose, if that is enough and more than chance; else None."""
    (k1, n1), (k0, n0) = now, before
    if not n1 or not n0 or k1 < FEWEST_ROWS:
        return None
    rise = k1 / n1 - k0 / n0
    return rise if rise >= POINTS and _score(k1, n1, k0, n0) > SURE else None


def _score(k1: float, n1: float, k0: float, n0: float) -> float:
    """How many standard errors one share lies above another, on the arcsine scale."""
    if not n1 or not n0:
        return -inf
    rise = asin(sqrt(k1 / n1)) - asin(sqrt(k0 / n0))
    return rise / sqrt(1 / (4 * n1) + 1 / (4 * n0))


def _by(numbers: tuple[float, float]) -> str:
    now, before = numbers
    change = 100 * (now / before - 1)
    if abs(change) < 0.5:
        return f"stayed the same ({before:,.0f} to {now:,.0f})"
    return f"{'rose' if change > 0 else 'fell'} by {abs(change):.0f}% ({before:,.0f} to {now:,.0f})"
