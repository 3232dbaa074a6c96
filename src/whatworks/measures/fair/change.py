"""Why did our number in care change? An exact account, with what chance could have made of it.

The number at the end of a year is made of five things: who was in care before; who came; which
of those who came left again within the year; which of those who were there left; and children
whose beginning or end the returns do not show. Each has a value in the year looked at and one in
the year to set it beside. Momentum is the change there would have been had as many come, and
children left after as long a stay, as in that year. The rest is shared among what differed, by
Shapley's value: the mean over all orders in which the differences could have come, so that none
is privileged. Parts add up to the change exactly.

Over several years, each year's change is accounted for so, always set beside the same first year,
and the parts are added. What more entries in one year do to the years after it is then in the
momentum of those.

Intervals are from resampling children (all periods of one together) 1,000 times with a fixed
seed: each child counts as often as a Poisson number of mean 1 says. They say how much a part could
differ by chance, were other such children to come and go; the number in care itself is known.

Sources
    Shapley (1953) and Shorrocks (2013): see ``inference.sharing``.
    Hanley, J. A. and MacGibbon, B. (2006). Creating non-parametric bootstrap samples using Poisson
    frequencies. Computer Methods and Programs in Biomedicine 83, 57-62.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.inference.sharing import shares_of_change
from whatworks.journeys.deriving import CareJourneys
from whatworks.measures.definition import MeasureError
from whatworks.measures.fair import flowing
from whatworks.measures.fair.flowing import COMERS, STOCK, Counts

Floats = npt.NDArray[np.float64]

RESAMPLES = 1_000
_SEED = 20_250_331
_MANY_UNKNOWN = 0.25

MOMENTUM = "momentum"
PARTS: tuple[tuple[str, str, str], ...] = (
    (
        MOMENTUM,
        "What was coming anyway",
        "How the number would have changed had as many children come, and children left after as "
        "long a stay, as in the year to 31 March {since}.",
    ),
    (
        "entries_of_others",
        "More or fewer children came",
        "Children who came into care, unaccompanied asylum-seeking children apart.",
    ),
    (
        "entries_of_unaccompanied",
        "More or fewer unaccompanied children came",
        "Unaccompanied asylum-seeking children who came into care.",
    ),
    (
        "left_in_first_year",
        "Children who came stayed longer or left sooner",
        "How many of the children who came left again within the same year.",
    ),
    (
        "left_early",
        "Children who had come lately stayed longer or left sooner",
        "How many left of those who had been in care for less than a year when the year began.",
    ),
    (
        "left_later",
        "Children in care for longer stayed longer or left sooner",
        "How many left of those who had been in care for a year or more when the year began, or "
        "for a time that the returns do not show.",
    ),
    (
        "at_18",
        "Children turning 18",
        "How many of those who turned 18 in the year had left by the end of it.",
    ),
    (
        "not_seen",
        "Beginnings and ends that returns do not show",
        "Children in care whose beginning no return shows, without those whom a later return no "
        "longer mentions though none shows their end.",
    ),
)
"""Name, title and text of each part, in the order in which they are shown."""

_CELLS = {"left_early": (0, 4), "left_later": (1, 2, 3, 5), "at_18": (6, 7)}
_GROUPS = {"entries_of_others": (0, 1), "entries_of_unaccompanied": (2, 3)}
_YOUNG, _GROWN = (0, 1, 2, 3, 4, 5), (6, 7)


@dataclass(frozen=True)
class Part:
    """One part of the change, in children; ``low`` and ``high`` are a 95% interval."""

    name: str
    title: str
    text: str
    change: float
    low: float
    high: float


@dataclass(frozen=True)
class Decomposition:
    """Why the number of children in care on 31 March changed from ``since`` to ``year``.

    The ``change`` of the ``parts`` adds up to ``after`` - ``before``. ``flows`` has a row for every
    year loaded (``flowing.flows``). Where no account can be given, ``reason`` says why, ``before``
    and ``after`` are None and there are no parts.
    """

    council: str
    since: int
    year: int
    before: int | None
    after: int | None
    parts: tuple[Part, ...]
    flows: pl.DataFrame
    notes: tuple[str, ...] = ()
    reason: str | None = None


def number_in_care(care: CareJourneys, year: int, since: int | None = None) -> Decomposition:
    """The account of one council's change from 31 March ``since`` (a year before) to ``year``.

    Every return from ``since`` to ``year`` must be loaded: a missing one is the result's
    ``reason``. Raises MeasureError where ``since`` is not before ``year``.
    """
    first = year - 1 if since is None else since
    if first >= year:
        raise MeasureError("A change runs from an earlier year to a later one.")
    flows = flowing.flows(care)
    reason = _why_not(care.years, first, year)
    if reason is not None:
        return Decomposition(care.council, first, year, None, None, (), flows, (), reason)
    patterns, times = _patterns(care, range(first, year + 1))
    seen = (times[None, :] @ patterns).astype(float)
    resampled = _resampled(patterns, times)
    exact = {name: float(v[0]) for name, v in _account(seen).items()}
    spread = _account(resampled)
    low, high = np.quantile([spread[name] for name, _, _ in PARTS], [0.025, 0.975], axis=1)
    parts = tuple(
        Part(name, title, text.format(since=first), exact[name], float(low[at]), float(high[at]))
        for at, (name, title, text) in enumerate(PARTS)
    )
    of_year = {row["year"]: row for row in flows.iter_rows(named=True)}
    return Decomposition(
        care.council,
        first,
        year,
        of_year[first]["at_end"],
        of_year[year]["at_end"],
        parts,
        flows,
        _notes(seen, first, year),
    )


def _why_not(loaded: Sequence[int], since: int, year: int) -> str | None:
    if year not in loaded:
        return f"No SSDA903 return for {year} has been loaded."
    if since < min(loaded):
        return (
            f"{min(loaded)} is the first year loaded, and a change needs a year before it to be "
            f"set beside: the SSDA903 return for {since} too."
        )
    missing = [y for y in range(since, year + 1) if y not in loaded]
    if not missing:
        return None
    years = " and ".join(str(y) for y in missing)
    return f"The change needs the SSDA903 return for {years} too, which has not been loaded."


def _patterns(
    care: CareJourneys, years: Sequence[int]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """What children add to the counts of each year: each kind of child once, and how many of it.

    Kinds are sorted, so that neither the order of rows nor the numbers of children matter.
    """
    of = flowing.spells(care)
    wide = np.concatenate([flowing.features(of, *flowing.span(care, y)) for y in years], axis=1)
    children = np.zeros((int(of.child.max(initial=0)), wide.shape[1]), dtype=np.int64)
    np.add.at(children, of.child - 1, wide)
    kinds, times = np.unique(children[children.any(axis=1)], axis=0, return_counts=True)
    return kinds, times


def _resampled(patterns: npt.NDArray[np.int64], times: npt.NDArray[np.int64]) -> Floats:
    """Sums over children, each counted a Poisson number of times of mean 1, many times over."""
    drawn = np.random.default_rng(_SEED).poisson(times, size=(RESAMPLES, len(times)))
    found: Floats = drawn.astype(float) @ patterns.astype(float)
    return found


def _account(sums: Floats) -> dict[str, Floats]:
    """The parts for each row of sums; the first of the years is the one set beside."""
    years = [
        flowing.counts(part) for part in np.split(sums, sums.shape[1] // flowing.COLUMNS, axis=1)
    ]
    total: dict[str, Floats] = {name: np.zeros(len(sums)) for name, _, _ in PARTS}
    for now in years[1:]:
        for name, part in _of_year(years[0], now).items():
            total[name] = total[name] + part
    return total


def _of_year(beside: Counts, now: Counts) -> dict[str, Floats]:
    value = _value(beside, now)
    names = [name for name, _, _ in PARTS if name != MOMENTUM]
    parts = shares_of_change(names, value)
    return {MOMENTUM: value(frozenset()) - now.stock.sum(axis=-1), **parts}


def _value(beside: Counts, now: Counts) -> Callable[[frozenset[str]], Floats]:
    """The number at the end of the year, had only some things differed from the year beside."""
    usual = _rates(beside.left, beside.stock, (_YOUNG, _GROWN))
    usual_at_once = _rates(beside.left_at_once, beside.came, (tuple(range(len(COMERS))),))
    actual, at_once = _share(now.left, now.stock), _share(now.left_at_once, now.came)
    vanished = now.vanished.sum(axis=-1)

    def value(changed: frozenset[str]) -> Floats:
        leaving = np.where(_chosen(changed, _CELLS, len(STOCK)), actual, usual)
        coming = np.where(_chosen(changed, _GROUPS, len(COMERS)), now.came, beside.came)
        again = at_once if "left_in_first_year" in changed else usual_at_once
        staying = (now.stock * (1 - leaving)).sum(axis=-1)
        new = (coming * (1 - again)).sum(axis=-1)
        unseen = now.unseen - vanished if "not_seen" in changed else 0.0
        found: Floats = staying + new + unseen
        return found

    return value


def _chosen(
    changed: frozenset[str], groups: Mapping[str, tuple[int, ...]], size: int
) -> npt.NDArray[np.bool_]:
    found = np.zeros(size, dtype=bool)
    for name, places in groups.items():
        found[list(places)] = name in changed
    return found


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _rates(part: Floats, whole: Floats, alike: Sequence[tuple[int, ...]]) -> Floats:
    """Shares by group; a group without anybody has the share of those alike together."""
    found = _share(part, whole)
    for places in alike:
        at = list(places)
        pooled = _share(part[..., at].sum(axis=-1), whole[..., at].sum(axis=-1))
        found[..., at] = np.where(whole[..., at] > 0, found[..., at], pooled[..., None])
    return found


def _notes(seen: Floats, since: int, year: int) -> tuple[str, ...]:
    notes = [
        "Parts add up to the change. They are shared so that no order among them is privileged.",
        "Intervals say how much each part could differ by chance, from many resamples of children.",
        f"Every year is set beside the year to 31 March {since}.",
    ]
    last = flowing.counts(np.split(seen, seen.shape[1] // flowing.COLUMNS, axis=1)[-1])
    unknown = float(last.stock[0, STOCK.index("time not known")])
    everybody = float(last.stock.sum())
    if everybody and unknown > _MANY_UNKNOWN * everybody:
        notes.append(
            f"Of {everybody:,.0f} children in care at the start of the year to 31 March {year}, "
            f"{unknown:,.0f} came before the first return loaded: how long they had stayed is not "
            "known. Loading earlier returns makes the account surer."
        )
    return tuple(notes)
