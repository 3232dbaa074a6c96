"""The councils that exist now: found by name and region, and laid out by region as tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from whatworks import reference


@dataclass(frozen=True)
class Place:
    """A council as the lists show it."""

    code: str
    name: str
    region: str
    kind: str


@cache
def places() -> tuple[Place, ...]:
    """Every council that exists now, by name."""
    rows = reference.councils().select("code", "name", "region", "kind").sort("name")
    return tuple(Place(*row) for row in rows.iter_rows())


@cache
def by_code() -> Mapping[str, Place]:
    """The same by code."""
    return {one.code: one for one in places()}


@cache
def regions() -> tuple[str, ...]:
    """The ten regions that figures are published by, from north to south as officially listed."""
    return tuple(reference.regions()["name"])


@cache
def region_codes() -> Mapping[str, str]:
    """Name of a region -> its ONS code, London as one and England among them."""
    found = reference.regions(everything=True)
    return dict(found.select("name", "code").iter_rows())


def find(text: str = "", region: str = "") -> list[Place]:
    """The councils in whose name or code every word of ``text`` occurs, of a region."""
    words = text.casefold().split()
    return [
        one
        for one in places()
        if region in ("", one.region)
        and all(word in f"{one.name} {one.code}".casefold() for word in words)
    ]


@cache
def neighbours(code: str) -> tuple[str, ...]:
    """The ten councils most alike, closest first; none for a council that is no more."""
    return tuple(reference.neighbours(code).sort("rank")["neighbour"])


# --- tiles: each council a square in its region's block, blocks roughly where regions lie ---

BLOCKS: Mapping[str, tuple[int, int]] = {
    "North East": (7, 0),
    "North West": (0, 3),
    "Yorkshire and The Humber": (7, 4),
    "West Midlands": (0, 9),
    "East Midlands": (7, 9),
    "East of England": (14, 9),
    "South West": (0, 14),
    "Inner London": (7, 14),
    "Outer London": (14, 14),
    "South East": (7, 19),
}
"""Region -> column and row of its block's first tile. The layout is ours; it shows no borders."""

ACROSS = 6
"""Tiles in a row of a block."""


@dataclass(frozen=True)
class Tile:
    """One council's square; ``mark`` is a class that says how it is filled."""

    code: str
    name: str
    column: int
    row: int
    mark: str


@dataclass(frozen=True)
class Block:
    """A region's squares, with the place of its first."""

    region: str
    column: int
    row: int
    tiles: tuple[Tile, ...]


def tiles(marks: Mapping[str, str]) -> tuple[Block, ...]:
    """Every council as a square, marked by code; within a region by name."""
    found = []
    for region, (column, row) in BLOCKS.items():
        mine: Sequence[Place] = [one for one in places() if one.region == region]
        squares = tuple(
            Tile(
                one.code, one.name, column + i % ACROSS, row + i // ACROSS, marks.get(one.code, "")
            )
            for i, one in enumerate(mine)
        )
        found.append(Block(region, column, row, squares))
    return tuple(found)


@cache
def former() -> Mapping[str, str]:
    """Code -> name of councils that are no more."""
    gone = reference.councils(former=True).filter(pl.col("valid_to").is_not_null())
    return dict(gone.select("code", "name").iter_rows())
