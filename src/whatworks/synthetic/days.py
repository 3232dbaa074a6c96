"""Birthdays of many children at once, as ordinals."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.int64]
_EPOCH = date(1970, 1, 1).toordinal()


def birthdays(dob: Days, age: int) -> Days:
    """The ordinal of everybody's birthday; one of 29 February has it on 1 March in other years."""
    born = (dob - _EPOCH).astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    into = (born - month.astype("datetime64[D]")).astype(np.int64)
    first = (month + np.timedelta64(12 * age, "M")).astype("datetime64[D]").astype(np.int64)
    return np.asarray(first + into + _EPOCH, dtype=np.int64)


def first_days(years: range) -> Days:
    """The ordinals of 1 April with which collection years begin."""
    return np.array([date(year - 1, 4, 1).toordinal() for year in years], dtype=np.int64)


def not_29_february(dob: Days) -> Days:
    """The day after for a 29 February: software disagrees on when such a child turns 18."""
    born = (dob - _EPOCH).astype("datetime64[D]")
    month = born.astype("datetime64[M]")
    into = (born - month.astype("datetime64[D]")).astype(np.int64)
    leap = (month.astype(np.int64) % 12 == 1) & (into == 28)
    moved: Days = dob + leap
    return moved
