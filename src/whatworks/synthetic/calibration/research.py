"""Re-entry after a return home: produced beside what research found.

Goldacre, Hood, Jones, King and Wang (2022), British Journal of Social Work 52(8), doi
10.1093/bjsw/bcac079: of children in England who went home from care, about one in five were
looked after again within a year, and over a third within six.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whatworks.synthetic.calibration import tolerances
from whatworks.synthetic.calibration.model import ENGLAND, TOGETHER, Figure
from whatworks.synthetic.calibration.record import Record
from whatworks.synthetic.calibration.wanted import REENTRY

YEARS = range(1, 7)
WITHIN_A_YEAR = 20.0
WITHIN_SIX_YEARS = 100 / 3
_NOBODY = "No return home was followed for so long."
_ALL_PLANTED = "Planted practices act in every council of the region."
_NOT_FOUND = "The research gives a figure for one year and for six."


def back_within(rows: list[Mapping[str, float]]) -> list[float | None]:
    """Percent looked after again within 1 to 6 years of a return home, by Kaplan-Meier.

    A child who turns 18 leaves at the start of the year in which that happens.
    """
    found: list[float | None] = []
    stayed = 1.0
    for k in YEARS:
        n = sum(row.get(f"reentry/at_risk/{k}", 0) for row in rows)
        again = sum(row.get(f"reentry/again/{k}", 0) for row in rows)
        if not n:
            found += [None] * (len(YEARS) - len(found))
            break
        stayed *= 1 - again / n
        found.append(100 * (1 - stayed))
    return found


def reentry(known: Record) -> Iterator[Figure]:
    """Re-entry within 1 to 6 years, over all councils without planted practices and all years."""
    rows = [row for (code, _), row in known.tallies.items() if code not in known.planted]
    area = TOGETHER if known.planted else _area(known)
    for k, made in zip(YEARS, back_within(rows), strict=True):
        words = "year" if k == 1 else "years"
        one = Figure(
            f"reentered_within_{k}_{words}",
            REENTRY,
            f"Looked after again within {k} {words} of going home",
            area,
            None,
            "percent",
            made,
            {1: WITHIN_A_YEAR, 6: WITHIN_SIX_YEARS}.get(k),
        )
        if made is None:
            yield one.without(_NOBODY if rows else _ALL_PLANTED)
        elif k == 1:
            again = sum(row.get("reentry/again/1", 0) for row in rows)
            yield one.judged(tolerances.of_share(WITHIN_A_YEAR, again))
        elif k == max(YEARS):
            yield _over_a_third(one)
        else:
            yield one.without(_NOT_FOUND)


def _over_a_third(one: Figure) -> Figure:
    """The research says over a third: more is no miss, and by how much is not known."""
    why = "Research says over a third: a miss only where it is less than a third."
    allowed = 0.0 if (one.produced or 0.0) < WITHIN_SIX_YEARS else abs(one.difference or 0.0)
    return one.judged(allowed, why)


def _area(known: Record) -> str:
    """England's rates are drawn for all councils alike, so any of them may be judged."""
    return ENGLAND if len(known.councils) > 100 else TOGETHER
