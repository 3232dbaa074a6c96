"""Who adopts which practice, when, and how closely: drawn for all of England at once.

The draw depends on the seed and the practice alone, never on the councils, years or practices
asked for, nor on anything that happens to a child. Within a stratum (the synthetic region; the
rest of England) every council is as likely as any other to hold any of the dates drawn, so a test
that permutes the dates among the councils of a stratum is exact where nothing was planted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from whatworks import reference
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.planted.practice import Adoption, Practice, practices
from whatworks.synthetic.setting import REGION

_PLANTED = 7001
"""Marks the streams of this package; the first key of all others is a council's code."""
_OLDEST_BIRTH = date(2019, 4, 1)
"""Councils that began after this day adopt nothing: they did not exist on the dates drawn."""


@dataclass(frozen=True)
class Adopter:
    """A council's adoption: the first day, and the closeness to the model reached in the end."""

    code: str
    day: date
    fidelity: float


def months_after(day: date, months: int) -> date:
    """The same day of a later month; for first days of months only."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day)


def quarters(first: date, last: date) -> list[date]:
    """The first days of quarters from one to another, both included."""
    n = ((last.year - first.year) * 12 + last.month - first.month) // 3
    return [months_after(first, 3 * k) for k in range(n + 1)]


@cache
def strata() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes of the councils that may adopt: of the synthetic region, of the rest of England."""
    table = reference.councils()
    old = [
        str(code)
        for code, begun in zip(table["code"], table["valid_from"], strict=True)
        if begun is None or begun <= _OLDEST_BIRTH
    ]
    return tuple(sorted(REGION)), tuple(sorted(set(old) - set(REGION)))


def _shuffled(draws: Draws, values: Sequence[str]) -> list[str]:
    found = list(values)
    for i in range(len(found) - 1, 0, -1):
        k = draws.between(0, i)
        found[i], found[k] = found[k], found[i]
    return found


def _stream(seed: int, *key: int) -> Draws:
    return Draws(child_seeds(sequence(seed, 0, _PLANTED, *key), 1)[0])


def _wanted(rule: Adoption, stratum: int) -> int:
    return rule.region if stratum == 0 else round(rule.share * len(strata()[1]))


def _councils(seed: int, one: Practice, stratum: int) -> list[str]:
    """The adopting councils. Practices of one group divide one shuffle between them."""
    group = [
        other
        for other in practices()
        if other is one or (one.adoption.group and other.adoption.group == one.adoption.group)
    ]
    order = _shuffled(_stream(seed, group[0].number, stratum), strata()[stratum])
    start = 0
    for other in group:
        n = _wanted(other.adoption, stratum)
        if other is one:
            return order[start : start + n]
        start += n
    raise AssertionError(f"{one.id} is not one of the practices")


def _days(draws: Draws, first: date, last: date, n: int) -> list[date]:
    """n quarter starts, all different as long as there are enough."""
    found: list[date] = []
    while len(found) < n:
        left = quarters(first, last)
        while left and len(found) < n:
            found.append(left.pop(draws.between(0, len(left) - 1)))
    return found


def adopters(seed: int, one: Practice) -> tuple[Adopter, ...]:
    """All councils of England that adopt a practice, in order of code.

    Args:
        seed: the seed of the whole synthetic England.
        one: one of ``practices()``.
    """
    found: list[Adopter] = []
    for stratum, span in enumerate((one.adoption.region_days, one.adoption.days)):
        codes = _councils(seed, one, stratum)
        draws = _stream(seed, one.number, 2 + stratum)
        for code, day in zip(codes, _days(draws, *span, len(codes)), strict=True):
            reach = one.fidelity.most - one.fidelity.least
            found.append(Adopter(code, day, round(one.fidelity.least + draws.u() * reach, 3)))
    return tuple(sorted(found, key=lambda adopter: adopter.code))
