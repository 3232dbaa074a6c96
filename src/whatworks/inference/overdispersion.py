"""Whether places differ by more than chance, and by how much, without being led by a few of them.

Each place has a z-score: how many standard errors it lies from what is expected. Were there
chance alone, their mean square would be about 1. A tenth of the scores at each end is drawn in to
the scores at those tenths first (winsorised), so that a few places that truly stand out do not
widen the limits that are meant to find them.

Drawing scores in makes their mean square smaller even where there is chance alone. Here it is put
right by the factor that holds for normal scores (0.68 for a tenth at each end); as first published
it is not, and limits come out narrower than they say. The test follows from the same account: the
winsorised mean square is taken as a chi-squared over its degrees of freedom, the number of places
times 0.71 (from its influence function).

Sources
    Spiegelhalter, D. J. (2005). Handling over-dispersion of performance indicators. Quality and
    Safety in Health Care 14, 347-351 (winsorised factor; additive random effects).
    Paule, R. C. and Mandel, J. (1982). Consensus values and weighting factors. Journal of Research
    of the National Bureau of Standards 87, 377-385 (tau).
    Huber, P. J. and Ronchetti, E. M. (2009). Robust Statistics, 2nd edition, chapter 3: influence
    functions of winsorised statistics. Hoboken: Wiley.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import chdtrc, ndtri

Floats = npt.NDArray[np.float64]

FEWEST = 10
"""With fewer places there is not one whole score to draw in at each end."""
WINSORISED = 0.1
ALPHA = 0.05
_HALVINGS = 50


@dataclass(frozen=True)
class Overdispersion:
    """How much places differ beyond chance.

    ``present``: whether the test found it (p < 0.05), and so whether limits are widened for it.
    ``factor`` is the winsorised mean square of z-scores (1: chance alone); ``tau`` the standard
    deviation of places' own levels, on the scale of the scores' estimates; 0 where not present.
    ``n`` places told it; ``p`` and ``factor`` are None where they were too few (``reason``).
    """

    present: bool
    factor: float | None
    tau: float
    p: float | None
    n: int
    reason: str | None = None


def overdispersion(
    z: npt.ArrayLike, standard_errors: npt.ArrayLike, *, winsorised: float = WINSORISED
) -> Overdispersion:
    """Overdispersion of places with these z-scores and standard errors (NaN: place left out).

    tau is such that scores with standard errors of the root of se² + tau² have a factor of 1: the
    equation of Paule and Mandel, for winsorised scores.
    """
    scores, errors = np.asarray(z, float), np.asarray(standard_errors, float)
    kept = np.isfinite(scores) & np.isfinite(errors) & (errors > 0)
    order = np.lexsort((errors[kept], scores[kept]))
    scores, errors = scores[kept][order], errors[kept][order]
    n = len(scores)
    if n < FEWEST:
        why = (
            f"Whether places differ by more than chance cannot be told from fewer than {FEWEST} "
            "places of sufficient size."
        )
        return Overdispersion(False, None, 0.0, None, n, why)
    shrunk, spread = _under_chance(winsorised)
    factor = _factor(scores, winsorised) / shrunk
    freedom = 2 / spread * n
    p = float(chdtrc(freedom, freedom * factor))
    present = p < ALPHA and factor > 1
    tau = _tau(scores, errors, winsorised, shrunk) if present else 0.0
    return Overdispersion(present, factor, tau, p, n)


def _factor(scores: Floats, winsorised: float) -> float:
    """Mean square of winsorised scores."""
    ends = np.quantile(scores, [winsorised, 1 - winsorised])
    return float(np.mean(np.clip(scores, *ends) ** 2))


def _tau(scores: Floats, errors: Floats, winsorised: float, shrunk: float) -> float:
    """By halving: the greater tau, the smaller the factor."""
    away = scores * errors
    low, high = 0.0, float(np.abs(away).max())
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = _factor(away / np.sqrt(errors**2 + middle**2), winsorised)
        low, high = (middle, high) if found > shrunk else (low, middle)
    return (low + high) / 2


def _under_chance(share: float) -> tuple[float, float]:
    """Mean of winsorised squares of normal scores, and n times the variance of their mean over it.

    The variance is that of the influence function min(g, k²) + 2q (1[g >= k²] - 2q) / f, where g
    is a squared score, k the normal quantile of 1 - q and f the density of g at k².
    """
    k = float(ndtri(1 - share))
    density = np.exp(-k * k / 2) / np.sqrt(2 * np.pi)
    both, inside = 2 * share, 1 - 2 * share
    second = inside - 2 * k * density
    mean = second + both * k**2
    fourth = 3 * second - 2 * k**3 * density + both * k**4
    pull = both * k / density
    variance = fourth - mean**2 + pull**2 * both * inside + 2 * pull * (k**2 * both - mean * both)
    return float(mean), float(variance / mean**2)
