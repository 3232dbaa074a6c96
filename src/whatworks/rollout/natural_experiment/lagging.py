"""Which measures are of what became of children of an earlier year."""

from __future__ import annotations

from whatworks import measures

LAG = {"returned_home_the_year_before": 1}
"""View that a measure is counted over -> years from its children's own year to its year."""


def lag_of(measure: str) -> int:
    """Years from a measure's children's own year to its year; 0 of one that is not known."""
    return LAG.get(measures.get(measure).view, 0) if measure in measures.names() else 0
