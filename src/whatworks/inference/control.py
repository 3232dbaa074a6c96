"""Control charts: has a place's own figure moved by more than chance from one time to the next?

Shares have a p-chart and rates and counts a u-chart: the centre is that of all times together,
and limits three standard errors from it, by the number behind each point. Where the points jump
from one to the next by more than these, the standard error is widened by as much (Laney), from
the mean moving range of their z-scores over 1.128. Other figures have a chart of individual values
(XmR): limits at 2.66 mean moving ranges.

Signals, of which more would find chance too often in so few points:

1. one point outside the limits (Shewhart);
2. eight points one after another on the same side of the centre (Western Electric). By chance
   alone eight given points do so once in 128 times.

Sources
    Shewhart, W. A. (1931). Economic Control of Quality of Manufactured Product. New York: Van
    Nostrand.
    Western Electric Company (1956). Statistical Quality Control Handbook. Indianapolis.
    Laney, D. B. (2002). Improved control charts for attributes. Quality Engineering 14, 531-537.
    Wheeler, D. J. and Chambers, D. S. (1992). Understanding Statistical Process Control, 2nd
    edition. Knoxville: SPC Press (XmR).
    Montgomery, D. C. (2012). Introduction to Statistical Quality Control, 7th edition, chapter 7.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Chart = Literal["p", "u", "xmr"]

SIGMAS = 3.0
RUN = 8
FEWEST = 5
"""Points below which there are no limits: the centre itself would be mostly chance."""
FEWEST_TO_JUMP = 8
"""Points below which it cannot be told how far they usually jump, and so no XmR chart."""
FIRM = 12
"""Points from which limits are no longer called provisional."""
_MOVING_RANGE = 1.128
"""Mean range of two normal values, in standard deviations."""

OUTSIDE_HIGH, OUTSIDE_LOW = "above the limits", "below the limits"
RUN_HIGH, RUN_LOW = "run above the centre", "run below the centre"


@dataclass(frozen=True)
class ControlLimits:
    """Centre, limits and signals, a value for each point; NaN where there are none.

    ``signal`` is one of the four above or None. ``widened`` is by how much Laney's factor widened
    the limits (1: not at all; None: could not be told, or not that kind of chart).
    """

    chart: Chart
    centre: Floats
    low: Floats
    high: Floats
    signal: npt.NDArray[np.object_]
    points: int
    widened: float | None


def control_limits(
    chart: Chart, values: npt.ArrayLike, sizes: npt.ArrayLike | None = None
) -> ControlLimits:
    """Control limits for ``values`` in order of time; NaN is a time without a figure.

    chart: 'p' (values are shares of ``sizes``), 'u' (counts for each unit of ``sizes``) or 'xmr'.
    A time without a figure breaks neither a run nor a moving range: its neighbours are compared.
    Raises ValueError where p or u is given no sizes.
    """
    y = np.asarray(values, float)
    known = np.isfinite(y)
    if chart != "xmr":
        if sizes is None:
            raise ValueError("A p-chart or u-chart needs the number behind each point.")
        n = np.asarray(sizes, float)
        known &= np.isfinite(n) & (n > 0)
    points = int(known.sum())
    empty = np.full(y.shape, np.nan)
    if points < (FEWEST_TO_JUMP if chart == "xmr" else FEWEST):
        none = np.full(y.shape, None, dtype=object)
        return ControlLimits(chart, empty, empty, empty, none, points, None)
    seen = y[known]
    if chart == "xmr":
        centre, widened = float(seen.mean()), None
        half = np.full(points, SIGMAS / _MOVING_RANGE * float(np.abs(np.diff(seen)).mean()))
    else:
        centre, half, widened = _of_counts(chart, seen, n[known])
    low = (
        np.maximum(centre - half, 0.0)
        if chart != "xmr" or bool((seen >= 0).all())
        else (centre - half)
    )
    high = np.minimum(centre + half, 1.0) if chart == "p" else centre + half
    return ControlLimits(
        chart,
        _placed(known, np.full(points, centre)),
        _placed(known, low),
        _placed(known, high),
        _signals(seen, centre, low, high, known),
        points,
        widened,
    )


def limits_for_the_last(
    chart: Chart, values: npt.ArrayLike, sizes: npt.ArrayLike
) -> tuple[float, float] | None:
    """Within what limits the last value should lie, by those before it; None if they are too few.

    As in ``control_limits``, from the values before the last alone, and wider by what their own
    mean may be wrong by. NaN is left out; the last value must be there.
    """
    y, n = np.asarray(values, float), np.asarray(sizes, float)
    known = np.isfinite(y) & (chart == "xmr" or (np.isfinite(n) & (n > 0)))
    seen, behind = y[:-1][known[:-1]], n[:-1][known[:-1]]
    if not known[-1] or len(seen) < FEWEST:
        return None
    jump = float(np.abs(np.diff(seen)).mean()) / _MOVING_RANGE
    if chart == "xmr":
        if len(seen) < FEWEST_TO_JUMP:
            return None
        centre, error = float(seen.mean()), jump * np.sqrt(1 + 1 / len(seen))
    else:
        centre = float((seen * behind).sum() / behind.sum())
        one = np.sqrt(centre * (1 - centre if chart == "p" else 1.0))
        if one == 0:
            return None
        z = (seen - centre) * np.sqrt(behind) / one
        widened = max(1.0, float(np.abs(np.diff(z)).mean()) / _MOVING_RANGE)
        error = widened * one * np.sqrt(1 / n[-1] + 1 / behind.sum())
    half = SIGMAS * float(error)
    if chart == "xmr":
        return centre - half, centre + half
    return max(centre - half, 0.0), min(centre + half, 1.0) if chart == "p" else centre + half


def _of_counts(chart: Chart, seen: Floats, n: Floats) -> tuple[float, Floats, float | None]:
    centre = float((seen * n).sum() / n.sum())
    sigma = np.sqrt(centre * (1 - centre if chart == "p" else 1.0) / n)
    if len(seen) < FEWEST_TO_JUMP or not bool((sigma > 0).all()):
        return centre, SIGMAS * sigma, None
    z = (seen - centre) / sigma
    widened = max(1.0, float(np.abs(np.diff(z)).mean()) / _MOVING_RANGE)
    return centre, SIGMAS * sigma * widened, widened


def _signals(
    seen: Floats, centre: float, low: Floats, high: Floats, known: npt.NDArray[np.bool_]
) -> npt.NDArray[np.object_]:
    found = np.full(seen.shape, None, dtype=object)
    # Sums of floats can miss equal values by their last digit; that is no signal.
    little = 1e-9 * (1.0 + abs(centre))
    side = np.where(np.abs(seen - centre) <= little, 0.0, np.sign(seen - centre))
    for last in range(RUN - 1, len(seen)):
        run = side[last - RUN + 1 : last + 1]
        if bool((run == run[0]).all()) and run[0] != 0:
            found[last - RUN + 1 : last + 1] = RUN_HIGH if run[0] > 0 else RUN_LOW
    found[seen > high + little] = OUTSIDE_HIGH
    found[seen < low - little] = OUTSIDE_LOW
    placed = np.full(known.shape, None, dtype=object)
    placed[known] = found
    return placed


def _placed(known: npt.NDArray[np.bool_], values: Floats) -> Floats:
    found = np.full(known.shape, np.nan)
    found[known] = values
    return found
