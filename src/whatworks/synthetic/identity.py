"""Who an invented child is: a number, a birthday, a pupil number, a home postcode. No names.

Every identifier looks right to software and belongs to nobody: child numbers begin with SYN,
postcodes lie in an area (ZX) that the United Kingdom does not have, pupil numbers name schools
9000 to 9999 of their council, which are not given to schools.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import birthday
from whatworks.synthetic.careers import UASC
from whatworks.synthetic.draws import Draws

FIRST_COHORT = 1985
_SIGNS = "0123456789BCDFGHJKLMNPQRSTVWXYZ"
_SPACE = len(_SIGNS) ** 7
_SCATTER = 15_485_863
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"

_SERIALS = (0, 8_000, 14_000, 15_000)
"""Where each stream's pupil serials begin within a cohort's 40,000."""

NOT_YET_AT_SCHOOL, NEVER_AT_SCHOOL_HERE = "UN1", "UN2"


@dataclass(frozen=True, slots=True)
class Person:
    """What does not change about a child. ``number`` is the child's own within the council."""

    id: str
    dob: int
    male: bool
    ethnic: str
    upn: str | None
    at_school_from: int
    home_post: str
    uasc: bool
    disabilities: tuple[str, ...]
    family: int = 0
    """A number that brothers and sisters share; in no return."""

    def upn_at(self, day: int) -> str:
        """The pupil number known by a day, or the code for why there is none."""
        if day < self.at_school_from:
            return NOT_YET_AT_SCHOOL
        return self.upn or NEVER_AT_SCHOOL_HERE

    def sex_in(self, year: int) -> str:
        """The SSDA903 code of sex: 1 and 2 to collection year 2024, then M and F."""
        if year >= SEX_LETTERS_FROM:
            return "M" if self.male else "F"
        return "1" if self.male else "2"


SEX_LETTERS_FROM = 2025


@dataclass(frozen=True, slots=True)
class Slot:
    """A child's place in the order of drawing, from which its numbers are made.

    ``stream`` (0 to 3) keeps kinds of lives apart; ``index`` is below 2 ** 17.
    """

    council: int
    cohort: int
    stream: int
    index: int


def child_id(slot: Slot) -> str:
    """SYN and seven signs, different for every child of England whatever is asked for.

    The signs hold no vowels, so that they spell nothing; they are scattered, so that their order
    says nothing.
    """
    cohort = slot.council * 40 + slot.cohort - FIRST_COHORT
    number = (cohort * 4 + slot.stream) * (1 << 17) + slot.index
    number = number * _SCATTER % _SPACE
    signs = []
    for _ in range(7):
        number, digit = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[digit])
    return "SYN" + "".join(signs)


def upn(council: int, school: int, year: int, serial: int) -> str:
    """A unique pupil number with its check letter: weights 2 to 13, remainder of 23."""
    digits = f"{council:03d}{school:04d}{year % 100:02d}{serial:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return _CHECK_LETTERS[total % 23] + digits


def postcode(draws: Draws, *, near: bool) -> str:
    """A postcode of valid shape in an area that does not exist; districts 1 to 49 are near."""
    district = draws.between(1, 49) if near else draws.between(50, 99)
    end = draws.one_of(_INWARD) + draws.one_of(_INWARD)
    return f"ZX{district} {draws.between(1, 9)}{end}"


def _disabilities(draws: Draws, disabled: bool) -> tuple[str, ...]:
    if not disabled:
        return ("NONE",)
    kinds = ["LD", "AUT", "BEH", "COMM", "MOB", "PC", "INC", "CON", "HAND", "HEAR", "VIS", "DDA"]
    chosen = []
    for _ in range(1 + (draws.u() < 0.45) + (draws.u() < 0.2)):
        chosen.append(kinds.pop(int(draws.u() ** 1.6 * len(kinds))))
    return tuple(sorted(chosen))


_FAMILY = 21


def person(draws: Draws, slot: Slot, dob: int, kind: str, *, family: int | None = None) -> Person:
    """Draw a child's identity.

    ``family``: a number shared with brothers and sisters, who have the same ethnicity and home;
    None for a child without any here.
    """
    alone = kind == UASC
    shared = draws.fork(_FAMILY) if family is None else Draws(family).fork(_FAMILY)
    male = draws.chance(chances.UASC_MALE if alone else chances.MALE)
    ethnic = shared.pick(chances.UASC_ETHNIC if alone else chances.ETHNIC)
    disabled = kind in ("v3", "v4") or draws.chance(0.02 if alone else 0.12)
    fourth = birthday(dob, 4)
    starts = _first_september_after(fourth)
    has_number = not alone or draws.chance(0.5)
    serial = (slot.cohort % 25) * 40_000 + _SERIALS[slot.stream] + slot.index
    school = 9000 + serial // 1000 % 1000
    year = date.fromordinal(starts).year
    number = upn(slot.council, school, year, serial % 1000) if has_number else None
    return Person(
        id=child_id(slot),
        dob=dob,
        male=male,
        ethnic=ethnic,
        upn=number,
        at_school_from=starts,
        home_post="" if alone else postcode(shared, near=True),
        uasc=alone,
        disabilities=_disabilities(draws, disabled),
        family=shared.seed,
    )


def _first_september_after(day: int) -> int:
    """1 September on or after a day: when a child just turned four starts school."""
    on = date.fromordinal(day)
    return date(on.year + ((on.month, on.day) > (9, 1)), 9, 1).toordinal()
