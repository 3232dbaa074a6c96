"""Whether what is asked for will fit on the disk, told before hours of work and not after."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from whatworks.synthetic.asked import ANNEX_A, CIN, CSWW, SSDA903, Asked
from whatworks.synthetic.setting import Setting

_OF_SSDA903 = {"csv": 480.0, "xml": 1550.0, "csv-zip": 140.0, "xml-zip": 150.0}
_OF_CSWW, _OF_ANNEX_A = 350.0, 500.0
_OF_CIN_AROUND_CARE, _OF_CIN = 1800.0, 105.0
_OF_ANNEX_A_NEED = 3.0
"""Bytes for a year of a child looked after, and (``_OF_CIN``, ``_OF_ANNEX_A_NEED``) for a year of
a child of the area where everybody in need is written. Measured on the synthetic region."""
_SPARE = 1.2


class NoRoom(ValueError):
    """The disk is likely to be too small for what was asked for."""


def size(setting: Setting, asked: Asked) -> float:
    """About how many bytes a council's returns will have."""
    years = asked.years_of(setting)
    if not years:
        return 0.0
    cared_for, living = _sum(setting.looked_after, years), _sum(setting.population, years)
    total = 0.0
    if SSDA903 in asked.collections:
        total += cared_for * sum(_OF_SSDA903[form] for form in asked.formats)
    if CIN in asked.collections:
        total += cared_for * _OF_CIN_AROUND_CARE + living * _OF_CIN * asked.need_share
    if CSWW in asked.collections:
        total += cared_for * _OF_CSWW
    if ANNEX_A in asked.collections:
        of_last = cared_for * _OF_ANNEX_A + living * _OF_ANNEX_A_NEED * asked.need_share
        total += of_last / len(years)
    return total


def _sum(known: Mapping[int, float], years: range) -> float:
    return sum(known[min(max(year, min(known)), max(known))] for year in years)


def check_room(out: Path, chosen: Sequence[Setting], asked: Asked) -> None:
    """See whether the disk of a folder has room; what it holds already is replaced only then.

    Raises:
        NoRoom: it is likely to be too small.
    """
    wanted = _SPARE * sum(size(one, asked) for one in chosen)
    there = next(one for one in (out.absolute(), *out.absolute().parents) if one.exists())
    free = shutil.disk_usage(there).free
    if free < wanted:
        raise NoRoom(
            f"About {wanted / 1e9:,.1f} GB will be needed at {out}, and {free / 1e9:,.1f} GB are "
            "free. Ask for fewer councils, years, formats or collections, a smaller scale or "
            "need share, or name a folder on a larger disk."
        )
