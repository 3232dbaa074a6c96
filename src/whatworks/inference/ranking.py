"""Between which ranks each place lies, all places together: never a rank on its own.

Source: Klein, M., Wright, T. and Wieczorek, J. (2020). A joint confidence set for an overall
ranking of populations. Journal of the Royal Statistical Society C 69, 589-606: with intervals that
hold for all places at once, a place ranks below those whose interval lies wholly above its own,
and above those whose interval lies wholly below. No simulation is needed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def joint_level(places: int, level: float = 0.95) -> float:
    """The level of each interval so that all of ``places`` hold together at ``level`` (Šidák).

    For intervals of places that are independent of one another. 0 places count as 1.
    """
    return float(level ** (1 / max(places, 1)))


def rank_intervals(
    low: npt.ArrayLike, high: npt.ArrayLike
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """First and last rank of each place (1: the highest value), from joint intervals.

    NaN intervals (places without figures) are ranked nowhere and give NaN.
    """
    lows, highs = np.asarray(low, float), np.asarray(high, float)
    known = np.isfinite(lows) & np.isfinite(highs)
    sorted_low, sorted_high = np.sort(lows[known]), np.sort(highs[known])
    places = int(known.sum())
    wholly_above = places - np.searchsorted(sorted_low, highs, side="right")
    wholly_below = np.searchsorted(sorted_high, lows, side="left")
    first = np.where(known, 1.0 + wholly_above, np.nan)
    last = np.where(known, float(places) - wholly_below, np.nan)
    return first, last
