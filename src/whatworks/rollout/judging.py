"""Whether a target was met: judged by the interval of a figure, never by the figure alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil, isfinite
from typing import Any, Literal

import numpy as np

from whatworks import measures
from whatworks.inference.intervals import poisson_rate, proportion
from whatworks.measures.definition import Measure

Kind = Literal["outcome", "safety"]
Direction = Literal["lower", "higher"]
"""Which way the figure should go; for safety, the side of the limit on which it should stay."""
State = Literal["not_yet", "met", "not_met", "cannot_tell"]

LABELS: Mapping[Kind, Mapping[State, str]] = {
    "outcome": {
        "not_yet": "Not known yet",
        "met": "Met",
        "not_met": "Not met",
        "cannot_tell": "Cannot tell",
    },
    "safety": {
        "not_yet": "Not known yet",
        "met": "Held",
        "not_met": "Not held",
        "cannot_tell": "Cannot tell",
    },
}
PER = {"rate": 10_000, "percentage": 100}
"""Kinds of measure that are said as so many of every ...; the others as they stand."""

_A_FEW = 10
"""Below this many, a share is said as a count: '3 of 7'."""
_MOST_PLACES = 6
_SAME = 1e-9


@dataclass(frozen=True)
class Figure:
    """One figure of a measure in one year, with its 95% interval and the words to say it in.

    ``value`` is None where there is none, and ``reason`` says why; ``low`` and ``high`` are None
    where no interval can be given. ``per`` is 10,000 or 100 where it is said as so many of every
    ..., else 0: '24 of every PER WHOLE DID', '412 WHOLE DID'.
    """

    year: int
    value: float | None
    low: float | None = None
    high: float | None = None
    reason: str = ""
    numerator: float | None = None
    denominator: float | None = None
    per: int = 0
    whole: str = ""
    did: str = ""
    when: str = "year to 31 March {year}"


@dataclass(frozen=True)
class Judged:
    """What became of a target.

    ``label`` is the state in a word or two and ``said`` what a reader must know; ``sentence`` is
    both. ``before`` says where the council stood when the target was set, empty where that is not
    known.
    """

    state: State
    label: str
    said: str
    before: str
    kind: Kind
    direction: Direction
    wanted: float
    by_year: int
    figure: Figure | None

    @property
    def sentence(self) -> str:
        """The label, and what a reader must know."""
        return f"{self.label}. {self.said}"


def figure_of(row: Mapping[str, Any]) -> Figure:
    """A row of ``measures.run``'s frame as a figure. Raises MeasureError for an unknown measure."""
    reason = "" if row["value"] is not None else str(row["reason"] or "There is no figure.")
    return Figure(
        year=row["year"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        reason=reason,
        numerator=row["numerator"],
        denominator=row["denominator"],
        **words_of(measures.get(row["measure"])),
    )


def words_of(measure: Measure) -> dict[str, Any]:
    """The words in which figures of a measure are said, as keywords of ``Figure``."""
    return {
        "per": PER.get(measure.kind, 0),
        "whole": measure.whole,
        "did": measure.did,
        "when": measure.when,
    }


def judge(
    *,
    kind: Kind,
    direction: Direction,
    wanted: float,
    by_year: int,
    baseline: Figure | None,
    figure: Figure | None,
    years_loaded: Collection[int],
    return_words: str = "",
) -> Judged:
    """Judge one target.

    ``figure`` is the figure of ``by_year`` once that year's return is among ``years_loaded``, and
    until then the newest there is, which is told and not judged. Met: the whole interval lies on
    the right side of ``wanted``, its end upon it at most. Not met: the whole interval lies on the
    wrong side. In between, chance could explain either. ``return_words`` names the return that is
    waited for. Raises ValueError for a figure of another
    year once the year is loaded.
    """
    due = by_year in years_loaded
    if due and figure is not None and figure.year != by_year:
        raise ValueError(f"The target is of {by_year}, and the figure of {figure.year}.")
    limit = limit_words(kind, direction, wanted, figure if due else None, past=due)
    if due:
        state, said = _found(kind, direction, wanted, figure, limit)
    else:
        so_far = ""
        if figure is not None and figure.value is not None and not _same_year(figure, baseline):
            so_far = f" So far: {_said(figure, _places(wanted))}"
        awaited = return_words or f"return for {by_year}"
        state, said = "not_yet", f"No {awaited} has been loaded. {limit}{so_far}"
    label = LABELS[kind][state]
    return Judged(
        state=state,
        label=label,
        said=said,
        before=_said(baseline, _places(wanted)) if baseline and baseline.value is not None else "",
        kind=kind,
        direction=direction,
        wanted=wanted,
        by_year=by_year,
        figure=figure,
    )


def _found(
    kind: Kind, direction: Direction, wanted: float, figure: Figure | None, limit: str
) -> tuple[State, str]:
    """The state of a target whose year is loaded, and what is said of it."""
    if figure is None:
        return "cannot_tell", f"What was loaded of that year gives no figure. {limit}"
    if figure.value is None:
        return "cannot_tell", f"There is no figure of {figure.year}. {figure.reason} {limit}"
    if figure.low is None or figure.high is None:
        unsure = "No interval can be given, so nobody can say how much of it is chance."
        return "cannot_tell", f"{_said(figure, _places(wanted, *_known(figure)))} {limit} {unsure}"
    state = _state(direction, wanted, figure.low, figure.high)
    right = figure.value <= wanted if direction == "lower" else figure.value >= wanted
    ending = _ending(kind, direction, state, right=right)
    return state, f"{_said(figure, _places(wanted, *_known(figure)))} {limit} {ending}"


def _state(direction: Direction, wanted: float, low: float, high: float) -> State:
    if direction == "lower":
        return "met" if high <= wanted else "not_met" if low > wanted else "cannot_tell"
    return "met" if low >= wanted else "not_met" if high < wanted else "cannot_tell"


def _ending(kind: Kind, direction: Direction, state: State, *, right: bool) -> str:
    """What the state means, in one sentence."""
    moved = "rise" if direction == "lower" else "fall"
    if kind == "outcome":
        return {
            "met": "The whole likely range is on the right side of the target.",
            "not_met": "The whole likely range is on the wrong side: chance alone does not "
            "explain it.",
            "cannot_tell": f"The figure is on the {'right' if right else 'wrong'} side of the "
            "target, but chance alone could explain that.",
        }[state]
    return {
        "met": "The whole likely range is within the limit: this measure shows no harm.",
        "not_met": "The whole likely range is beyond the limit: chance alone does not explain it. "
        "Look for harm before going on.",
        "cannot_tell": f"The figure is within the limit, but a {moved} beyond it cannot be ruled "
        "out."
        if right
        else "The figure is beyond the limit. Chance alone could explain that, and so could harm: "
        "look closer.",
    }[state]


def limit_words(
    kind: Kind,
    direction: Direction,
    wanted: float,
    figure: Figure | None = None,
    *,
    past: bool = True,
) -> str:
    """'The target was at most 22.' or 'It was not to rise above 22.', as exact as the figure."""
    places = _places(wanted, *(() if figure is None else _known(figure)))
    number = f"{wanted:,.{places}f}"
    if kind == "outcome":
        side = "at most" if direction == "lower" else "at least"
        return f"The target {'was' if past else 'is'} {side} {number}."
    moved = "rise above" if direction == "lower" else "fall below"
    return f"It {'was not to' if past else 'must not'} {moved} {number}."


def _said(figure: Figure, places: int) -> str:
    """A figure that is known, as a sentence in natural frequencies with its interval."""
    value, *ends = (f"{number:,.{places}f}" for number in _known(figure))
    few = figure.per == PER["percentage"] and (figure.denominator or _A_FEW) < _A_FEW
    every = f" of every {figure.per:,}" if figure.per else ""
    if few:
        counted = f"{figure.numerator or 0:.0f} of {figure.denominator or 0:.0f}"
        likely = f"with so few, anything from {' to '.join(ends)}{every} would fit" if ends else ""
    else:
        counted = f"{value}{every}"
        likely = f"likely {' to '.join(ends)}" if ends else ""
    when = figure.when.format(year=figure.year)
    return f"{counted} {figure.whole} {figure.did} ({'; '.join(filter(None, (when, likely)))})."


def _same_year(figure: Figure, baseline: Figure | None) -> bool:
    return baseline is not None and baseline.year == figure.year


def _known(figure: Figure) -> tuple[float, ...]:
    return tuple(x for x in (figure.value, figure.low, figure.high) if x is not None)


def _places(wanted: float, *others: float) -> int:
    """The fewest decimal places that still show on which side of ``wanted`` each of them is.

    ``wanted`` is written out, and nothing is rounded to nought that is not nought.
    """
    return next((p for p in range(_MOST_PLACES) if _tells(p, wanted, others)), _MOST_PLACES)


def _tells(places: int, wanted: float, others: tuple[float, ...]) -> bool:
    target = round(wanted, places)
    return abs(target - wanted) < _SAME and all(
        (round(x, places) > target) == (x > wanted)
        and (round(x, places) < target) == (x < wanted)
        and (round(x, places) == 0) == (x == 0)
        for x in (wanted, *others)
    )


@dataclass(frozen=True)
class Reach:
    """Between which figures nobody could tell, with as many children as last time.

    ``met`` is the figure nearest to the target that would count as met, ``not_met`` the nearest
    that would count as not met; None where no figure would.
    """

    met: float | None
    not_met: float | None


def reach(*, direction: Direction, wanted: float, per: int, denominator: float) -> Reach | None:
    """What a rate or share of ``denominator`` would have to be for a target to be judged.

    None for measures that are neither (``per`` 0) and where there is nobody to count.
    """
    if not per or denominator < 1 or not isfinite(denominator):
        return None
    shares = per == PER["percentage"]
    # Beyond four standard errors and ten children no interval still spans the target.
    expected = max(0.0, wanted * denominator / per)
    most = ceil(expected + 6 * expected**0.5 + 20)
    k = np.arange(0, min(most, int(denominator)) + 1 if shares else most + 1)
    found = proportion(k, denominator) if shares else poisson_rate(k, denominator / per)
    scale = float(per) if shares else 1.0
    low, high = found.low * scale, found.high * scale
    under, over = k[high <= wanted], k[low > wanted]
    if direction == "higher":
        under, over = k[high < wanted], k[low >= wanted]
    below = float(under[-1]) / denominator * per if under.size else None
    above = float(over[0]) / denominator * per if over.size else None
    return Reach(below, above) if direction == "lower" else Reach(above, below)
