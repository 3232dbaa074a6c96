"""The geometry of a funnel plot: decoration beside the table that says the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import floor, log10

import polars as pl

from whatworks.service.england.across import Row

WIDTH, HEIGHT = 480.0, 300.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 14.0, 10.0, 40.0
"""Room for the words on the axes."""

LIMITS = ("low_limit_95", "high_limit_95", "low_limit_998", "high_limit_998")


@dataclass(frozen=True)
class Dot:
    """One council: its place, its band's class, and whether it is one to be seen first."""

    x: float
    y: float
    mark: str
    picked: bool
    name: str


@dataclass(frozen=True)
class Tick:
    """A mark on an axis with its words."""

    at: float
    text: str


@dataclass(frozen=True)
class Funnel:
    """A plot of figures against how many each rests on. Paths are SVG path data."""

    dots: tuple[Dot, ...]
    outer: str
    inner: str
    middle: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    bottom: float = HEIGHT - BOTTOM
    right: float = WIDTH - RIGHT
    top: float = TOP


def funnel(frame: pl.DataFrame, rows: Sequence[Row], picked: Collection[str]) -> Funnel | None:
    """The plot of ``measures.across``' rows of one series; None where nothing can be drawn.

    ``rows`` are the councils to draw; the limits are those of all councils.
    """
    limits = frame.drop_nulls(["denominator", "low_limit_95", "high_limit_95"]).sort("denominator")
    drawn = [row for row in rows if row.value is not None and row.denominator]
    if limits.height < 2 or not drawn:
        return None
    widest = max(limits["denominator"].max(), *(row.denominator or 0 for row in drawn))
    # Limits of the very smallest run off the top: the figures and the 95% limits set the scale.
    highest = max(*(row.value or 0 for row in drawn), _quantile(limits["high_limit_95"]))
    if not widest or not highest:
        return None
    step_x, step_y = _step(widest), _step(highest)
    to_x = (WIDTH - LEFT - RIGHT) / widest
    to_y = (HEIGHT - TOP - BOTTOM) / (highest * 1.05)

    def x(value: float) -> float:
        return min(LEFT + value * to_x, WIDTH - RIGHT)

    def y(value: float) -> float:
        return max(TOP, HEIGHT - BOTTOM - value * to_y)

    points = list(limits.iter_rows(named=True))

    def path(column: str) -> list[tuple[float, float]]:
        return [(x(r["denominator"]), y(r[column])) for r in points if r[column] is not None]

    return Funnel(
        dots=tuple(
            Dot(x(row.denominator or 0), y(row.value or 0), row.mark, row.code in picked, row.name)
            for row in sorted(drawn, key=lambda row: (row.code in picked, row.name))
        ),
        outer=_band(path("low_limit_998"), path("high_limit_998")),
        inner=_band(path("low_limit_95"), path("high_limit_95")),
        middle=_line(path("expected")),
        across=tuple(Tick(x(v), f"{v:,.0f}") for v in _ticks(step_x, widest)),
        up=tuple(Tick(y(v), f"{v:,g}") for v in _ticks(step_y, highest * 1.05)),
    )


def _quantile(values: pl.Series) -> float:
    return float(values.quantile(0.9) or 0)


def _band(low: list[tuple[float, float]], high: list[tuple[float, float]]) -> str:
    return f"{_line([*high, *reversed(low)])}Z" if low and high else ""


def _line(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) if points else ""


def _step(largest: float) -> float:
    """A round step that gives four to nine marks."""
    rough = largest / 5
    unit: float = 10 ** floor(log10(rough))
    return next((k * unit for k in (1, 2, 5) if rough <= k * unit), 10 * unit)


def _ticks(step: float, largest: float) -> list[float]:
    return [step * i for i in range(int(largest / step) + 1)]


def spark(points: Sequence[tuple[int, float]], width: float = 100, height: float = 24) -> str:
    """SVG path data of a line in small, from nought up; gaps between years break it."""
    top = max(value for _, value in points) or 1
    first, last = points[0][0], points[-1][0]
    scale = (width - 4) / max(1, last - first)
    path, before = "", None
    for year, value in points:
        move = "L" if before is not None and year == before + 1 else "M"
        path += (
            f"{move}{2 + (year - first) * scale:.1f} {height - 2 - value / top * (height - 4):.1f}"
        )
        before = year
    return path
