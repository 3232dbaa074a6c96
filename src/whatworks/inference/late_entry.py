"""How long a state usually lasts, from the part of it that fell into one span of time.

Source: Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from incomplete observations.
Journal of the American Statistical Association 53, 457-481, with late entry as in Klein, J. P. and
Moeschberger, M. L. (2003). Survival Analysis, 2nd edition, section 4.6. New York: Springer.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def median_duration(
    entered: npt.ArrayLike, left: npt.ArrayLike, ended: npt.ArrayLike
) -> float | None:
    """The duration by which half would have ended, had all gone on as in the span looked at.

    One value each for a spell: its duration when it came under observation (0 if it began then)
    and when it left it, in one unit, and whether it ended there. A spell is at risk at durations
    after ``entered`` up to and with ``left``; one that ends on the day it began is taken to last
    half a unit. None where fewer than half end at the durations seen.
    """
    start, stop = np.asarray(entered, float), np.asarray(left, float)
    ends = np.asarray(ended, bool)
    stop = np.where(stop <= start, start + 0.5, stop)
    times, events = np.unique(stop[ends], return_counts=True)
    if len(times) == 0:
        return None
    come = np.searchsorted(np.sort(start), times, side="left")
    gone = np.searchsorted(np.sort(stop), times, side="left")
    staying = np.cumprod(1 - events / (come - gone))
    reached = np.flatnonzero(staying <= 0.5 + 1e-12)
    return float(times[reached[0]]) if len(reached) else None
