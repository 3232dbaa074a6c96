"""Marks on figures that look like a change of recording or of a threshold rather than of care."""

from __future__ import annotations

import polars as pl

from whatworks import measures
from whatworks.measures import Signal

KINDS = {
    "recording": "Check the recording",
    "threshold": "A threshold may have moved",
    "jump": "A sudden change",
}
"""Kind of a signal -> its mark in a few words."""


def by_measure(frame: pl.DataFrame, year: int) -> dict[str, tuple[Signal, ...]]:
    """The signals of one year by measure, the gravest first."""
    found: dict[str, list[Signal]] = {}
    for signal in sorted(measures.signals(frame, year), key=lambda s: not s.grave):
        found.setdefault(signal.measure, []).append(signal)
    return {name: tuple(these) for name, these in found.items()}
