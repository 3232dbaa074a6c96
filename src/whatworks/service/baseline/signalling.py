"""Marks on figures that look like a change of recording or of a threshold rather than of care."""

from __future__ import annotations

import polars as pl

from whatworks import measures

KINDS = {
    "recording": "Check the recording",
    "threshold": "A threshold may have moved",
    "jump": "A sudden change",
}
"""Kind of a signal -> its mark in a few words."""


def by_measure(frame: pl.DataFrame, year: int) -> dict[str, tuple[object, ...]]:
    """The signals of one year by measure, the gravest first."""
    find = getattr(measures, "signals", None)
    if find is None:
        return {}
    found: dict[str, list[object]] = {}
    for signal in sorted(find(frame, year), key=lambda s: not s.grave):
        found.setdefault(signal.measure, []).append(signal)
    return {name: tuple(these) for name, these in found.items()}
