"""How children looked after and care leavers fare: the published shares of a year, ready to draw.

Published of health for children looked after for a year, of care leavers for those aged 17 and
18 and those aged 19 to 21 (Department for Education, Open Government Licence v3.0). What follows
what within one child's answers is not published and is set by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from whatworks.synthetic import chances
from whatworks.synthetic.draws import Draws, Pick
from whatworks.synthetic.fitted import outcome
from whatworks.synthetic.lives import Life

_SPREAD, _LEAST, _MOST = 9.3, 0, 40
_LIFTED = 0.27
"""Strengths and difficulties: the spread that gives the published bands (normal to 13, cause for
concern from 17), and by how much the mean rises as no score is below 0."""

_CODES = {
    "higher": ("F1", "P1"),
    "studying": ("F2", "P2"),
    "apprentice": ("F4", "P4"),
    "working": ("F5", "P5"),
    "ill": ("G4", "G4"),
    "idle": ("G5", "G5"),
    "parent": ("G6", "G6"),
}
_TOGETHER = {"apprentice": ("F3", "P3"), "working": ("F3", "P3")}
_ACTIVE = ("higher", "studying", "apprentice", "working")
_WORK_TOLD_APART_FROM = 2022
"""Until then apprentices were counted with others at work (F3, P3)."""


@dataclass(frozen=True)
class Health:
    """Shares of children looked after for a year; ``sdq_mean`` is a mean score."""

    sdq_mean: float
    sdq_given: float
    convicted: float
    development: float
    immunised: float
    teeth: float
    health_assessment: float
    misuse: float
    misuse_helped: float
    misuse_refused: float
    """Of those not helped, those who were offered help."""

    def sdq_score(self, z: float) -> int:
        """The score of a child z standard deviations above the middle."""
        middle = self.sdq_mean - _LIFTED
        return min(_MOST, max(_LEAST, round(middle + _SPREAD * z)))


@cache
def health_of(year: int) -> Health:
    """The shares of a collection year."""
    shares = {name: outcome(name)[year] for name in Health.__dataclass_fields__}
    shares["misuse_refused"] = min(1.0, shares["misuse_refused"] / (1 - shares["misuse_helped"]))
    return Health(**shares)


@dataclass(frozen=True)
class Leavers:
    """What care leavers of an age do and where they live, in a year."""

    not_known: float
    touch: Pick[str]
    activity: Pick[str]
    unsuitable: float
    homes: Pick[str]
    stay: float
    """Of those who turned 18 in care, who live with former foster carers."""

    def stays_put(self, life: Life) -> float:
        """The chance that a young person lives with former foster carers.

        It depends on nothing but the career, as placements are not drawn of every care leaver:
        whether care ended with E17 and who is still there agree in number, not child by child.
        """
        turned_18 = life.career.spells[-1].route == "adult" and not life.who.uasc
        return self.stay if turned_18 else 0.0


def _activity(year: int, group: str) -> Pick[str]:
    given = {name: outcome(f"leaver_{group}_{name}")[year] for name in _CODES}
    active = sum(given[name] for name in _ACTIVE)
    if group == "19":
        wanted = outcome("leaver_19_active")[year]
        others = 1 - outcome("leaver_19_not_known")[year] - wanted
        idle = sum(given.values()) - active
        given = {
            name: share * (wanted / active if name in _ACTIVE else others / idle)
            for name, share in given.items()
        }
    choices: list[tuple[str, float]] = []
    told = _CODES if year >= _WORK_TOLD_APART_FROM else _CODES | _TOGETHER
    for name, share in given.items():
        full = chances.FULL_TIME.get(name, 1.0)
        parts = (share * full, share * (1 - full))
        choices.extend(zip(told[name], parts, strict=True))
    return Pick(*choices)


@cache
def leavers_of(year: int, age: int) -> Leavers:
    """The shares of a collection year for young people of an age from 17 to 21."""
    group = "17" if age < 19 else "19"
    not_known = outcome(f"leaver_{group}_not_known")[year]
    lost = min(0.9, outcome("out_of_touch")[year] / not_known)
    suitable = outcome(f"leaver_{group}_suitable")[year]
    stay = chances.STAYS_PUT_AT.get(age, 0.0) * outcome("staying_put")[year]
    return Leavers(
        not_known=not_known,
        touch=Pick(
            ("NO", lost),
            ("REFU", 0.4 - 0.4 * lost),
            ("NREQ", 0.35 - 0.35 * lost),
            ("RHOM", 0.25 - 0.25 * lost),
        ),
        activity=_activity(year, group),
        unsuitable=1 - min(1.0, suitable / (1 - not_known)),
        homes=chances.HOMES[int(group)],
        stay=min(1.0, stay * chances.FOSTERED_AT_18),
    )


def leaver_facts(draws: Draws, leavers: Leavers, stays: bool) -> tuple[str, str, str]:
    """IN_TOUCH, ACTIV and ACCOM of a care leaver; 0 for what the council does not know.

    ``stays``: whether the young person lives with former foster carers, unless unsuitably.
    """
    if draws.chance(leavers.not_known):
        return draws.pick(leavers.touch), "0", "0"
    does = draws.pick(leavers.activity)
    if draws.chance(leavers.unsuitable):
        return "YES", does, draws.pick(chances.UNSUITABLE)
    return "YES", does, "Z1" if stays else draws.pick(leavers.homes)
